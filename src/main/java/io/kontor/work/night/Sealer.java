package io.kontor.work.night;

import io.kontor.mapping.Mappings;
import io.kontor.store.Database;
import io.kontor.store.Journal;

/** Numbers and hash-chains what was committed to the journal since the last time. Thread-safe. */
public final class Sealer implements Sealing {

  /** The most entries that one transaction seals, so that none is long. */
  private static final int CHUNK = 1_000;

  private final Database database;
  private final Journal journal;
  private final Mappings mappings;

  public Sealer(Database database, Journal journal, Mappings mappings) {
    this.database = database;
    this.journal = journal;
    this.mappings = mappings;
  }

  @Override
  public int seal() {
    return mappings.entities().keySet().stream().mapToInt(this::sealEntity).sum();
  }

  /** Seals one entity's entries; returns how many. */
  int sealEntity(String entity) {
    int all = 0;
    int sealed;
    do {
      sealed = database.inTransaction(tx -> journal.seal(tx, entity, CHUNK));
      all += sealed;
    } while (sealed == CHUNK);
    return all;
  }
}
