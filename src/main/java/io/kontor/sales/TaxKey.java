package io.kontor.sales;

import io.kontor.money.Money;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Which tax it is: where the goods arrive, at which rate, under which scheme.
 *
 * @param country ISO 3166 code in lower case, with a region where the tax is the region's: {@code
 *     de}, {@code us-ky}
 * @param rate in percent: 19, 7.75
 */
public record TaxKey(String country, BigDecimal rate, TaxScheme scheme) {

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final Pattern COUNTRY = Pattern.compile("[a-z]{2}(-[a-z0-9]{1,3})?");

  public TaxKey {
    if (!COUNTRY.matcher(country).matches()) {
      throw new IllegalArgumentException("'%s' is not a country (de, us-ky)".formatted(country));
    }
    Objects.requireNonNull(scheme, "scheme");
    rate = plain(rate);
  }

  /**
   * The tax in a gross amount: {@code rate / (100 + rate)} of it, what is left of rounding the net.
   */
  public Money within(Money gross) {
    BigDecimal net =
        gross.amount().multiply(HUNDRED).divide(HUNDRED.add(rate), MathContext.DECIMAL128);
    return gross.minus(Money.rounded(net, gross.currency()));
  }

  private static BigDecimal plain(BigDecimal rate) {
    BigDecimal stripped = rate.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  /** As accounts are qualified by it: {@code de:19}, {@code fr:20:oss}. */
  @Override
  public String toString() {
    String place = country + ":" + rate.toPlainString();
    return scheme == TaxScheme.DOMESTIC ? place : place + ":" + scheme.word();
  }
}
