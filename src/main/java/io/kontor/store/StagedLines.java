package io.kontor.store;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.PGConnection;

/** How the lines of a settlement become rows, and rows lines. */
final class StagedLines {

  /** In the order of {@link #row}. */
  private static final String COLUMNS =
      "import_id, line, order_ref, sku, quantity, posted_at, posted_on, kind, amount";

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
    if (tx.embedded()) {
      tx.batch(
          "INSERT INTO %s (%s) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)".formatted(table, COLUMNS),
          lines,
          line -> row(importId, kinds, line));
    } else {
      copy(tx, table, importId, kinds, lines);
    }
  }

  /** PostgreSQL's own way to load, five times as fast as a batch. */
  private static void copy(
      Tx tx, String table, long importId, LineKinds kinds, List<StagedLine> lines) {
    StringBuilder rows = new StringBuilder(lines.size() * 128);
    for (StagedLine line : lines) {
      String separator = "";
      for (Object value : row(importId, kinds, line)) {
        rows.append(separator);
        appendEscaped(rows, value.toString());
        separator = "\t";
      }
      rows.append('\n');
    }
    try {
      tx.connection()
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(
              "COPY " + table + " (" + COLUMNS + ") FROM STDIN", new StringReader(rows.toString()));
    } catch (SQLException e) {
      throw SqlFaults.translate(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void appendEscaped(StringBuilder rows, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> rows.append("\\\\");
        case '\t' -> rows.append("\\t");
        case '\n' -> rows.append("\\n");
        case '\r' -> rows.append("\\r");
        default -> rows.append(c);
      }
    }
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
