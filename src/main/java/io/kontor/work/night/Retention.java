package io.kontor.work.night;

import io.kontor.mapping.translation.FactWriter;
import io.kontor.sales.FactKind;
import io.kontor.sales.OrderPlaced;
import io.kontor.store.Archive;
import io.kontor.store.Cursors;
import io.kontor.store.Database;
import io.kontor.store.FactRewriting;
import io.kontor.store.Store;
import io.kontor.store.StoredFact;
import io.kontor.work.StoredFacts;
import io.kontor.work.intake.ClaimChecks;
import io.kontor.work.intake.TakenFiles;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Removes raw documents, and what facts say of who bought, when their time is over. What else was
 * recorded of them stays; that a document and a fact came stays, too, so that neither is recorded
 * twice.
 */
public final class Retention {

  /** Until when the facts are forgotten that were recorded before. */
  private static final String BUYERS = "retention/buyers";

  private final Database database;
  private final Archive archive;
  private final Cursors cursors;
  private final FactRewriting rewriting;
  private final ClaimChecks claims;
  private final TakenFiles files;
  private final Duration keep;
  private final Clock clock;

  /**
   * Keeps documents for a time.
   *
   * @param keep how long after it was received a document that is settled is kept, and after it was
   *     recorded who an order's buyer is
   */
  public Retention(Store store, ClaimChecks claims, TakenFiles files, Duration keep, Clock clock) {
    this.database = store.database();
    this.archive = store.archive();
    this.cursors = store.cursors();
    this.rewriting = store.rewriting();
    this.claims = claims;
    this.files = files;
    this.keep = keep;
    this.clock = clock;
  }

  /** Removes what is due; returns how many documents. What waits for a person stays. */
  public int purge() {
    Instant before = clock.instant().minus(keep);
    int documents = database.inTransaction(tx -> archive.purgeBodiesBefore(tx, before));
    // Afterwards: the file of a document goes when the document has gone.
    claims.discardBefore(before);
    files.discardBefore(before);
    forgetBuyers(before);
    return documents;
  }

  /** Chunk by chunk; a run that is killed is done again from its beginning, which does no harm. */
  private void forgetBuyers(Instant before) {
    Instant from =
        database
            .inTransaction(tx -> cursors.get(tx, BUYERS))
            .map(Instant::parse)
            .orElse(Instant.EPOCH);
    if (!before.isAfter(from)) {
      return;
    }
    for (FactRewriting.Table table : FactRewriting.Table.values()) {
      Optional<StoredFact> last = Optional.empty();
      do {
        Optional<StoredFact> after = last;
        last =
            database.inTransaction(
                tx ->
                    rewriting.rewrite(
                        tx,
                        table,
                        FactKind.ORDER_PLACED,
                        from,
                        before,
                        after,
                        Retention::withoutBuyer));
      } while (last.isPresent());
    }
    database.run(tx -> cursors.set(tx, BUYERS, before.toString()));
  }

  private static String withoutBuyer(StoredFact stored) {
    OrderPlaced placed = (OrderPlaced) StoredFacts.read(stored);
    return FactWriter.write(placed.by(placed.customer().forgotten()));
  }
}
