package io.kontor.money;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Objects;

/**
 * The price of one unit, which may have more decimals than money has: 6.6667 EUR a piece makes
 * 20.00 EUR for three.
 */
public record UnitPrice(BigDecimal value, Currency currency) {

  /** The ledger's column is {@code NUMERIC(19,8)}. */
  private static final int MOST_DECIMALS = 8;

  public UnitPrice {
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(currency, "currency");
    if (value.stripTrailingZeros().scale() > MOST_DECIMALS) {
      throw new IllegalArgumentException(
          "unit price %s has more than %d decimals"
              .formatted(value.toPlainString(), MOST_DECIMALS));
    }
  }

  public static UnitPrice of(String value, String currency) {
    return new UnitPrice(Decimals.parse(value), Currencies.of(currency));
  }

  /** The price of {@code quantity} units, rounded half up to the currency's scale. */
  public Money times(BigDecimal quantity) {
    return Money.rounded(value.multiply(quantity), currency);
  }
}
