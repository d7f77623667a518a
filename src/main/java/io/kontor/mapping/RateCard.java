package io.kontor.mapping;

import io.kontor.money.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What a channel has agreed to charge: {@code mappings/channels/<id>/rate-card.csv}. Immutable.
 *
 * @param rates in the order of the file; of those that fit, the one whose SKU is the most exact
 *     counts, and of these the first
 */
public record RateCard(List<Rate> rates) {

  public static final String COMMISSION = "fee.commission";
  public static final String FULFILMENT = "fee.fulfilment";

  /** The rate card of a channel that has none: nothing is expected, so nothing differs. */
  public static final RateCard NONE = new RateCard(List.of());

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  public RateCard {
    rates = List.copyOf(rates);
  }

  /**
   * One row.
   *
   * @param fee the role of the fee: {@link #COMMISSION} or {@link #FULFILMENT}
   * @param sku an SKU, the beginning of one followed by {@code *}, or {@code *}
   * @param from the first day on which it holds
   * @param to the last one; empty while it holds
   * @param percent of the base
   * @param perUnit an amount for each unit, in the settlement's currency
   * @param minimum for each unit sold, in the settlement's currency
   */
  public record Rate(
      String fee,
      String sku,
      LocalDate from,
      Optional<LocalDate> to,
      BigDecimal percent,
      BigDecimal perUnit,
      BigDecimal minimum) {

    boolean fits(String wantedFee, String wantedSku, LocalDate on) {
      boolean inTime = !on.isBefore(from) && to.map(last -> !on.isAfter(last)).orElse(true);
      return inTime && fee.equals(wantedFee) && fitsSku(wantedSku);
    }

    private boolean fitsSku(String wanted) {
      return sku.endsWith("*")
          ? wanted.startsWith(sku.substring(0, sku.length() - 1))
          : sku.equals(wanted);
    }

    /** An exact SKU is more exact than any beginning; a longer beginning than a shorter one. */
    private int exactness() {
      return sku.endsWith("*") ? sku.length() : Integer.MAX_VALUE;
    }
  }

  /** Whether the card says anything at all of a fee. */
  public boolean covers(String fee) {
    return rates.stream().anyMatch(rate -> rate.fee().equals(fee));
  }

  /**
   * What is to be charged.
   *
   * @param units sold
   * @param base sales less refunds; its currency is the result's
   * @return empty if the card has no rate for it
   */
  public Optional<Money> expected(
      String fee, String sku, BigDecimal units, Money base, LocalDate on) {
    Rate best = null;
    for (Rate rate : rates) {
      if (rate.fits(fee, sku, on) && (best == null || rate.exactness() > best.exactness())) {
        best = rate;
      }
    }
    return Optional.ofNullable(best).map(rate -> amount(rate, units, base));
  }

  private static Money amount(Rate rate, BigDecimal units, Money base) {
    BigDecimal share = base.amount().multiply(rate.percent()).divide(HUNDRED);
    BigDecimal least = base.isPositive() ? rate.minimum().multiply(units) : BigDecimal.ZERO;
    return Money.rounded(share.max(least).add(rate.perUnit().multiply(units)), base.currency());
  }
}
