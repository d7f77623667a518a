package io.kontor.store;

import io.kontor.ledger.Balances;
import io.kontor.ledger.DailyBalances;
import io.kontor.ledger.JournalEntry;
import io.kontor.ledger.Posting;
import io.kontor.sales.OrderKey;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The append-only journal: entries and postings are inserted and read, never changed. Thread-safe.
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

  /** The entries that no batch has taken, by what a batch is made of. */
  public record Unbatched(String entity, String channel, LocalDate date, long entries) {}

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

  /** What is posted for these orders, by the name of the fact. */
  public Map<String, DailyBalances> postedByFact(Tx tx, Collection<OrderKey> subjects) {
    Map<String, DailyBalances> posted = new HashMap<>();
    if (!subjects.isEmpty()) {
      tx.each(
          """
          SELECT e.fact, e.posting_date, p.account, p.currency, SUM(p.amount) AS amount,
            SUM(COALESCE(p.functional, p.amount)) AS functional,
            COALESCE(p.functional_currency, p.currency) AS functional_currency
          FROM journal_entry e JOIN posting p ON p.entry_id = e.id
          WHERE e.subject = ANY(?)
          GROUP BY e.fact, e.posting_date, p.account, p.currency,
            COALESCE(p.functional_currency, p.currency)""",
          row ->
              posted
                  .computeIfAbsent(row.getString("fact"), f -> new DailyBalances())
                  .add(Columns.date(row, "posting_date"), EntryReader.posting(row)),
          subjects.stream().map(OrderKey::toString).distinct().toList());
    }
    return posted;
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

  /** The balances of an entity at the end of a day. */
  public Balances balances(Tx tx, String entity, LocalDate upTo) {
    return sum(
        tx,
        """
        SELECT account, currency, SUM(amount) AS amount,
          SUM(COALESCE(functional, amount)) AS functional,
          COALESCE(functional_currency, currency) AS functional_currency
        FROM posting WHERE entity = ? AND posting_date <= ?
        GROUP BY account, currency, COALESCE(functional_currency, currency)""",
        entity,
        upTo);
  }

  /** The balances of what a filter selects. */
  public Balances balances(Tx tx, JournalFilter filter) {
    Conditions conditions = EntryReader.conditions(filter);
    return sum(
        tx,
        "SELECT p.account, p.currency, SUM(p.amount) AS amount,"
            + " SUM(COALESCE(p.functional, p.amount)) AS functional,"
            + " COALESCE(p.functional_currency, p.currency) AS functional_currency"
            + " FROM journal_progress g JOIN journal_entry e ON e.id = g.entry_id"
            + " JOIN posting p ON p.entry_id = g.entry_id"
            + conditions.where()
            + " GROUP BY p.account, p.currency, COALESCE(p.functional_currency, p.currency)",
        conditions.parameters());
  }

  private static Balances sum(Tx tx, String sql, Object... parameters) {
    Balances balances = new Balances();
    tx.each(sql, row -> balances.add(EntryReader.posting(row)), parameters);
    return balances;
  }

  /**
   * What one set of books should hold of an account in a month, or is to get.
   *
   * @param month of the day that it is booked on there
   * @param held whether the books have it, as far as we know
   */
  public record Booked(YearMonth month, boolean held, Posting sum) {}

  /** The whole journal of an entity by account and month, as a set of books sees it. */
  public List<Booked> booked(Tx tx, String entity, String target) {
    return tx.query(
        """
        SELECT EXTRACT(YEAR FROM x.booked) AS y, EXTRACT(MONTH FROM x.booked) AS m, x.held,
          x.account, x.currency, SUM(x.amount) AS amount, SUM(x.functional) AS functional,
          x.functional_currency
        FROM (SELECT COALESCE(g.booked_on, p.posting_date) AS booked, p.account, p.currency,
            p.amount, COALESCE(p.functional, p.amount) AS functional,
            COALESCE(p.functional_currency, p.currency) AS functional_currency,
            CASE WHEN t.batch IS NULL THEN 0 ELSE 1 END AS held
          FROM posting p JOIN journal_progress g ON g.entry_id = p.entry_id
            LEFT JOIN posting_batch_target t ON t.batch = g.batch AND t.target = ?
          WHERE p.entity = ?) x
        GROUP BY EXTRACT(YEAR FROM x.booked), EXTRACT(MONTH FROM x.booked), x.held, x.account,
          x.currency, x.functional_currency
        ORDER BY y, m, x.account, x.currency, x.held""",
        row ->
            new Booked(
                YearMonth.of(row.getInt("y"), row.getInt("m")),
                row.getInt("held") == 1,
                EntryReader.posting(row)),
        target,
        entity);
  }

  /** How many entries there are. */
  public long count(Tx tx) {
    return tx.first("SELECT COUNT(*) FROM journal_entry", row -> row.getLong(1)).orElseThrow();
  }

  /** How many entries up to a day are in no batch yet, by channel and posting date. */
  public List<Unbatched> unbatched(Tx tx, String entity, LocalDate upTo) {
    return tx.query(
        """
        SELECT channel, posting_date, COUNT(*) AS entries FROM journal_progress
        WHERE batch IS NULL AND entity = ? AND posting_date <= ?
        GROUP BY channel, posting_date ORDER BY channel, posting_date""",
        row ->
            new Unbatched(
                entity,
                row.getString("channel"),
                Columns.date(row, "posting_date"),
                row.getLong("entries")),
        entity,
        upTo);
  }
}
