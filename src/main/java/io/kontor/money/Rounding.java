package io.kontor.money;

/** Which differences between a stated total and the sum of its lines are rounding. */
public final class Rounding {

  private static final long MOST = 5;

  private Rounding() {}

  /**
   * Whether a difference goes to the rounding account: at most min(0.01 × lines, 0.05), where 0.01
   * stands for the smallest unit of the currency (a cent, a yen, a fils). More is for a person;
   * nothing is ever plugged.
   */
  public static boolean explains(Money difference, long lines) {
    return difference.abs().minorUnits() <= Math.min(lines, MOST);
  }
}
