package io.kontor.store;

import static io.kontor.store.Outbox.LEASE;
import static io.kontor.store.Outbox.NOW;
import static io.kontor.store.Outbox.claim;
import static io.kontor.store.Outbox.claimOrder;
import static io.kontor.store.Outbox.order;
import static io.kontor.store.Outbox.refund;
import static io.kontor.store.Outbox.sent;
import static io.kontor.store.Outbox.want;
import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.failure.UnmappedFailure;
import io.kontor.mapping.Consequence;
import java.util.List;
import java.util.Set;

class BacklogTest {

  private final Backlog backlog = new Backlog();

  @OnBothDatabases
  void the_backlog_says_what_waits_and_since_when(TestDatabase db) {
    want(db, order("1"), order("2"), order("3"));
    Claim claim = claim(db, Consequence.ODOO_ORDER, "a").get(0);
    sent(db, claim);

    List<Backlog.Count> left = db.in(backlog::counts);
    List<Backlog.Count> all = db.in(backlog::countsOfAll);
    Set<Consequence> due = db.in(backlog::due);
    db.clock.goOn(LEASE);
    Set<Consequence> later = db.in(backlog::due);

    assertThat(left)
        .containsExactly(
            new Backlog.Count(Consequence.ODOO_ORDER, "shopify", DeliveryState.SENDING, 2, NOW));
    assertThat(all).extracting(Backlog.Count::count).containsExactly(2L, 1L);
    assertThat(due).isEmpty();
    assertThat(later).containsExactly(Consequence.ODOO_ORDER);
  }

  @OnBothDatabases
  void a_refund_is_not_due_while_a_person_decides_about_its_order(TestDatabase db) {
    want(db, order("1"), refund("1", "9"));
    Claim claim = claimOrder(db);
    db.in(tx -> new HeldClaims().park(tx, claim, new UnmappedFailure("unknown-sku", "X", "no X")));

    Set<Consequence> parked = db.in(backlog::due);
    db.in(tx -> new Deliveries().retry(tx, claim.id()));
    sent(db, claimOrder(db));
    Set<Consequence> sent = db.in(backlog::due);

    assertThat(parked).isEmpty();
    assertThat(sent).containsExactly(Consequence.ODOO_REFUND);
  }
}
