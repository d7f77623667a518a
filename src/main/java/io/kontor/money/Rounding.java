package io.kontor.money;

import java.math.BigDecimal;

/** Which differences between a stated total and the sum of its lines are rounding. */
public final class Rounding {

  private static final BigDecimal PER_LINE = new BigDecimal("0.01");
  private static final BigDecimal MOST = new BigDecimal("0.05");

  private Rounding() {}

  /**
   * Whether a difference goes to the rounding account: at most min(0.01 × lines, 0.05) units of the
   * currency. More is for a person; nothing is ever plugged.
   */
  public static boolean explains(Money difference, long lines) {
    BigDecimal limit = PER_LINE.multiply(BigDecimal.valueOf(lines)).min(MOST);
    return difference.amount().abs().compareTo(limit) <= 0;
  }
}
