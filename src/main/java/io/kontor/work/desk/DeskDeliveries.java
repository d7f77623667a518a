package io.kontor.work.desk;

import io.kontor.failure.RejectedFailure;
import io.kontor.mapping.Consequence;
import io.kontor.store.Batches;
import io.kontor.store.Deliveries;
import io.kontor.store.Delivery;
import io.kontor.store.DeliveryState;
import io.kontor.store.Makers;
import io.kontor.store.PostingBatch;
import io.kontor.store.Store;
import io.kontor.store.Tx;
import io.kontor.work.Actor;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What people decide about the delivery that an item is about. */
final class DeskDeliveries {

  /** A delivery is on its way, or is about to be. */
  private static final Set<DeliveryState> UNDER_WAY =
      EnumSet.of(DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.IN_DOUBT);

  private static final Set<Consequence> POSTING =
      EnumSet.of(Consequence.POST_TO_ODOO, Consequence.POST_TO_FILE);

  private final Deliveries deliveries;
  private final Batches batches;
  private final Makers makers;

  DeskDeliveries(Store store) {
    this.deliveries = store.deliveries();
    this.batches = store.batches();
    this.makers = store.makers();
  }

  /** Lets it be tried again; false if it is under way already. */
  boolean retry(Tx tx, String delivery, Actor who) {
    // Having a settlement matched again is a match, whatever comes of it.
    deliveries
        .find(tx, delivery)
        .filter(row -> row.consequence() == Consequence.RECONCILE)
        .map(Delivery::subject)
        .ifPresent(
            fact ->
                makers.onward(
                    tx, makers.subjectsOfFacts(tx, List.of(fact)), who.name(), "match", tx.now()));
    return deliveries.retry(tx, delivery);
  }

  /** It is not made, and nothing that waits for it. */
  void skip(Tx tx, long id, String delivery) {
    requireNoApprovedBatch(tx, id, delivery);
    boolean skipped = !deliveries.skip(tx, delivery, Deliveries.Followers.SKIP).isEmpty();
    if (!skipped
        && deliveries.states(tx, List.of(delivery)).get(delivery) != DeliveryState.SKIPPED) {
      throw new RejectedFailure(
          "delivery-under-way",
          delivery,
          "delivery %s is being sent, or it is not known yet whether the target has it: look at item %d again in a while"
              .formatted(delivery, id));
    }
  }

  /** It was settled by hand: it is not made any more, and what waits for it goes on. */
  void settle(Tx tx, long id, String delivery) {
    requireNoApprovedBatch(tx, id, delivery);
    requireResting(tx, id, delivery);
    // A settlement is matched again all the same: matching is ours, and nobody does it by hand.
    deliveries
        .find(tx, delivery)
        .filter(row -> row.consequence() != Consequence.RECONCILE)
        .ifPresent(row -> deliveries.skip(tx, row.id(), Deliveries.Followers.GO_ON));
  }

  /** Until all its books have an approved batch its month stays open: somebody has to see to it. */
  private void requireNoApprovedBatch(Tx tx, long id, String delivery) {
    deliveries
        .find(tx, delivery)
        .filter(row -> POSTING.contains(row.consequence()))
        .flatMap(row -> batches.find(tx, row.subject()))
        .filter(batch -> batch.state() == PostingBatch.State.APPROVED)
        .ifPresent(
            batch -> {
              throw new RejectedFailure(
                  "batch-not-posted",
                  batch.id(),
                  ("batch %s is approved, and not all its books have it: mend what is wrong, take"
                          + " back what was booked by hand for it, and retry item %d; it is posted"
                          + " once, however often it is tried. If the books will never take it as"
                          + " it is: reject %s, and settle proposes its entries anew")
                      .formatted(batch.id(), id, batch.id()));
            });
  }

  /** What was settled by hand must not be done once more by a retry of somebody else. */
  private void requireResting(Tx tx, long id, String delivery) {
    if (deliveries.holdState(tx, delivery).filter(UNDER_WAY::contains).isPresent()) {
      throw new RejectedFailure(
          "delivery-under-way",
          delivery,
          "delivery %s goes out again, and item %d closes by itself if that goes well: skip the item if it is not to be made"
              .formatted(delivery, id));
    }
  }
}
