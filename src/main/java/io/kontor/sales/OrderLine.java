package io.kontor.sales;

import io.kontor.money.Money;
import io.kontor.money.UnitPrice;
import java.math.BigDecimal;
import java.util.List;

/**
 * One line of an order: goods, or a charge such as shipping.
 *
 * @param externalId the channel's id of the line, unique within the order
 * @param sku the seller's stock keeping unit; empty for a charge, never empty for goods
 * @param quantity units ordered, positive
 * @param unitPrice as the channel states it: with tax if the order's prices include it
 * @param discount for the whole line, positive, on the same basis as the price
 * @param gross what the buyer pays for the line after discount, tax included
 * @param taxes by key; empty means the channel stated that there is none
 * @param goesWith of a charge, the line with whose units it is shipped and so recognised; empty if
 *     it goes with whatever is shipped of the order
 */
public record OrderLine(
    String externalId,
    LineKind kind,
    String sku,
    String title,
    BigDecimal quantity,
    UnitPrice unitPrice,
    Money discount,
    Money gross,
    List<Tax> taxes,
    String goesWith) {

  public OrderLine {
    taxes = List.copyOf(taxes);
    if (quantity.signum() <= 0) {
      throw new IllegalArgumentException(
          "line %s: quantity %s is not positive".formatted(externalId, quantity));
    }
  }

  /** A line that goes by itself. */
  public OrderLine(
      String externalId,
      LineKind kind,
      String sku,
      String title,
      BigDecimal quantity,
      UnitPrice unitPrice,
      Money discount,
      Money gross,
      List<Tax> taxes) {
    this(externalId, kind, sku, title, quantity, unitPrice, discount, gross, taxes, "");
  }

  /**
   * Makes a line from what channels state. The channel's own figures are authoritative: net is
   * never computed from a rate.
   *
   * @param taxIncluded whether {@code unitPrice} and {@code discount} contain the taxes
   */
  public static OrderLine of(
      String externalId,
      LineKind kind,
      String sku,
      String title,
      BigDecimal quantity,
      UnitPrice unitPrice,
      Money discount,
      List<Tax> taxes,
      boolean taxIncluded) {
    Money priced = unitPrice.times(quantity).minus(discount);
    Money gross = taxIncluded ? priced : priced.plus(total(taxes, discount));
    return new OrderLine(externalId, kind, sku, title, quantity, unitPrice, discount, gross, taxes);
  }

  public Money tax() {
    return total(taxes, gross);
  }

  public Money net() {
    return gross.minus(tax());
  }

  private static Money total(List<Tax> taxes, Money sameCurrency) {
    return Money.sum(taxes.stream().map(Tax::amount).toList(), sameCurrency.currency());
  }
}
