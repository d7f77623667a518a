package io.kontor.store;

import static io.kontor.store.Outbox.LEASE;
import static io.kontor.store.Outbox.NOW;
import static io.kontor.store.Outbox.claim;
import static io.kontor.store.Outbox.claimOrder;
import static io.kontor.store.Outbox.find;
import static io.kontor.store.Outbox.inDoubt;
import static io.kontor.store.Outbox.order;
import static io.kontor.store.Outbox.refund;
import static io.kontor.store.Outbox.sent;
import static io.kontor.store.Outbox.want;
import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.failure.InDoubtFailure;
import io.kontor.failure.RejectedFailure;
import io.kontor.failure.TransientFailure;
import io.kontor.mapping.Consequence;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

class HeldClaimsTest {

  private final HeldClaims held = new HeldClaims();

  @OnBothDatabases
  void what_is_wanted_while_it_is_being_sent_is_sent_again(TestDatabase db) {
    want(db, order("1"));
    Claim first = claimOrder(db);
    want(db, order("1"));
    assertThat(claim(db, Consequence.ODOO_ORDER, "b")).isEmpty();

    assertThat(sent(db, first)).isTrue();

    assertThat(find(db, order("1")).state()).isEqualTo(DeliveryState.PENDING);
    Claim second = claimOrder(db);
    assertThat(second.generation()).isEqualTo(2);
    assertThat(second.sentHash()).contains("hash");
    sent(db, second);
    assertThat(find(db, order("1")).state()).isEqualTo(DeliveryState.SENT);
  }

  @OnBothDatabases
  void a_correction_is_not_stuck_behind_what_it_corrects(TestDatabase db) {
    RejectedFailure no = new RejectedFailure("unknown-sku", "X", "no such product\0");
    want(db, order("1"));
    Claim first = claimOrder(db);
    db.in(tx -> held.park(tx, first, no));
    assertThat(find(db, order("1")).state()).isEqualTo(DeliveryState.PARKED);
    assertThat(claim(db, Consequence.ODOO_ORDER, "a")).isEmpty();

    want(db, order("1"));
    Claim second = claimOrder(db);
    want(db, order("1"));
    db.in(tx -> held.park(tx, second, no));

    assertThat(find(db, order("1")))
        .returns(DeliveryState.PENDING, Delivery::state)
        .returns("unknown-sku", Delivery::errorCode);
    assertThat(claimOrder(db).tries()).isEqualTo(1);
  }

  @OnBothDatabases
  void a_retry_is_due_at_its_time_and_counted(TestDatabase db) {
    want(db, order("1"));
    Claim first = claimOrder(db);
    TransientFailure busy = new TransientFailure("odoo-busy", "S1", "503");
    db.in(tx -> held.retryAt(tx, first, NOW.plusSeconds(30), busy));

    assertThat(claim(db, Consequence.ODOO_ORDER, "a")).isEmpty();
    db.clock.goOn(Duration.ofSeconds(30));
    Claim second = claimOrder(db);

    assertThat(second.tries()).isEqualTo(2);
    assertThat(second.attempt()).isEqualTo(2);
  }

  @OnBothDatabases
  void an_expired_lease_is_in_doubt_and_its_old_owner_has_lost_it(TestDatabase db) {
    want(db, order("1"), refund("1", "r1"));
    Claim lost = claimOrder(db);
    want(db, order("1"));
    assertThat(inDoubt(db)).isEmpty();

    db.clock.goOn(LEASE);
    assertThat(claim(db, Consequence.ODOO_ORDER, "b")).isEmpty();
    List<Claim> located = inDoubt(db);

    assertThat(located).hasSize(1);
    assertThat(located.get(0)).returns(true, Claim::inDoubt).returns(1L, Claim::generation);
    assertThat(find(db, order("1")).state()).isEqualTo(DeliveryState.IN_DOUBT);
    assertThat(sent(db, lost)).isFalse();
    assertThat(claim(db, Consequence.ODOO_REFUND, "b")).isEmpty();
    assertThat(sent(db, located.get(0))).isTrue();
    assertThat(find(db, order("1")))
        .returns(DeliveryState.PENDING, Delivery::state)
        .returns(1L, Delivery::sent)
        .returns(2L, Delivery::wanted);
  }

  @OnBothDatabases
  void who_called_without_holding_it_has_the_truth_brought_once_more(TestDatabase db) {
    want(db, order("1"));
    Claim first = claimOrder(db);
    db.clock.goOn(LEASE);
    Claim second = inDoubt(db).get(0);

    assertThat(sent(db, first)).isFalse();
    assertThat(overtaken(db, first)).isTrue();
    assertThat(sent(db, second)).as("it may have written before the first did").isFalse();
    assertThat(overtaken(db, second)).isTrue();
    assertThat(inDoubt(db)).isEmpty();

    db.clock.goOn(Duration.ofMinutes(1));
    Claim third = inDoubt(db).get(0);
    assertThat(third.sentHash()).isEmpty();
    assertThat(sent(db, third)).isTrue();
    assertThat(find(db, order("1")).state()).isEqualTo(DeliveryState.SENT);
  }

  private boolean overtaken(TestDatabase db, Claim claim) {
    boolean overtaken = db.in(tx -> held.overtaken(tx, claim, db.clock.instant().plusSeconds(60)));
    return overtaken;
  }

  @OnBothDatabases
  void what_is_in_doubt_is_located_after_the_targets_own_limit(TestDatabase db) {
    want(db, order("1"));
    Claim first = claimOrder(db);
    InDoubtFailure timeout = new InDoubtFailure("odoo-timeout", "S1", "no answer");
    db.in(tx -> held.inDoubt(tx, first, NOW.plusSeconds(120), timeout));
    want(db, order("1"));

    assertThat(inDoubt(db)).isEmpty();
    db.clock.goOn(Duration.ofMinutes(2));
    List<Claim> located = inDoubt(db);
    assertThat(located).hasSize(1);

    TransientFailure away = new TransientFailure("odoo-unreachable", "S1", "refused");
    db.in(tx -> held.retryAt(tx, located.get(0), db.clock.instant(), away));
    assertThat(claimOrder(db).generation()).isEqualTo(2);
  }

  /**
   * An order as it first was, an edit whose sender died in the call, and the order as it first was
   * again: what was sent last before the edit says nothing of what the target has after it.
   */
  @OnBothDatabases
  void after_a_call_that_may_have_taken_effect_nobody_believes_the_hash_from_before_it(
      TestDatabase db) {
    want(db, order("1"));
    sent(db, claimOrder(db));
    want(db, order("1"));
    assertThat(claimOrder(db).sentHash()).contains("hash");

    db.clock.goOn(LEASE);
    Claim located = inDoubt(db).get(0);
    TransientFailure away = new TransientFailure("odoo-unreachable", "S1", "refused");
    db.in(tx -> held.retryAt(tx, located, NOW, away));
    want(db, order("1"));
    Claim next = claimOrder(db);

    assertThat(next).returns(false, Claim::inDoubt).returns(Optional.empty(), Claim::sentHash);
    sent(db, next);
    want(db, order("1"));
    assertThat(claimOrder(db).sentHash()).contains("hash");
  }
}
