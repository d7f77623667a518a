package io.kontor.odoo;

import io.kontor.failure.UnmappedFailure;
import io.kontor.money.Money;
import io.kontor.odoo.document.ExternalIds;
import io.kontor.odoo.document.OdooCompany;
import io.kontor.odoo.document.OdooOrder;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The line by which Odoo's total comes to equal the channel's, where the two rounded differently.
 */
record Rounding(long product, long zeroTax) {

  /** The product such lines sell. */
  static final String PRODUCT = "kontor.rounding";

  /**
   * Looks up what a rounding line needs.
   *
   * @throws UnmappedFailure where Odoo has no rounding product, or the company no such tax
   */
  static Rounding of(References references, OdooCompany company) {
    Long product = references.products().byExternalId(Set.of(PRODUCT)).get(PRODUCT);
    if (product == null) {
      throw new UnmappedFailure(
          "unknown-product", PRODUCT, "Odoo has no product with the external id " + PRODUCT);
    }
    Long tax = references.taxes(Set.of(company.zeroTax())).get(company.zeroTax());
    if (tax == null) {
      throw new UnmappedFailure(
          "unknown-tax",
          company.zeroTax(),
          "Odoo has no tax with the external id " + company.zeroTax());
    }
    return new Rounding(product, tax);
  }

  static String externalId(OdooOrder order) {
    return ExternalIds.derived(order.externalId(), "rounding");
  }

  /** What the order's rounding line, if it has one, adds to its total. */
  static Money line(Map<String, LineInOdoo> lines, OdooOrder order) {
    LineInOdoo line = lines.get(externalId(order));
    return line == null
        ? Money.zero(order.currency())
        : Money.rounded(line.unitPrice().multiply(line.quantity()), order.currency());
  }

  /** Whether the difference is small enough to be a question of rounding. */
  static boolean isWithinLimit(Money rounding, OdooOrder order) {
    return io.kontor.money.Rounding.explains(rounding, order.lines().size());
  }

  List<String> cells(OdooOrder order, Money rounding) {
    return OrderRows.cells(
        externalId(order),
        product,
        "Rounding",
        rounding.isZero() ? BigDecimal.ZERO : BigDecimal.ONE,
        rounding.amount(),
        Set.of(zeroTax));
  }
}
