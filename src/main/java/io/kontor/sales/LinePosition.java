package io.kontor.sales;

import java.math.BigDecimal;

/**
 * Where one line of an order stands.
 *
 * @param line as it was ordered
 * @param cancelled units taken off before they were sent
 * @param shipped units sent
 * @param returned units that came back
 */
public record LinePosition(
    OrderLine line, BigDecimal cancelled, BigDecimal shipped, BigDecimal returned) {

  public BigDecimal ordered() {
    return line.quantity();
  }

  /** Units ordered and not cancelled; never negative. */
  public BigDecimal standing() {
    return ordered().subtract(cancelled).max(BigDecimal.ZERO);
  }
}
