package io.kontor.sales;

import io.kontor.money.Allocation;
import io.kontor.money.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The taxes in what was paid and is not yet shipped, while the facts of an order are applied: what
 * an entity owes whose VAT arises with the payment if that comes first (art. 65 of the VAT
 * directive). Not thread-safe.
 *
 * <p>After each fact it is the part of the unshipped taxes that the money in advance covers, so
 * what facts do to it adds up exactly: with everything shipped or paid back nothing is left of it.
 * A tax that the channel remits is none of ours and stays out.
 */
final class AdvanceReckoning {

  private static final Comparator<TaxKey> BY_NAME = Comparator.comparing(TaxKey::toString);

  /** What is on hand for one tax. */
  private record Owed(Money tax, Money net) {}

  private final Currency currency;
  private final Map<TaxKey, Money> taxes = new TreeMap<>(BY_NAME);
  private final Map<TaxKey, Money> nets = new TreeMap<>(BY_NAME);
  private final Map<TaxKey, Owed> stated = new HashMap<>();

  /** The price of what is neither shipped nor paid back. */
  private Money unshipped;

  /** What was paid, less what was shipped or paid back of it. */
  private Money inAdvance;

  /**
   * @param lines all of an order whose lines are known
   * @param residue what the order's total has above its lines, in the order's currency; payments in
   *     another one are no payments of it
   */
  AdvanceReckoning(Collection<RunningLine> lines, Money residue) {
    this.currency = residue.currency();
    this.unshipped = residue;
    this.inAdvance = Money.zero(currency);
    lines.forEach(line -> open(line.unlessCancelledUnpaid(), line));
  }

  private void open(RunningLine.Part part, RunningLine line) {
    unshipped = unshipped.plus(part.gross());
    part.taxes().forEach((key, tax) -> taxes.merge(key, tax, Money::plus));
    line.taxes.keySet().forEach(key -> nets.merge(key, part.net(), Money::plus));
  }

  void paid(Money amount) {
    if (amount.currency().equals(currency)) {
      inAdvance = inAdvance.plus(amount);
    }
  }

  void shipped(RunningLine line, RunningLine.Part part) {
    inAdvance = inAdvance.minus(part.gross());
    unshipped = unshipped.minus(part.gross());
    part.taxes().forEach((key, tax) -> taxes.merge(key, tax.negated(), Money::plus));
    line.taxes.keySet().forEach(key -> nets.merge(key, part.net().negated(), Money::plus));
  }

  /** The rounding residue leaves with the last shipment. */
  void shipped(Money residue) {
    inAdvance = inAdvance.minus(residue);
    unshipped = unshipped.minus(residue);
  }

  /**
   * Money went back for what was not shipped, and the tax of what that was for with it.
   *
   * @param worth what will not be shipped because of it; of money for nothing in particular only
   *     what is not of the money that was held above the price
   */
  void paidBack(Portion portion, Money worth) {
    if (!worth.currency().equals(currency)) {
      return;
    }
    Money gross = portion.line().isPresent() ? worth : worth.minus(surplus().min(worth));
    inAdvance = inAdvance.minus(portion.paid());
    if (gross.isZero()) {
      return;
    }
    Map<TaxKey, Money> base = portion.line().map(line -> line.taxes).orElse(taxes);
    Money price = portion.line().map(line -> line.line.gross()).orElse(unshipped);
    List<Money> back = taxesIn(portion, gross, base, price);
    Money net = gross.minus(Money.sum(back, currency));
    // Of what is for nothing in particular nobody knows which of several taxes it was on.
    boolean known = portion.line().isPresent() || base.size() == 1;
    int i = 0;
    for (TaxKey key : List.copyOf(base.keySet())) {
      Money tax = back.get(i++);
      taxes.merge(key, tax.negated(), Money::plus);
      if (known) {
        nets.merge(key, net.negated(), Money::plus);
      }
    }
    unshipped = unshipped.minus(gross);
  }

  private Money surplus() {
    return inAdvance.minus(unshipped).max(Money.zero(currency));
  }

  private List<Money> taxesIn(Portion portion, Money gross, Map<TaxKey, Money> base, Money price) {
    if (base.isEmpty()) {
      return List.of();
    }
    Optional<Money> stated = portion.taxOf(Money.zero(currency), gross);
    if (stated.isPresent()) {
      return Allocation.byWeight(stated.get(), RunningLine.weights(base));
    }
    List<Money> shares = new ArrayList<>();
    BigDecimal part = gross.min(price).amount();
    base.values()
        .forEach(
            tax ->
                shares.add(
                    price.isPositive()
                        ? Allocation.nextShare(tax, price.amount(), BigDecimal.ZERO, part)
                        : Money.zero(currency)));
    return shares;
  }

  /** Adds what the facts since the last call did to the taxes in advance. */
  void measure(Measures measures) {
    Money none = Money.zero(currency);
    Money covered = inAdvance.min(unshipped).max(none);
    for (TaxKey key : taxes.keySet()) {
      if (key.scheme() == TaxScheme.FACILITATED) {
        continue;
      }
      Owed now =
          new Owed(part(taxes.get(key), covered), part(nets.getOrDefault(key, none), covered));
      Owed before = stated.getOrDefault(key, new Owed(none, none));
      Map<String, String> tax = Map.of("tax", key.toString());
      measures.add(Measure.ADVANCE_TAX, tax, now.tax().minus(before.tax()));
      measures.add(Measure.ADVANCE_NET, tax, now.net().minus(before.net()));
      stated.put(key, now);
    }
  }

  private Money part(Money of, Money covered) {
    return covered.isZero() || !of.isPositive()
        ? Money.zero(currency)
        : Allocation.nextShare(of, unshipped.amount(), BigDecimal.ZERO, covered.amount());
  }
}
