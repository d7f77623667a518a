package io.kontor.mapping.statement;

import io.kontor.document.DelimitedLines.Line;
import io.kontor.mapping.statement.StatementColumns.RowText;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.IntFunction;

/** One amount of a file's rows: the columns in which it stands, and the words of its code. */
final class StatementAmount {

  /** Of the column in which codes are kept. */
  private static final int MOST_CODE = 300;

  private final int[] plus;
  private final int[] minus;
  private final List<RowText> code;
  private final boolean zeros;
  private final int place;

  /**
   * @param place among the amounts of the layout, from 1
   */
  StatementAmount(StatementColumns columns, StatementLayout.Amount amount, int place) {
    this.plus = indexes(columns, amount.sum().plus());
    this.minus = indexes(columns, amount.sum().minus());
    this.code = amount.code().stream().map(columns::text).toList();
    this.zeros = amount.zeros();
    this.place = place;
  }

  private static int[] indexes(StatementColumns columns, List<String> names) {
    return names.stream().mapToInt(columns::index).filter(index -> index >= 0).toArray();
  }

  int place() {
    return place;
  }

  /** Whether an amount of zero says something. */
  boolean zeros() {
    return zeros;
  }

  /** Whether the file has any of the columns. */
  boolean isThere() {
    return plus.length + minus.length > 0;
  }

  /** Whether a row has nothing in these columns. */
  boolean isEmpty(Line line) {
    return isEmpty(line, plus) && isEmpty(line, minus);
  }

  private static boolean isEmpty(Line line, int[] indexes) {
    for (int index : indexes) {
      if (!line.get(index).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** The amount of a row, whose cells are read by {@code cell}. */
  BigDecimal value(IntFunction<BigDecimal> cell) {
    if (plus.length == 1 && minus.length == 0) {
      return cell.apply(plus[0]);
    }
    BigDecimal value = BigDecimal.ZERO;
    for (int index : plus) {
      value = value.add(cell.apply(index));
    }
    for (int index : minus) {
      value = value.subtract(cell.apply(index));
    }
    return value;
  }

  /**
   * The code of a row's amount. A slash within a word would make two of it; a code that is too long
   * keeps its beginning.
   */
  String code(Line line) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < code.size(); i++) {
      String word = code.get(i).of(line);
      all.append(i == 0 ? "" : "/").append(word.indexOf('/') < 0 ? word : word.replace('/', '-'));
    }
    return all.length() > MOST_CODE ? all.substring(0, MOST_CODE) : all.toString();
  }

  /** Whether the code that a row was given has no word at all. */
  boolean isWordless(String given) {
    return given.length() < code.size();
  }
}
