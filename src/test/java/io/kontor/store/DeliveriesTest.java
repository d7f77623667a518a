package io.kontor.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.failure.InDoubtFailure;
import io.kontor.failure.RejectedFailure;
import io.kontor.failure.TransientFailure;
import io.kontor.mapping.Consequence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

class DeliveriesTest {

  private static final Duration LEASE = Duration.ofMinutes(5);
  private static final Instant NOW = TestDatabase.START;

  private final Deliveries deliveries = new Deliveries();

  private static WantedDelivery order(String id) {
    return order(id, NOW);
  }

  private static WantedDelivery order(String id, Instant notBefore) {
    String subject = Samples.order(id).toString();
    return new WantedDelivery(
        "nordwind",
        "shopify",
        subject,
        Consequence.ODOO_ORDER,
        subject + "/odoo",
        Optional.empty(),
        notBefore);
  }

  private static WantedDelivery refund(String order, String id) {
    String subject = Samples.order(order).toString();
    return new WantedDelivery(
        "nordwind",
        "shopify",
        "nordwind/shopify/refunded/" + id,
        Consequence.ODOO_REFUND,
        subject + "/odoo",
        Optional.of(WantedDelivery.id(Consequence.ODOO_ORDER, subject)),
        NOW);
  }

  private void want(TestDatabase db, WantedDelivery... wanted) {
    db.run(tx -> deliveries.want(tx, List.of(wanted)));
  }

  private List<Claim> claim(TestDatabase db, Consequence consequence, String owner) {
    return db.in(tx -> deliveries.claim(tx, consequence, 10, owner, LEASE));
  }

  private Claim claimOrder(TestDatabase db) {
    List<Claim> claims = claim(db, Consequence.ODOO_ORDER, "a");
    assertThat(claims).hasSize(1);
    return claims.get(0);
  }

  private boolean sent(TestDatabase db, Claim claim) {
    return db.in(tx -> deliveries.sent(tx, claim, "hash", "S0001"));
  }

  private Delivery find(TestDatabase db, WantedDelivery wanted) {
    return db.in(tx -> deliveries.find(tx, wanted.id())).orElseThrow();
  }

  @OnBothDatabases
  void a_wanted_delivery_is_claimed_once_and_sent(TestDatabase db) {
    want(db, order("1"), order("2"));

    List<Claim> claims = claim(db, Consequence.ODOO_ORDER, "a");
    List<Claim> again = claim(db, Consequence.ODOO_ORDER, "b");
    List<Claim> other = claim(db, Consequence.ODOO_REFUND, "b");

    assertThat(claims).extracting(Claim::subject).hasSize(2).doesNotHaveDuplicates();
    assertThat(again).isEmpty();
    assertThat(other).isEmpty();
    assertThat(find(db, order("1")).state()).isEqualTo(DeliveryState.SENDING);
    assertThat(claims).allMatch(c -> sent(db, c));
    assertThat(find(db, order("1")))
        .returns(DeliveryState.SENT, Delivery::state)
        .returns(1L, Delivery::sent)
        .returns(Optional.of("S0001"), Delivery::sentReference);
  }

  @OnBothDatabases
  void a_node_that_starts_again_ends_its_own_leases_alone(TestDatabase db) {
    want(db, order("1"), order("2"));
    for (String node : List.of("a", "b")) {
      List<Claim> one = db.in(tx -> deliveries.claim(tx, Consequence.ODOO_ORDER, 1, node, LEASE));
      assertThat(one).hasSize(1);
    }
    Set<Consequence> all = Set.of(Consequence.values());

    db.clock.goOn(Duration.ofSeconds(1));
    assertThat((int) db.in(tx -> deliveries.endLeases(tx, Optional.of("a"), all, tx.now())))
        .isEqualTo(1);
    assertThat((int) db.in(tx -> deliveries.endLeases(tx, Optional.empty(), all, tx.now())))
        .isEqualTo(1);
  }

  @OnBothDatabases
  void what_is_not_due_waits(TestDatabase db) {
    want(db, order("1", NOW.plusSeconds(60)));

    assertThat(claim(db, Consequence.ODOO_ORDER, "a")).isEmpty();
    db.clock.goOn(Duration.ofSeconds(60));
    assertThat(claim(db, Consequence.ODOO_ORDER, "a")).hasSize(1);
  }

  @OnBothDatabases
  void deliveries_of_one_key_go_one_after_the_other(TestDatabase db) {
    want(db, order("1"));
    sent(db, claimOrder(db));
    want(db, order("1"), refund("1", "r1"), refund("1", "r2"));

    List<Claim> refunds = claim(db, Consequence.ODOO_REFUND, "a");
    List<Claim> whileBusy = claim(db, Consequence.ODOO_ORDER, "b");
    sent(db, refunds.get(0));
    List<Claim> afterwards = claim(db, Consequence.ODOO_ORDER, "b");

    assertThat(refunds).hasSize(1);
    assertThat(whileBusy).isEmpty();
    assertThat(afterwards).hasSize(1);
  }

