package io.kontor.store;

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
   * @param lease after this time without {@link #finish} or {@link #renew} another may take it
   * @return false if it is done, or another is running it
   */
  public boolean begin(Tx tx, String entity, LocalDate date, String owner, Duration lease) {
    return tx.pending();
  }

  /** False if the night was lost to another. */
  public boolean renew(Tx tx, String entity, LocalDate date, String owner, Duration lease) {
    return tx.pending();
  }

  /** False if the night was lost to another. */
  public boolean finish(
      Tx tx, String entity, LocalDate date, String owner, State state, String note) {
    return tx.pending();
  }

  public Optional<Night> find(Tx tx, String entity, LocalDate date) {
    return tx.pending();
  }

  /** The newest night of an entity that is done. */
  public Optional<LocalDate> lastDone(Tx tx, String entity) {
    return tx.pending();
  }

  /** The nights of an entity, newest first. */
  public List<Night> list(Tx tx, String entity, int limit) {
    return tx.pending();
  }
}
