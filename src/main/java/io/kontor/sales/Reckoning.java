package io.kontor.sales;

import io.kontor.money.Allocation;
import io.kontor.money.Money;
import io.kontor.money.Rounding;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The second pass over an order's facts: what each did to the order's money. Applied in business
 * order to everything that is known, so that the outcome does not depend on who arrived first. Not
 * thread-safe.
 */
final class Reckoning {

  private final KnownFacts facts;
  private final UnitReckoning units;
  private final List<Problem> problems = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();
  private final Map<TaxKey, Money> orderTaxes = new TreeMap<>(this::byText);
  private final Map<TaxKey, Money> taxesTakenBack = new HashMap<>();
  private final boolean cancelled;
  private Optional<Money> residue = Optional.empty();

  Reckoning(KnownFacts facts) {
    this.facts = facts;
    this.units = new UnitReckoning(facts);
    this.cancelled = !facts.all(OrderCancelled.class).isEmpty();
    problems.addAll(facts.problems());
    problems.addAll(units.problems());
    for (RunningLine line : lines()) {
      line.open(cancelled);
      line.taxes.forEach((key, tax) -> orderTaxes.merge(key, tax, Money::plus));
    }
    residue = residue();
  }

  OrderPosition position() {
    Optional<Money> rounding = residue;
    List<PaymentCaptured> captures = facts.captures();
    facts.inOrder().forEach(fact -> effects.add(effect(fact, captures)));
    List<OrderLine> standing = lines().stream().flatMap(l -> l.standing().stream()).toList();
    Optional<Money> expected =
        facts.complete()
            ? Optional.of(sumOfGross(standing).plus(standing.isEmpty() ? zero() : rounding.get()))
            : Optional.empty();
    Optional<Money> captured = total(captures.stream().map(PaymentCaptured::amount).toList());
    Optional<Money> refunded =
        total(facts.all(Refunded.class).stream().map(Refunded::amount).toList());
    checkOrder(captures, captured, refunded);
    return new OrderPosition(
        facts.key(),
        facts.placed(),
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

  private Effect effect(Fact fact, List<PaymentCaptured> captures) {
    Measures measures = new Measures();
    if (fact instanceof PaymentCaptured capture) {
      if (captures.contains(capture)) {
        capture(capture, measures);
      }
    } else if (fact instanceof Shipped shipped) {
      if (facts.complete()) {
        ship(shipped, measures);
      }
    } else if (fact instanceof Refunded refund) {
      refund(refund, measures);
    } else if (fact instanceof ReceiptRung receipt) {
      ReceiptReckoning.measure(receipt, measures, problems);
    }
    return new Effect(fact.name(), fact.name().kind(), fact.occurredAt(), measures.list());
  }

  private static void capture(PaymentCaptured capture, Measures measures) {
    Map<String, String> gateway = Map.of("gateway", capture.gateway());
    measures.add(Measure.AMOUNT, gateway, capture.amount());
    if (isGiftCard(capture.gateway())) {
      measures.add(Measure.FROM_GIFT_CARD, capture.amount());
    } else {
      measures.add(Measure.FROM_GATEWAY, gateway, capture.amount());
    }
  }

  private void ship(Shipped shipped, Measures measures) {
    List<RunningLine> base = chargeBase();
    BigDecimal before = valueLeft(base);
    for (Shipped.Part part : shipped.lines()) {
      RunningLine line = units.lines().get(part.line());
      if (line != null && line.isSent()) {
        recognise(line, line.ship(part.quantity()), measures);
      }
    }
    BigDecimal after = valueLeft(base);
    boolean last = base.stream().allMatch(line -> line.unitsLeft().signum() == 0);
    for (RunningLine line : lines()) {
      if (!line.isSent()) {
        boolean whole = last || before.signum() == 0;
        recognise(
            line,
            whole
                ? line.take(BigDecimal.ONE, BigDecimal.ONE)
                : line.take(before, before.subtract(after)),
            measures);
      }
    }
    if (lines().stream().noneMatch(l -> l.isSent() && l.unitsLeft().signum() > 0)) {
      Money rounding = residue.orElseThrow();
      measures.add(Measure.GROSS, rounding);
      measures.add(Measure.ROUNDING, rounding);
      residue = Optional.of(zero());
    }
  }

  private static void recognise(RunningLine line, RunningLine.Part part, Measures measures) {
    measures.add(Measure.GROSS, part.gross());
    measures.add(
        switch (line.line.kind()) {
          case GOODS -> Measure.NET;
          case SHIPPING -> Measure.SHIPPING_NET;
          case GIFT_CARD -> Measure.GIFT_CARD;
          case CHARGE -> Measure.CHARGE_NET;
        },
        line.taxQualifier(),
        part.net());
    part.taxes().forEach(measures::addTax);
  }

  /** Charges go with the goods; with gift cards only where nothing else is to be sent. */
  private List<RunningLine> chargeBase() {
    List<RunningLine> goods = toSend(LineKind.GOODS);
    return goods.isEmpty() ? toSend(LineKind.GIFT_CARD) : goods;
  }

  private List<RunningLine> toSend(LineKind kind) {
    return lines().stream()
        .filter(line -> line.line.kind() == kind && line.unitsToSend().signum() > 0)
        .toList();
  }

  /** The value of what is not yet sent; by units where the goods are free. */
  private static BigDecimal valueLeft(List<RunningLine> base) {
    boolean free = base.stream().allMatch(line -> line.value().signum() == 0);
    BigDecimal left = BigDecimal.ZERO;
    for (RunningLine line : base) {
      left =
          left.add(
              free
                  ? line.unitsLeft()
                  : line.value()
                      .multiply(line.unitsLeft())
                      .divide(line.unitsToSend(), MathContext.DECIMAL128));
    }
    return left;
  }

  private void refund(Refunded refund, Measures measures) {
    if (refund.amount().isZero()) {
      return;
    }
    Map<String, String> gateway = Map.of("gateway", refund.gateway());
    measures.add(Measure.GROSS, gateway, refund.amount());
    if (isGiftCard(refund.gateway())) {
      measures.add(Measure.TO_GIFT_CARD, refund.amount());
    } else {
      measures.add(Measure.TO_GATEWAY, gateway, refund.amount());
    }
    for (Portion portion : units.portions(refund)) {
      measures.add(Measure.UNSHIPPED_GROSS, portion.unshipped());
      if (portion.reduces() && !portion.unshipped().isZero()) {
        reduce(portion);
      }
      measures.add(Measure.SHIPPED_GROSS, portion.shipped());
      if (!portion.shipped().isZero()) {
        takeBack(refund, portion, measures);
      }
    }
  }

  /** What was paid back before it was sent is not there to be recognised when it is sent. */
  private void reduce(Portion portion) {
    if (portion.line().isPresent()) {
      portion.line().get().reduce(portion.unshipped(), portion.unshippedTax());
      return;
    }
    List<BigDecimal> left =
        lines().stream().map(l -> l.grossLeft().amount().max(BigDecimal.ZERO)).toList();
    BigDecimal sum = left.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    if (sum.signum() == 0) {
      return;
    }
    Money most = Money.of(sum, portion.unshipped().currency());
    List<Money> cuts = Allocation.byWeight(portion.unshipped().min(most), left);
    int i = 0;
    for (RunningLine line : lines()) {
      line.reduce(cuts.get(i++), Optional.empty());
    }
  }

  private void takeBack(Refunded refund, Portion portion, Measures measures) {
    Money gross = portion.shipped();
    Map<TaxKey, Money> taxes = taxesIn(refund, portion);
    taxes.forEach(measures::addTax);
    taxes.forEach((key, tax) -> taxesTakenBack.merge(key, tax, Money::plus));
    Money net = gross.minus(Money.sum(taxes.values(), gross.currency()));
    if (portion.line().isEmpty()) {
      netByTax(net).forEach((q, part) -> measures.add(Measure.RETURNS_NET, q, part));
    } else if (portion.line().get().line.kind() == LineKind.GIFT_CARD) {
      measures.add(Measure.GIFT_CARD, portion.line().get().taxQualifier(), net);
    } else {
      measures.add(Measure.RETURNS_NET, portion.line().get().taxQualifier(), net);
    }
  }

  /** The taxes in the shipped part: as stated, else in proportion: absent is not zero. */
  private Map<TaxKey, Money> taxesIn(Refunded refund, Portion portion) {
    Money gross = portion.shipped();
    RunningLine line = portion.line().orElse(null);
    boolean ofLine = line != null && (!line.taxes.isEmpty() || !line.line.gross().isZero());
    Map<TaxKey, Money> base = ofLine ? line.taxes : orderTaxes;
    if (portion.shippedTax().isPresent()) {
      return stated(refund, portion.shippedTax().get(), base.isEmpty() ? orderTaxes : base);
    }
    Money price = ofLine ? line.line.gross() : sumOfGross(facts.lines());
    if (price.isZero()) {
      return Map.of();
    }
    BigDecimal before = ofLine ? line.refundedPrice.amount() : BigDecimal.ZERO;
    Map<TaxKey, Money> taxes = new LinkedHashMap<>();
    base.forEach(
        (key, tax) -> {
          Money share = Allocation.nextShare(tax, price.amount(), before, gross.amount());
          taxes.put(key, share.min(taxLeft(key)));
        });
    if (ofLine) {
      line.refundedPrice = line.refundedPrice.plus(gross);
    }
    return taxes;
  }

  /** What of a tax was not taken back yet: nobody owes back more tax than was charged. */
  private Money taxLeft(TaxKey key) {
    Money charged = orderTaxes.getOrDefault(key, zero());
    return charged.minus(taxesTakenBack.getOrDefault(key, zero())).max(zero());
  }

  private Map<TaxKey, Money> stated(Refunded refund, Money tax, Map<TaxKey, Money> base) {
    if (tax.isZero()) {
      return Map.of();
    }
    if (base.isEmpty()) {
      problems.add(
          new Problem(
              "tax-unknown",
              refund.name().toString(),
              "it states %s of tax, but no tax is known of the order".formatted(tax)));
      return Map.of();
    }
    List<Money> split = Allocation.byWeight(tax, RunningLine.weights(base));
    Map<TaxKey, Money> taxes = new LinkedHashMap<>();
    int i = 0;
    for (TaxKey key : base.keySet()) {
      taxes.put(key, split.get(i++));
    }
    return taxes;
  }

  /** Splits a net that is for nothing in particular by the net of the order's lines. */
  private Map<Map<String, String>, Money> netByTax(Money net) {
    Map<Map<String, String>, BigDecimal> weights = new LinkedHashMap<>();
    for (RunningLine line : lines()) {
      weights.merge(
          line.taxQualifier(), line.line.net().amount().max(BigDecimal.ZERO), BigDecimal::add);
    }
    if (weights.isEmpty()) {
      return Map.of(Map.of(), net);
    }
    List<Money> split = Allocation.byWeight(net, List.copyOf(weights.values()));
    Map<Map<String, String>, Money> byTax = new LinkedHashMap<>();
    int i = 0;
    for (Map<String, String> qualifier : weights.keySet()) {
      byTax.put(qualifier, split.get(i++));
    }
    return byTax;
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
                "%s was refunded of order %s, which is not known"
                    .formatted(refund.amount(), facts.key().order())));
      }
      checkCurrency(refund, refund.amount());
    }
    captures.forEach(capture -> checkCurrency(capture, capture.amount()));
    if (captured.isPresent()
        && refunded.isPresent()
        && refunded.get().compareTo(captured.get()) > 0) {
      problems.add(
          new Problem(
              "refund-above-captured",
              facts.key().toString(),
              "%s was refunded, but only %s captured".formatted(refunded.get(), captured.get())));
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

  private int byText(TaxKey a, TaxKey b) {
    return a.toString().compareTo(b.toString());
  }

  /** The one gateway that sales knows: our own word for a payment out of a liability of ours. */
  private static boolean isGiftCard(String gateway) {
    return gateway.replace('_', '-').equals("gift-card");
  }
}
