package io.kontor.work.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kontor.failure.InDoubtFailure;
import io.kontor.failure.TransientFailure;
import io.kontor.mapping.Consequence;
import io.kontor.mapping.MappingsReader;
import io.kontor.mapping.translation.CanonicalFact;
import io.kontor.odoo.OdooOrders;
import io.kontor.posting.FactText;
import io.kontor.sales.Fact;
import io.kontor.store.Claim;
import io.kontor.store.DeliveryState;
import io.kontor.store.OnBothDatabases;
import io.kontor.store.StoredFact;
import io.kontor.store.TestDatabase;
import io.kontor.store.WantedDelivery;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

class OdooDeliveringTest {

  private static final Fact ORDER =
      FactText.of(
              """
              channel shopify-eu captured order
              order 1001 2026-11-18T10:00:00Z 119.00 EUR
                goods 1 MUG-01 1 119.00 119.00 de:19=19.00
              """)
          .facts
          .get(0);

  private static final WantedDelivery WANTED =
      new WantedDelivery(
          "nordwind",
          "shopify-eu",
          ORDER.order().toString(),
          Consequence.ODOO_ORDER,
          ORDER.order().toString(),
          Optional.empty(),
          TestDatabase.START);

  private static final DeliveryPolicy POLICY =
      new DeliveryPolicy(
          "node",
          10,
          Duration.ofSeconds(3),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofMinutes(1),
          3);

  @OnBothDatabases
  void nobody_takes_over_what_odoo_only_takes_long_for(TestDatabase db) {
    wanted(db);
    delivering(
            db,
            () -> {
              db.clock.goOn(POLICY.lease());
              assertThat(toTakeOver(db)).containsExactly(Consequence.ODOO_ORDER);
              await().until(() -> toTakeOver(db).isEmpty());
              throw new TransientFailure("too-slow", "odoo", "it never answers");
            })
        .deliverDue(Consequence.ODOO_ORDER);

    Map<String, DeliveryState> states =
        db.in(tx -> db.store.deliveries().states(tx, Set.of(WANTED.id())));
    assertThat(states).containsEntry(WANTED.id(), DeliveryState.PENDING);
  }

  @OnBothDatabases
  void what_was_taken_over_in_the_middle_of_a_call_is_brought_once_more(TestDatabase db) {
    wanted(db);

    delivering(
            db,
            () -> {
              List<Claim> takenOver = List.of();
              while (takenOver.isEmpty()) {
                db.clock.goOn(POLICY.lease());
                takenOver =
                    db.in(
                        tx ->
                            db.store
                                .claiming()
                                .claimInDoubt(
                                    tx, Consequence.ODOO_ORDER, 1, "other", POLICY.lease()));
              }
              Claim others = takenOver.get(0);
              db.run(tx -> db.store.held().sent(tx, others, "what is newer", "S00001"));
              throw new InDoubtFailure("odoo-no-answer", "odoo", "whatever it did");
            })
        .deliverDue(Consequence.ODOO_ORDER);

    Map<String, DeliveryState> states =
        db.in(tx -> db.store.deliveries().states(tx, Set.of(WANTED.id())));
    assertThat(states).containsEntry(WANTED.id(), DeliveryState.IN_DOUBT);
  }

  private static void wanted(TestDatabase db) {
    CanonicalFact fact = CanonicalFact.of(ORDER);
    db.run(
        tx ->
            db.store
                .revisions()
                .insert(
                    tx,
                    List.of(
                        new StoredFact(
                            ORDER.name(),
                            ORDER.order(),
                            ORDER.revision(),
                            ORDER.occurredAt(),
                            fact.hash(),
                            fact.json(),
                            "raw",
                            TestDatabase.START,
                            ""))));
    db.run(tx -> db.store.deliveries().want(tx, List.of(WANTED)));
  }

  private static Set<Consequence> toTakeOver(TestDatabase db) {
    return db.in(tx -> db.store.backlog().due(tx));
  }

  private static OdooDelivering delivering(TestDatabase db, Supplier<OdooOrders> odoo) {
    return new OdooDelivering(
        db.store.database(),
        db.store.claiming(),
        db.store.held(),
        new OdooContents(
            db.store.facts(), db.store.receipts(), MappingsReader.read(Path.of("mappings"))),
        odoo,
        Optional.empty(),
        POLICY,
        new DeliveryBook(db.store.held(), db.store.desk(), POLICY, delivered -> {}));
  }
}
