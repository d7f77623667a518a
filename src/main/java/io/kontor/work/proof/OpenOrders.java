package io.kontor.work.proof;

import io.kontor.money.Money;
import java.time.Instant;
import java.util.Currency;
import java.util.HashMap;
import java.util.Map;

/**
 * What each order of a channel and currency was charged and has not been settled for, and since
 * when. Not thread-safe.
 */
final class OpenOrders {

  private record Open(Money amount, Instant since) {}

  private final Currency currency;
  private final Map<String, Open> byOrder = new HashMap<>();

  OpenOrders(Currency currency) {
    this.currency = currency;
  }

  /** An order was charged something (positive), or given back (negative). */
  void charge(String order, Money amount, Instant at) {
    byOrder.merge(order, new Open(amount, at), OpenOrders::merged);
  }

  /** A statement settled something of an order; of one that is not known it says nothing. */
  void settle(String order, Money amount) {
    byOrder.computeIfPresent(order, (o, open) -> new Open(open.amount.minus(amount), open.since));
  }

  private static Open merged(Open one, Open other) {
    Instant first = one.since.isBefore(other.since) ? one.since : other.since;
    return new Open(one.amount.plus(other.amount), first);
  }

  /** What is open of orders charged from an instant on. */
  Money since(Instant limit) {
    return sum(limit, true);
  }

  /** What is open of orders charged before an instant. */
  Money before(Instant limit) {
    return sum(limit, false);
  }

  private Money sum(Instant limit, boolean recent) {
    return Money.sum(
        byOrder.values().stream()
            .filter(open -> !open.amount.isNegative() && open.since.isBefore(limit) != recent)
            .map(Open::amount)
            .toList(),
        currency);
  }

  /**
   * What orders are open for the other way, positive: refunds that no statement has taken yet, and
   * what was settled above what was charged. No other order is paid by it.
   */
  Money openCredits() {
    return Money.sum(
            byOrder.values().stream().map(Open::amount).filter(Money::isNegative).toList(),
            currency)
        .negated();
  }
}
