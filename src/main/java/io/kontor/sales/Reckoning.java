package io.kontor.sales;

import io.kontor.money.Money;
import io.kontor.money.Rounding;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The second pass over an order's facts: what each did to the order's money. Applied in business
 * order to everything that is known, so that the outcome does not depend on who arrived first. Not
 * thread-safe.
 */
final class Reckoning {

  private final KnownFacts facts;
  private final boolean capturesReported;
  private final UnitReckoning units;
  private final List<Problem> problems = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();
  private final RefundReckoning refunds;

  /** Empty while the lines are not known: then nobody knows a tax. */
  private final Optional<AdvanceReckoning> advances;

  private final Optional<ShipmentReckoning> shipments;

  private final boolean cancelled;
  private final Optional<Money> residue;

  Reckoning(KnownFacts facts, boolean capturesReported) {
    this.facts = facts;
    this.capturesReported = capturesReported;
    this.units = new UnitReckoning(facts);
    this.cancelled = !facts.all(OrderCancelled.class).isEmpty();
    problems.addAll(facts.problems());
    problems.addAll(units.problems());
    lines().forEach(line -> line.open(cancelled, facts.taxIncluded()));
    this.residue = residue();
    this.advances = residue.map(rest -> new AdvanceReckoning(lines(), rest));
    this.shipments =
        advances.map(all -> new ShipmentReckoning(units.lines(), all, residue.orElseThrow()));
    this.refunds = new RefundReckoning(units, advances, held(), capturesReported, problems);
  }

  OrderPosition position() {
    List<PaymentCaptured> captures = facts.captures();
    facts.inOrder().forEach(fact -> effects.add(effect(fact, captures)));
    List<OrderLine> standing = lines().stream().flatMap(l -> l.standing().stream()).toList();
    Optional<Money> expected =
        facts.complete()
            ? Optional.of(sumOfGross(standing).plus(standing.isEmpty() ? zero() : residue.get()))
            : Optional.empty();
    Optional<Money> captured = total(captures.stream().map(PaymentCaptured::amount).toList());
    Optional<Money> refunded =
        total(facts.all(Refunded.class).stream().map(Refunded::amount).toList());
    checkOrder(captures, captured, refunded);
    return new OrderPosition(
        facts.key(),
        facts.placed(),
        facts.taxIncluded(),
        lines().stream().map(RunningLine::position).toList(),
        captured,
        refunded,
        cancelled,
        facts.complete(),
        problems,
        standing,
        expected,
        effects);
  }

  /** What is held for nothing that stands; nothing while the lines are not known. */
  private BigDecimal held() {
    if (residue.isEmpty()) {
      return BigDecimal.ZERO;
    }
    Optional<Money> paid = total(facts.captures().stream().map(PaymentCaptured::amount).toList());
    HeldMoney held = new HeldMoney(lines(), paid.orElse(zero()), residue.get());
    for (Refunded refund : facts.all(Refunded.class)) {
      units.portions(refund).forEach(held::paidBack);
    }
    return held.amount();
  }

  private Effect effect(Fact fact, List<PaymentCaptured> captures) {
    Measures measures = new Measures();
    if (fact instanceof PaymentCaptured capture) {
      if (captures.contains(capture)) {
        capture(capture, measures);
        advances.ifPresent(all -> all.paid(capture.amount()));
      }
    } else if (fact instanceof Shipped shipped) {
      shipments.ifPresent(all -> all.measure(shipped, measures));
    } else if (fact instanceof Refunded refund) {
      refunds.measure(refund, measures);
    } else if (fact instanceof ReceiptRung receipt) {
      ReceiptReckoning.measure(receipt, measures, problems);
    } else if (fact instanceof WrittenOff off) {
      // A clearing account names the gateway of an order, and the tender of a receipt.
      Map<String, String> account = Map.of("gateway", off.gateway(), "tender", off.gateway());
      measures.add(Measure.WRITTEN_OFF, account, off.amount());
    }
    advances.ifPresent(all -> all.measure(measures));
    return new Effect(fact.name(), fact.name().kind(), fact.occurredAt(), measures.list());
  }

