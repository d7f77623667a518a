package io.kontor.store;

import io.kontor.ledger.OpenDays;
import io.kontor.money.Money;
import io.kontor.sales.FactName;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The entries that a posting batch has frozen, and what of them is new to its channel. */
public final class BatchContents {

  /** Of its entries, and of how they are written. */
  private static final String MAPPINGS =
      """
      SELECT DISTINCT e.mappings AS word FROM journal_progress g
        JOIN journal_entry e ON e.id = g.entry_id WHERE g.batch = ?
      UNION SELECT b.form FROM posting_batch b WHERE b.id = ? AND b.form IS NOT NULL""";

  private static final String ACCOUNTS =
      """
      SELECT DISTINCT p.account AS word FROM journal_progress g
        JOIN posting p ON p.entry_id = g.entry_id WHERE g.batch = ?""";

  private static final String MAPPINGS_APPROVED =
      """
      (b.form = batch_seen.word OR EXISTS (SELECT 1 FROM journal_progress g
        JOIN journal_entry e ON e.id = g.entry_id
        WHERE g.batch = b.id AND e.mappings = batch_seen.word))""";

  private static final String ACCOUNTS_APPROVED =
      """
      EXISTS (SELECT 1 FROM journal_progress g JOIN posting p ON p.entry_id = g.entry_id
        WHERE g.batch = b.id AND p.account = batch_seen.word)""";

  private final BatchForms forms = new BatchForms();

  /**
   * Freezes the entries of a channel up to a day that are in no batch; how many. Those of locked
   * days are booked on the first open one, or wait for it.
   */
  int take(Tx tx, String id, String entity, String channel, LocalDate date, OpenDays open) {
    List<LocalDate> days =
        tx.query(
            """
            SELECT DISTINCT posting_date FROM journal_progress
            WHERE batch IS NULL AND entity = ? AND channel = ? AND posting_date <= ?
            ORDER BY posting_date""",
            row -> Columns.date(row, "posting_date"),
            entity,
            channel,
            date);
    List<LocalDate> asTheyAre = days.stream().filter(open::isOpen).toList();
    int entries =
        asTheyAre.isEmpty()
            ? 0
            : tx.update(
                """
                UPDATE journal_progress SET batch = ?
                WHERE batch IS NULL AND entity = ? AND channel = ? AND posting_date = ANY(?)""",
                id,
                entity,
                channel,
                asTheyAre);
    for (LocalDate day : days) {
      LocalDate bookedOn = open.firstFrom(day);
      if (!bookedOn.equals(day) && !bookedOn.isAfter(date)) {
        entries +=
            tx.update(
                """
                UPDATE journal_progress SET batch = ?, booked_on = ?
                WHERE batch IS NULL AND entity = ? AND channel = ? AND posting_date = ?""",
                id,
                bookedOn,
                entity,
                channel,
                day);
      }
    }
    return entries;
  }

  /** Leaves the entries to the next batch. */
  void free(Tx tx, String id) {
    tx.update("UPDATE journal_progress SET batch = NULL, booked_on = NULL WHERE batch = ?", id);
  }

  /** The days on which a batch's entries are booked. */
  public List<LocalDate> bookedDays(Tx tx, String id) {
    return tx.query(
        """
        SELECT DISTINCT COALESCE(booked_on, posting_date) AS booked FROM journal_progress
        WHERE batch = ? ORDER BY booked""",
        row -> Columns.date(row, "booked"),
        id);
  }

  /** How many of a batch's entries are booked later than on their own day. */
  public long moved(Tx tx, String id) {
    return tx.count(
        "SELECT COUNT(*) FROM journal_progress WHERE batch = ? AND booked_on IS NOT NULL", id);
  }

  /**
   * Entries of a batch that are of a day or before.
   *
   * @param first the day of the earliest
   * @param last that of the latest
   */
  public record Late(long entries, LocalDate first, LocalDate last) {}

  /** A batch's entries of this day or before; empty if it has none. */
  public Optional<Late> upTo(Tx tx, String id, LocalDate day) {
    return tx.first(
        """
            SELECT COUNT(*) AS entries, MIN(posting_date) AS first_day, MAX(posting_date) AS last_day
            FROM journal_progress WHERE batch = ? AND posting_date <= ?
            HAVING COUNT(*) > 0""",
        row ->
            new Late(
                row.getLong("entries"),
                Columns.date(row, "first_day"),
                Columns.date(row, "last_day")),
        id,
        day);
  }

