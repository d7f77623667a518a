package io.kontor.work.proof;

import static org.assertj.core.api.Assertions.assertThat;

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
    HubStatus status =
        new HubStatus(
            store.database(),
            store.backlog(),
            store.workItems(),
            store.totals(),
            store.journal(),
            store.audit(),
            recordsTheLastOne);

    assertThat(status.waiting().dueDeliveries()).isEqualTo(1);
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
