package io.kontor.sales;

import io.kontor.money.Allocation;
import io.kontor.money.Money;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What refunds did to an order's money: what had been shipped is taken back with its taxes; what
 * had not lowers what later shipments recognise. Not thread-safe.
 */
final class RefundReckoning {

  private final UnitReckoning units;
  private final Collection<RunningLine> lines;
  private final Optional<AdvanceReckoning> advances;
  private final TakingBack takingBack;

  /** What was paid for nothing that stands: money that names no line pays this back first. */
  private BigDecimal held;

  /** What the buyer still has to pay of what stands: what a refund kept of its worth pays this. */
  private BigDecimal owed;

  /**
   * @param held what was paid above the price of what stands, in the order's currency; below zero
   *     what was not paid of it
   * @param capturesReported whether the channel says what was paid; else nobody knows what is owed
   */
  RefundReckoning(
      UnitReckoning units,
      Optional<AdvanceReckoning> advances,
      BigDecimal held,
      boolean capturesReported,
      List<Problem> problems) {
    this.units = units;
    this.advances = advances;
    this.held = held.max(BigDecimal.ZERO);
    this.owed = capturesReported ? held.negate().max(BigDecimal.ZERO) : BigDecimal.ZERO;
    this.lines = units.lines().values();
    this.takingBack = new TakingBack(lines, problems);
  }

  void measure(Refunded refund, Measures measures) {
    paidBy(refund, measures);
    units.portions(refund).forEach(portion -> measure(refund, portion, measures));
    units.rest(refund).ifPresent(rest -> measureRest(refund, rest, measures));
  }

  /** What is still held for nothing that stands, in the order's currency. */
  BigDecimal held() {
    return held;
  }

  private static void paidBy(Refunded refund, Measures measures) {
    Map<String, String> gateway = Map.of("gateway", refund.gateway());
    measures.add(Measure.GROSS, gateway, refund.amount());
    if (isGiftCard(refund.gateway())) {
      measures.add(Measure.TO_GIFT_CARD, refund.amount());
    } else {
      measures.add(Measure.TO_GATEWAY, gateway, refund.amount());
      refund
          .rounding()
          .ifPresent(
              rest -> {
                measures.add(Measure.TO_GATEWAY, gateway, rest);
                measures.add(Measure.CASH_ROUNDING, rest.negated());
              });
    }
  }

  /** Money for no line is first of what is held for nothing that stands, as after an edit. */
  private void measureRest(Refunded refund, Portion rest, Measures measures) {
    Money ofHeld = rest.paid().min(Money.of(held, rest.paid().currency()));
    held = held.subtract(ofHeld.amount());
    Money others = rest.paid().minus(ofHeld);
    if (!ofHeld.isZero()) {
      measure(
          refund,
          Portion.paid(Optional.empty(), Portion.Of.TAKEN_OFF, ofHeld, Optional.empty()),
          measures);
    }
    if (!others.isZero()) {
      measure(
          refund, Portion.paid(Optional.empty(), rest.of(), others, Optional.empty()), measures);
    }
  }

  private void measure(Refunded refund, Portion portion, Measures measures) {
    Money paid = portion.paid();
    if (portion.of() == Portion.Of.TAKEN_OFF) {
      measures.add(Measure.UNSHIPPED_GROSS, paid);
      measures.add(Measure.TAKEN_OFF, paid);
      advances.ifPresent(all -> all.paidBack(portion, portion.worth()));
      return;
    }
    Money keptForOrder = portion.kept().min(Money.of(owed, paid.currency()));
    owed = owed.subtract(keptForOrder.amount());
    Money none = Money.zero(paid.currency());
    if (portion.of() == Portion.Of.TO_SEND) {
      Money cut = paid.plus(keptForOrder);
      measures.add(Measure.UNSHIPPED_GROSS, paid);
      advances.ifPresent(all -> all.paidBack(portion, cut));
      reduce(portion, cut);
    } else {
      measures.add(Measure.SHIPPED_GROSS, paid);
      measures.add(Measure.KEPT_FOR_ORDER, keptForOrder);
      advances.ifPresent(all -> all.paid(keptForOrder));
      takingBack.measure(refund, portion, none, paid, measures);
      takingBack.measure(refund, portion, paid, keptForOrder, measures);
    }
  }

  /** What is refunded before it is sent is not there to be recognised when it is sent. */
  private void reduce(Portion portion, Money cut) {
    if (portion.line().isPresent()) {
      portion.line().get().reduce(cut, portion.taxOf(Money.zero(cut.currency()), cut));
      return;
    }
    List<BigDecimal> left =
        lines.stream().map(l -> l.grossLeft().amount().max(BigDecimal.ZERO)).toList();
    BigDecimal sum = left.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    if (sum.signum() == 0) {
      return;
    }
    Money most = Money.of(sum, cut.currency());
    List<Money> cuts = Allocation.byWeight(cut.min(most), left);
    int i = 0;
    for (RunningLine line : lines) {
      line.reduce(cuts.get(i++), Optional.empty());
    }
  }

  /** The one gateway that sales knows: our own word for a payment out of a liability of ours. */
  static boolean isGiftCard(String gateway) {
    return gateway.replace('_', '-').equals("gift-card");
  }
}
