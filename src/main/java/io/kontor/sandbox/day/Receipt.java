package io.kontor.sandbox.day;

import io.kontor.money.Money;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/**
 * What a till rang up, in nobody's format.
 *
 * @param number the till's running number
 * @param closedAt by the store's clock
 * @param returnOf the number of the receipt that a return brings back; for notes only
 */
record Receipt(
    Store store,
    int till,
    int number,
    LocalDateTime closedAt,
    List<Line> lines,
    List<Tender> tenders,
    Optional<Integer> returnOf,
    String note) {

  Receipt {
    lines = List.copyOf(lines);
    tenders = List.copyOf(tenders);
  }

  /** A store of ours, and its tax. */
  record Store(
      String number, String name, Currency currency, boolean taxIncluded, BigDecimal salesTax) {}

  /** What happened to the goods of a line. */
  enum Move {
    SOLD,
    /** Rung up by mistake and taken out again by a line with the opposite sign. */
    VOIDED,
    RETURNED
  }

  /**
   * One line.
   *
   * @param quantity negative when voided or returned
   * @param amount what the line adds to the total before reward; has the quantity's sign
   * @param reward taken off by a loyalty reward: zero or negative
   */
  record Line(
      Product product, Move move, BigDecimal quantity, Money price, Money amount, Money reward) {

    Money worth() {
      return amount.plus(reward);
    }
  }

  /** How a receipt is paid. */
  enum TenderKind {
    CASH,
    CREDIT,
    DEBIT,
    GIFT_CARD
  }

  /**
   * @param amount negative when it goes to the customer
   * @param change whether it is what was given back from a larger tender
   * @param rounding what cash rounding added to the amount
   */
  record Tender(TenderKind kind, Money amount, boolean change, Money rounding) {}

  Money zero() {
    return Money.zero(store.currency());
  }

  /** The lines, without the tax that is added to them. */
  Money goods() {
    return sum(lines.stream().map(Line::worth).toList());
  }

  Money taxable() {
    return sum(lines.stream().filter(l -> l.product().taxedInUs()).map(Line::worth).toList());
  }

  /** The sales tax that is added; zero where prices contain the tax. */
  Money addedTax() {
    return store.taxIncluded()
        ? zero()
        : TaxPart.on(taxable(), "TaxID1", store.salesTax()).amount();
  }

  Money total() {
    return goods().plus(addedTax());
  }

  Money tendered() {
    return sum(tenders.stream().map(Tender::amount).toList());
  }

  private Money sum(List<Money> amounts) {
    return Money.sum(amounts, store.currency());
  }
}
