package io.kontor.store;

import io.kontor.ledger.JournalEntry;
import io.kontor.ledger.Posting;
import io.kontor.sales.OrderKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The append-only journal: entries and postings are inserted and read, never changed; {@link
 * JournalSums} adds them up. Thread-safe.
 */
public final class Journal {

  private static final List<String> ENTRY =
      List.of(
          "id bigint",
          "entity varchar",
          "channel varchar",
          "posting_date date",
          "narration varchar",
          "fact varchar",
          "rule varchar",
          "mappings varchar",
          "subject varchar",
          "recorded_at timestamptz");

  private static final List<String> POSTING =
      List.of(
          "entry_id bigint",
          "line integer",
          "entity varchar",
          "posting_date date",
          "account varchar",
          "currency varchar",
          "amount numeric",
          "functional numeric",
          "functional_currency varchar");

  private static final List<String> PROGRESS =
      List.of("entry_id bigint", "entity varchar", "channel varchar", "posting_date date");

  private final EntryIds ids = new EntryIds();

  /** An entry to append, and whose position it changes. */
  public record NewEntry(JournalEntry entry, OrderKey subject) {}

  /**
   * What {@link #verifyChain} found.
   *
   * @param checked how many sealed entries were looked at
   * @param broken the first entry that does not agree with its seal, and how; empty if none
   */
  public record ChainCheck(long checked, Optional<String> broken) {}

  private record Numbered(long id, NewEntry entry) {}

  private record Line(long id, int line, JournalEntry entry, Posting posting) {}

  /** Appends entries in the order given. */
  public void append(Tx tx, List<NewEntry> entries) {
    List<Numbered> numbered = new ArrayList<>(entries.size());
    List<Line> lines = new ArrayList<>(entries.size() * 3);
    for (NewEntry added : entries) {
      long id = ids.next(tx);
      numbered.add(new Numbered(id, added));
      int line = 0;
      for (Posting posting : added.entry().postings()) {
        lines.add(new Line(id, ++line, added.entry(), posting));
      }
    }
    tx.insert("journal_entry", ENTRY, numbered, n -> entryRow(tx, n));
    tx.insert("posting", POSTING, lines, Journal::postingRow);
    tx.insert("journal_progress", PROGRESS, numbered, Journal::progressRow);
  }

  private static Object[] entryRow(Tx tx, Numbered numbered) {
    JournalEntry e = numbered.entry().entry();
    return new Object[] {
      numbered.id(),
      e.entity(),
      e.channel(),
      e.date(),
      e.narration(),
      e.fact(),
      e.rule(),
      e.mappings(),
      numbered.entry().subject().toString(),
      tx.now()
    };
  }

  private static Object[] postingRow(Line l) {
    return new Object[] {
      l.id(),
      l.line(),
      l.entry().entity(),
      l.entry().date(),
      l.posting().account().path(),
      l.posting().amount().currency().getCurrencyCode(),
      l.posting().amount().amount(),
      l.posting().functional().amount(),
      l.posting().functional().currency().getCurrencyCode()
    };
  }

  private static Object[] progressRow(Numbered numbered) {
    JournalEntry e = numbered.entry().entry();
    return new Object[] {numbered.id(), e.entity(), e.channel(), e.date()};
  }

  /**
   * Numbers the entity's committed entries that have no number yet, in the order of their ids and
   * without gaps, and chains each to the one before by a hash over its content. Waits for another
   * node that seals the same entity.
   *
   * @param limit the most entries to seal in this transaction
   * @return how many were sealed
   */
  public int seal(Tx tx, String entity, int limit) {
    return Chain.lock(tx, entity).seal(tx, limit);
  }

  /** Computes the whole chain of an entity again. */
  public ChainCheck verifyChain(Tx tx, String entity) {
    return Chain.verify(tx, entity);
  }

  /** How many entries that were recorded before a moment are not sealed. */
  public long unsealed(Tx tx, String entity, Instant before) {
    return tx.count(
        """
        SELECT COUNT(*) FROM journal_progress p JOIN journal_entry e ON e.id = p.entry_id
        WHERE p.entity = ? AND p.number IS NULL AND e.recorded_at < ?""",
        entity,
        before);
  }

  /**
   * How many entries name a fact that is not recorded of the order or settlement they are about.
   */
  public long withoutFact(Tx tx, String entity) {
    return tx.count(
        """
        SELECT COUNT(*) FROM journal_entry e WHERE e.entity = ?
        AND NOT EXISTS (SELECT 1 FROM fact f WHERE f.name = e.fact AND f.order_key = e.subject)""",
        entity);
  }

  /** Hands on entries in the order of their ids; memory does not grow with their number. */
  public void stream(Tx tx, JournalFilter filter, Consumer<StoredEntry> consumer) {
    EntryReader.stream(tx, filter, consumer);
  }

  /** How many entries there are. */
  public long count(Tx tx) {
    return tx.first("SELECT COUNT(*) FROM journal_entry", row -> row.getLong(1)).orElseThrow();
  }
}
