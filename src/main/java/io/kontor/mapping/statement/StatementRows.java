package io.kontor.mapping.statement;

import io.kontor.document.DelimitedLines.Line;
import io.kontor.failure.RejectedFailure;
import io.kontor.mapping.statement.StatementColumns.RowTest;
import io.kontor.mapping.statement.StatementColumns.RowText;
import io.kontor.mapping.statement.StatementLayout.Source;
import io.kontor.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The rows of one file, read as one layout says: each makes lines, or a part of the totals, or
 * nothing. Not thread-safe.
 */
final class StatementRows {

  /** Of the columns in which lines are kept. */
  private static final int MOST_REFERENCE = 200;

  private static final int MOST_MARKETPLACE = 100;

  /** Rows that stand before the totals, and are kept until these say in which currency they are. */
  private static final int MOST_WAITING = 10_000;

  private final StatementLayout layout;
  private final String reference;
  private final Consumer<StatementLine> lines;
  private final StatementSum sum;
  private final StatementCells cells;
  private final StatementUnits units = new StatementUnits();
  private final List<Line> waiting = new ArrayList<>();

  private final int currencyColumn;
  private final RowText order;
  private final RowText sku;
  private final RowText quantity;
  private final RowText postedOn;
  private final RowText marketplace;
  private final RowText from;
  private final RowText to;
  private final RowText paidOn;
  private final List<RowText> settlement;
  private final RowTest where;
  private final RowTest except;
  private final RowTest totalRows;
  private final RowTest opening;
  private final RowTest closing;
  private final StatementAmount total;
  private final List<StatementAmount> amounts;

