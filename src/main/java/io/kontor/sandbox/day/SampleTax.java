package io.kontor.sandbox.day;

import java.math.BigDecimal;

/**
 * A tax that the day's documents state, so that it can be created in Odoo.
 *
 * @param place {@code de}, {@code us-ky}
 * @param rate in percent, without trailing zeros: 19, 2.25
 * @param included whether the prices it applies to contain it
 */
public record SampleTax(String entity, String place, BigDecimal rate, boolean included)
    implements Comparable<SampleTax> {

  /** As the tax table names it: {@code nordwind/de:19/incl}. */
  public String name() {
    return entity + "/" + place + ":" + rate.toPlainString() + "/" + (included ? "incl" : "excl");
  }

  @Override
  public int compareTo(SampleTax other) {
    return name().compareTo(other.name());
  }
}
