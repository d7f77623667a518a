package io.kontor.sandbox.day;

import io.kontor.money.Money;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * One tax on one line.
 *
 * @param rate as a share: 0.19
 */
record TaxPart(String title, BigDecimal rate, Money amount) {

  /** A tax that is added to {@code net}: rounded half up, line by line, as Shopify does. */
  static TaxPart on(Money net, String title, BigDecimal rate) {
    return new TaxPart(title, rate, Money.rounded(net.amount().multiply(rate), net.currency()));
  }

  /** The tax that is contained in {@code gross}. */
  static TaxPart within(Money gross, String title, BigDecimal rate) {
    BigDecimal share = rate.divide(rate.add(BigDecimal.ONE), MathContext.DECIMAL64);
    return new TaxPart(
        title, rate, Money.rounded(gross.amount().multiply(share), gross.currency()));
  }

  /** Every tax of {@code place} on a net amount. */
  static List<TaxPart> of(Place place, Money net) {
    List<TaxPart> taxes = new ArrayList<>();
    for (Place.SalesTax tax : place.taxes()) {
      taxes.add(on(net, tax.title(), tax.rate()));
    }
    return List.copyOf(taxes);
  }

  /** German VAT in a price that includes it. */
  static List<TaxPart> vat(Money gross, int percent) {
    return percent == 0
        ? List.of()
        : List.of(within(gross, "MwSt", BigDecimal.valueOf(percent, 2)));
  }

  static Money total(List<TaxPart> taxes, Money sameCurrency) {
    return Money.sum(taxes.stream().map(TaxPart::amount).toList(), sameCurrency.currency());
  }
}
