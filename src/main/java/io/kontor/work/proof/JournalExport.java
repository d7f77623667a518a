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

/** Writes the journal out for people and for other bookkeeping programs. */
public final class JournalExport {

  private final Database database;
  private final Journal journal;
  private final Mappings mappings;
  private final int most;

  /**
   * @param most the most entries that are written at once: they are sorted in memory
   */
  public JournalExport(Database database, Journal journal, Mappings mappings, int most) {
    this.database = database;
    this.journal = journal;
    this.mappings = mappings;
    this.most = most;
  }

  /**
   * The journal as {@code hledger check --strict} accepts it, by date.
   *
   * @param filter which entries
   * @throws RejectedFailure {@code unknown-entity} if there is none of this name, and never was;
   *     {@code journal-too-large} if so many entries do not fit into one answer
   */
  public String hledger(JournalFilter filter) {
    return HledgerJournal.of(entries(filter));
  }

  /**
   * The journal as comma-separated values, one line a posting.
   *
   * @throws RejectedFailure as {@link #hledger} does
   */
  public String csv(JournalFilter filter) {
    return CsvJournal.of(entries(filter));
  }

  private List<JournalEntry> entries(JournalFilter filter) {
    List<JournalEntry> entries = new ArrayList<>();
    database.run(
        tx ->
            journal.stream(
                tx,
                filter,
                stored -> {
                  if (entries.size() == most) {
                    throw new RejectedFailure(
                        "journal-too-large",
                        "journal",
                        "there are more than %d entries, and they are sorted in memory: ask for less at once, by --entity, --from and --to"
                            .formatted(most));
                  }
                  entries.add(stored.entry());
                }));
    if (entries.isEmpty()) {
      filter.entity().ifPresent(mappings::requireEntity);
    }
    entries.sort(Comparator.comparing(JournalEntry::date).thenComparing(JournalEntry::fact));
    return entries;
  }
}
