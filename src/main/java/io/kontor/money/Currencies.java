package io.kontor.money;

import java.util.Currency;
import java.util.Locale;

/** ISO 4217 codes as they come from outside. */
public final class Currencies {

  private Currencies() {}

  /**
   * Looks a code up.
   *
   * @throws IllegalArgumentException if the code is not an ISO 4217 currency that is paid in (so
   *     neither {@code XAU} nor {@code XXX})
   */
  public static Currency of(String code) {
    if (code == null || !code.equals(code.toUpperCase(Locale.ROOT))) {
      throw new IllegalArgumentException("unknown currency '%s'".formatted(code));
    }
    Currency currency;
    try {
      currency = Currency.getInstance(code);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("unknown currency '%s'".formatted(code), e);
    }
    if (currency.getDefaultFractionDigits() < 0) {
      throw new IllegalArgumentException("'%s' is not a currency one pays in".formatted(code));
    }
    return currency;
  }
}