  StatementRows(
      StatementLayout layout,
      StatementColumns columns,
      String reference,
      Consumer<StatementLine> lines) {
    this.layout = layout;
    this.reference = reference;
    this.lines = lines;
    this.sum = new StatementSum(layout);
    this.cells = new StatementCells(layout, sum, reference);
    StatementLayout.Line line = layout.line();
    this.order = columns.text(line.order());
    this.sku = columns.text(line.sku());
    this.quantity = columns.text(line.quantity());
    this.postedOn = columns.text(line.postedOn());
    this.marketplace = columns.text(line.marketplace());
    this.currencyColumn = columns.index(line.currency());
    this.where = columns.test(line.where());
    this.except = line.except().values().isEmpty() ? row -> false : columns.test(line.except());
    StatementLayout.Totals totals = layout.totals();
    this.from = columns.text(totals.from());
    this.to = columns.text(totals.to());
    this.paidOn = columns.text(totals.paidOn());
    this.settlement =
        totals.settlement().stream()
            .map(column -> columns.text(StatementLayout.Text.of(column)))
            .toList();
    this.totalRows = columns.test(totals.rows());
    this.opening = columns.test(totals.opening());
    this.closing = columns.test(totals.closing());
    this.total =
        new StatementAmount(
            columns, new StatementLayout.Amount(totals.amount(), List.of(), true), 0);
    this.amounts = amounts(columns, line.amounts());
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

  /** Takes a row. */
  void accept(Line line) {
    Source source = layout.totals().source();
    if (source == Source.FIRST_ROW && !sum.isKnown()) {
      firstRowOrWaits(line);
      return;
    }
    belongs(line);
    if (source == Source.ROWS && totalRows.picks(line)) {
      sum.total(cells.money(line, total, currency(line)));
      dates(line);
    } else if (source == Source.BALANCES && opening.picks(line)) {
      sum.opening(cells.money(line, total, currency(line)));
    } else if (source == Source.BALANCES && closing.picks(line)) {
      sum.closing(cells.money(line, total, currency(line)));
    } else if (where.picks(line) && !except.picks(line)) {
      lines(line);
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
    if (total.isEmpty(line) && waiting.size() < MOST_WAITING) {
      waiting.add(line);
      return;
    }
    firstRow(total.isEmpty(line) ? waiting.get(0) : line);
    waiting.forEach(this::accept);
    waiting.clear();
  }

  private void firstRow(Line line) {
    String id = settlement(line);
    if (id.isEmpty() || total.isEmpty(line)) {
      throw cells.rejected(
          line,
          "no-totals",
          "should hold the statement's totals, but has no %s: the file is incomplete, fetch it again"
              .formatted(
                  id.isEmpty()
                      ? String.join("/", layout.totals().settlement())
                      : String.join("/", layout.totals().amount().columns())));
    }
    sum.named(id);
    sum.currency(cells.currency(line, line.get(currencyColumn)));
    sum.total(cells.money(line, total, sum.currency()));
    dates(line);
    if (holdsLine(line)) {
      lines(line);
    }
  }

  /**
   * Whether the row with the totals is a line as well: in a file that repeats them beside every
   * line, and has no row of their own. What zeros were filled into is none.
   */
  private boolean holdsLine(Line line) {
    return amounts.stream()
        .filter(amount -> !amount.isEmpty(line) && !amount.isWordless(amount.code(line)))
        .anyMatch(amount -> !cells.money(line, amount, sum.currency()).isZero());
  }

  private void dates(Line line) {
    text(line, from).ifPresent(text -> sum.from(cells.date(line, text, "the start")));
    text(line, to).ifPresent(text -> sum.to(cells.date(line, text, "the end")));
    text(line, paidOn).ifPresent(text -> sum.paidOn(cells.date(line, text, "the payment")));
  }

  private static Optional<String> text(Line line, RowText field) {
    String text = field.of(line);
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  private String settlement(Line line) {
    if (settlement.size() == 1) {
      return settlement.get(0).of(line);
    }
    List<String> words = settlement.stream().map(word -> word.of(line)).toList();
    return words.contains("") ? "" : String.join("-", words);
  }

  private void belongs(Line line) {
    String id = settlement(line);
    if (id.isEmpty()) {
      return;
    }
    if (!sum.isNamed()) {
      sum.named(id);
    } else if (!id.equals(sum.name())) {
      throw cells.rejected(
          line,
          "mixed-settlements",
          "belongs to settlement %s, but the file is of %s: split it".formatted(id, sum.name()));
    }
  }

  private Currency currency(Line line) {
    String code = line.get(currencyColumn);
    if (code.isEmpty() && sum.currency() != null) {
      return sum.currency();
    }
    if (sum.currency() == null) {
      sum.currency(cells.currency(line, code));
    } else if (!code.equals(sum.currency().getCurrencyCode())) {
      throw cells.rejected(
          line,
          "mixed-currencies",
          "is in %s, but the statement is in %s".formatted(code, sum.currency()));
    }
    return sum.currency();
  }

  private void lines(Line line) {
    boolean only = layout.line().amounts().size() == 1;
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

  /** A row that only counts; behind the lines of its item it is a line itself, of no money. */
  private void units(Line line) {
    BigDecimal many = quantity(line);
    if (many.signum() == 0) {
      return; // an amount of zero, say
    }
    String code = units.counted(item(line, amounts.get(0).code(line)), many);
    if (!code.isEmpty()) {
      Money nothing = Money.zero(currency(line));
      Instant posted = postedOn(line);
      sum.add(nothing, posted);
      long number = line.number() * StatementLine.PLACES;
      lines.accept(line(line, number, many, posted, code, nothing));
    }
  }

  private StatementUnits.Item item(Line line, String code) {
    String transaction = code.substring(0, Math.max(code.indexOf('/'), 0));
    return new StatementUnits.Item(transaction, order.of(line), sku.of(line));
  }

  /**
   * @return whether the row has such a line
   */
  private boolean line(Line line, StatementAmount amount, boolean empty) {
    String code = amount.code(line);
    if (empty && amount.isWordless(code)) {
      return false; // neither an amount nor a word: nothing is said
    }
    Money money = cells.money(line, amount, currency(line));
    if (money.isZero() && !amount.zeros()) {
      return false;
    }
    Instant posted = postedOn(line);
    sum.add(money, posted);
    boolean only = layout.line().amounts().size() == 1;
    long number = only ? line.number() : line.number() * StatementLine.PLACES + amount.place();
    lines.accept(line(line, number, units(line, code), posted, code, money));
    return true;
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

  private BigDecimal units(Line line, String code) {
    BigDecimal stated = quantity(line);
    if (layout.line().amounts().size() == 1) {
      return stated;
    }
    BigDecimal counted = units.of(item(line, code), code);
    return stated.signum() == 0 ? counted : stated;
  }

  private Instant postedOn(Line line) {
    String text = postedOn.of(line);
    if (!text.isEmpty()) {
      return cells.date(line, text, "the posting");
    }
    return sum.from()
        .orElseThrow(
            () -> cells.rejected(line, "not-a-date", "has no date, and the statement states none"));
  }

  private BigDecimal quantity(Line line) {
    return cells.quantity(quantity.of(line));
  }
}
