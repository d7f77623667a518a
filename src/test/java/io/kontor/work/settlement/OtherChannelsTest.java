package io.kontor.work.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.mapping.Channel;
import io.kontor.mapping.Mappings;
import io.kontor.mapping.MappingsReader;
import io.kontor.money.Money;
import io.kontor.sales.FactKind;
import io.kontor.sales.FactName;
import io.kontor.sales.OrderKey;
import io.kontor.sales.Problem;
import io.kontor.store.OnBothDatabases;
import io.kontor.store.Settlement;
import io.kontor.store.StagedLine;
import io.kontor.store.StoredFact;
import io.kontor.store.TestDatabase;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A payment provider that somebody made a channel of its own. */
class OtherChannelsTest {

  private static final Instant POSTED = Instant.parse("2026-11-05T10:00:00Z");

  private final Mappings mappings = MappingsReader.read(Path.of("mappings"));

  @OnBothDatabases
  void what_a_store_has_sold_is_not_made_revenue_of_once_more_without_a_word(TestDatabase db) {
    for (int order = 1; order <= 7; order++) {
      recorded(db, "nordwind", "shopify-eu", "700" + order);
    }
    Settlement settlement =
        settled(db, "amazon-eu", "7001", "7002", "7003", "7004", "7005", "7006", "304-1");

    List<Problem> problems = soldBy(db, settlement);

    assertThat(problems)
        .singleElement()
        .returns("order-of-another-channel", Problem::code)
        .extracting(Problem::message)
        .asString()
        .contains(
            "channel shopify-eu has sold (7001, 7002, 7003, 7004, 7005 and others)",
            "settlements amazon-eu 900 --withdraw");
  }

  @OnBothDatabases
  void an_order_that_the_channel_knows_itself_is_its_own_and_so_is_one_of_another_entity(
      TestDatabase db) {
    recorded(db, "nordwind", "shopify-eu", "7001");
    recorded(db, "nordwind", "amazon-eu", "7001");
    recorded(db, "northwind", "shopify", "7002");

    assertThat(soldBy(db, settled(db, "amazon-eu", "7001", "7002"))).isEmpty();
  }

  @OnBothDatabases
  void a_settlement_that_only_clears_makes_no_revenue(TestDatabase db) {
    recorded(db, "northwind", "shopify", "7001");

    assertThat(soldBy(db, settled(db, "amazon", "7001"))).isEmpty();
  }

  private List<Problem> soldBy(TestDatabase db, Settlement settlement) {
    OtherChannels others = new OtherChannels(db.store.settledOrders(), mappings);
    return db.in(tx -> others.soldBy(tx, settlement));
  }

  private static void recorded(TestDatabase db, String entity, String channel, String order) {
    StoredFact fact =
        new StoredFact(
            new FactName(entity, channel, FactKind.ORDER_PLACED, order),
            new OrderKey(entity, channel, order),
            POSTED,
            POSTED,
            "hash",
            "{}",
            channel + "/orders/" + order,
            POSTED,
            "");
    db.run(tx -> db.store.revisions().insert(tx, List.of(fact)));
  }

  private Settlement settled(TestDatabase db, String channel, String... orders) {
    String entity = mappings.requireChannel(channel).entity();
    long importId = db.in(tx -> db.store.imports().begin(tx, entity, channel, "sha256:1"));
    Settlement settlement =
        new Settlement(
            entity,
            channel,
            "900",
            "sha256:1",
            importId,
            "imported",
            POSTED,
            POSTED,
            Optional.empty(),
            Money.of("10.00", "EUR"),
            orders.length,
            channel + "/settlement/1");
    List<StagedLine> lines = new ArrayList<>();
    for (String order : orders) {
      lines.add(
          new StagedLine(
              lines.size() + 1,
              order,
              "MUG-01",
              BigDecimal.ONE,
              POSTED,
              LocalDate.of(2026, 11, 5),
              "Amazon.de",
              "Order/ItemPrice/Principal",
              BigDecimal.ONE));
    }
    Channel own = mappings.requireChannel(channel);
    db.run(
        tx -> {
          db.store.imports().addLines(tx, importId, lines);
          db.store.imports().complete(tx, settlement);
          new SettlementMatching(
                  tx,
                  db.store,
                  own,
                  mappings.entityOf(own),
                  own.settlementCodes().orElseThrow(),
                  settlement)
              .match();
        });
    return settlement;
  }
}
