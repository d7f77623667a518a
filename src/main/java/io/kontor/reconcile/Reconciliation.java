package io.kontor.reconcile;

import io.kontor.money.Money;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A settlement held against the ledger.
 *
 * @param matches the breaks first, the largest variance on top
 */
public record Reconciliation(Currency currency, List<Match> matches) {

  private static final Comparator<Match> BREAKS_FIRST =
      Comparator.comparing((Match match) -> !match.outcome().isBreak())
          .thenComparing(match -> match.variance().abs(), Comparator.reverseOrder())
          .thenComparing(Match::reference);

  public Reconciliation {
    matches = matches.stream().sorted(BREAKS_FIRST).toList();
  }

  /**
   * Compares order by order.
   *
   * @param orders every order that the settlement names, and those of the ledger that were due
   * @throws IllegalArgumentException if an amount is in another currency
   */
  public static Reconciliation of(
      Currency currency, Collection<OrderSides> orders, Collection<UnmappedSum> unmapped) {
    List<Match> matches = new ArrayList<>();
    Money zero = Money.zero(currency);
    for (OrderSides order : orders) {
      Money ledger = order.ledger().orElse(zero).plus(zero);
      Money settled = order.settled().orElse(zero).plus(zero);
      matches.add(
          new Match(
              outcome(order, ledger, settled), order.order(), ledger, settled, order.lines()));
    }
    for (UnmappedSum code : unmapped) {
      matches.add(
          new Match(Outcome.UNMAPPED, code.code(), zero, code.sum().plus(zero), code.lines()));
    }
    return new Reconciliation(currency, matches);
  }

  private static Outcome outcome(OrderSides order, Money ledger, Money settled) {
    if (order.ledger().isEmpty()) {
      return Outcome.UNKNOWN;
    }
    if (order.settled().isEmpty()) {
      return ledger.isZero() ? Outcome.MATCHED : Outcome.MISSING;
    }
    return ledger.equals(settled) ? Outcome.MATCHED : Outcome.DIFFERS;
  }

  public List<Match> breaks() {
    return matches.stream().filter(match -> match.outcome().isBreak()).toList();
  }

  /** How many there are of each outcome, and what they come to. */
  public Map<Outcome, Total> totals() {
    Map<Outcome, Total> totals = new EnumMap<>(Outcome.class);
    for (Match match : matches) {
      totals.merge(
          match.outcome(),
          new Total(1, match.lines(), match.ledger(), match.settled()),
          Total::plus);
    }
    return totals;
  }

  /** A sum of matches. */
  public record Total(long count, long lines, Money ledger, Money settled) {

    Total plus(Total other) {
      return new Total(
          count + other.count,
          lines + other.lines,
          ledger.plus(other.ledger),
          settled.plus(other.settled));
    }

    /** What the settlement has more than the ledger. */
    public Money variance() {
      return settled.minus(ledger);
    }
  }
}
