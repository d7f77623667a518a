package io.kontor.money;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Decimal numbers as canonical documents write them: plain, with a point, never in exponents. */
public final class Decimals {

  private static final Pattern PLAIN = Pattern.compile("-?[0-9]{1,30}(\\.[0-9]{1,12})?");

  private Decimals() {}

  /**
   * Reads a plain decimal number exactly.
   *
   * @throws IllegalArgumentException if the text is not a plain decimal number
   */
  public static BigDecimal parse(String text) {
    if (text == null || !PLAIN.matcher(text).matches()) {
      throw new IllegalArgumentException("'%s' is not a decimal number".formatted(text));
    }
    return new BigDecimal(text);
  }
}