  @OnBothDatabases
  void a_refund_waits_until_its_order_is_sent_even_if_it_came_first(TestDatabase db) {
    want(db, refund("1", "r1"));
    assertThat(claim(db, Consequence.ODOO_REFUND, "a")).isEmpty();
    want(db, order("1"));
    assertThat(claim(db, Consequence.ODOO_REFUND, "a")).isEmpty();

    sent(db, claimOrder(db));

    assertThat(claim(db, Consequence.ODOO_REFUND, "a")).hasSize(1);
  }

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
    db.in(tx -> deliveries.park(tx, first, no));
    assertThat(find(db, order("1")).state()).isEqualTo(DeliveryState.PARKED);
    assertThat(claim(db, Consequence.ODOO_ORDER, "a")).isEmpty();

    want(db, order("1"));
    Claim second = claimOrder(db);
    want(db, order("1"));
    db.in(tx -> deliveries.park(tx, second, no));

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
    db.in(tx -> deliveries.retryAt(tx, first, NOW.plusSeconds(30), busy));

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
  void what_is_in_doubt_is_located_after_the_targets_own_limit(TestDatabase db) {
    want(db, order("1"));
    Claim first = claimOrder(db);
    InDoubtFailure timeout = new InDoubtFailure("odoo-timeout", "S1", "no answer");
    db.in(tx -> deliveries.inDoubt(tx, first, NOW.plusSeconds(120), timeout));
    want(db, order("1"));

    assertThat(inDoubt(db)).isEmpty();
    db.clock.goOn(Duration.ofMinutes(2));
    List<Claim> located = inDoubt(db);
    assertThat(located).hasSize(1);

    TransientFailure away = new TransientFailure("odoo-unreachable", "S1", "refused");
    db.in(tx -> deliveries.retryAt(tx, located.get(0), db.clock.instant(), away));
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
    db.in(tx -> deliveries.retryAt(tx, located, NOW, away));
    want(db, order("1"));
    Claim next = claimOrder(db);

    assertThat(next).returns(false, Claim::inDoubt).returns(Optional.empty(), Claim::sentHash);
    sent(db, next);
    want(db, order("1"));
    assertThat(claimOrder(db).sentHash()).contains("hash");
  }

  private List<Claim> inDoubt(TestDatabase db) {
    return db.in(tx -> deliveries.claimInDoubt(tx, Consequence.ODOO_ORDER, 10, "c", LEASE));
  }

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

  @OnBothDatabases
  void the_backlog_says_what_waits_and_since_when(TestDatabase db) {
    want(db, order("1"), order("2"), order("3"));
    Claim claim = claim(db, Consequence.ODOO_ORDER, "a").get(0);
    sent(db, claim);

    List<Deliveries.Count> backlog = db.in(deliveries::backlog);
    List<Deliveries.Count> all = db.in(deliveries::counts);
    Set<Consequence> due = db.in(deliveries::due);
    db.clock.goOn(LEASE);
    Set<Consequence> later = db.in(deliveries::due);

    assertThat(backlog)
        .containsExactly(
            new Deliveries.Count(Consequence.ODOO_ORDER, "shopify", DeliveryState.SENDING, 2, NOW));
    assertThat(all).extracting(Deliveries.Count::count).containsExactly(2L, 1L);
    assertThat(due).isEmpty();
    assertThat(later).containsExactly(Consequence.ODOO_ORDER);
  }

  /** Workers of several nodes claim all the time; no key may be held twice at any moment. */
  @OnBothDatabases
  void no_key_is_ever_held_by_two_claimers(TestDatabase db) throws Exception {
    int keys = 30;
    db.run(
        tx ->
            deliveries.want(
                tx, IntStream.range(0, keys).mapToObj(i -> order(String.valueOf(i))).toList()));
    db.run(tx -> tx.update("UPDATE delivery SET sent = 1, wanted = 2"));
    db.run(
        tx ->
            deliveries.want(
                tx,
                IntStream.range(0, keys * 4)
                    .mapToObj(i -> refund(String.valueOf(i % keys), "r" + i))
                    .toList()));
    Map<String, String> holders = new ConcurrentHashMap<>();
    List<String> clashes = new ArrayList<>();
    AtomicInteger done = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(6);
    List<Future<?>> running = new ArrayList<>();
    for (int t = 0; t < 6; t++) {
      String owner = "node" + t;
      Consequence consequence = t % 3 == 0 ? Consequence.ODOO_ORDER : Consequence.ODOO_REFUND;
      running.add(
          threads.submit(
              () -> {
                long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
                while (System.nanoTime() < deadline && done.get() < keys * 5) {
                  List<Claim> claims =
                      db.in(tx -> deliveries.claim(tx, consequence, 7, owner, LEASE));
                  for (Claim claim : claims) {
                    String other = holders.putIfAbsent(claim.key(), owner);
                    if (other != null) {
                      synchronized (clashes) {
                        clashes.add(claim.key() + " " + owner + " " + other);
                      }
                    }
                  }
                  for (Claim claim : claims) {
                    holders.remove(claim.key(), owner);
                    db.run(tx -> assertThat(deliveries.sent(tx, claim, "h", "r")).isTrue());
                    done.incrementAndGet();
                  }
                }
                return null;
              }));
    }
    threads.shutdown();
    for (Future<?> one : running) {
      one.get();
    }

    assertThat(clashes).isEmpty();
    List<Deliveries.Count> left = db.in(deliveries::backlog);
    assertThat(left).isEmpty();
    assertThat(done).hasValue(keys * 5);
  }
}
