package io.kontor.store;

import static io.kontor.store.Columns.instant;

import io.kontor.ledger.OpenDays;
import io.kontor.money.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Posting batches. Who may approve what is the business of work; the rows are here. */
public final class Batches {

  /**
   * Keeps others from proposing, deciding, sealing and closing periods in an entity until the
   * transaction ends: whatever a batch is made by is to be read after this.
   */
  public void holdEntity(Tx tx, String entity) {
    Chain.lock(tx, entity);
  }

  /**
   * Takes every entry of the channel up to a day that is in no batch, and freezes them as a batch.
   *
   * @param makers everyone whose work is in it; no line breaks in a name
   * @return empty if there is no such entry
   */
  public Optional<PostingBatch> propose(
      Tx tx, String entity, String channel, LocalDate date, Set<String> makers) {
    return propose(tx, entity, channel, date, makers, OpenDays.ALL);
  }

  /**
   * As above; an entry of a locked period is booked on the first open day, and waits for it if that
   * is still to come.
   */
  public Optional<PostingBatch> propose(
      Tx tx, String entity, String channel, LocalDate date, Set<String> makers, OpenDays open) {
    // One at a time: the numbers of a day's batches, and against the sealer of the same rows.
    Chain.lock(tx, entity);
    String day = entity + "/" + channel + "/" + date;
    long before =
        tx.count(
            """
            SELECT COUNT(*) FROM posting_batch
            WHERE entity = ? AND channel = ? AND batch_date = ?""",
            entity,
            channel,
            date);
    String id = day + "/" + (before + 1);
    int entries = take(tx, id, entity, channel, date, open);
    if (entries == 0) {
      return Optional.empty();
    }
    tx.update(
        """
        INSERT INTO posting_batch (id, entity, channel, batch_date, hash, state, entries, reasons,
          makers, proposed_at, note) VALUES (?, ?, ?, ?, ?, 'proposed', ?, '', ?, ?, '')""",
        id,
        entity,
        channel,
        date,
        currentHash(tx, id),
        entries,
        String.join("\n", new TreeSet<>(makers)),
        tx.now());
    return find(tx, id);
  }

