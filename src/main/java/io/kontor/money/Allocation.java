package io.kontor.money;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Splits an amount so that the parts always add up to it. */
public final class Allocation {

  private Allocation() {}

  /**
   * Splits {@code total} in proportion to {@code weights} by the largest remainder: every part is
   * cut to the smallest unit, and the units left over go one each to the parts that lost most.
   *
   * @param weights none negative; if all are zero they count as equal
   * @throws IllegalArgumentException if there is no weight or one is negative
   */
  public static List<Money> byWeight(Money total, List<BigDecimal> weights) {
    if (weights.isEmpty() || weights.stream().anyMatch(w -> w.signum() < 0)) {
      throw new IllegalArgumentException("weights must be given and not negative: " + weights);
    }
    BigDecimal sum = weights.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    if (sum.signum() == 0) {
      return byWeight(total, weights.stream().map(w -> BigDecimal.ONE).toList());
    }
    long units = total.minorUnits();
    long[] parts = new long[weights.size()];
    List<BigDecimal> remainders = new ArrayList<>();
    long given = 0;
    for (int i = 0; i < parts.length; i++) {
      BigDecimal exact = weights.get(i).multiply(BigDecimal.valueOf(Math.abs(units)));
      BigInteger whole = exact.divideToIntegralValue(sum).toBigInteger();
      parts[i] = whole.longValueExact();
      given += parts[i];
      remainders.add(exact.subtract(sum.multiply(new BigDecimal(whole))));
    }
    List<Integer> byRemainder =
        IntStream.range(0, parts.length)
            .boxed()
            .sorted(Comparator.comparing((Integer i) -> remainders.get(i)).reversed())
            .toList();
    for (int i = 0; i < Math.abs(units) - given; i++) {
      parts[byRemainder.get(i)]++;
    }
    long sign = Long.signum(units);
    List<Money> split = new ArrayList<>();
    for (long part : parts) {
      split.add(Money.ofMinorUnits(sign * part, total.currency()));
    }
    return split;
  }

  /**
   * The share of {@code total} that {@code part} of {@code whole} carries when shares are taken one
   * after the other: what all of {@code taken + part} carries less what {@code taken} carried, so
   * that the last share takes the remainder.
   *
   * @param taken how much of {@code whole} went before; not negative
   */
  public static Money nextShare(Money total, BigDecimal whole, BigDecimal taken, BigDecimal part) {
    return upTo(total, whole, taken.add(part)).minus(upTo(total, whole, taken));
  }

  private static Money upTo(Money total, BigDecimal whole, BigDecimal quantity) {
    if (whole.signum() == 0) {
      throw new IllegalArgumentException("cannot take a share of nothing");
    }
    BigDecimal exact =
        total
            .amount()
            .multiply(quantity)
            .divide(whole, total.amount().scale(), RoundingMode.HALF_UP);
    return Money.of(exact, total.currency());
  }
}
