package io.kontor.sandbox.day;

import io.kontor.money.Money;
import java.math.BigDecimal;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/**
 * What somebody bought, in nobody's format.
 *
 * @param id the vendor's id
 * @param reference what buyer and seller call it
 * @param buyer empty for a guest without an address
 * @param taxIncluded whether prices and discounts contain the taxes
 * @param freight empty if nothing is sent
 * @param discountCode empty if none was given
 */
record Sale(
    String id,
    String reference,
    ZonedDateTime placedAt,
    Buyer buyer,
    boolean guest,
    boolean taxIncluded,
    Currency currency,
    List<Line> lines,
    Optional<Freight> freight,
    Optional<Discount> discountCode) {

  Sale {
    lines = List.copyOf(lines);
  }

  /**
   * Units of one product.
   *
   * @param price of one unit
   * @param discount for the whole line
   */
  record Line(
      long id, Product product, int quantity, Money price, Money discount, List<TaxPart> taxes) {

    Money listed() {
      return Money.of(price.amount().multiply(BigDecimal.valueOf(quantity)), price.currency());
    }

    Money discounted() {
      return listed().minus(discount);
    }

    Money tax() {
      return TaxPart.total(taxes, price);
    }
  }

  /** What sending it costs the buyer. */
  record Freight(long id, String title, Money price, Money discount, List<TaxPart> taxes) {

    Money discounted() {
      return price.minus(discount);
    }

    Money tax() {
      return TaxPart.total(taxes, price);
    }
  }

  /** A code that takes {@code percent} off the goods, or all of the freight. */
  record Discount(String code, int percent, boolean onFreight) {}

  /** The goods at list price. */
  Money listed() {
    return Money.sum(lines.stream().map(Line::listed).toList(), currency);
  }

  /** The goods after discounts. */
  Money subtotal() {
    return Money.sum(lines.stream().map(Line::discounted).toList(), currency);
  }

  Money freightPaid() {
    return freight.map(Freight::discounted).orElse(Money.zero(currency));
  }

  Money discounts() {
    return listed()
        .minus(subtotal())
        .plus(freight.map(Freight::discount).orElse(Money.zero(currency)));
  }

  List<TaxPart> taxes() {
    List<TaxPart> taxes = new ArrayList<>();
    lines.forEach(line -> taxes.addAll(line.taxes()));
    freight.ifPresent(sent -> taxes.addAll(sent.taxes()));
    return taxes;
  }

  Money tax() {
    return TaxPart.total(taxes(), Money.zero(currency));
  }

  /** What the buyer pays. */
  Money total() {
    Money total = subtotal().plus(freightPaid());
    return taxIncluded ? total : total.plus(tax());
  }

  Sale withLines(List<Line> changed) {
    return new Sale(
        id,
        reference,
        placedAt,
        buyer,
        guest,
        taxIncluded,
        currency,
        changed,
        freight,
        discountCode);
  }
}
