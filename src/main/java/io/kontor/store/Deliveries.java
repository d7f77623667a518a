package io.kontor.store;

import io.kontor.failure.Failure;
import io.kontor.mapping.Consequence;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The outbox: one row for each subject and consequence, with the generation that is wanted and the
 * one that was sent.
 *
 * <p>Whoever holds a {@link Claim} finishes it by exactly one of {@link #sent}, {@link #retryAt},
 * {@link #inDoubt}, {@link #release}, {@link #park}, {@link #die}; each returns false, and changes
 * nothing, if the claim was lost meanwhile. If a newer generation was wanted meanwhile, the row is
 * pending afterwards, whatever became of the older one.
 */
public final class Deliveries {

  /** What becomes of the deliveries that wait for a skipped one. */
  public enum Followers {
    /** They go on as if it had been sent. */
    GO_ON,
    /** They are skipped too. */
    SKIP
  }

  /** How many deliveries stand where; what is empty in a filter does not narrow. */
  public record Count(
      Consequence consequence,
      String channel,
      DeliveryState state,
      long count,
      Instant oldestWantedAt) {}

  /** Inserts, or raises what is wanted; what was sent, parked or dead is pending again. */
  public void want(Tx tx, Collection<WantedDelivery> wanted) {
    tx.pending();
  }

  /**
   * Claims due deliveries: at most one of a key, none whose key is being sent or in doubt, none
   * whose {@code after} was not sent yet. Commit before the call is made.
   */
  public List<Claim> claim(
      Tx tx, Consequence consequence, int limit, String owner, Duration lease) {
    return tx.pending();
  }

  /**
   * Claims, in order to locate them, deliveries in doubt and those whose sender's lease is over.
   */
  public List<Claim> claimInDoubt(
      Tx tx, Consequence consequence, int limit, String owner, Duration lease) {
    return tx.pending();
  }

  /** The target has it. */
  public boolean sent(Tx tx, Claim claim, String contentHash, String reference) {
    return tx.pending();
  }

  /** It failed and nothing was changed at the target: pending again, due at {@code when}. */
  public boolean retryAt(Tx tx, Claim claim, Instant when, Failure failure) {
    return tx.pending();
  }

  /** It may have taken effect: to be located from {@code locateAt} on. */
  public boolean inDoubt(Tx tx, Claim claim, Instant locateAt, Failure failure) {
    return tx.pending();
  }

  /** Nothing was tried, or it was located and is not there: pending again, due at once. */
  public boolean release(Tx tx, Claim claim) {
    return tx.pending();
  }

  /** A person must decide: the target refused, or a word is unmapped. */
  public boolean park(Tx tx, Claim claim, Failure failure) {
    return tx.pending();
  }

  /** It was tried as often as is allowed. */
  public boolean die(Tx tx, Claim claim, Failure failure) {
    return tx.pending();
  }

  /** A person lets a parked, dead or skipped delivery be tried again; false if it is none. */
  public boolean retry(Tx tx, String id) {
    return tx.pending();
  }

  /** A person decides that it is not made; the ids of all that were skipped, none if it is busy. */
  public Set<String> skip(Tx tx, String id, Followers followers) {
    return tx.pending();
  }

  public Optional<Delivery> find(Tx tx, String id) {
    return tx.pending();
  }

  /** The state of each of these deliveries that is there. */
  public Map<String, DeliveryState> states(Tx tx, Collection<String> ids) {
    return tx.pending();
  }

  /** Deliveries in a state, the longest waiting first. */
  public List<Delivery> list(Tx tx, DeliveryState state, int limit) {
    return tx.pending();
  }

  /** All deliveries of a key, in the order in which they were first wanted. */
  public List<Delivery> ofKey(Tx tx, String key) {
    return tx.pending();
  }

  /** All that is neither sent nor skipped, counted; cheap however much was sent. */
  public List<Count> backlog(Tx tx) {
    return tx.pending();
  }

  /** Every delivery, counted; reads the whole table. */
  public List<Count> counts(Tx tx) {
    return tx.pending();
  }

  /** The consequences that have something due, or a lease that is over: what a sweeper wakes. */
  public Set<Consequence> due(Tx tx) {
    return tx.pending();
  }
}
