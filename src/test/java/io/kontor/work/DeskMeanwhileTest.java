package io.kontor.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kontor.failure.InDoubtFailure;
import io.kontor.failure.RejectedFailure;
import io.kontor.mapping.Consequence;
import io.kontor.store.Claim;
import io.kontor.store.Deliveries;
import io.kontor.store.DeliveryState;
import io.kontor.store.OnBothDatabases;
import io.kontor.store.TestDatabase;
import io.kontor.store.Tx;
import io.kontor.store.WantedDelivery;
import io.kontor.store.WorkItem;
import io.kontor.store.WorkItems;
import io.kontor.work.delivery.DeliveryBook;
import io.kontor.work.delivery.Outcome;
import io.kontor.work.desk.DeskWork;
import io.kontor.work.settlement.Reconciliation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What people decide about a delivery while it is under way, or while others decide about it. */
class DeskMeanwhileTest {

  private static final WantedDelivery ORDER =
      new WantedDelivery(
          Finance.ENTITY,
          Finance.CHANNEL,
          Finance.order("1").toString(),
          Consequence.ODOO_ORDER,
          Finance.order("1").toString(),
          Optional.empty(),
          Instant.EPOCH);

  @OnBothDatabases
  void what_is_being_sent_is_not_skipped(TestDatabase db) {
    DeskWork desk = new Finance(db).desk((document, within) -> true);
    long item = parked(db);
    desk.retry(item, Finance.OLGA);
    Claim claim = claimed(db);

    assertThatThrownBy(() -> desk.skip(item, Finance.MONA, "a test order"))
        .hasMessageContaining("is being sent")
        .hasMessageContaining("look at item " + item + " again");
    assertThat(item(db, item)).isEqualTo(WorkItem.State.OPEN);

    db.run(tx -> book(db).finish(tx, claim, new Outcome.Sent("hash", "S1")));
    assertThat(state(db)).isEqualTo(DeliveryState.SENT);
    assertThat(item(db, item)).isEqualTo(WorkItem.State.RESOLVED);
  }

  @OnBothDatabases
  void what_the_target_may_have_is_neither_skipped_nor_settled_by_hand(TestDatabase db) {
    DeskWork desk = new Finance(db).desk((document, within) -> true);
    long item = parked(db);
    desk.retry(item, Finance.OLGA);
    Claim claim = claimed(db);
    db.run(
        tx ->
            book(db)
                .finish(
                    tx, claim, Outcome.failed(new InDoubtFailure("timed-out", "1", "no answer"))));

    assertThatThrownBy(() -> desk.skip(item, Finance.MONA, "a test order"))
        .hasMessageContaining("it is not known yet whether the target has it");
    assertThatThrownBy(() -> desk.resolve(item, Finance.MONA, "booked by hand"))
        .hasMessageContaining("goes out again");
    assertThat(state(db)).isEqualTo(DeliveryState.IN_DOUBT);
    assertThat(item(db, item)).isEqualTo(WorkItem.State.OPEN);
  }

  @OnBothDatabases
  void what_somebody_has_retried_is_not_settled_by_hand_too(TestDatabase db) {
    DeskWork desk = new Finance(db).desk((document, within) -> true);
    long item = parked(db);
    desk.retry(item, Finance.OLGA);

    assertThatThrownBy(() -> desk.resolve(item, Finance.MONA, "booked by hand"))
        .hasMessageContaining("skip the item if it is not to be made");

    desk.skip(item, Finance.MONA, "booked by hand");
    assertThat(state(db)).isEqualTo(DeliveryState.SKIPPED);
  }

  @OnBothDatabases
  void what_waits_for_an_order_that_was_settled_by_hand_goes_on(TestDatabase db) {
    DeskWork desk = new Finance(db).desk((document, within) -> true);
    long item = parked(db);
    db.run(tx -> db.store.deliveries().want(tx, List.of(refund("r1"))));

    desk.resolve(item, Finance.MONA, "entered by hand, S0042");

    assertThat(claims(db, Consequence.ODOO_REFUND))
        .extracting(Claim::id)
        .containsExactly(refund("r1").id());
    db.run(tx -> db.store.deliveries().want(tx, List.of(ORDER)));
    assertThat(claims(db, Consequence.ODOO_ORDER))
        .as("what was settled by hand is not done once more")
        .isEmpty();
  }

  @OnBothDatabases
  void a_refund_that_comes_after_its_order_was_settled_by_hand_does_not_wait_for_it(
      TestDatabase db) {
    DeskWork desk = new Finance(db).desk((document, within) -> true);
    desk.resolve(parked(db), Finance.MONA, "entered by hand, S0042");

    db.run(tx -> db.store.deliveries().want(tx, List.of(refund("r1"))));

    assertThat(claims(db, Consequence.ODOO_REFUND)).hasSize(1);
  }

  @OnBothDatabases
  void a_refund_that_comes_after_its_order_was_skipped_does_not_go_out_alone(TestDatabase db) {
    DeskWork desk = new Finance(db).desk((document, within) -> true);
    desk.skip(parked(db), Finance.MONA, "a test order");

    db.run(tx -> db.store.deliveries().want(tx, List.of(refund("r1"))));

    assertThat(claims(db, Consequence.ODOO_REFUND)).isEmpty();
    assertThat(state(db, refund("r1"))).isEqualTo(DeliveryState.SKIPPED);
  }

