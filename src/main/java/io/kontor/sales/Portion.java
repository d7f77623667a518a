package io.kontor.sales;

import io.kontor.money.Money;
import java.util.Optional;

/**
 * A portion of a refund: what it is for and whether that had been shipped.
 *
 * @param line empty when it is for nothing in particular
 * @param shippedTax the tax in the shipped part, if the channel stated it
 * @param reduces whether the unshipped part lowers what later shipments recognise; the price of
 *     cancelled units does not, because no shipment will take those
 */
record Portion(
    Optional<RunningLine> line,
    Money shipped,
    Optional<Money> shippedTax,
    Money unshipped,
    Optional<Money> unshippedTax,
    boolean reduces) {

  static Portion ofShipped(Optional<RunningLine> line, Money gross, Optional<Money> tax) {
    return new Portion(line, gross, tax, Money.zero(gross.currency()), Optional.empty(), false);
  }

  static Portion ofUnshipped(
      Optional<RunningLine> line, Money gross, Optional<Money> tax, boolean reduces) {
    return new Portion(line, Money.zero(gross.currency()), Optional.empty(), gross, tax, reduces);
  }
}
