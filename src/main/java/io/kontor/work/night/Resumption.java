package io.kontor.work.night;

import io.kontor.mapping.Consequence;
import io.kontor.store.Claiming;
import io.kontor.store.Database;
import io.kontor.store.Nights;
import io.kontor.store.SettlementImports;
import io.kontor.store.Tx;
import io.kontor.work.delivery.DeliveryPolicy;
import io.kontor.work.intake.ClaimChecks;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a hub does first: it takes over what one that is gone left half-done.
 *
 * <p>Leases are long, because they must outlast the slowest call. What this node held in a former
 * life nobody holds any more, since its data directory is locked by us; and where nobody shares the
 * database that goes for everything. So nothing has to wait for the end of such a lease, but for
 * what a call of the former process may still do at its target.
 */
public final class Resumption {

  /** What is left unfinished for this long on a shared database was left by a node that is gone. */
  private static final Duration ABANDONED = Duration.ofHours(6);

  /** Their whole effect is in the database or in our own files: it happened, or it did not. */
  private static final Set<Consequence> OUR_OWN =
      EnumSet.of(Consequence.RECONCILE, Consequence.POST_TO_FILE);

  private final Database database;
  private final Claiming claiming;
  private final Nights nights;
  private final SettlementImports imports;
  private final ClaimChecks claims;
  private final DeliveryPolicy policy;

  public Resumption(
      Database database,
      Claiming claiming,
      Nights nights,
      SettlementImports imports,
      ClaimChecks claims,
      DeliveryPolicy policy) {
    this.database = database;
    this.claiming = claiming;
    this.nights = nights;
    this.imports = imports;
    this.claims = claims;
    this.policy = policy;
  }

  /** To be called before anything is received, recorded or delivered. */
  public void resume() {
    boolean alone = database.isEmbedded();
    Optional<String> gone = alone ? Optional.empty() : Optional.of(policy.owner());
    claims.discardDrafts();
    database.run(
        tx -> {
          imports.discardUnfinished(tx, alone ? tx.now() : tx.now().minus(ABANDONED));
          nights.expireLeases(tx, gone.map(Night::runsOf).orElse(""));
          endLeases(tx, gone);
        });
  }

  private void endLeases(Tx tx, Optional<String> gone) {
    Instant settled = tx.now().plus(policy.requestLimit());
    claiming.endLeases(tx, gone, OUR_OWN, tx.now());
    claiming.endLeases(tx, gone, EnumSet.complementOf(EnumSet.copyOf(OUR_OWN)), settled);
  }
}
