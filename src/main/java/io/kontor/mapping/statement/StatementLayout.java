package io.kontor.mapping.statement;

import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a delimited statement is read: {@code mappings/vendors/<vendor>/<document>.statement.yaml}.
 *
 * <p>Columns are named by their header, in either case; their order and number are free.
 *
 * @param name the file's name, for people
 * @param delimiters of which the header shows one
 * @param quotes whether a field may stand in double quotes; empty: unless the delimiter is a tab
 * @param encodings tried in turn
 * @param decimals the signs that stand before decimals
 * @param empty words in cells in which nothing stands
 * @param dates how dates and times are written
 * @param columns our names for columns → the headers that they may have; others are headers
 *     themselves
 * @param codes what the vendor's codes mean; a code is the values of {@link Amount#code()} joined
 *     by {@code /}
 */
public record StatementLayout(
    String name,
    List<Character> delimiters,
    Optional<Boolean> quotes,
    List<Charset> encodings,
    Set<DecimalSign> decimals,
    List<String> empty,
    Dates dates,
    Map<String, List<String>> columns,
    Totals totals,
    Line line,
    SettlementCodes codes) {

  public StatementLayout {
    delimiters = List.copyOf(delimiters);
    encodings = List.copyOf(encodings);
    decimals = Set.copyOf(decimals);
    empty = List.copyOf(empty);
    columns = Map.copyOf(columns);
  }

  /** What stands before decimals. */
  public enum DecimalSign {
    POINT,
    COMMA
  }

  /**
   * How dates are written.
   *
   * @param patterns tried in turn, as {@link java.time.format.DateTimeFormatter} writes them
   * @param languages of the names of months and zones
   * @param zone of times that name none
   */
  public record Dates(List<String> patterns, List<Locale> languages, ZoneId zone) {

    public Dates {
      patterns = List.copyOf(patterns);
      languages = List.copyOf(languages);
    }
  }

  /**
   * What a field of a line is made of: the first of several that is not empty, each of one or more
   * columns joined by a blank, or a constant.
   *
   * @param choices each a list of columns to be joined
   * @param constant stands if it is not empty
   */
  public record Text(List<List<String>> choices, String constant) {

    public static final Text NONE = new Text(List.of(), "");

    public Text {
      choices = choices.stream().map(List::copyOf).toList();
    }

    /**
     * Reads {@code Column}, {@code One | Other}, {@code Date + Time} or {@code =constant}.
     *
     * @throws IllegalArgumentException if a column has no name, or a constant stands beside columns
     */
    public static Text of(String text) {
      if (text.startsWith("=")) {
        return new Text(List.of(), text.substring(1).strip());
      }
      List<List<String>> choices = new ArrayList<>();
      for (String choice : text.split("\\|", -1)) {
        List<String> columns = new ArrayList<>();
        for (String column : choice.split(" \\+ ", -1)) {
          if (column.isBlank()) {
            throw new IllegalArgumentException("'%s' names an empty column".formatted(text));
          }
          if (column.strip().startsWith("=")) {
            throw new IllegalArgumentException(
                "'%s': a constant stands alone, without columns beside it".formatted(text));
          }
          columns.add(column.strip());
        }
        choices.add(columns);
      }
      return new Text(choices, "");
    }

    /** All columns of all choices; a constant has none. */
    public List<String> columns() {
      return choices.stream().flatMap(List::stream).toList();
    }
  }

  /** Columns whose amounts are added, and others that are taken off. */
  public record Sum(List<String> plus, List<String> minus) {

    public Sum {
      plus = List.copyOf(plus);
      minus = List.copyOf(minus);
    }

    /** All of them. */
    public List<String> columns() {
      List<String> all = new ArrayList<>(plus);
      all.addAll(minus);
      return all;
    }
  }

  /**
   * Picks rows by what stands in their columns, in either case; {@code *} at the end stands for any
   * ending. A word that stands for nothing is the word that it is.
   *
   * @param values column → one of these
   */
  public record Filter(Map<String, List<String>> values) {

    public Filter {
      values = Map.copyOf(values);
    }

    /** The columns and what is to stand in them, for people. */
    String words() {
      return values.entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .map(column -> column.getKey() + " '" + String.join("' or '", column.getValue()) + "'")
          .collect(Collectors.joining(" and "));
    }
  }

  /** Where a statement's total comes from. */
  public enum Source {
    /** The first row under the header holds the totals; it is a line only if it says one. */
    FIRST_ROW,
    /** Some rows hold parts of the total, and no lines: a payout. */
    ROWS,
    /** Some rows hold the balance before, some the one after: the total is the difference. */
    BALANCES,
    /** Nothing states it: it is the sum of the lines. */
    LINES
  }

  /**
   * A statement's totals.
   *
   * @param rows which rows hold parts of the total
   * @param opening which rows hold the balance before
   * @param closing which rows hold the balance after
   * @param settlement the words that together name the statement; none: its days and currency do
   * @param currency of the rows with the total
   * @param from the first moment; without columns that of the first line
   * @param to the last moment; without columns that of the last line
   * @param paidOn when it is paid out
   */
  public record Totals(
      Source source,
      Filter rows,
      Filter opening,
      Filter closing,
      List<Text> settlement,
      Text currency,
      Sum amount,
      Text from,
      Text to,
      Text paidOn) {

    public Totals {
      settlement = List.copyOf(settlement);
    }
  }

  /**
   * The lines of a row.
   *
   * @param currency of a line
   * @param where only these rows hold lines; empty: all do
   * @param except these rows hold none
   */
  public record Line(
      Text order,
      Text sku,
      Text quantity,
      Text postedOn,
      Text marketplace,
      Text currency,
      Filter where,
      Filter except,
      List<Amount> amounts) {

    public Line {
      amounts = List.copyOf(amounts);
    }
  }

  /**
   * One amount of a row, which makes a line of its own.
   *
   * @param zeros whether an amount of zero makes a line
   */
  public record Amount(Sum sum, List<Text> code, boolean zeros) {

    public Amount {
      code = List.copyOf(code);
    }
  }

  /** The same layout with other codes. */
  public StatementLayout with(SettlementCodes others) {
    return new StatementLayout(
        name, delimiters, quotes, encodings, decimals, empty, dates, columns, totals, line, others);
  }

  boolean quotes(char delimiter) {
    return quotes.orElse(delimiter != '\t');
  }

  /** The headers that a column may have. */
  List<String> headers(String column) {
    return columns.getOrDefault(column, List.of(column));
  }
}
