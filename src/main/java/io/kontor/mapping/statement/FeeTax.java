package io.kontor.mapping.statement;

import io.kontor.money.Decimals;
import io.kontor.words.Words;
import java.math.BigDecimal;

/**
 * How a fee is taxed, as the column {@code tax} of a code table says it. It depends on who is
 * billed, so a channel may say it anew.
 *
 * @param rate in percent; zero where no rate is stated
 */
public record FeeTax(Kind kind, BigDecimal rate) {

  /** The fee bears no tax, or nothing is known of it. */
  public static final FeeTax NONE = new FeeTax(Kind.NONE, BigDecimal.ZERO);

  private static final int MOST_PERCENT = 100;

  /** Where the tax of a fee is. */
  public enum Kind {
    NONE,
    /** Within the amount: the part {@code rate / (100 + rate)} of it. */
    INCLUDED,
    /** In a line of its own, on {@code tax-on-fees}. */
    SEPARATE,
    /** Owed by the seller instead of the channel, upon the amount. */
    REVERSE_CHARGE
  }

  public FeeTax {
    boolean rated = kind == Kind.INCLUDED || kind == Kind.REVERSE_CHARGE;
    if (rated != (rate.signum() > 0) || rate.compareTo(BigDecimal.valueOf(MOST_PERCENT)) > 0) {
      throw new IllegalArgumentException(
          "'%s %s' is not a tax: included and reverse-charge have a rate in percent above 0, the others none"
              .formatted(Words.of(kind), rate.toPlainString()));
    }
  }

  /**
   * Reads {@code none} (or nothing), {@code included 19}, {@code separate} or {@code reverse-charge
   * 19}.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  public static FeeTax of(String text) {
    String[] words = text.strip().split("\\s+", -1);
    if (words.length == 1 && words[0].isEmpty()) {
      return NONE;
    }
    for (Kind kind : Kind.values()) {
      if (words.length <= 2 && words[0].equals(Words.of(kind))) {
        return new FeeTax(kind, words.length == 2 ? Decimals.parse(words[1]) : BigDecimal.ZERO);
      }
    }
    throw new IllegalArgumentException(
        "'%s' is none of none, included RATE, separate, reverse-charge RATE".formatted(text));
  }

  @Override
  public String toString() {
    return rate.signum() == 0 ? Words.of(kind) : Words.of(kind) + " " + rate.toPlainString();
  }
}
