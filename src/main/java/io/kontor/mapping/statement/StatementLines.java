package io.kontor.mapping.statement;

import io.kontor.document.DelimitedLines.Line;
import io.kontor.mapping.statement.StatementColumns.RowText;
import io.kontor.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The lines that rows make: one for each of a row's amounts, or one of no money where it only
 * counts units. Not thread-safe.
 */
final class StatementLines {

  /** Of the columns in which lines are kept. */
  private static final int MOST_REFERENCE = 200;

  private static final int MOST_MARKETPLACE = 100;

  private final StatementSum sum;
  private final StatementCells cells;
  private final StatementHead head;
  private final Consumer<StatementLine> lines;
  private final StatementUnits units = new StatementUnits();

  private final RowText order;
  private final RowText sku;
  private final RowText quantity;
  private final RowText postedOn;
  private final RowText marketplace;
  private final List<StatementAmount> amounts;

  /** Each code once: whoever counts or looks up a million of them compares the same few texts. */
  private final Map<String, String> codes = new HashMap<>();

  /** Whether the layout has one amount only: then a row is a line even where it is empty. */
  private final boolean only;

  /**
   * @param sum what all lines come to
   * @param lines is given each line
   */
  StatementLines(
      StatementLayout.Line layout,
      StatementColumns columns,
      StatementSum sum,
      StatementCells cells,
      StatementHead head,
      Consumer<StatementLine> lines) {
    this.sum = sum;
    this.cells = cells;
    this.head = head;
    this.lines = lines;
    this.order = columns.text(layout.order());
    this.sku = columns.text(layout.sku());
    this.quantity = columns.text(layout.quantity());
    this.postedOn = columns.text(layout.postedOn());
    this.marketplace = columns.text(layout.marketplace());
    this.amounts = amounts(columns, layout.amounts());
    this.only = layout.amounts().size() == 1;
  }

  private static List<StatementAmount> amounts(
      StatementColumns columns, List<StatementLayout.Amount> all) {
    List<StatementAmount> amounts = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      StatementAmount amount = new StatementAmount(columns, all.get(i), i + 1);
      if (amount.isThere()) {
        amounts.add(amount);
      }
    }
    return amounts;
  }

  /** Makes the lines of a row. */
  void accept(Line line) {
    boolean any = false;
    for (StatementAmount amount : amounts) {
      boolean empty = amount.isEmpty(line);
      if (!empty || only) {
        any |= line(line, amount, empty);
      }
    }
    if (!any && !only) {
      units(line);
    }
  }

  /**
   * Whether the row with the totals is a line as well: in a file that repeats them beside every
   * line, and has no row of their own. What zeros were filled into is none.
   */
  boolean holdsLine(Line line) {
    return amounts.stream()
        .filter(amount -> !amount.isEmpty(line) && !amount.isWordless(amount.code(line)))
        .anyMatch(amount -> !cells.money(line, amount, sum.currency()).isZero());
  }

  /**
   * @return whether the row has such a line
   */
  private boolean line(Line line, StatementAmount amount, boolean empty) {
    String code = codes.computeIfAbsent(amount.code(line), word -> word);
    if (empty && amount.isWordless(code)) {
      return false; // neither an amount nor a word: nothing is said
    }
    Money money = cells.money(line, amount, head.currency(line));
    if (money.isZero() && !amount.zeros()) {
      return false;
    }
    Instant posted = postedOn(line);
    sum.add(money, posted);
    long number = only ? line.number() : line.number() * StatementLine.PLACES + amount.place();
    lines.accept(line(line, number, units(line, code), posted, code, money));
    return true;
  }

  /** A row that only counts; behind the lines of its item it is a line itself, of no money. */
  private void units(Line line) {
    BigDecimal many = quantity(line);
    if (many.signum() == 0) {
      return; // an amount of zero, say
    }
    String code = units.counted(item(line, amounts.get(0).code(line)), many);
    if (!code.isEmpty()) {
      Money nothing = Money.zero(head.currency(line));
      Instant posted = postedOn(line);
      sum.add(nothing, posted);
      long number = line.number() * StatementLine.PLACES;
      lines.accept(line(line, number, many, posted, code, nothing));
    }
  }

  private BigDecimal units(Line line, String code) {
    BigDecimal stated = quantity(line);
    if (only) {
      return stated;
    }
    BigDecimal counted = units.of(item(line, code), code);
    return stated.signum() == 0 ? counted : stated;
  }

  private StatementUnits.Item item(Line line, String code) {
    String transaction = code.substring(0, Math.max(code.indexOf('/'), 0));
    return new StatementUnits.Item(transaction, order.of(line), sku.of(line));
  }

  private StatementLine line(
      Line line, long number, BigDecimal many, Instant posted, String code, Money money) {
    return new StatementLine(
        number,
        cells.text(line, order, "an order", MOST_REFERENCE),
        cells.text(line, sku, "a SKU", MOST_REFERENCE),
        many,
        posted,
        cells.text(line, marketplace, "a marketplace", MOST_MARKETPLACE),
        code,
        money);
  }

  private Instant postedOn(Line line) {
    String text = postedOn.of(line);
    if (!text.isEmpty()) {
      Instant at = cells.date(line, text, "the posting");
      if (sum.isFarFrom(at)) {
        throw cells.rejected(
            line,
            "implausible-date",
            "is posted on %s, and the statement is of %s: have it exported anew"
                .formatted(text, sum.period()));
      }
      return at;
    }
    return sum.from()
        .orElseThrow(
            () -> cells.rejected(line, "not-a-date", "has no date, and the statement states none"));
  }

  private BigDecimal quantity(Line line) {
    return cells.quantity(quantity.of(line));
  }
}
