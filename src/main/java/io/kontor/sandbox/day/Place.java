package io.kontor.sandbox.day;

import java.math.BigDecimal;
import java.util.List;

/**
 * Where goods arrive, and which sales taxes a shop adds there.
 *
 * @param state two letters; empty outside the United States
 * @param taxes in the order in which a shop prints them; none where a state has no sales tax
 * @param freightTaxed whether the state taxes shipping
 */
record Place(
    String country,
    String countryName,
    String city,
    String state,
    String stateName,
    String county,
    String postcode,
    List<SalesTax> taxes,
    boolean freightTaxed) {

  /** One authority's tax, as a share: 0.06. */
  record SalesTax(String title, BigDecimal rate) {}

  /** All of the taxes together, as a share. */
  BigDecimal rate() {
    return taxes.stream().map(SalesTax::rate).reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
