package io.kontor.store;

import static io.kontor.store.Outbox.LEASE;
import static io.kontor.store.Outbox.NOW;
import static io.kontor.store.Outbox.claim;
import static io.kontor.store.Outbox.claimOrder;
import static io.kontor.store.Outbox.find;
import static io.kontor.store.Outbox.order;
import static io.kontor.store.Outbox.refund;
import static io.kontor.store.Outbox.sent;
import static io.kontor.store.Outbox.want;
import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.mapping.Consequence;
import java.time.Duration;
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

class ClaimingTest {

  private final Deliveries deliveries = new Deliveries();
  private final Claiming claiming = new Claiming();
  private final HeldClaims held = new HeldClaims();

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
      List<Claim> one = db.in(tx -> claiming.claim(tx, Consequence.ODOO_ORDER, 1, node, LEASE));
      assertThat(one).hasSize(1);
    }
    Set<Consequence> all = Set.of(Consequence.values());

    db.clock.goOn(Duration.ofSeconds(1));
    assertThat((int) db.in(tx -> claiming.endLeases(tx, Optional.of("a"), all, tx.now())))
        .isEqualTo(1);
    assertThat((int) db.in(tx -> claiming.endLeases(tx, Optional.empty(), all, tx.now())))
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
                      db.in(tx -> claiming.claim(tx, consequence, 7, owner, LEASE));
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
                    db.run(tx -> assertThat(held.sent(tx, claim, "h", "r")).isTrue());
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
    List<Backlog.Count> left = db.in(tx -> new Backlog().counts(tx));
    assertThat(left).isEmpty();
    assertThat(done).hasValue(keys * 5);
  }
}
