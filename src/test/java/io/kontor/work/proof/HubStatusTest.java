package io.kontor.work.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kontor.failure.TransientFailure;
import io.kontor.mapping.Consequence;
import io.kontor.store.OnBothDatabases;
import io.kontor.store.Store;
import io.kontor.store.TestDatabase;
import io.kontor.store.WantedDelivery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

class HubStatusTest {

  @OnBothDatabases
  void a_document_that_leaves_the_inbox_meanwhile_is_seen_in_what_it_causes(TestDatabase db) {
    Store store = db.store;
    LongSupplier recordsTheLastOne =
        () -> {
          db.run(tx -> store.deliveries().want(tx, List.of(order())));
          return 0;
        };

    assertThat(status(store, recordsTheLastOne).waiting().dueDeliveries()).isEqualTo(1);
  }

  @OnBothDatabases
  void what_is_known_is_said_also_while_the_broker_does_not_answer(TestDatabase db) {
    db.run(tx -> db.store.deliveries().want(tx, List.of(order())));
    HubStatus status =
        status(
            db.store,
            () -> {
              throw new TransientFailure("broker-unreachable", "tcp://artemis", "it is away");
            });

    assertThat(status.now())
        .returns(Optional.of("it is away"), HubStatus.Now::inboxUnknown)
        .returns(1L, now -> now.waiting().pendingDeliveries());
    assertThatThrownBy(status::waiting)
        .as("who waits for the end must not take it for nothing")
        .hasMessage("it is away");
  }

  private static HubStatus status(Store store, LongSupplier inbox) {
    return new HubStatus(
        store.database(),
        store.backlog(),
        store.workItems(),
        store.totals(),
        store.journal(),
        store.audit(),
        inbox);
  }

  private static WantedDelivery order() {
    return new WantedDelivery(
        "nordwind",
        "shopify-eu",
        "nordwind/shopify-eu/1",
        Consequence.ODOO_ORDER,
        "nordwind/shopify-eu/1",
        Optional.empty(),
        Instant.EPOCH);
  }
}
