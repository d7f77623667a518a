package io.kontor.work.night;

import io.kontor.store.Archive;
import io.kontor.store.Database;
import io.kontor.work.intake.ClaimChecks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Removes raw documents, and the personal data in them, when their time is over. What was recorded
 * of them stays; that a document came stays, too, so that it is not recorded twice.
 */
public final class Retention {

  private final Database database;
  private final Archive archive;
  private final ClaimChecks claims;
  private final Duration keep;
  private final Clock clock;

  /**
   * Keeps documents for a time.
   *
   * @param keep how long after it was received a document that is settled is kept
   */
  public Retention(
      Database database, Archive archive, ClaimChecks claims, Duration keep, Clock clock) {
    this.database = database;
    this.archive = archive;
    this.claims = claims;
    this.keep = keep;
    this.clock = clock;
  }

  /** Removes what is due; returns how many documents. What waits for a person stays. */
  public int purge() {
    Instant before = clock.instant().minus(keep);
    int documents = database.inTransaction(tx -> archive.purgeBodiesBefore(tx, before));
    // Afterwards: the file of a document goes when the document has gone.
    claims.discardBefore(before);
    return documents;
  }
}
