package io.kontor.sandbox.day;

import io.kontor.money.Money;

/**
 * Something that the two companies sell.
 *
 * @param sku the stock keeping unit: what the web stores and the marketplace call it, and Odoo's
 *     internal reference
 * @param gtin thirteen digits: what the tills call it (NCR writes it with a leading zero)
 * @param usd the list price in dollars, without tax
 * @param eur the list price in euros, tax included
 * @param vat the German VAT in percent: 19 or 7; 0 for a gift card
 * @param taxedInUs whether US sales tax applies; food for the home is exempt where our stores are
 * @param byWeight whether tills weigh it: the price is that of one pound or kilogram
 * @param storable whether stock of it is kept
 * @param group the merchandise group that tills print
 */
public record Product(
    String sku,
    String gtin,
    String name,
    Money usd,
    Money eur,
    int vat,
    boolean taxedInUs,
    boolean byWeight,
    boolean storable,
    String group) {

  boolean isGiftCard() {
    return vat == 0;
  }
}
