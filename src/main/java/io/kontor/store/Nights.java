package io.kontor.store;

import io.kontor.words.Words;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The nightly run: a row for each entity and business date, which is the truth about it. */
public final class Nights {

  /** Where a night stands. */
  public enum State {
    RUNNING,
    DONE,
    FAILED
  }

  /** A night. */
  public record Night(
      String entity,
      LocalDate date,
      State state,
      String owner,
      int attempts,
      Instant startedAt,
      Optional<Instant> finishedAt,
      String note) {}

  /**
   * Takes a night to run it.
   *
   * @param owner of this run and no other
   * @param lease after this time without {@link #finish} or {@link #renew} another may take it
   * @return false if it is done, or another is running it
   */
  public boolean begin(Tx tx, String entity, LocalDate date, String owner, Duration lease) {
    int inserted =
        tx.update(
            """
            INSERT INTO night (entity, business_date, state, owner, attempts, started_at,
              lease_until, note) VALUES (?, ?, 'running', ?, 1, ?, ?, '') ON CONFLICT DO NOTHING""",
            entity,
            date,
            owner,
            tx.now(),
            tx.now().plus(lease));
    return inserted == 1
        || tx.update(
                """
                UPDATE night SET state = 'running', owner = ?, attempts = attempts + 1,
                  started_at = ?, lease_until = ?, finished_at = NULL, note = ''
                WHERE entity = ? AND business_date = ?
                  AND (state = 'failed' OR state = 'running' AND lease_until <= ?)""",
                owner,
                tx.now(),
                tx.now().plus(lease),
                entity,
                date,
                tx.now())
            == 1;
  }

  /** False if the night was lost to another. */
  public boolean renew(Tx tx, String entity, LocalDate date, String owner, Duration lease) {
    return tx.update(
            """
            UPDATE night SET lease_until = ?
            WHERE entity = ? AND business_date = ? AND owner = ? AND state = 'running'""",
            tx.now().plus(lease),
            entity,
            date,
            owner)
        == 1;
  }

  /**
   * Ends a run.
   *
   * @param state done or failed
   * @return false if the night was lost to another
   */
  public boolean finish(
      Tx tx, String entity, LocalDate date, String owner, State state, String note) {
    return tx.update(
            """
            UPDATE night SET state = ?, finished_at = ?, note = ?
            WHERE entity = ? AND business_date = ? AND owner = ? AND state = 'running'""",
            Words.of(state),
            tx.now(),
            Tx.printable(note),
            entity,
            date,
            owner)
        == 1;
  }

  /**
   * Ends the leases of running nights whose owner is known to be gone.
   *
   * @param owner what the names of its runs begin with; empty for everybody's
   */
  public int expireLeases(Tx tx, String owner) {
    return tx.update(
        """
        UPDATE night SET lease_until = ?
        WHERE state = 'running' AND SUBSTRING(owner FROM 1 FOR CHAR_LENGTH(?)) = ?""",
        tx.now(),
        owner,
        owner);
  }

  public Optional<Night> find(Tx tx, String entity, LocalDate date) {
    return tx.first(
        "SELECT * FROM night WHERE entity = ? AND business_date = ?", Nights::read, entity, date);
  }

  /** The nights of an entity, newest first. */
  public List<Night> list(Tx tx, String entity, int limit) {
    return tx.query(
        "SELECT * FROM night WHERE entity = ? ORDER BY business_date DESC LIMIT ?",
        Nights::read,
        entity,
        limit);
  }

  private static Night read(ResultSet row) throws SQLException {
    return new Night(
        row.getString("entity"),
        Columns.date(row, "business_date"),
        Words.constant(State.class, row.getString("state")),
        row.getString("owner"),
        row.getInt("attempts"),
        Columns.instant(row, "started_at"),
        Columns.optionalInstant(row, "finished_at"),
        row.getString("note"));
  }
}
