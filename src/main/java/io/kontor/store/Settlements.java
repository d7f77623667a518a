package io.kontor.store;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Settlements and their lines. Lines are staged in chunks, and count once they are complete. */
public final class Settlements {

  /** What the lines of an import add up to, by the database's own arithmetic. */
  public record Totals(BigDecimal amount, long lines) {}

  /** What the ledger knows of a line's order. */
  public enum OrderState {
    /** The line names no order. */
    NONE,
    /** Facts of the order are recorded and entries were made for it. */
    BOOKED,
    /** Facts of the order are recorded, without any entry. */
    RECORDED,
    /** No fact of the order is recorded. */
    UNKNOWN
  }

  /** The lines of one code, marketplace, month and order state, added up. */
  public record Sum(
      String code,
      String marketplace,
      YearMonth month,
      OrderState orderState,
      BigDecimal amount,
      long lines) {}

  /** The lines of one order and code, added up. */
  public record OrderSum(String order, String code, BigDecimal amount, long lines) {}

  /** Begins to stage lines; the id under which they are staged. */
  public String begin(Tx tx, String entity, String channel, String file) {
    return tx.pending();
  }

  /** Stages some lines: some thousands at a time, each in a transaction of its own. */
  public void addLines(Tx tx, String importId, List<StagedLine> lines) {
    tx.pending();
  }

  /** What has been staged. */
  public Totals totals(Tx tx, String importId) {
    return tx.pending();
  }

  /**
   * Makes the staged lines count, under this header. Checks no sums: the caller compares what is
   * returned, and throws to undo.
   */
  public Totals complete(Tx tx, Settlement header) {
    return tx.pending();
  }

  /** Removes an import that is not complete, with its lines. */
  public void discard(Tx tx, String importId) {
    tx.pending();
  }

  /** Removes every import that was begun before and is not complete; how many. */
  public int discardUnfinished(Tx tx, Instant begunBefore) {
    return tx.pending();
  }

  public Optional<Settlement> find(Tx tx, String entity, String channel, String settlementId) {
    return tx.pending();
  }

  /** Settlements of an entity, newest period first. */
  public List<Settlement> list(Tx tx, String entity, int limit) {
    return tx.pending();
  }

  public void state(Tx tx, Settlement settlement, String state) {
    tx.pending();
  }

  /** All lines, added up for posting. */
  public List<Sum> sums(Tx tx, Settlement settlement) {
    return tx.pending();
  }

  /**
   * The lines added up by order and code, in the order of orders; lines without one are left out.
   */
  public void orderSums(Tx tx, Settlement settlement, Consumer<OrderSum> consumer) {
    tx.pending();
  }

  /** The lines of one order, over all settlements of the channel, or with {@code ""} none. */
  public List<StagedLine> linesOf(Tx tx, Settlement settlement, String order) {
    return tx.pending();
  }

  /** Every line in the order of the statement. */
  public void lines(Tx tx, Settlement settlement, Consumer<StagedLine> consumer) {
    tx.pending();
  }
}
