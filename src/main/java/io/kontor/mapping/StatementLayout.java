package io.kontor.mapping;

import java.nio.charset.Charset;
import java.util.List;

/**
 * How a delimited statement is read: {@code mappings/vendors/<vendor>/<document>.statement.yaml}.
 *
 * <p>Columns are named by their header; their order and number are free.
 *
 * @param encodings tried in turn
 * @param dates patterns tried in turn, as {@link java.time.format.DateTimeFormatter} writes them
 * @param codes what the vendor's codes mean; a code is the values of {@link Line#code()} joined by
 *     {@code /}
 */
public record StatementLayout(
    char delimiter,
    List<Charset> encodings,
    boolean decimalComma,
    List<String> dates,
    Totals totals,
    Line line,
    SettlementCodes codes) {

  public StatementLayout {
    encodings = List.copyOf(encodings);
    dates = List.copyOf(dates);
  }

  /** Where the statement's own totals stand: the columns of the first row under the header. */
  public record Totals(
      String settlement, String currency, String amount, String from, String to, String paidOn) {}

  /** The columns of a line. */
  public record Line(
      String order,
      String sku,
      String quantity,
      List<String> postedOn,
      String amount,
      String marketplace,
      List<String> code) {}

  /** The same layout with other codes. */
  StatementLayout with(SettlementCodes others) {
    return new StatementLayout(delimiter, encodings, decimalComma, dates, totals, line, others);
  }
}
