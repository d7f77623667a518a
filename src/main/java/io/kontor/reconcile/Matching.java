package io.kontor.reconcile;

import io.kontor.money.Money;
import io.kontor.money.Rounding;
import java.util.Optional;

/**
 * Holds what settlements paid for an order against what the ledger says the channel owes for it.
 *
 * <p>Both sides are sums over all settlements, so that an order settled over several of them, or a
 * settlement that came late, is found whole. What is not due yet may be missing, and is no
 * variance.
 */
public final class Matching {

  private Matching() {}

  /** How an order comes out. */
  public static Match of(OrderSides order) {
    Money found = order.sales().plus(order.comparedRefunds());
    Money nothing = found.minus(found);
    Match match =
        switch (order.standing()) {
          case RECOGNISED -> match(order, Outcome.RECOGNISED, Cause.NONE, found, found);
          case BEFORE_CUTOVER -> match(order, Outcome.BEFORE_CUTOVER, Cause.NONE, found, found);
          case UNKNOWN -> match(order, Outcome.UNKNOWN_ORDER, Cause.NOT_RECORDED, nothing, found);
          case KNOWN -> compared(order, found);
        };
    return match.outcome().isBreak() ? match : refundedAbove(order).orElse(match);
  }

  /**
   * Nothing states a refund beside the settlements of such channels, so it cannot be compared; but
   * all that was refunded cannot be more than what was charged or paid. Of an order that no
   * settlement sold, and nobody knows, it cannot be told.
   */
  private static Optional<Match> refundedAbove(OrderSides order) {
    Money most =
        order.standing() == Standing.KNOWN
            ? order.sales().max(order.ledger().charged())
            : order.sales();
    boolean known =
        order.standing() == Standing.KNOWN
            || (order.standing() == Standing.RECOGNISED && order.sales().isPositive());
    Money above = order.refunds().negated().minus(most);
    return known && !order.refundsReported() && above.isPositive() && !isCents(above, order.lines())
        ? Optional.of(
            match(order, Outcome.DIFFERS, Cause.REFUND_ABOVE_SALE, most.negated(), order.refunds()))
        : Optional.empty();
  }

  /**
   * How an order comes out of which settlements should have paid or taken more by now.
   *
   * @param settled whether any settlement names it
   * @param paid whether they paid all that was charged
   * @param expected what the ledger expects of them
   * @param found what they came to
   */
  public static Match overdue(
      String order, boolean settled, boolean paid, Money expected, Money found) {
    Cause cause = paid ? Cause.MISSING_REFUND : settled ? Cause.MISSING_LINE : Cause.NOT_SETTLED;
    return new Match(Outcome.MISSING, cause, order, expected, found, 0);
  }

  private static Match compared(OrderSides order, Money found) {
    OrderSides.Ledger ledger = order.ledger();
    Money back = order.comparedRefunds().negated();
    boolean salesAgree = ledger.isCharge(order.sales());
    boolean refundsAgree = ledger.isRefund(back);
    if ((salesAgree && refundsAgree) || found.equals(ledger.open())) {
      return match(order, Outcome.MATCHED, Cause.NONE, found, found);
    }
    Money expected = ledger.open();
    if (!salesAgree && isRepeated(order)) {
      return match(order, Outcome.DUPLICATE, Cause.SETTLED_TWICE, expected, found);
    }
    Cause cause = salesAgree ? refundCause(order, back) : saleCause(order);
    return match(order, Outcome.DIFFERS, cause, expected, found);
  }

  /** Whether the whole charge was paid before, or more than once now. */
  private static boolean isRepeated(OrderSides order) {
    Money charged = order.ledger().charged();
    if (!charged.isPositive()) {
      return false;
    }
    Money excess = order.sales().minus(charged);
    return excess.isPositive()
        && (excess.equals(charged) || order.salesBefore().compareTo(charged) >= 0);
  }

  private static Cause refundCause(OrderSides order, Money back) {
    Money difference = back.minus(order.ledger().refunded());
    if (isCents(difference, order.lines())) {
      return Cause.CENTS;
    }
    if (back.isZero()) {
      return Cause.MISSING_REFUND;
    }
    return difference.isNegative() ? Cause.PARTIAL_REFUND : Cause.REFUND_ABOVE;
  }

  private static Cause saleCause(OrderSides order) {
    Money difference = order.sales().minus(order.ledger().charged());
    if (isCents(difference, order.lines())) {
      return Cause.CENTS;
    }
    if (!order.tax().isZero() && difference.abs().equals(order.tax().abs())) {
      return Cause.TAX;
    }
    if (!order.fees().isZero() && difference.equals(order.fees())) {
      return Cause.FEE;
    }
    return difference.isNegative() && !order.sales().isNegative()
        ? Cause.MISSING_LINE
        : Cause.AMOUNT;
  }

  private static boolean isCents(Money difference, long lines) {
    return !difference.isZero() && Rounding.explains(difference, lines);
  }

  private static Match match(
      OrderSides order, Outcome outcome, Cause cause, Money expected, Money found) {
    return new Match(outcome, cause, order.order(), expected, found, order.lines());
  }
}
