package io.kontor.mapping.statement;

import io.kontor.document.DelimitedLines.Line;
import io.kontor.failure.RejectedFailure;
import io.kontor.mapping.statement.StatementColumns.RowText;
import io.kontor.money.Currencies;
import io.kontor.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;

/**
 * What stands in the cells of a row, as the layout writes dates and numbers; what is none of these
 * is refused with the row that it stands in. Not thread-safe.
 */
final class StatementCells {

  /** Of quantities, before their point. */
  private static final int MOST_DIGITS = 15;

  private final StatementLayout layout;
  private final StatementColumns columns;
  private final StatementSum sum;
  private final String reference;
  private final StatementDates dates;
  private final StatementNumbers numbers;

  /**
   * @param sum knows what the statement is called, once a row has said so
   * @param reference names the file until then
   */
  StatementCells(
      StatementLayout layout, StatementColumns columns, StatementSum sum, String reference) {
    this.layout = layout;
    this.columns = columns;
    this.sum = sum;
    this.reference = reference;
    this.dates = new StatementDates(layout.dates());
    this.numbers = new StatementNumbers(layout.decimals());
  }

  Currency currency(Line line, String code) {
    try {
      // Some write 'eur'.
      return Currencies.of(code.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw rejected(line, "unknown-currency", e.getMessage());
    }
  }

  String text(Line line, RowText field, String what, int most) {
    String text = field.of(line);
    if (text.length() > most) {
      throw rejected(
          line,
          "field-too-long",
          "has %s of %d characters, at most %d can be kept: the file is damaged"
              .formatted(what, text.length(), most));
    }
    return text;
  }

  Instant date(Line line, String text, String what) {
    return dates
        .parse(text)
        .orElseThrow(
            () ->
                rejected(
                    line,
                    "not-a-date",
                    "'%s' for %s is not a date as %s: add its pattern to %s"
                        .formatted(text, what, layout.dates().patterns(), layout.name())));
  }

  /** How many; none if that is no number: for units, which are no money, no money is refused. */
  BigDecimal quantity(String text) {
    return text.isEmpty()
        ? BigDecimal.ZERO
        : numbers
            .parse(text, Optional.empty())
            .filter(many -> many.precision() - many.scale() <= MOST_DIGITS)
            .orElse(BigDecimal.ZERO);
  }

  /** An empty amount is nothing: Amazon writes lines that only say that something happened. */
  Money money(Line line, StatementAmount amount, Currency currency) {
    return Money.of(amount.value(index -> cell(line, index, currency)), currency);
  }

  private BigDecimal cell(Line line, int index, Currency currency) {
    String text = line.get(index);
    if (text.isEmpty()) {
      return BigDecimal.ZERO;
    }
    BigDecimal value =
        numbers.parse(text, Optional.of(currency)).orElseThrow(() -> notANumber(line, index));
    if (value.precision() - value.scale() > MOST_DIGITS) {
      throw notANumber(line, index);
    }
    int most = currency.getDefaultFractionDigits();
    if (value.scale() > most && value.stripTrailingZeros().scale() > most) {
      throw rejected(
          line,
          "too-many-decimals",
          "%s has more decimals than %s has (%d): the file is damaged, fetch it again"
              .formatted(text, currency, most));
    }
    return value;
  }

  private RejectedFailure notANumber(Line line, int index) {
    return rejected(
        line,
        "not-an-amount",
        "has '%s' in column '%s', which is not a number that an amount can be: correct it; if the channel always writes so, see 'decimals' of %s, and 'empty' for words that stand for nothing"
            .formatted(line.get(index), columns.header(index), layout.name()));
  }

  RejectedFailure rejected(Line line, String code, String what) {
    return new RejectedFailure(
        code, sum.isNamed() ? sum.name() : reference, "line %d %s".formatted(line.number(), what));
  }
}
