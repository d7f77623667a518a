package io.kontor.work.proof;

import io.kontor.books.CsvJournal;
import io.kontor.books.HledgerJournal;
import io.kontor.failure.RejectedFailure;
import io.kontor.ledger.JournalEntry;
import io.kontor.mapping.Mappings;
import io.kontor.store.Database;
import io.kontor.store.Journal;
import io.kontor.store.JournalFilter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Writes the journal out for people and for other bookkeeping programs. */
public final class JournalExport {

  private final Database database;
  private final Journal journal;
  private final Mappings mappings;

  public JournalExport(Database database, Journal journal, Mappings mappings) {
    this.database = database;
    this.journal = journal;
    this.mappings = mappings;
  }

  /**
   * The journal as {@code hledger check --strict} accepts it, by date.
   *
   * @throws RejectedFailure {@code unknown-entity} if there is none of this name, and never was
   */
  public String hledger(Optional<String> entity) {
    return HledgerJournal.of(entries(entity));
  }

  /**
   * The journal as comma-separated values, one line a posting.
   *
   * @throws RejectedFailure as {@link #hledger} does
   */
  public String csv(Optional<String> entity) {
    return CsvJournal.of(entries(entity));
  }

  private List<JournalEntry> entries(Optional<String> entity) {
    JournalFilter filter = entity.map(JournalFilter.all()::entity).orElse(JournalFilter.all());
    List<JournalEntry> entries = new ArrayList<>();
    database.run(tx -> journal.stream(tx, filter, stored -> entries.add(stored.entry())));
    if (entries.isEmpty()) {
      entity.ifPresent(this::requireKnown);
    }
    entries.sort(Comparator.comparing(JournalEntry::date).thenComparing(JournalEntry::fact));
    return entries;
  }

  private void requireKnown(String entity) {
    if (!mappings.entities().containsKey(entity)) {
      throw new RejectedFailure(
          "unknown-entity",
          entity,
          "there is no entity '%s'; there are: %s"
              .formatted(entity, String.join(", ", new TreeSet<>(mappings.entities().keySet()))));
    }
  }
}
