package io.kontor.ledger;

import io.kontor.money.Money;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;

/**
 * An entry as a set of books takes it: of one currency, with account codes. Balanced, since what it
 * is made of is.
 *
 * @param reference unique for ever; what makes posting it twice impossible
 */
public record BookEntry(
    String reference, LocalDate date, String narration, Currency currency, List<Line> lines) {

  public BookEntry {
    lines = List.copyOf(lines);
    Money sum = Money.sum(lines.stream().map(Line::amount).toList(), currency);
    if (!sum.isZero()) {
      throw new UnbalancedEntryException(reference, sum);
    }
    lines.stream()
        .map(Line::functional)
        .reduce(Money::plus)
        .filter(rest -> !rest.isZero())
        .ifPresent(
            rest -> {
              throw new UnbalancedEntryException(reference, rest);
            });
  }

  /**
   * One line.
   *
   * @param account in the subledger; it qualifies what the code may not
   * @param code the account's code in the books
   * @param name what people call that account
   * @param type its type in Odoo's words
   * @param file its name in file books
   * @param amount a debit is positive
   * @param functional the same in the currency of the books
   */
  public record Line(
      Account account,
      String code,
      String name,
      String type,
      String file,
      Money amount,
      Money functional) {

    /** As a posting to the subledger's account. */
    public Posting posting() {
      return new Posting(account, amount, functional);
    }
  }
}
