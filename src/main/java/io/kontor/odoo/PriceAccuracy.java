package io.kontor.odoo;

import io.kontor.money.Money;
import io.kontor.money.UnitPrice;
import io.kontor.odoo.document.ExternalIds;
import io.kontor.odoo.document.OdooLine;
import io.kontor.odoo.document.OdooOrder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.Stream;

/**
 * How many decimals of a unit price a database keeps: from Odoo 19 all of them, before as many as
 * its decimal accuracy <i>Product Price</i> says, which is two where nobody changed it. There a
 * third of 20.00 becomes 6.67, and the line 20.01.
 *
 * @param decimals how many a unit price may have, not counting zeros at its end
 */
record PriceAccuracy(int decimals) {

  /** The field of an order's line whose digits the setting makes. */
  static final String FIELD = "price_unit";

  /** From this version on, a price is kept as it is sent. */
  static final int EXACT_FROM = 19;

  /** What belongs to the units that cost the smallest step more than the others of their line. */
  private static final String DEARER = "dearer";

  /**
   * The same order, to the cent, in prices that the database keeps: a line whose price has too many
   * decimals becomes two, some units at the price below and the others at the one above. Three for
   * 20.00 are one at 6.66 and two at 6.67. Where units cannot be told apart, as with weights, the
   * price is rounded, and what it lacks is left to the order's rounding line.
   */
  OdooOrder applied(OdooOrder order) {
    return order.with(order.lines().stream().flatMap(this::split).toList());
  }

  private Stream<OdooLine> split(OdooLine line) {
    BigDecimal exact = line.unitPrice().value().stripTrailingZeros();
    if (exact.scale() <= decimals) {
      return Stream.of(line);
    }
    Money amount = line.unitPrice().times(line.quantity());
    OdooLine rounded = priced(line, exact.setScale(decimals, RoundingMode.HALF_UP));
    BigDecimal units = line.quantity().abs().stripTrailingZeros();
    if (rounded.unitPrice().times(line.quantity()).equals(amount)
        || units.scale() > 0
        || amount.amount().scale() > decimals) {
      return Stream.of(rounded);
    }
    BigDecimal step = BigDecimal.ONE.movePointLeft(decimals);
    BigDecimal below = amount.amount().abs().divide(units, decimals, RoundingMode.DOWN);
    BigDecimal dearer =
        amount.amount().abs().subtract(below.multiply(units)).divide(step).stripTrailingZeros();
    BigDecimal sign = BigDecimal.valueOf(exact.signum());
    return List.of(
        part(line, line.externalId(), units.subtract(dearer), below.multiply(sign)),
        part(
            line,
            ExternalIds.derived(line.externalId(), DEARER),
            dearer,
            below.add(step).multiply(sign)))
        .stream();
  }

  private static OdooLine priced(OdooLine line, BigDecimal price) {
    return part(line, line.externalId(), line.quantity().abs(), price);
  }

  private static OdooLine part(
      OdooLine line, String externalId, BigDecimal units, BigDecimal price) {
    return new OdooLine(
        externalId,
        line.item(),
        line.description(),
        line.quantity().signum() < 0 ? units.negate() : units,
        new UnitPrice(price, line.unitPrice().currency()),
        line.taxes());
  }
}
