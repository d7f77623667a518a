package io.kontor.mapping.statement;

import io.kontor.document.DelimitedLines.Line;
import io.kontor.failure.RejectedFailure;
import io.kontor.mapping.statement.StatementColumns.RowTest;
import io.kontor.mapping.statement.StatementLayout.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The rows of one file, told apart as one layout says: each makes lines, or a part of the totals,
 * or nothing. Not thread-safe.
 */
final class StatementRows {

  /** Rows that stand before the totals, and are kept until these say in which currency they are. */
  private static final int MOST_WAITING = 10_000;

  private final Source source;
  private final String reference;
  private final StatementSum sum;
  private final StatementHead head;
  private final StatementLines lines;
  private final List<Line> waiting = new ArrayList<>();

  private final RowTest where;
  private final RowTest except;
  private final RowTest totalRows;
  private final RowTest opening;
  private final RowTest closing;

  StatementRows(
      StatementLayout layout,
      StatementColumns columns,
      String reference,
      Consumer<StatementLine> lines) {
    StatementLayout.Totals totals = layout.totals();
    StatementLayout.Line line = layout.line();
    this.source = totals.source();
    this.reference = reference;
    this.sum = new StatementSum(layout);
    StatementCells cells = new StatementCells(layout, columns, sum, reference);
    this.head = new StatementHead(layout, columns, sum, cells);
    this.lines = new StatementLines(line, columns, sum, cells, head, lines);
    this.where = columns.test(line.where());
    this.except = line.except().values().isEmpty() ? row -> false : columns.test(line.except());
    this.totalRows = columns.test(totals.rows());
    this.opening = columns.test(totals.opening());
    this.closing = columns.test(totals.closing());
  }

  /** Takes a row. */
  void accept(Line line) {
    if (source == Source.FIRST_ROW && !sum.isKnown()) {
      firstRowOrWaits(line);
      return;
    }
    head.belongs(line);
    if (source == Source.ROWS && totalRows.picks(line)) {
      head.part(line);
    } else if (source == Source.BALANCES && opening.picks(line)) {
      head.opening(line);
    } else if (source == Source.BALANCES && closing.picks(line)) {
      head.closing(line);
    } else if (where.picks(line) && !except.picks(line)) {
      if (source == Source.LINES) {
        head.named(line);
      }
      lines.accept(line);
    }
  }

  /**
   * What the statement says of itself.
   *
   * @throws RejectedFailure {@code no-totals} if the rows with the totals, or any rows, are missing
   */
  StatementTotals totals() {
    if (!waiting.isEmpty()) {
      firstRow(waiting.get(0));
    }
    return sum.totals(reference);
  }

  /** Who sorts a statement in a spreadsheet moves the one row with a total below its lines. */
  private void firstRowOrWaits(Line line) {
    if (!head.hasTotal(line) && waiting.size() < MOST_WAITING) {
      waiting.add(line);
      return;
    }
    firstRow(head.hasTotal(line) ? line : waiting.get(0));
    waiting.forEach(this::accept);
    waiting.clear();
  }

  private void firstRow(Line line) {
    head.whole(line);
    if (lines.holdsLine(line)) {
      lines.accept(line);
    }
  }
}
