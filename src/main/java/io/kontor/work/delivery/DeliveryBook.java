package io.kontor.work.delivery;

import io.kontor.failure.Failure;
import io.kontor.failure.InDoubtFailure;
import io.kontor.failure.TransientFailure;
import io.kontor.store.Claim;
import io.kontor.store.Desk;
import io.kontor.store.HeldClaims;
import io.kontor.store.Tx;
import io.kontor.work.desk.DeskKeys;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes down what became of a delivery, and what follows: another try later, a look later, or a
 * person now.
 */
public final class DeliveryBook {

  private final HeldClaims held;
  private final Desk desk;
  private final DeliveryPolicy policy;
  private final Consumer<Claim> delivered;

  /**
   * Keeps the book of deliveries.
   *
   * @param delivered is told of each that was sent, for the metrics
   */
  public DeliveryBook(
      HeldClaims held, Desk desk, DeliveryPolicy policy, Consumer<Claim> delivered) {
    this.held = held;
    this.desk = desk;
    this.policy = policy;
    this.delivered = delivered;
  }

  /**
   * Writes down what became of a claim.
   *
   * @return false if it was lost to another meanwhile: then nothing was written
   */
  public boolean finish(Tx tx, Claim claim, Outcome outcome) {
    if (outcome instanceof Outcome.Sent sent) {
      boolean ours = held.sent(tx, claim, sent.hash(), sent.reference());
      if (ours) {
        desk.resolveDeliveries(tx, List.of(claim.id()), "delivered as " + sent.reference());
        delivered.accept(claim);
      }
      return ours;
    }
    Failure failure = ((Outcome.Failed) outcome).failure();
    if (failure instanceof TransientFailure later) {
      return tryAgain(tx, claim, later);
    }
    if (failure instanceof InDoubtFailure) {
      return lookLater(tx, claim, failure);
    }
    boolean ours = held.park(tx, claim, failure);
    if (ours) {
      toDesk(tx, claim, failure.code(), failure.getMessage());
    }
    return ours;
  }

  private boolean lookLater(Tx tx, Claim claim, Failure failure) {
    return claim.tries() < policy.mostTries()
        ? held.inDoubt(tx, claim, tx.now().plus(policy.requestLimit()), failure)
        : giveUp(
            tx,
            claim,
            failure,
            "tried %d times, and it is not known whether the target has it; retry looks it up first: %s");
  }

  private boolean tryAgain(Tx tx, Claim claim, TransientFailure failure) {
    if (claim.tries() >= policy.mostTries()) {
      return giveUp(tx, claim, failure, "tried %d times, the last time: %s");
    }
    Instant next = policy.next(tx.now(), claim.tries());
    Instant asked = failure.retryAfter().map(tx.now()::plus).orElse(next);
    return held.retryAt(tx, claim, asked.isAfter(next) ? asked : next, failure);
  }

  private boolean giveUp(Tx tx, Claim claim, Failure failure, String message) {
    boolean ours = held.die(tx, claim, failure);
    if (ours) {
      toDesk(tx, claim, failure.code(), message.formatted(claim.tries(), failure.getMessage()));
    }
    return ours;
  }

  private void toDesk(Tx tx, Claim claim, String code, String message) {
    desk.open(
        tx,
        List.of(
            new Desk.NewItem(
                DeskKeys.team(code),
                code,
                claim.entity(),
                claim.channel(),
                claim.subject(),
                message,
                Optional.empty(),
                Optional.empty(),
                Optional.of(claim.id()),
                DeskKeys.delivery(claim.id()))));
  }
}
