package io.kontor.mapping.statement;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;

/**
 * Units that a row counts without an amount: wide settlements say how many were sold in a row
 * before those that say for how much. They are units of the lines that follow for the same order
 * and SKU, and of each code once: what an item costs may stand in two rows, and is not sold twice.
 * Not thread-safe.
 */
final class StatementUnits {

  private String order = "";
  private String sku = "";
  private BigDecimal units = BigDecimal.ZERO;
  private final Set<String> codes = new HashSet<>();

  /** A row that holds no line counts an item. */
  void counted(String ofOrder, String ofSku, BigDecimal many) {
    order = ofOrder;
    sku = ofSku;
    units = many;
    codes.clear();
  }

  /** The units of a line that states none itself. */
  BigDecimal of(String ofOrder, String ofSku, String code) {
    if (units.signum() == 0) {
      return units;
    }
    if (!order.equals(ofOrder) || !sku.equals(ofSku)) {
      counted("", "", BigDecimal.ZERO);
    }
    return codes.add(code) ? units : BigDecimal.ZERO;
  }
}
