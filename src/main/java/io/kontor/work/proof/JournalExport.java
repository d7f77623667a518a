package io.kontor.work.proof;

import io.kontor.books.CsvJournal;
import io.kontor.books.HledgerJournal;
import io.kontor.ledger.JournalEntry;
import io.kontor.store.Database;
import io.kontor.store.Journal;
import io.kontor.store.JournalFilter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Writes the journal out for people and for other bookkeeping programs. */
public final class JournalExport {

  private final Database database;
  private final Journal journal;

  public JournalExport(Database database, Journal journal) {
    this.database = database;
    this.journal = journal;
  }

  /** The journal as {@code hledger check --strict} accepts it, by date. */
  public String hledger(Optional<String> entity) {
    return HledgerJournal.of(entries(entity));
  }

  /** The journal as comma-separated values, one line a posting. */
  public String csv(Optional<String> entity) {
    return CsvJournal.of(entries(entity));
  }

  private List<JournalEntry> entries(Optional<String> entity) {
    JournalFilter filter = entity.map(JournalFilter.all()::entity).orElse(JournalFilter.all());
    List<JournalEntry> entries = new ArrayList<>();
    database.run(tx -> journal.stream(tx, filter, stored -> entries.add(stored.entry())));
    entries.sort(Comparator.comparing(JournalEntry::date).thenComparing(JournalEntry::fact));
    return entries;
  }
}
