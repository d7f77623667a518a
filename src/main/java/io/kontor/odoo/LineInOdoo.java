package io.kontor.odoo;

import io.kontor.odoo.document.OdooLine;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Set;

/** A line of an order as Odoo has it; the external id is one of Kontor's. */
record LineInOdoo(
    long odooId,
    String externalId,
    long product,
    String name,
    BigDecimal quantity,
    BigDecimal unitPrice,
    BigDecimal discount,
    Set<Long> taxes) {

  /** Unit prices travel as binary fractions: beyond eight decimals nothing is meant. */
  private static final int DECIMALS = 8;

  boolean says(long product, OdooLine line, Set<Long> taxes) {
    return this.product == product
        && same(quantity, line.quantity())
        && same(unitPrice, line.unitPrice().value())
        && discount.signum() == 0
        && this.taxes.equals(taxes);
  }

  private static boolean same(BigDecimal one, BigDecimal other) {
    return one.setScale(DECIMALS, RoundingMode.HALF_UP)
            .compareTo(other.setScale(DECIMALS, RoundingMode.HALF_UP))
        == 0;
  }
}
