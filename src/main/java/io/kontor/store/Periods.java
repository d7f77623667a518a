package io.kontor.store;

import io.kontor.ledger.OpenDays;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The months that finance has closed, and what the books outside have closed themselves. */
public final class Periods {

  /** A closed month. */
  public record Lock(String entity, YearMonth month, String who, String note, Instant at) {}

  /**
   * What a set of books said.
   *
   * @param through the last day that takes nothing more; empty if it has closed nothing
   */
  public record BookLock(
      String entity, String target, Optional<LocalDate> through, Instant readAt) {}

  /** Closes a month; false if it is closed. */
  public boolean lock(Tx tx, String entity, YearMonth month, String who, String note) {
    Chain.lock(tx, entity);
    return tx.update(
            """
            INSERT INTO period_lock (entity, period_month, who, note, locked_at)
            VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""",
            entity,
            Columns.number(month),
            who,
            Tx.printable(note),
            tx.now())
        == 1;
  }

  /** Opens a month again; false if it is open. */
  public boolean unlock(Tx tx, String entity, YearMonth month) {
    Chain.lock(tx, entity);
    return tx.update(
            "DELETE FROM period_lock WHERE entity = ? AND period_month = ?",
            entity,
            Columns.number(month))
        == 1;
  }

  /** The closed months, newest first. */
  public List<Lock> locks(Tx tx, String entity) {
    return tx.query(
        "SELECT * FROM period_lock WHERE entity = ? ORDER BY period_month DESC",
        Periods::read,
        entity);
  }

  /** Keeps what a set of books said it has closed. */
  public void bookLock(Tx tx, String entity, String target, Optional<LocalDate> through) {
    Object day = through.<Object>map(d -> d).orElse(Tx.Null.DATE);
    int known =
        tx.update(
            """
            UPDATE book_lock SET locked_through = ?, read_at = ?
            WHERE entity = ? AND target = ?""",
            day,
            tx.now(),
            entity,
            target);
    if (known == 0) {
      tx.update(
          """
          INSERT INTO book_lock (entity, target, locked_through, read_at) VALUES (?, ?, ?, ?)
          ON CONFLICT DO NOTHING""",
          entity,
          target,
          day,
          tx.now());
    }
  }

  public List<BookLock> bookLocks(Tx tx, String entity) {
    return tx.query(
        "SELECT * FROM book_lock WHERE entity = ? ORDER BY target",
        row ->
            new BookLock(
                row.getString("entity"),
                row.getString("target"),
                Optional.ofNullable(Columns.date(row, "locked_through")),
                Columns.instant(row, "read_at")),
        entity);
  }

  /** Where entries can be booked, by our own locks and those that the books told us of. */
  public OpenDays open(Tx tx, String entity) {
    return new OpenDays(
        locks(tx, entity).stream().map(Lock::month).collect(Collectors.toSet()),
        bookLocks(tx, entity).stream()
            .flatMap(lock -> lock.through().stream())
            .max(LocalDate::compareTo));
  }

  /** Approved batches with entries in a month that some set of books does not have yet. */
  public List<String> underWay(Tx tx, String entity, YearMonth month) {
    return tx.query(
        """
        SELECT DISTINCT b.id FROM posting_batch b JOIN journal_progress g ON g.batch = b.id
        WHERE b.entity = ? AND b.state = 'approved'
          AND COALESCE(g.booked_on, g.posting_date) >= ?
          AND COALESCE(g.booked_on, g.posting_date) <= ?
        ORDER BY b.id""",
        row -> row.getString(1),
        entity,
        month.atDay(1),
        month.atEndOfMonth());
  }

  /** The months before one in which entries are dated, the earliest first. */
  public List<YearMonth> usedBefore(Tx tx, String entity, YearMonth month) {
    return tx.query(
        """
        SELECT DISTINCT EXTRACT(YEAR FROM posting_date) AS y, EXTRACT(MONTH FROM posting_date) AS m
        FROM journal_progress WHERE entity = ? AND posting_date < ? ORDER BY y, m""",
        row -> YearMonth.of(row.getInt("y"), row.getInt("m")),
        entity,
        month.atDay(1));
  }

  /** How many entries of a month no approved batch has. */
  public long unposted(Tx tx, String entity, YearMonth month) {
    return tx.count(
        """
        SELECT COUNT(*) FROM journal_progress g LEFT JOIN posting_batch b ON b.id = g.batch
        WHERE g.entity = ? AND g.posting_date >= ? AND g.posting_date <= ?
          AND (b.id IS NULL OR b.state IN ('proposed', 'waiting'))""",
        entity,
        month.atDay(1),
        month.atEndOfMonth());
  }

  private static Lock read(ResultSet row) throws SQLException {
    return new Lock(
        row.getString("entity"),
        Columns.month(row, "period_month"),
        row.getString("who"),
        row.getString("note"),
        Columns.instant(row, "locked_at"));
  }
}
