package io.kontor.reconcile;

import io.kontor.mapping.RateCard;
import io.kontor.money.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;

/** Holds a fee that a settlement charged for an item against the rate card. Immutable. */
public final class FeeCheck {

  private final RateCard rates;

  public FeeCheck(RateCard rates) {
    this.rates = rates;
  }

  /**
   * An item's fee of one kind in one settlement.
   *
   * @param fee the fee's role: {@code fee.commission}
   * @param units how many were sold
   * @param base what the fee is a percentage of: sales less what went back
   * @param charged positive when the channel takes it
   */
  public record Charge(
      String fee,
      String order,
      String sku,
      BigDecimal units,
      Money base,
      Money charged,
      long lines) {}

  /** A fee that is not what the card says; the money at stake is charged less expected. */
  public record Finding(Cause cause, Charge charge, Money expected) {

    /** What was charged too much; negative if too little. */
    public Money atStake() {
      return charge.charged().minus(expected);
    }
  }

  /**
   * Checks one fee.
   *
   * @param on the day whose rates hold
   * @return empty if it is right, or if the card says nothing of it
   */
  public Optional<Finding> check(Charge charge, LocalDate on) {
    Optional<Money> expected =
        rates.expected(charge.fee(), charge.sku(), charge.units(), charge.base(), on);
    if (expected.isEmpty() || isRounding(expected.get(), charge)) {
      return Optional.empty();
    }
    return Optional.of(
        new Finding(cause(expected.get(), charge.charged()), charge, expected.get()));
  }

  /** Channels round each unit or each line: a cent a unit or line is no finding. */
  private static boolean isRounding(Money expected, Charge charge) {
    long most = Math.max(charge.units().abs().longValue(), 1);
    return charge.charged().minus(expected).abs().minorUnits() <= most;
  }

  private static Cause cause(Money expected, Money charged) {
    if (charged.isZero()) {
      return Cause.NOT_CHARGED;
    }
    Money twice = expected.plus(expected);
    boolean isTwice = !expected.isZero() && charged.minus(twice).abs().minorUnits() <= 1;
    return isTwice ? Cause.CHARGED_TWICE : Cause.RATE;
  }
}
