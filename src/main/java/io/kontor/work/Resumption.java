package io.kontor.work;

import io.kontor.mapping.Consequence;
import io.kontor.store.Database;
import io.kontor.store.Deliveries;
import io.kontor.store.Nights;
import io.kontor.store.Settlements;
import io.kontor.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a hub does first: it takes over what one that is gone left half-done.
 *
 * <p>Leases are long, because they must outlast the slowest call. Where nobody shares the database
 * whoever held one is gone, so nothing has to wait for its end, but for what a call of the former
 * process may still do at its target.
 */
public final class Resumption {

  /** What is left unfinished for this long on a shared database was left by a node that is gone. */
  private static final Duration ABANDONED = Duration.ofHours(6);

  /** Their whole effect is in the database or in our own files: it happened, or it did not. */
  private static final Set<Consequence> OUR_OWN =
      EnumSet.of(Consequence.RECONCILE, Consequence.POST_TO_FILE);

  private final Database database;
  private final Deliveries deliveries;
  private final Nights nights;
  private final Settlements settlements;
  private final ClaimChecks claims;
  private final DeliveryPolicy policy;

  public Resumption(
      Database database,
      Deliveries deliveries,
      Nights nights,
      Settlements settlements,
      ClaimChecks claims,
      DeliveryPolicy policy) {
    this.database = database;
    this.deliveries = deliveries;
    this.nights = nights;
    this.settlements = settlements;
    this.claims = claims;
    this.policy = policy;
  }

  /** To be called before anything is received, recorded or delivered. */
  public void resume() {
    boolean alone = database.isEmbedded();
    if (alone) {
      claims.discardDrafts();
    }
    database.run(
        tx -> {
          settlements.discardUnfinished(tx, alone ? tx.now() : tx.now().minus(ABANDONED));
          if (alone) {
            nights.expireLeases(tx);
            endLeases(tx);
          }
        });
  }

  private void endLeases(Tx tx) {
    Instant settled = tx.now().plus(policy.requestLimit());
    deliveries.endLeases(tx, OUR_OWN, tx.now());
    deliveries.endLeases(tx, EnumSet.complementOf(EnumSet.copyOf(OUR_OWN)), settled);
  }
}
