package io.kontor.work.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.mapping.Mappings;
import io.kontor.mapping.MappingsReader;
import io.kontor.money.Money;
import io.kontor.store.OnBothDatabases;
import io.kontor.store.Settlement;
import io.kontor.store.StagedLine;
import io.kontor.store.TestDatabase;
import io.kontor.store.WorkItem;
import io.kontor.store.WorkItems;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** A statement that somebody imported into two channels of one vendor. */
class SettlementCopiesTest {

  private static final Instant POSTED = Instant.parse("2026-11-05T10:00:00Z");

  private final Mappings mappings = MappingsReader.read(Path.of("mappings"));

  @OnBothDatabases
  void the_one_that_came_second_stands_on_the_desk_once_and_names_the_other_channel(
      TestDatabase db) {
    Settlement first = imported(db, "amazon-eu", "7711", "10.00");
    copied(db, first);
    assertThat(items(db)).isEmpty();
    Settlement second = imported(db, "amazon", "7711", "10.00");

    copied(db, second);
    copied(db, first);

    assertThat(items(db))
        .singleElement()
        .returns(WorkItem.Team.FINANCE, WorkItem::team)
        .returns("settlement-twice", WorkItem::code)
        .returns("northwind", WorkItem::entity)
        .returns("amazon", WorkItem::channel)
        .returns("northwind/amazon/7711", WorkItem::subject)
        .satisfies(
            item ->
                assertThat(item.message())
                    .contains("channel amazon is in channel amazon-eu as well", "10.00 EUR")
                    .contains("settlements amazon-eu 7711 --withdraw"));
  }

  @OnBothDatabases
  void it_is_gone_as_soon_as_either_of_them_is_withdrawn(TestDatabase db) {
    Settlement first = imported(db, "amazon-eu", "7711", "10.00");
    copied(db, imported(db, "amazon", "7711", "10.00"));
    assertThat(items(db)).hasSize(1);

    db.run(tx -> db.store.settlements().remove(tx, first));
    copied(db, imported(db, "amazon-eu", "7711", "0.00"));

    assertThat(items(db)).isEmpty();
  }

  @OnBothDatabases
  void what_a_person_has_answered_is_not_asked_again(TestDatabase db) {
    imported(db, "amazon-eu", "7711", "10.00");
    Settlement second = imported(db, "amazon", "7711", "10.00");
    copied(db, second);
    long item = items(db).get(0).id();
    db.run(
        tx ->
            db.store
                .desk()
                .close(tx, item, WorkItem.State.RESOLVED, "mona", "Amazon paid both of them"));

    copied(db, second);

    assertThat(items(db)).isEmpty();
  }

  @OnBothDatabases
  void another_number_total_or_vendor_is_another_settlement_and_so_is_one_of_no_money(
      TestDatabase db) {
    imported(db, "amazon-eu", "7711", "10.00");
    imported(db, "amazon-eu", "7714", "0.00");
    copied(db, imported(db, "amazon", "7711", "10.01"));
    copied(db, imported(db, "amazon", "7712", "10.00"));
    copied(db, imported(db, "amazon", "7714", "0.00"));
    copied(db, imported(db, "shopify", "7711", "10.00"));
    assertThat(items(db)).isEmpty();
  }

  private void copied(TestDatabase db, Settlement settlement) {
    db.run(tx -> new SettlementDesk(db.store, mappings).copied(tx, settlement));
  }

  private Settlement imported(TestDatabase db, String channel, String id, String total) {
    String entity = mappings.requireChannel(channel).entity();
    long importId = db.in(tx -> db.store.imports().begin(tx, entity, channel, "sha256:1"));
    StagedLine line =
        new StagedLine(
            1,
            "304-1",
            "MUG-01",
            BigDecimal.ONE,
            POSTED,
            LocalDate.of(2026, 11, 5),
            "Amazon.de",
            "Order/ItemPrice/Principal",
            new BigDecimal(total));
    Settlement settlement =
        new Settlement(
            entity,
            channel,
            id,
            "sha256:1",
            importId,
            "imported",
            POSTED,
            POSTED,
            Optional.empty(),
            Money.of(total, "EUR"),
            1,
            channel + "/settlement/1");
    db.run(tx -> db.store.imports().addLines(tx, importId, List.of(line)));
    db.run(tx -> db.store.imports().complete(tx, settlement));
    return settlement;
  }

  private static List<WorkItem> items(TestDatabase db) {
    return db.in(tx -> db.store.workItems().list(tx, WorkItems.Filter.open(), 0, 10));
  }
}