  @OnBothDatabases
  void a_refund_that_comes_while_its_order_is_skipped_does_not_go_out_alone(TestDatabase db)
      throws Exception {
    long item = parked(db);

    whileOneActs(
        db,
        tx -> {
          db.store.deliveries().skip(tx, ORDER.id(), Deliveries.Followers.SKIP);
          db.store.desk().close(tx, item, WorkItem.State.SKIPPED, "mona", "a test");
        },
        () -> db.run(tx -> db.store.deliveries().want(tx, List.of(refund("r1")))));

    assertThat(state(db, refund("r1"))).isEqualTo(DeliveryState.SKIPPED);
  }

  @OnBothDatabases
  void a_settlement_whose_item_is_resolved_is_matched_again_all_the_same(TestDatabase db) {
    DeskWork desk = new Finance(db).desk((document, within) -> true);
    WantedDelivery matching = Reconciliation.wanted(Finance.order("settlement-7"));
    long item = parked(db, matching);

    desk.resolve(item, Finance.MONA, "asked the channel");

    db.run(tx -> db.store.deliveries().want(tx, List.of(matching)));
    assertThat(claims(db, Consequence.RECONCILE)).hasSize(1);
  }

  @OnBothDatabases
  void a_retry_does_not_undo_a_skip_of_the_same_moment(TestDatabase db) throws Exception {
    Finance finance = new Finance(db);
    long item = parked(db);

    assertThatThrownBy(
            () ->
                whileOneActs(
                    db,
                    tx -> {
                      db.store.deliveries().skip(tx, ORDER.id(), Deliveries.Followers.SKIP);
                      db.store.desk().close(tx, item, WorkItem.State.SKIPPED, "mona", "a test");
                    },
                    () -> finance.desk((document, within) -> true).retry(item, Finance.OLGA)))
        .hasCauseInstanceOf(RejectedFailure.class)
        .hasMessageContaining("item " + item + " is skipped already");

    assertThat(state(db)).isEqualTo(DeliveryState.SKIPPED);
    assertThat(finance.acts("item " + item)).isEmpty();
  }

  @OnBothDatabases
  void of_two_decisions_of_the_same_moment_one_counts(TestDatabase db) throws Exception {
    Finance finance = new Finance(db);
    long item = parked(db);

    assertThatThrownBy(
            () ->
                whileOneActs(
                    db,
                    tx ->
                        db.store
                            .desk()
                            .close(tx, item, WorkItem.State.RESOLVED, "mona", "voucher 4711"),
                    () ->
                        finance
                            .desk((document, within) -> true)
                            .skip(item, Finance.OLGA, "a test")))
        .hasCauseInstanceOf(RejectedFailure.class)
        .hasMessageContaining("item " + item + " is resolved already");

    assertThat(state(db)).isEqualTo(DeliveryState.PARKED);
    assertThat(finance.acts("item " + item)).isEmpty();
  }

  /** The first has acted and not committed when the second reads that the item is open. */
  private static void whileOneActs(TestDatabase db, Consumer<Tx> first, Runnable second)
      throws Exception {
    ExecutorService another = Executors.newSingleThreadExecutor();
    try {
      Future<?> done =
          db.in(
              tx -> {
                first.accept(tx);
                Future<?> waiting = another.submit(second);
                db.awaitBlocked();
                return waiting;
              });
      done.get(1, TimeUnit.MINUTES);
    } finally {
      another.shutdownNow();
    }
  }

  private static WantedDelivery refund(String id) {
    return new WantedDelivery(
        Finance.ENTITY,
        Finance.CHANNEL,
        "nordwind/shopify-eu/refunded/" + id,
        Consequence.ODOO_REFUND,
        ORDER.key(),
        Optional.of(ORDER.id()),
        Instant.EPOCH);
  }

  private static long parked(TestDatabase db) {
    return parked(db, ORDER);
  }

  private static long parked(TestDatabase db, WantedDelivery wanted) {
    db.run(tx -> db.store.deliveries().want(tx, List.of(wanted)));
    Claim claim = claims(db, wanted.consequence()).get(0);
    db.run(
        tx ->
            book(db)
                .finish(
                    tx, claim, Outcome.failed(new RejectedFailure("unknown-sku", "1", "no SKU"))));
    return db.in(tx -> db.store.workItems().list(tx, WorkItems.Filter.open(), 0, 10)).get(0).id();
  }

  private static DeliveryBook book(TestDatabase db) {
    return new DeliveryBook(db.store.held(), db.store.desk(), Finance.POLICY, claim -> {});
  }

  private static Claim claimed(TestDatabase db) {
    return claims(db, Consequence.ODOO_ORDER).get(0);
  }

  private static List<Claim> claims(TestDatabase db, Consequence consequence) {
    return db.in(
        tx -> db.store.claiming().claim(tx, consequence, 1, "node", Finance.POLICY.lease()));
  }

  private static DeliveryState state(TestDatabase db) {
    return state(db, ORDER);
  }

  private static DeliveryState state(TestDatabase db, WantedDelivery wanted) {
    return db.in(tx -> db.store.deliveries().find(tx, wanted.id())).orElseThrow().state();
  }

  private static WorkItem.State item(TestDatabase db, long id) {
    return db.in(tx -> db.store.workItems().find(tx, id)).orElseThrow().state();
  }
}