  /** The sum of all debits of a batch's entries in the currencies of the books. */
  public List<Money> debits(Tx tx, String id) {
    return tx.query(
        """
        SELECT x.currency, SUM(x.amount) AS amount
        FROM (SELECT COALESCE(p.functional_currency, p.currency) AS currency,
            COALESCE(p.functional, p.amount) AS amount
          FROM journal_progress g JOIN posting p ON p.entry_id = g.entry_id
          WHERE g.batch = ?) x
        WHERE x.amount > 0 GROUP BY x.currency ORDER BY x.currency""",
        row -> Columns.money(row, "amount", "currency"),
        id);
  }

  /**
   * The hash over the entries as they stand now, and over how they are written: other than the
   * batch's if something changed.
   */
  public String currentHash(Tx tx, String id) {
    FieldHash sha = new FieldHash();
    EntryReader.stream(
        tx,
        JournalFilter.all().batch(id),
        entry -> {
          Chain.content(sha, entry);
          entry.movedTo().ifPresent(sha::field);
        });
    forms.hash(tx, id, sha);
    return sha.hex();
  }

  /** What was written off in a batch: the names of the facts. */
  public List<FactName> writeOffs(Tx tx, String id) {
    return tx.query(
        """
        SELECT DISTINCT e.fact FROM journal_progress g JOIN journal_entry e ON e.id = g.entry_id
        WHERE g.batch = ? AND %s ORDER BY e.fact"""
            .formatted(Conditions.OF_WRITE_OFF),
        row -> Columns.factName(row, "fact"),
        id);
  }

  /** The versions of the mappings in a batch that no approved batch of its channel had. */
  public List<String> newMappings(Tx tx, PostingBatch batch) {
    return unseen(tx, batch, MAPPINGS, "mappings", batch.id(), batch.id());
  }

  /** The accounts in a batch that no approved batch of its channel moved. */
  public List<String> newAccounts(Tx tx, PostingBatch batch) {
    return unseen(tx, batch, ACCOUNTS, "account", batch.id());
  }

  private static List<String> unseen(
      Tx tx, PostingBatch batch, String words, String kind, String... wordsOf) {
    List<Object> parameters = new ArrayList<>(List.of(wordsOf));
    parameters.addAll(List.of(batch.entity(), batch.channel(), kind));
    return tx.query(
        "SELECT w.word FROM ("
            + words
            + """
            ) w WHERE NOT EXISTS (SELECT 1 FROM batch_seen s
              WHERE s.entity = ? AND s.channel = ? AND s.kind = ? AND s.word = w.word)
            ORDER BY w.word""",
        row -> row.getString(1),
        parameters.toArray());
  }

  /**
   * What was approved and is rejected all the same is new again, unless another approved batch of
   * the channel has it; to be called before its entries are free.
   */
  void forget(Tx tx, PostingBatch batch) {
    forget(tx, batch, "mappings", MAPPINGS, List.of(batch.id(), batch.id()), MAPPINGS_APPROVED);
    forget(tx, batch, "account", ACCOUNTS, List.of(batch.id()), ACCOUNTS_APPROVED);
  }

  private static void forget(
      Tx tx, PostingBatch batch, String kind, String words, List<String> wordsOf, String approved) {
    List<Object> parameters = new ArrayList<>(List.of(batch.entity(), batch.channel(), kind));
    parameters.addAll(wordsOf);
    parameters.add(batch.id());
    tx.update(
        """
        DELETE FROM batch_seen WHERE entity = ? AND channel = ? AND kind = ?
          AND word IN (SELECT w.word FROM (%s) w)
          AND NOT EXISTS (SELECT 1 FROM posting_batch b WHERE b.entity = batch_seen.entity
            AND b.channel = batch_seen.channel AND b.state IN ('approved', 'posted')
            AND b.id <> ? AND %s)"""
            .formatted(words, approved),
        parameters.toArray());
  }

  /** What is approved once is not new in the channel's next batch. */
  void remember(Tx tx, String id) {
    tx.update(
        """
        INSERT INTO batch_seen (entity, channel, kind, word)
        SELECT DISTINCT e.entity, e.channel, 'mappings', e.mappings FROM journal_progress g
          JOIN journal_entry e ON e.id = g.entry_id WHERE g.batch = ?
        ON CONFLICT DO NOTHING""",
        id);
    tx.update(
        """
        INSERT INTO batch_seen (entity, channel, kind, word)
        SELECT entity, channel, 'mappings', form FROM posting_batch
        WHERE id = ? AND form IS NOT NULL
        ON CONFLICT DO NOTHING""",
        id);
    tx.update(
        """
        INSERT INTO batch_seen (entity, channel, kind, word)
        SELECT DISTINCT g.entity, g.channel, 'account', p.account FROM journal_progress g
          JOIN posting p ON p.entry_id = g.entry_id WHERE g.batch = ?
        ON CONFLICT DO NOTHING""",
        id);
  }
}