  private static void capture(PaymentCaptured capture, Measures measures) {
    Map<String, String> gateway = Map.of("gateway", capture.gateway());
    measures.add(Measure.AMOUNT, gateway, capture.amount());
    if (RefundReckoning.isGiftCard(capture.gateway())) {
      measures.add(Measure.FROM_GIFT_CARD, capture.amount());
    } else {
      measures.add(Measure.FROM_GATEWAY, gateway, capture.amount());
      capture
          .rounding()
          .ifPresent(
              rest -> {
                measures.add(Measure.FROM_GATEWAY, gateway, rest);
                measures.add(Measure.CASH_ROUNDING, rest.negated());
              });
    }
  }

  /** What the order's stated total has above the sum of its lines, as far as that is rounding. */
  private Optional<Money> residue() {
    if (!facts.complete()) {
      return Optional.empty();
    }
    OrderPlaced order = facts.placed().get();
    Money sum = sumOfGross(facts.lines());
    Money difference = order.total().minus(sum);
    if (Rounding.explains(difference, facts.lines().size())) {
      return Optional.of(difference);
    }
    problems.add(
        new Problem(
            "total-differs",
            order.name().toString(),
            "the lines of order %s come to %s, its total is %s"
                .formatted(order.reference(), sum, order.total())));
    return Optional.of(zero());
  }

  private void checkOrder(
      List<PaymentCaptured> captures, Optional<Money> captured, Optional<Money> refunded) {
    for (Refunded refund : facts.all(Refunded.class)) {
      if (facts.placed().isEmpty()) {
        problems.add(
            new Problem(
                "refund-before-order",
                refund.name().toString(),
                "%s was refunded of order %s, which is not known: have the channel send the order; then this closes by itself"
                    .formatted(refund.amount(), facts.key().order())));
      }
      checkCurrency(refund, refund.amount());
    }
    captures.forEach(capture -> checkCurrency(capture, capture.amount()));
    if (facts.complete()) {
      checkHeld();
    }
    if (capturesReported
        && captured.isPresent()
        && refunded.isPresent()
        && refunded.get().compareTo(captured.get()) > 0) {
      problems.add(
          new Problem(
              Problem.REFUND_ABOVE_CAPTURED,
              facts.key().toString(),
              "%s was refunded, but only %s captured".formatted(refunded.get(), captured.get())));
    }
  }

  private void checkHeld() {
    Money held = Money.of(refunds.held(), zero().currency());
    if (!held.isZero() && !Rounding.explains(held, facts.lines().size())) {
      problems.add(
          new Problem(
              Problem.PAID_ABOVE_ORDER,
              facts.key().toString(),
              "%s of what was paid for order %s is held for nothing that stands of it: pay it back in the channel, then this closes by itself; where it is kept, as a fee for calling off, book it from the deposits to income and note that here"
                  .formatted(held, facts.key().order())));
    }
  }

  private void checkCurrency(Fact fact, Money amount) {
    Currency currency = facts.currency().orElseThrow();
    if (!amount.currency().equals(currency)) {
      problems.add(KnownFacts.currencyDiffers(fact.name().toString(), amount, currency));
    }
  }

  /** The sum of the amounts in the order's currency; empty when there is none. */
  private Optional<Money> total(List<Money> amounts) {
    return facts
        .currency()
        .flatMap(
            currency ->
                amounts.stream()
                    .filter(amount -> amount.currency().equals(currency))
                    .reduce(Money::plus));
  }

  private Money sumOfGross(List<OrderLine> of) {
    return Money.sum(of.stream().map(OrderLine::gross).toList(), zero().currency());
  }

  private Money zero() {
    return Money.zero(facts.currency().orElseThrow());
  }

  private List<RunningLine> lines() {
    return List.copyOf(units.lines().values());
  }
}
