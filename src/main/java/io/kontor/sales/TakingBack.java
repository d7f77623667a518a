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
 * What refunds take back of what shipments recognised: the net by its tax, and each tax no more
 * often than it was charged. Not thread-safe.
 */
final class TakingBack {

  private final Collection<RunningLine> lines;
  private final List<Problem> problems;
  private final Map<TaxKey, Money> orderTaxes =
      new TreeMap<>(Comparator.comparing(TaxKey::toString));
  private final Map<TaxKey, Money> takenBack = new HashMap<>();

  /** What was paid back of the whole order so far, and of none of its lines. */
  private BigDecimal refundedOfNoLine = BigDecimal.ZERO;

  /**
   * @param lines all of the order
   * @param problems takes what a person has to look at
   */
  TakingBack(Collection<RunningLine> lines, List<Problem> problems) {
    this.lines = lines;
    this.problems = problems;
    lines.forEach(
        line -> line.taxes.forEach((key, tax) -> orderTaxes.merge(key, tax, Money::plus)));
  }

  /**
   * Takes back what was recognised of a part of the portion's worth.
   *
   * @param before the worth that is before this part
   */
  void measure(Refunded refund, Portion portion, Money before, Money gross, Measures measures) {
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
}
