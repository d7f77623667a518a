package io.kontor.store;

import io.kontor.failure.Failure;
import java.time.Duration;
import java.time.Instant;

/**
 * How a claim is held and finished, while it still stands.
 *
 * <p>Whoever holds a {@link Claim} finishes it by exactly one of {@link #sent}, {@link #retryAt},
 * {@link #inDoubt}, {@link #park}, {@link #die}; each returns false, and changes nothing, if the
 * claim was lost meanwhile. If a newer generation was wanted meanwhile, the row is pending
 * afterwards, whatever became of the older one.
 */
public final class HeldClaims {

  /** The row is still the claim's: nobody took it over, nobody finished it. */
  private static final String HELD =
      " WHERE id = ? AND owner = ? AND attempt = ? AND state IN ('sending', 'in-doubt')";

  /** Holds a claim for longer, while its work goes on; false if it was lost to another. */
  public boolean renew(Tx tx, Claim claim, Duration lease) {
    return tx.update(
            "UPDATE delivery SET lease_until = ?" + HELD,
            tx.now().plus(lease),
            claim.id(),
            claim.owner(),
            claim.attempt())
        == 1;
  }

  /** The target has the generation that was claimed. */
  public boolean sent(Tx tx, Claim claim, String contentHash, String reference) {
    return tx.update(
            """
            UPDATE delivery SET sent = ?, sent_hash = ?, sent_reference = ?, sent_at = ?,
              error_code = '', error = '', tries = 0, owner = '', lease_until = NULL,
              state = CASE WHEN wanted > ? THEN 'pending' ELSE 'sent' END"""
                + HELD,
            claim.generation(),
            contentHash,
            reference,
            tx.now(),
            claim.generation(),
            claim.id(),
            claim.owner(),
            claim.attempt())
        == 1;
  }

  /** It failed and nothing was changed at the target: pending again, due at {@code when}. */
  public boolean retryAt(Tx tx, Claim claim, Instant when, Failure failure) {
    return failed(tx, claim, DeliveryState.PENDING, when, failure);
  }

  /** A person must decide: the target refused, or a word is unmapped. */
  public boolean park(Tx tx, Claim claim, Failure failure) {
    return failed(tx, claim, DeliveryState.PARKED, tx.now(), failure);
  }

  /** It was tried as often as is allowed. */
  public boolean die(Tx tx, Claim claim, Failure failure) {
    return failed(tx, claim, DeliveryState.DEAD, tx.now(), failure);
  }

  /** It is over for now: pending at a later time, parked or dead, as the state says. */
  private static boolean failed(
      Tx tx, Claim claim, DeliveryState state, Instant nextAt, Failure failure) {
    return tx.update(
            """
            UPDATE delivery SET error_code = ?, error = ?, owner = '', lease_until = NULL,
              tries = CASE WHEN wanted > ? THEN 0 ELSE tries END,
              next_at = CASE WHEN wanted > ? THEN next_at ELSE ? END,
              state = CASE WHEN wanted > ? THEN 'pending' ELSE ? END"""
                + HELD,
            failure.code(),
            Tx.printable(failure.getMessage()),
            claim.generation(),
            claim.generation(),
            nextAt,
            claim.generation(),
            state.word(),
            claim.id(),
            claim.owner(),
            claim.attempt())
        == 1;
  }

  /**
   * A claim was lost to another, and calls were made for it all the same: what the target has now
   * is not known, so it is to be located from {@code locateAt} on. Who holds it now, and may have
   * written before or after, loses it in turn and says the same. What a person decides about stays
   * as it is.
   *
   * @return false if a person does, or it is gone
   */
  public boolean overtaken(Tx tx, Claim claim, Instant locateAt) {
    return tx.update(
            """
            UPDATE delivery SET state = 'in-doubt', owner = '', attempt = attempt + 1,
              claimed = wanted, sent_hash = '', lease_until = ?
            WHERE id = ? AND state IN ('pending', 'sending', 'in-doubt', 'sent')""",
            locateAt,
            claim.id())
        == 1;
  }

  /** It may have taken effect: to be located from {@code locateAt} on. */
  public boolean inDoubt(Tx tx, Claim claim, Instant locateAt, Failure failure) {
    return tx.update(
            """
            UPDATE delivery SET state = 'in-doubt', owner = '', lease_until = ?, error_code = ?,
              error = ?"""
                + HELD,
            locateAt,
            failure.code(),
            Tx.printable(failure.getMessage()),
            claim.id(),
            claim.owner(),
            claim.attempt())
        == 1;
  }
}
