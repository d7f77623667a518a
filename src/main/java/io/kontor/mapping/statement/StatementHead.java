package io.kontor.mapping.statement;

import io.kontor.document.DelimitedLines.Line;
import io.kontor.failure.RejectedFailure;
import io.kontor.mapping.statement.StatementColumns.RowText;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What rows say of the statement that they stand in: its name and currency, which are the same in
 * every row, its total and its dates. Not thread-safe.
 */
final class StatementHead {

  private final StatementLayout.Totals totals;
  private final StatementSum sum;
  private final StatementCells cells;

  private final RowText currency;
  private final RowText lineCurrency;
  private final RowText from;
  private final RowText to;
  private final RowText paidOn;
  private final List<RowText> settlement;
  private final StatementAmount total;

  /**
   * @param sum keeps what rows have said
   */
  StatementHead(
      StatementLayout layout, StatementColumns columns, StatementSum sum, StatementCells cells) {
    this.totals = layout.totals();
    this.sum = sum;
    this.cells = cells;
    this.currency = columns.text(totals.currency());
    this.lineCurrency = columns.text(layout.line().currency());
    this.from = columns.text(totals.from());
    this.to = columns.text(totals.to());
    this.paidOn = columns.text(totals.paidOn());
    this.settlement = totals.settlement().stream().map(columns::text).toList();
    this.total =
        new StatementAmount(
            columns, new StatementLayout.Amount(totals.amount(), List.of(), true), 0);
  }

  boolean hasTotal(Line line) {
    return !total.isEmpty(line);
  }

  /**
   * Takes the one row that says everything.
   *
   * @throws RejectedFailure {@code no-totals} if it does not
   */
  void whole(Line line) {
    String id = settlement(line);
    if (id.isEmpty() || total.isEmpty(line)) {
      throw cells.rejected(
          line,
          "no-totals",
          "should hold the statement's totals, but has no %s: the file is incomplete, fetch it again"
              .formatted(id.isEmpty() ? names() : String.join("/", totals.amount().columns())));
    }
    sum.named(id);
    sum.currency(cells.currency(line, currency.of(line)));
    sum.total(cells.money(line, total, sum.currency()));
    dates(line);
  }

  /** Takes a row that holds a part of the total. */
  void part(Line line) {
    sum.total(cells.money(line, total, currency(line, currency)));
    dates(line);
  }

  void opening(Line line) {
    sum.opening(cells.money(line, total, currency(line, currency)));
  }

  void closing(Line line) {
    sum.closing(cells.money(line, total, currency(line, currency)));
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

  /**
   * Sees that a row is of this statement.
   *
   * @throws RejectedFailure {@code mixed-settlements}
   */
  void belongs(Line line) {
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
          "belongs to settlement %s, but the file is of %s: make it a file for each; if that is no settlement's name, the row before it breaks off or the header comes a second time: have it exported anew"
              .formatted(id, sum.name()));
    }
  }

  /**
   * Sees that a row names the statement that it is of, where nothing but its rows makes the total:
   * what is not paid out yet would be counted with it.
   *
   * @throws RejectedFailure {@code mixed-settlements}
   */
  void named(Line line) {
    if (!settlement.isEmpty() && settlement(line).isEmpty()) {
      throw cells.rejected(
          line,
          "mixed-settlements",
          "names no settlement in %s, and the total is the sum of the rows: have the rows of one settlement exported alone; or, if such rows belong to none, leave them out with except: { '%s': [\"\"] }"
              .formatted(names(), totals.settlement().get(0).columns().get(0)));
    }
  }

  private String names() {
    return totals.settlement().stream()
        .flatMap(word -> word.columns().stream())
        .collect(Collectors.joining("/"));
  }

  /**
   * The currency of a row that holds lines, which is the statement's.
   *
   * @throws RejectedFailure {@code mixed-currencies}
   */
  Currency currency(Line line) {
    return currency(line, lineCurrency);
  }

  private Currency currency(Line line, RowText field) {
    String code = field.of(line);
    if (code.isEmpty() && sum.currency() != null) {
      return sum.currency();
    }
    if (sum.currency() == null) {
      sum.currency(cells.currency(line, code));
    } else if (!code.equalsIgnoreCase(sum.currency().getCurrencyCode())) {
      throw cells.rejected(
          line,
          "mixed-currencies",
          "is in %s, but the statement is in %s".formatted(code, sum.currency()));
    }
    return sum.currency();
  }
}
