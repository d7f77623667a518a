package io.kontor.sales;

import io.kontor.money.Allocation;
import io.kontor.money.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The first pass over an order's facts: what became of the units, and so from which units each
 * refund is. Not thread-safe.
 */
final class UnitReckoning {

  private final KnownFacts facts;
  private final Map<String, RunningLine> lines = new LinkedHashMap<>();
  private final Map<FactName, List<Portion>> refunds = new HashMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private boolean anythingShipped;

  UnitReckoning(KnownFacts facts) {
    this.facts = facts;
    facts.lines().forEach(line -> lines.put(line.externalId(), new RunningLine(line)));
    for (Fact fact : facts.inOrder()) {
      if (fact instanceof Shipped shipped) {
        ship(shipped);
      } else if (fact instanceof Refunded refunded) {
        refunds.put(refunded.name(), refund(refunded));
      }
    }
    lines.values().forEach(this::check);
  }

  Map<String, RunningLine> lines() {
    return lines;
  }

  /** What the refund is made of; empty when it moved units only. */
  List<Portion> portions(Refunded refund) {
    return refunds.get(refund.name());
  }

  List<Problem> problems() {
    return problems;
  }

  private void ship(Shipped shipped) {
    if (!facts.complete()) {
      return;
    }
    if (lines.values().stream().noneMatch(RunningLine::isSent)) {
      anythingShipped = true;
    }
    for (Shipped.Part part : shipped.lines()) {
      RunningLine line = lines.get(part.line());
      if (line == null) {
        unknownLine(shipped, part.line());
      } else if (line.isSent()) {
        line.shipped = line.shipped.add(part.quantity());
        anythingShipped = true;
      }
    }
  }

  private List<Portion> refund(Refunded refund) {
    Money amount = refund.amount();
    if (!facts.complete() || !inOrdersCurrency(refund)) {
      return amount.isZero()
          ? List.of()
          : List.of(Portion.ofUnshipped(Optional.empty(), amount, Optional.empty(), false));
    }
    List<Portion> portions = new ArrayList<>();
    Money rest = amount;
    for (Refunded.Part part : refund.parts()) {
      portions.add(portion(refund, part));
      rest = rest.minus(part.gross());
    }
    if (amount.isZero()) {
      return List.of();
    }
    if (!rest.isZero()) {
      portions.add(unassigned(rest, Optional.empty()));
    }
    return portions;
  }

  private Portion portion(Refunded refund, Refunded.Part part) {
    RunningLine line = lines.get(part.line());
    if (line == null) {
      if (!part.line().isEmpty()) {
        unknownLine(refund, part.line());
      }
      return unassigned(part.gross(), part.tax());
    }
    Optional<RunningLine> of = Optional.of(line);
    boolean units = part.quantity().signum() > 0;
    if (units && part.goods() == Refunded.Goods.CANCELLED && (line.isSent() || !anythingShipped)) {
      line.cancelled = line.cancelled.add(part.quantity());
      if (!refund.amount().isZero()) {
        line.paidBackUnits = line.paidBackUnits.add(part.quantity());
        line.paidBack = line.paidBack.plus(part.gross());
      }
      return Portion.ofUnshipped(of, part.gross(), part.tax(), false);
    }
    if (units && line.isSent()) {
      return byUnits(line, part, refund.amount().isZero());
    }
    return isShipped(line)
        ? Portion.ofShipped(of, part.gross(), part.tax())
        : Portion.ofUnshipped(of, part.gross(), part.tax(), true);
  }

  /** A charge is shipped with the line it names, as long as anything of that stands. */
  private boolean isShipped(RunningLine line) {
    if (line.isSent()) {
      return line.shipped.signum() > 0;
    }
    RunningLine named = lines.get(line.line.goesWith());
    boolean follows = named != null && named.isSent() && named.position().standing().signum() > 0;
    return follows ? named.shipped.signum() > 0 : anythingShipped;
  }

  /**
   * Refunded units are shipped ones as far as there are any. The others, where neither money nor
   * goods come back, can only have been taken off the order.
   */
  private static Portion byUnits(RunningLine line, Refunded.Part part, boolean noMoney) {
    BigDecimal shipped = part.quantity().min(line.shippedNotRefunded());
    List<BigDecimal> units = List.of(shipped, part.quantity().subtract(shipped));
    line.refundedUnits = line.refundedUnits.add(shipped);
    if (noMoney && part.goods() == Refunded.Goods.KEPT) {
      line.cancelled = line.cancelled.add(units.get(1));
    }
    if (part.goods() == Refunded.Goods.RETURNED) {
      line.returned = line.returned.add(part.quantity());
    }
    List<Money> gross = Allocation.byWeight(part.gross(), units);
    Optional<List<Money>> tax = part.tax().map(stated -> Allocation.byWeight(stated, units));
    return new Portion(
        Optional.of(line),
        gross.get(0),
        tax.map(split -> split.get(0)),
        gross.get(1),
        tax.map(split -> split.get(1)),
        true);
  }

  private Portion unassigned(Money gross, Optional<Money> tax) {
    return anythingShipped
        ? Portion.ofShipped(Optional.empty(), gross, tax)
        : Portion.ofUnshipped(Optional.empty(), gross, tax, true);
  }

  private boolean inOrdersCurrency(Refunded refund) {
    Currency currency = facts.currency().orElseThrow();
    return refund.amount().currency().equals(currency)
        && refund.parts().stream()
            .allMatch(
                part ->
                    part.gross().currency().equals(currency)
                        && part.tax().stream().allMatch(t -> t.currency().equals(currency)));
  }

  private void unknownLine(Fact fact, String line) {
    problems.add(
        new Problem(
            "unknown-line",
            fact.name().toString(),
            "it names line %s, which the order does not have".formatted(line)));
  }

  private void check(RunningLine line) {
    LinePosition position = line.position();
    String reference = facts.key() + "/" + line.line.externalId();
    if (position.shipped().compareTo(position.standing()) > 0) {
      problems.add(
          new Problem(
              "shipped-above-ordered",
              reference,
              "%s units of line %s were shipped, but %s ordered and %s cancelled"
                  .formatted(
                      plain(position.shipped()),
                      line.line.externalId(),
                      plain(position.ordered()),
                      plain(position.cancelled()))));
    }
    if (position.cancelled().compareTo(position.ordered()) > 0) {
      problems.add(
          new Problem(
              "cancelled-above-ordered",
              reference,
              "%s units of line %s were cancelled, but %s ordered"
                  .formatted(
                      plain(position.cancelled()),
                      line.line.externalId(),
                      plain(position.ordered()))));
    }
    if (line.paidBackUnits.signum() > 0 && !line.paidBackAtPrice()) {
      problems.add(
          new Problem(
              "cancelled-at-other-price",
              reference,
              "%s was paid back for %s cancelled units of line %s, which is not their price"
                  .formatted(line.paidBack, plain(line.paidBackUnits), line.line.externalId())));
    }
  }

  private static String plain(BigDecimal units) {
    return units.stripTrailingZeros().toPlainString();
  }
}
