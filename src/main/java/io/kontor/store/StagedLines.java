package io.kontor.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** How the lines of a settlement become rows, and rows lines. */
final class StagedLines {

  /** In the order of {@link #row}. */
  private static final List<String> COLUMNS =
      List.of(
          "import_id",
          "line",
          "order_ref",
          "sku",
          "quantity",
          "posted_at",
          "posted_on",
          "kind",
          "amount");

  private StagedLines() {}

  private static Object[] row(long importId, LineKinds kinds, StagedLine l) {
    return new Object[] {
      importId,
      l.line(),
      l.order(),
      l.sku(),
      l.quantity(),
      l.postedAt(),
      l.postedOn(),
      kinds.number(l),
      l.amount()
    };
  }

  /** Inserts lines, whose kinds are stored, into a table of this shape. */
  static void insert(Tx tx, String table, long importId, LineKinds kinds, List<StagedLine> lines) {
    tx.load(table, COLUMNS, lines, line -> row(importId, kinds, line));
  }

  static StagedLine read(ResultSet row, LineKinds kinds) throws SQLException {
    LineKinds.Kind kind = kinds.kind(row.getInt("kind"));
    return new StagedLine(
        row.getLong("line"),
        row.getString("order_ref"),
        row.getString("sku"),
        row.getBigDecimal("quantity"),
        Columns.instant(row, "posted_at"),
        Columns.date(row, "posted_on"),
        kind.marketplace(),
        kind.code(),
        row.getBigDecimal("amount"));
  }
}
