package io.kontor.app;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the commands do, each printing what it did and returning the process's exit code: 0 if all
 * is well, 1 if not. Exceptions are printed by the caller and end with 1.
 */
public interface CommandLineApi {

  /** The whole job on a sample day; unless {@code exit}, it stays up until it is stopped. */
  int demo(Invocation invocation, boolean exit) throws Exception;

  /** Takes files in through the same routes as live traffic. */
  int importFiles(Invocation invocation, String channel, String document, List<Path> files)
      throws Exception;

  /** Runs the night now; for the last business day and all entities where not given. */
  int settle(Invocation invocation, Optional<LocalDate> date, Optional<String> entity)
      throws Exception;

  /** Prints where each night stands and when the next is due. */
  int nights(Invocation invocation, Optional<String> entity) throws Exception;

  /** Compares every control total; 1 on a difference. */
  int verify(Invocation invocation, Optional<Path> html) throws Exception;

  /** Lists settlements. */
  int settlements(Invocation invocation) throws Exception;

  /** Shows one settlement. */
  int settlement(Invocation invocation, String channel, String id, Optional<Path> html)
      throws Exception;

  /** Prints lines of a settlement: those of a code, of an order, or of both. */
  int settlementLines(
      Invocation invocation,
      String channel,
      String id,
      Optional<String> code,
      Optional<String> order)
      throws Exception;

  /** Prints the journal. */
  int journal(Invocation invocation, JournalFormat format, Optional<String> entity)
      throws Exception;

  /** Lists the posting batches. */
  int batches(Invocation invocation) throws Exception;

  /** Prints what would take a posted batch back; nothing is booked. */
  int reversal(Invocation invocation, ReversalCommand command) throws Exception;

  /** Lists the closed periods, or closes or opens one. */
  int periods(Invocation invocation, PeriodCommand command) throws Exception;

  /** Approves or rejects a batch of this content, as the user that the environment names. */
  int decide(
      Invocation invocation, boolean approve, String batch, String hash, Optional<String> note)
      throws Exception;

  /** Prints what waits where. */
  int status(Invocation invocation) throws Exception;

  /** Lists the work desk, or shows and settles one item. */
  int desk(Invocation invocation, DeskCommand command) throws Exception;

  /** Reads recorded documents again; prints what changes, or would. */
  int replay(Invocation invocation, ReplayCommand command) throws Exception;

  /**
   * Measures; all benchmarks that leave nothing behind if none is named.
   *
   * @param documents in a round; where it is empty, as many as the benchmark finds right
   */
  int bench(Invocation invocation, Optional<String> benchmark, int rounds, OptionalInt documents)
      throws Exception;

  /** How a journal is written. */
  enum JournalFormat {
    HLEDGER,
    CSV
  }

  /**
   * Which reversal to show.
   *
   * @param book odoo or file; empty for the first that the entity keeps
   * @param date empty for the first open day
   * @param hledger whether as an hledger journal instead of a table
   */
  record ReversalCommand(
      String batch, Optional<String> book, Optional<LocalDate> date, boolean hledger) {}

  /**
   * What is done about periods.
   *
   * @param action list, lock or unlock
   */
  record PeriodCommand(
      String action, Optional<String> entity, Optional<YearMonth> month, Optional<String> note) {}

  /**
   * Which documents are read again: those that fit all that is given.
   *
   * @param from a day or an instant of receipt, inclusive
   * @param to a day, inclusive, or an instant, exclusive
   * @param apply whether what changes is recorded
   */
  record ReplayCommand(
      Optional<String> channel,
      Optional<String> document,
      Optional<String> id,
      Optional<String> from,
      Optional<String> to,
      boolean apply) {}

  /**
   * What is done on the desk.
   *
   * @param action list, show, retry, edit, skip, resolve or assign
   * @param item the item's number; empty to list
   * @param note why, for resolve and skip
   * @param file the edited document, for edit; where the document goes, for show
   * @param team operations or finance, for list and assign
   */
  record DeskCommand(
      String action,
      Optional<Long> item,
      Optional<String> note,
      Optional<Path> file,
      Optional<String> team) {}
}
