package io.kontor.money;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Objects;

/**
 * An exact amount of one currency, always at the currency's own scale (EUR 2, JPY 0, KWD 3).
 *
 * <p>Two amounts are equal when currency and value are; amounts of different currencies cannot be
 * added or compared.
 */
public record Money(BigDecimal amount, Currency currency) implements Comparable<Money> {

  /** The most integer digits an amount may have: the ledger's columns are {@code NUMERIC(19,4)}. */
  private static final int MOST_INTEGER_DIGITS = 15;

  public Money {
    Objects.requireNonNull(amount, "amount");
    Objects.requireNonNull(currency, "currency");
    int scale = currency.getDefaultFractionDigits();
    if (amount.stripTrailingZeros().scale() > scale) {
      throw new IllegalArgumentException(
          "amount %s has more decimals than %s allows (%d)"
              .formatted(amount.toPlainString(), currency, scale));
    }
    amount = amount.setScale(scale);
    if (amount.precision() - amount.scale() > MOST_INTEGER_DIGITS) {
      throw new IllegalArgumentException(
          "amount %s %s has more than %d integer digits"
              .formatted(amount.toPlainString(), currency, MOST_INTEGER_DIGITS));
    }
  }

  /**
   * Reads a decimal string, such as {@code "19.99"}.
   *
   * @throws IllegalArgumentException if it is not a plain decimal number, if the currency is
   *     unknown or has no minor unit, or if there are more decimals than the currency has
   */
  public static Money of(String amount, String currency) {
    return new Money(Decimals.parse(amount), Currencies.of(currency));
  }

  public static Money of(BigDecimal amount, Currency currency) {
    return new Money(amount, currency);
  }

  /**
   * Rounds half up to the currency's scale: the only way by which a computed value becomes money.
   */
  public static Money rounded(BigDecimal value, Currency currency) {
    return new Money(
        value.setScale(currency.getDefaultFractionDigits(), RoundingMode.HALF_UP), currency);
  }

  public static Money zero(Currency currency) {
    return new Money(BigDecimal.ZERO, currency);
  }

  /** An amount of {@code minorUnits} cents (or whatever the smallest unit of the currency is). */
  public static Money ofMinorUnits(long minorUnits, Currency currency) {
    return new Money(BigDecimal.valueOf(minorUnits, currency.getDefaultFractionDigits()), currency);
  }

  /** Adds amounts of one currency; the sum of none is zero. */
  public static Money sum(Iterable<Money> amounts, Currency currency) {
    Money sum = zero(currency);
    for (Money amount : amounts) {
      sum = sum.plus(amount);
    }
    return sum;
  }

  public Money plus(Money other) {
    return new Money(amount.add(sameCurrency(other).amount), currency);
  }

  public Money minus(Money other) {
    return new Money(amount.subtract(sameCurrency(other).amount), currency);
  }

  public Money negated() {
    return new Money(amount.negate(), currency);
  }

  public Money abs() {
    return new Money(amount.abs(), currency);
  }

  public Money min(Money other) {
    return compareTo(other) <= 0 ? this : other;
  }

  public Money max(Money other) {
    return compareTo(other) >= 0 ? this : other;
  }

  public boolean isZero() {
    return amount.signum() == 0;
  }

  public boolean isPositive() {
    return amount.signum() > 0;
  }

  public boolean isNegative() {
    return amount.signum() < 0;
  }

  public long minorUnits() {
    return amount.unscaledValue().longValueExact();
  }

  @Override
  public int compareTo(Money other) {
    return amount.compareTo(sameCurrency(other).amount);
  }

  /** The amount alone, as it is written in canonical JSON: {@code "19.99"}. */
  public String plain() {
    return amount.toPlainString();
  }

  @Override
  public String toString() {
    return plain() + " " + currency.getCurrencyCode();
  }

  private Money sameCurrency(Money other) {
    if (!currency.equals(other.currency)) {
      throw new IllegalArgumentException(
          "cannot mix %s and %s".formatted(currency, other.currency));
    }
    return other;
  }
}
