package io.kontor.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.mapping.translation.CanonicalFact;
import io.kontor.money.Money;
import io.kontor.money.UnitPrice;
import io.kontor.sales.Customer;
import io.kontor.sales.FactHead;
import io.kontor.sales.FactKind;
import io.kontor.sales.FactName;
import io.kontor.sales.LineKind;
import io.kontor.sales.OrderLine;
import io.kontor.sales.OrderPlaced;
import io.kontor.store.OnBothDatabases;
import io.kontor.store.StoredFact;
import io.kontor.store.TestDatabase;
import io.kontor.work.intake.ClaimChecksInDatabase;
import io.kontor.work.intake.TakenFiles;
import io.kontor.work.night.Retention;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.stream.IntStream;

/** Who bought is known as long as the documents are that say so. */
class RetentionTest {

  private static final Duration KEPT = Duration.ofDays(400);
  private static final Currency EUR = Currency.getInstance("EUR");
  private static final Customer BUYER =
      new Customer("77", "Ada Buyer", "ada@example.org", "1 Lane", "Bremen", "28195", "de");
  private static final Customer NOBODY = new Customer("77", "", "", "", "", "", "de");

  @OnBothDatabases
  void buyers_are_forgotten_when_their_time_is_over_and_nothing_else(TestDatabase db) {
    // More than one chunk, a long one, and one that a newer revision has taken the place of.
    List<StoredFact> first = new ArrayList<>();
    IntStream.range(0, 1_100).forEach(i -> first.add(fact(db, "a" + i, 0, 1)));
    first.add(fact(db, "large", 0, 4_000));
    db.run(tx -> db.store.revisions().insert(tx, first));
    StoredFact newer = fact(db, "a7", 1, 2);
    db.run(tx -> db.store.revisions().replace(tx, List.of(newer)));
    db.clock.goOn(Duration.ofDays(300));
    StoredFact later = fact(db, "b", 0, 1);
    db.run(tx -> db.store.revisions().insert(tx, List.of(later)));
    Retention retention =
        new Retention(
            db.store,
            new ClaimChecksInDatabase(db.store.database(), db.store.files(), db.store.archive()),
            new TakenFiles(Path.of("none")),
            KEPT,
            db.clock);

    retention.purge();
    assertThat(placed(db, "a1").customer()).isEqualTo(BUYER);
    db.clock.goOn(Duration.ofDays(101));
    retention.purge();

    for (String id : List.of("a0", "a7", "a1099", "large")) {
      assertThat(placed(db, id).customer()).as(id).isEqualTo(NOBODY);
    }
    assertThat(placed(db, "large").lines()).hasSize(4_000);
    assertThat(stored(db, "a7").hash()).isEqualTo(newer.hash());
    List<StoredFact> superseded = db.superseded(name("a7"));
    assertThat(superseded)
        .singleElement()
        .satisfies(
            old -> {
              assertThat(old.hash()).isEqualTo(first.get(7).hash());
              assertThat(((OrderPlaced) StoredFacts.read(old)).customer()).isEqualTo(NOBODY);
            });
    assertThat(placed(db, "b").customer()).isEqualTo(BUYER);

    db.clock.goOn(Duration.ofDays(400));
    retention.purge();
    assertThat(placed(db, "b").customer()).isEqualTo(NOBODY);
  }

  private static FactName name(String id) {
    return new FactName(Finance.ENTITY, Finance.CHANNEL, FactKind.ORDER_PLACED, id);
  }

  private static StoredFact stored(TestDatabase db, String id) {
    return db.in(tx -> db.store.facts().current(tx, List.of(name(id)))).get(name(id));
  }

  private static OrderPlaced placed(TestDatabase db, String id) {
    return (OrderPlaced) StoredFacts.read(stored(db, id));
  }

  private static StoredFact fact(TestDatabase db, String id, int revision, int lines) {
    Instant at = TestDatabase.START.plusSeconds(revision);
    Money price = Money.of("1.00", "EUR");
    List<OrderLine> ordered =
        IntStream.range(0, lines)
            .mapToObj(
                i ->
                    new OrderLine(
                        "L" + i,
                        LineKind.GOODS,
                        "SKU" + i,
                        "A thing of which there is much to be said, and so its title is long",
                        BigDecimal.ONE,
                        new UnitPrice(BigDecimal.ONE, EUR),
                        Money.zero(EUR),
                        price,
                        List.of()))
            .toList();
    CanonicalFact fact =
        CanonicalFact.of(
            new OrderPlaced(
                new FactHead(name(id), Finance.order(id), at, at),
                "#" + id,
                EUR,
                true,
                BUYER,
                "",
                ordered,
                Money.of(new BigDecimal(lines), EUR),
                false));
    return new StoredFact(
        name(id),
        Finance.order(id),
        at,
        at,
        fact.hash(),
        fact.json(),
        "shopify-eu/orders/" + id,
        db.clock.instant(),
        "");
  }
}
