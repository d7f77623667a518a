package io.kontor.store;

import java.util.List;
import java.util.function.Function;

/**
 * Rows as PostgreSQL's {@code COPY} reads them: a line each, values between tabs.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">its text format</a>
 */
final class CopyText {

  /** About how long a row is. */
  private static final int ROW = 128;

  private CopyText() {}

  /**
   * @param values of a row, none absent, each in words that its column understands
   */
  static <T> String of(List<T> rows, Function<T, Object[]> values) {
    StringBuilder text = new StringBuilder(rows.size() * ROW);
    for (T row : rows) {
      String separator = "";
      for (Object value : values.apply(row)) {
        text.append(separator);
        appendEscaped(text, value.toString());
        separator = "\t";
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static void appendEscaped(StringBuilder all, String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\' -> all.append("\\\\");
        case '\t' -> all.append("\\t");
        case '\n' -> all.append("\\n");
        case '\r' -> all.append("\\r");
        default -> all.append(c);
      }
    }
  }
}