  private static int take(
      Tx tx, String id, String entity, String channel, LocalDate date, OpenDays open) {
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

  /**
   * Finds a batch, and keeps others from proposing, deciding and locking until the transaction
   * ends.
   */
  public Optional<PostingBatch> hold(Tx tx, String id) {
    Optional<PostingBatch> found = find(tx, id);
    if (found.isEmpty()) {
      return found;
    }
    Chain.lock(tx, found.get().entity());
    return find(tx, id);
  }

  /** Sets down who has work in a batch. */
  public void makers(Tx tx, String id, Set<String> makers) {
    tx.update(
        "UPDATE posting_batch SET makers = ? WHERE id = ?",
        String.join("\n", new TreeSet<>(makers)),
        id);
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

  /** Whether a batch has an entry of this day or before. */
  public boolean hasUpTo(Tx tx, String id, LocalDate day) {
    return tx.count(
            "SELECT COUNT(*) FROM journal_progress WHERE batch = ? AND posting_date <= ?", id, day)
        > 0;
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

  /** The newest date of a channel's approved batches. */
  public Optional<LocalDate> lastApproved(Tx tx, String entity, String channel) {
    return tx.first(
        """
        SELECT batch_date FROM posting_batch
        WHERE entity = ? AND channel = ? AND state IN ('approved', 'posted')
        ORDER BY batch_date DESC LIMIT 1""",
        row -> Columns.date(row, "batch_date"),
        entity,
        channel);
  }

  /** The versions of the mappings in a batch that no approved batch of its channel had. */
  public List<String> newMappings(Tx tx, PostingBatch batch) {
    return unseen(
        tx,
        batch,
        """
        SELECT DISTINCT e.mappings AS word FROM journal_progress g
          JOIN journal_entry e ON e.id = g.entry_id WHERE g.batch = ?""",
        "mappings");
  }

  /** The accounts in a batch that no approved batch of its channel moved. */
  public List<String> newAccounts(Tx tx, PostingBatch batch) {
    return unseen(tx, batch, ACCOUNTS, "account");
  }

  private static List<String> unseen(Tx tx, PostingBatch batch, String words, String kind) {
    return tx.query(
        "SELECT w.word FROM ("
            + words
            + """
            ) w WHERE NOT EXISTS (SELECT 1 FROM batch_seen s
              WHERE s.entity = ? AND s.channel = ? AND s.kind = ? AND s.word = w.word)
            ORDER BY w.word""",
        row -> row.getString(1),
        batch.id(),
        batch.entity(),
        batch.channel(),
        kind);
  }

  private static final String ACCOUNTS =
      """
      SELECT DISTINCT p.account AS word FROM journal_progress g
        JOIN posting p ON p.entry_id = g.entry_id WHERE g.batch = ?""";

  /** Says why a proposed batch waits; false if it is not proposed or waiting. */
  public boolean waiting(Tx tx, String id, List<String> reasons) {
    return tx.update(
            """
            UPDATE posting_batch SET state = 'waiting', reasons = ?
            WHERE id = ? AND state IN ('proposed', 'waiting')""",
            reasons.stream().map(r -> r.replace('\n', ' ')).collect(Collectors.joining("\n")),
            id)
        == 1;
  }

  /** Approves a proposed or waiting batch of this hash; false if it is not such a one. */
  public boolean approve(Tx tx, String id, String hash, String checker, String note) {
    int approved =
        tx.update(
            """
            UPDATE posting_batch SET state = 'approved', checker = ?, decided_at = ?, note = ?
            WHERE id = ? AND hash = ? AND state IN ('proposed', 'waiting')""",
            checker,
            tx.now(),
            note,
            id,
            hash);
    if (approved == 1) {
      remember(tx, id);
    }
    return approved == 1;
  }

  /** What is approved once is not new in the channel's next batch. */
  private static void remember(Tx tx, String id) {
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
        SELECT DISTINCT g.entity, g.channel, 'account', p.account FROM journal_progress g
          JOIN posting p ON p.entry_id = g.entry_id WHERE g.batch = ?
        ON CONFLICT DO NOTHING""",
        id);
  }

  /** Rejects a proposed or waiting batch and frees its entries; false if it is not such a one. */
  public boolean reject(Tx tx, String id, String checker, String note) {
    Optional<PostingBatch> batch = find(tx, id);
    if (batch.isEmpty()) {
      return false;
    }
    Chain.lock(tx, batch.get().entity());
    int count =
        tx.update(
            """
            UPDATE posting_batch SET state = 'rejected', checker = ?, decided_at = ?, note = ?
            WHERE id = ? AND state IN ('proposed', 'waiting')""",
            checker,
            tx.now(),
            note,
            id);
    if (count == 1) {
      tx.update("UPDATE journal_progress SET batch = NULL, booked_on = NULL WHERE batch = ?", id);
    }
    return count == 1;
  }

  /** A set of books has the approved batch; {@code last} says that it was the last to have it. */
  public void posted(Tx tx, String id, String target, String reference, boolean last) {
    tx.update(
        """
        INSERT INTO posting_batch_target (batch, target, reference, posted_at)
        VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING""",
        id,
        target,
        reference,
        tx.now());
    if (last) {
      tx.update(
          "UPDATE posting_batch SET state = 'posted' WHERE id = ? AND state = 'approved'", id);
    }
  }

  /** What each set of books has of the batch. */
  public List<PostingBatch.Posted> posted(Tx tx, String id) {
    return tx.query(
        """
        SELECT target, reference, posted_at FROM posting_batch_target WHERE batch = ?
        ORDER BY target""",
        row ->
            new PostingBatch.Posted(
                row.getString("target"), row.getString("reference"), instant(row, "posted_at")),
        id);
  }

  /** The hash over the entries as they stand now: other than the batch's if something changed. */
  public String currentHash(Tx tx, String id) {
    FieldHash sha = new FieldHash();
    EntryReader.stream(
        tx,
        JournalFilter.all().batch(id),
        entry -> {
          Chain.content(sha, entry);
          entry.movedTo().ifPresent(sha::field);
        });
    return sha.hex();
  }

  public Optional<PostingBatch> find(Tx tx, String id) {
    return tx.first("SELECT * FROM posting_batch WHERE id = ?", Batches::read, id);
  }

  /**
   * As {@link #find}, and nobody else may lock it until the transaction ends: for whoever decides
   * by what is known of the batch, so that two of them do not both miss what the other writes.
   */
  public Optional<PostingBatch> lock(Tx tx, String id) {
    return tx.first("SELECT * FROM posting_batch WHERE id = ? FOR UPDATE", Batches::read, id);
  }

  /** Batches of an entity in one of these states, oldest first. */
  public List<PostingBatch> list(Tx tx, String entity, Set<PostingBatch.State> states) {
    return tx.query(
        """
        SELECT * FROM posting_batch WHERE entity = ? AND state = ANY(?)
        ORDER BY proposed_at, id""",
        Batches::read,
        entity,
        states.stream().map(PostingBatch.State::word).toList());
  }

  private static PostingBatch read(ResultSet row) throws SQLException {
    return new PostingBatch(
        row.getString("id"),
        row.getString("entity"),
        row.getString("channel"),
        Columns.date(row, "batch_date"),
        row.getString("hash"),
        PostingBatch.State.of(row.getString("state")),
        row.getLong("entries"),
        row.getString("reasons").lines().toList(),
        Set.copyOf(row.getString("makers").lines().toList()),
        Columns.optional(row, "checker"),
        instant(row, "proposed_at"),
        Columns.optionalInstant(row, "decided_at"),
        row.getString("note"));
  }
}
