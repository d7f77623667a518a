package io.kontor.mapping;

import io.kontor.document.DelimitedLines;
import io.kontor.document.DelimitedLines.Line;
import io.kontor.failure.RejectedFailure;
import io.kontor.money.Currencies;
import io.kontor.money.Decimals;
import io.kontor.money.Money;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads a delimited statement in one streaming pass, as its layout says. It does not add up: that
 * is done where the lines are kept, against {@link StatementTotals#total()}.
 */
public final class StatementReader {

  private final StatementLayout layout;
  private final String reference;
  private final StatementDates dates;
  private final Consumer<StatementLine> lines;
  private StatementTotals totals;

  private StatementReader(StatementLayout layout, String reference, Consumer<StatementLine> lines) {
    this.layout = layout;
    this.reference = reference;
    this.dates = new StatementDates(layout.dates());
    this.lines = lines;
  }

  /**
   * Reads a statement; {@code lines} is given each line in the file's order, until a fault is
   * found.
   *
   * @param reference what to call the document in failures that have no line
   * @param in may be gzipped or zipped; it is closed
   * @throws RejectedFailure if the file is not such a statement: {@code empty-document}, {@code
   *     missing-column}, {@code not-a-date}, {@code not-an-amount}, {@code too-many-decimals},
   *     {@code unknown-currency}, {@code mixed-settlements}, {@code no-totals}, …; the message
   *     names the line
   */
  public static StatementTotals read(
      StatementLayout layout, String reference, InputStream in, Consumer<StatementLine> lines) {
    StatementReader reader = new StatementReader(layout, reference, lines);
    DelimitedLines.read(in, layout.delimiter(), layout.encodings(), required(layout), reader::line);
    if (reader.totals == null) {
      throw new RejectedFailure(
          "no-totals",
          reference,
          "the statement ends after its header: it has no line with the totals, fetch it again");
    }
    return reader.totals;
  }

  private static List<String> required(StatementLayout layout) {
    StatementLayout.Totals totals = layout.totals();
    List<String> required = new ArrayList<>(layout.line().code());
    required.addAll(
        List.of(
            totals.settlement(),
            totals.currency(),
            totals.amount(),
            totals.from(),
            totals.to(),
            layout.line().amount()));
    return required;
  }

  private void line(Line line) {
    if (totals == null) {
      totals = totals(line);
      return;
    }
    String settlement = line.get(layout.totals().settlement());
    if (!settlement.isEmpty() && !settlement.equals(totals.settlement())) {
      throw rejected(
          line,
          "mixed-settlements",
          "belongs to settlement %s, but the file is of %s: split it"
              .formatted(settlement, totals.settlement()));
    }
    StatementLayout.Line columns = layout.line();
    String currency = line.get(layout.totals().currency());
    if (!currency.isEmpty() && !currency.equals(totals.total().currency().getCurrencyCode())) {
      throw rejected(
          line,
          "mixed-currencies",
          "is in %s, but the statement is in %s".formatted(currency, totals.total().currency()));
    }
    lines.accept(
        new StatementLine(
            line.number(),
            line.get(columns.order()),
            line.get(columns.sku()),
            quantity(line, columns.quantity()),
            postedOn(line),
            line.get(columns.marketplace()),
            code(line),
            money(line, columns.amount(), totals.total().currency())));
  }

  private StatementTotals totals(Line line) {
    StatementLayout.Totals columns = layout.totals();
    String settlement = line.get(columns.settlement());
    if (settlement.isEmpty() || line.get(columns.amount()).isEmpty()) {
      throw rejected(
          line,
          "no-totals",
          "should hold the statement's totals, but has no %s: the file is incomplete, fetch it again"
              .formatted(settlement.isEmpty() ? columns.settlement() : columns.amount()));
    }
    Money total = money(line, columns.amount(), currency(line, columns.currency()));
    return new StatementTotals(
        settlement,
        total,
        date(line, columns.from()),
        date(line, columns.to()),
        line.get(columns.paidOn()).isEmpty()
            ? Optional.empty()
            : Optional.of(date(line, columns.paidOn())));
  }

  private Currency currency(Line line, String column) {
    try {
      return Currencies.of(line.get(column));
    } catch (IllegalArgumentException e) {
      throw rejected(line, "unknown-currency", e.getMessage());
    }
  }

  private Instant postedOn(Line line) {
    for (String column : layout.line().postedOn()) {
      if (!line.get(column).isEmpty()) {
        return date(line, column);
      }
    }
    return totals.from();
  }

  private Instant date(Line line, String column) {
    return dates
        .parse(line.get(column))
        .orElseThrow(
            () ->
                rejected(
                    line,
                    "not-a-date",
                    "'%s' under %s is not a date as %s: add its pattern to the layout"
                        .formatted(line.get(column), column, layout.dates())));
  }

  private BigDecimal quantity(Line line, String column) {
    String text = line.get(column);
    return text.isEmpty() ? BigDecimal.ZERO : decimal(line, column, text);
  }

  private String code(Line line) {
    List<String> words = layout.line().code();
    StringBuilder code = new StringBuilder(line.get(words.get(0)));
    for (int i = 1; i < words.size(); i++) {
      code.append('/').append(line.get(words.get(i)));
    }
    return code.toString();
  }

  /** An empty amount is nothing: Amazon writes lines that only say that something happened. */
  private Money money(Line line, String column, Currency currency) {
    String text = line.get(column);
    if (text.isEmpty()) {
      return Money.zero(currency);
    }
    BigDecimal amount = decimal(line, column, text);
    if (amount.stripTrailingZeros().scale() > currency.getDefaultFractionDigits()) {
      throw rejected(
          line,
          "too-many-decimals",
          "%s under %s has more decimals than %s has (%d): the file is damaged, fetch it again"
              .formatted(text, column, currency, currency.getDefaultFractionDigits()));
    }
    return Money.of(amount, currency);
  }

  /**
   * Reads {@code 1234.56} and, where the layout says so, {@code 1234,56}. Where both signs stand,
   * the last one is the decimal sign and the other one groups thousands.
   */
  private BigDecimal decimal(Line line, String column, String text) {
    String plain = text;
    if (plain.indexOf(',') >= 0 && layout.decimalComma()) {
      boolean comma = plain.lastIndexOf(',') > plain.lastIndexOf('.');
      plain = comma ? plain.replace(".", "").replace(',', '.') : plain.replace(",", "");
    }
    try {
      return Decimals.parse(plain);
    } catch (IllegalArgumentException e) {
      throw rejected(
          line, "not-an-amount", "'%s' under %s is not a number".formatted(text, column));
    }
  }

  private RejectedFailure rejected(Line line, String code, String what) {
    String settlement = totals == null ? reference : totals.settlement();
    return new RejectedFailure(code, settlement, "line %d %s".formatted(line.number(), what));
  }
}
