package io.kontor.store;

import static io.kontor.store.Outbox.claim;
import static io.kontor.store.Outbox.claimOrder;
import static io.kontor.store.Outbox.find;
import static io.kontor.store.Outbox.order;
import static io.kontor.store.Outbox.refund;
import static io.kontor.store.Outbox.sent;
import static io.kontor.store.Outbox.want;
import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.mapping.Consequence;
import java.util.Set;

class DeliveriesTest {

  private final Deliveries deliveries = new Deliveries();

  @OnBothDatabases
  void followers_of_a_skipped_delivery_go_on_or_are_skipped_with_it(TestDatabase db) {
    want(db, order("1"), refund("1", "r1"), order("2"), refund("2", "r2"));

    Set<String> one = db.in(tx -> deliveries.skip(tx, order("1").id(), Deliveries.Followers.GO_ON));
    Set<String> two = db.in(tx -> deliveries.skip(tx, order("2").id(), Deliveries.Followers.SKIP));

    assertThat(one).containsExactly(order("1").id());
    assertThat(two).containsExactlyInAnyOrder(order("2").id(), refund("2", "r2").id());
    assertThat(claim(db, Consequence.ODOO_REFUND, "a"))
        .extracting(Claim::id)
        .containsExactly(refund("1", "r1").id());
    want(db, order("1"));
    assertThat(find(db, order("1")).state()).isEqualTo(DeliveryState.SKIPPED);
    assertThat(db.<Boolean, RuntimeException>in(tx -> deliveries.retry(tx, order("2").id())))
        .isFalse();
  }

  @OnBothDatabases
  void what_comes_later_for_a_skipped_delivery_goes_on_or_is_skipped_too(TestDatabase db) {
    want(db, order("1"), order("2"));
    db.in(tx -> deliveries.skip(tx, order("1").id(), Deliveries.Followers.GO_ON));
    db.in(tx -> deliveries.skip(tx, order("2").id(), Deliveries.Followers.SKIP));

    want(db, refund("1", "r1"), refund("2", "r2"));

    assertThat(find(db, refund("2", "r2")).state()).isEqualTo(DeliveryState.SKIPPED);
    assertThat(claim(db, Consequence.ODOO_REFUND, "a"))
        .extracting(Claim::id)
        .containsExactly(refund("1", "r1").id());
  }

  @OnBothDatabases
  void a_refund_of_an_order_that_the_target_has_goes_on_whatever_is_skipped_since(TestDatabase db) {
    want(db, order("1"));
    sent(db, claimOrder(db));
    want(db, order("1"), refund("1", "r1"));

    db.in(tx -> deliveries.skip(tx, order("1").id(), Deliveries.Followers.SKIP));
    want(db, refund("1", "r2"));

    assertThat(find(db, refund("1", "r1")).state()).isEqualTo(DeliveryState.PENDING);
    assertThat(find(db, refund("1", "r2")).state()).isEqualTo(DeliveryState.PENDING);
  }
}
