package io.kontor.sales;

import io.kontor.money.Allocation;
import io.kontor.money.Money;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What refunds did to an order's money: what had been shipped is taken back with its taxes; what
 * had not lowers what later shipments recognise. Not thread-safe.
 */
final class RefundReckoning {

  private final UnitReckoning units;
  private final Collection<RunningLine> lines;
  private final Optional<AdvanceReckoning> advances;
  private final List<Problem> problems;
  private final Map<TaxKey, Money> orderTaxes =
      new TreeMap<>(Comparator.comparing(TaxKey::toString));
  private final Map<TaxKey, Money> takenBack = new HashMap<>();

  /** What was paid back of the whole order so far, and of none of its lines. */
  private BigDecimal refundedOfNoLine = BigDecimal.ZERO;

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
    this.problems = problems;
    lines.forEach(
        line -> line.taxes.forEach((key, tax) -> orderTaxes.merge(key, tax, Money::plus)));
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
      takeBack(refund, portion, none, paid, measures);
      takeBack(refund, portion, paid, keptForOrder, measures);
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

  /**
   * Takes back what was recognised of a part of the portion's worth.
   *
   * @param before the worth that is before this part
   */
  private void takeBack(
      Refunded refund, Portion portion, Money before, Money gross, Measures measures) {
    if (gross.isZero()) {
      return;
    }
    Map<TaxKey, Money> taxes = taxesIn(refund, portion, gross, portion.taxOf(before, gross));
    taxes.forEach(measures::addTax);
    taxes.forEach((key, tax) -> takenBack.merge(key, tax, Money::plus));
    Money net = gross.minus(Money.sum(taxes.values(), gross.currency()));
    if (portion.line().isEmpty()) {
      netByTax(net).forEach((q, part) -> measures.add(Measure.RETURNS_NET, q, part));
      bases(net, measures);
    } else if (portion.line().get().line.kind() == LineKind.GIFT_CARD) {
      measures.add(Measure.GIFT_CARD, portion.line().get().taxQualifier(), net);
    } else {
      measures.add(Measure.RETURNS_NET, portion.line().get().taxQualifier(), net);
      measures.addBases(portion.line().get().taxes.keySet(), net);
    }
  }

  /** The taxes in the shipped part: as stated, else in proportion: absent is not zero. */
  private Map<TaxKey, Money> taxesIn(
      Refunded refund, Portion portion, Money gross, Optional<Money> stated) {
    RunningLine line = portion.line().orElse(null);
    boolean ofLine = line != null && (!line.taxes.isEmpty() || !line.line.gross().isZero());
    Map<TaxKey, Money> base = ofLine ? line.taxes : orderTaxes;
    if (stated.isPresent()) {
      return stated(refund, stated.get(), base.isEmpty() ? orderTaxes : base);
    }
    Money price = ofLine ? line.line.gross() : orderGross(gross.currency());
    if (price.isZero()) {
      return Map.of();
    }
    BigDecimal before = ofLine ? line.refundedPrice.amount() : refundedOfNoLine;
    Map<TaxKey, Money> taxes = new LinkedHashMap<>();
    base.forEach(
        (key, tax) -> {
          Money share = Allocation.nextShare(tax, price.amount(), before, gross.amount());
          taxes.put(key, share.min(taxLeft(key, gross.currency())));
        });
    if (ofLine) {
      line.refundedPrice = line.refundedPrice.plus(gross);
    } else {
      refundedOfNoLine = refundedOfNoLine.add(gross.amount());
    }
    return taxes;
  }

  /** What of a tax was not taken back yet: nobody owes back more tax than was charged. */
  private Money taxLeft(TaxKey key, Currency currency) {
    Money none = Money.zero(currency);
    Money charged = orderTaxes.getOrDefault(key, none);
    return charged.minus(takenBack.getOrDefault(key, none)).max(none);
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
    for (RunningLine line : lines) {
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

  /** What of such a net the taxes of lines with several are on. */
  private void bases(Money net, Measures measures) {
    List<BigDecimal> weights =
        lines.stream().map(line -> line.line.net().amount().max(BigDecimal.ZERO)).toList();
    if (weights.isEmpty()) {
      return;
    }
    List<Money> split = Allocation.byWeight(net, weights);
    int i = 0;
    for (RunningLine line : lines) {
      measures.addBases(line.taxes.keySet(), split.get(i++));
    }
  }

  private Money orderGross(Currency currency) {
    return Money.sum(lines.stream().map(line -> line.line.gross()).toList(), currency);
  }

  /** The one gateway that sales knows: our own word for a payment out of a liability of ours. */
  static boolean isGiftCard(String gateway) {
    return gateway.replace('_', '-').equals("gift-card");
  }
}
