package io.kontor.store;

import io.kontor.failure.Failure;
import java.time.Duration;
import java.time.Instant;

/**
 * How a claim is held and finished: each writes only while the claim still stands, and says whether
 * it did. {@link Deliveries} says what each means.
 */
final class HeldClaims {

  /** The row is still the claim's: nobody took it over, nobody finished it. */
  private static final String HELD =
      " WHERE id = ? AND owner = ? AND attempt = ? AND state IN ('sending', 'in-doubt')";

  private HeldClaims() {}

  static boolean renew(Tx tx, Claim claim, Duration lease) {
    return tx.update(
            "UPDATE delivery SET lease_until = ?" + HELD,
            tx.now().plus(lease),
            claim.id(),
            claim.owner(),
            claim.attempt())
        == 1;
  }

  static boolean sent(Tx tx, Claim claim, String contentHash, String reference) {
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

  /** It is over for now: pending at a later time, parked or dead, as the state says. */
  static boolean failed(Tx tx, Claim claim, DeliveryState state, Instant nextAt, Failure failure) {
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

  static boolean inDoubt(Tx tx, Claim claim, Instant locateAt, Failure failure) {
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
