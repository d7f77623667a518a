package io.kontor.work.settlement;

import io.kontor.mapping.Channel;
import io.kontor.money.Money;
import io.kontor.posting.SettledSum;
import io.kontor.store.SettlementLines;
import io.kontor.store.SettlementLines.CodeSum;
import io.kontor.store.SettlementLines.StandingSum;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a settlement's lines come to for posting: the sums of all lines, less those of the orders
 * that stand otherwise, and these by themselves.
 */
public final class SettledSums {

  private record Key(String code, String marketplace, YearMonth month) {

    static Key of(CodeSum sum) {
      return new Key(sum.code(), sum.marketplace(), sum.month());
    }
  }

  private record Part(BigDecimal amount, long lines) {

    Part plus(Part other) {
      return new Part(amount.add(other.amount), lines + other.lines);
    }
  }

  private SettledSums() {}

  /**
   * The sums.
   *
   * @param all lines
   * @param otherwise those of the orders that stand otherwise than usual in their channel
   */
  public static List<SettledSum> of(
      Channel channel, Currency currency, List<CodeSum> all, List<StandingSum> otherwise) {
    Map<Key, Part> apart = new HashMap<>();
    List<SettledSum> sums = new ArrayList<>();
    for (StandingSum standing : otherwise) {
      CodeSum sum = standing.sum();
      apart.merge(Key.of(sum), new Part(sum.amount(), sum.lines()), Part::plus);
      sums.add(
          settled(sum, state(standing.orderState()), standing.facilitated(), part(sum), currency));
    }
    SettledSum.OrderState usual = state(SettlementMatching.usual(channel));
    for (CodeSum sum : all) {
      if (!sum.ofOrders()) {
        sums.add(settled(sum, SettledSum.OrderState.NONE, false, part(sum), currency));
        continue;
      }
      Part less = apart.getOrDefault(Key.of(sum), new Part(BigDecimal.ZERO, 0));
      if (sum.lines() > less.lines()) {
        Part rest = new Part(sum.amount().subtract(less.amount()), sum.lines() - less.lines());
        sums.add(settled(sum, usual, false, rest, currency));
      }
    }
    return sums;
  }

  private static Part part(CodeSum sum) {
    return new Part(sum.amount(), sum.lines());
  }

  private static SettledSum settled(
      CodeSum sum, SettledSum.OrderState state, boolean facilitated, Part part, Currency currency) {
    return new SettledSum(
        sum.code(),
        sum.marketplace(),
        state,
        facilitated,
        sum.month(),
        Money.of(part.amount(), currency),
        part.lines());
  }

  private static SettledSum.OrderState state(SettlementLines.OrderState state) {
    return switch (state) {
      case NONE -> SettledSum.OrderState.NONE;
      case BOOKED -> SettledSum.OrderState.KNOWN;
      case RECORDED, UNKNOWN -> SettledSum.OrderState.UNKNOWN;
      case BEFORE_CUTOVER -> SettledSum.OrderState.BEFORE_CUTOVER;
    };
  }
}
