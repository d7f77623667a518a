package io.kontor.sales;

import io.kontor.money.Allocation;
import io.kontor.money.Money;
import io.kontor.sales.Portion.Of;
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
  private final Map<FactName, Portion> rests = new HashMap<>();
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

  /** What the refund is for by its parts. */
  List<Portion> portions(Refunded refund) {
    return refunds.get(refund.name());
  }

  /** What was paid back beside its parts. */
  Optional<Portion> rest(Refunded refund) {
    return Optional.ofNullable(rests.get(refund.name()));
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
    if (!facts.complete()) {
      return List.of(Portion.paid(Optional.empty(), Of.TO_SEND, refund.amount(), Optional.empty()));
    }
    if (!inOrdersCurrency(refund)) {
      return List.of(
          Portion.paid(Optional.empty(), Of.TAKEN_OFF, refund.amount(), Optional.empty()));
    }
    List<Portion> portions = new ArrayList<>();
    List<Money> paid = paid(refund);
    for (int i = 0; i < refund.parts().size(); i++) {
      portions.addAll(portions(refund, refund.parts().get(i), paid.get(i)));
    }
    Money rest = refund.amount().minus(Money.sum(paid, refund.amount().currency()));
    if (!rest.isZero()) {
      rests.put(refund.name(), Portion.paid(Optional.empty(), ofOrder(), rest, Optional.empty()));
    }
    return portions;
  }

  /** What was paid back for each part: its worth; its share where less was paid back than all. */
  private static List<Money> paid(Refunded refund) {
    List<Money> worth = refund.parts().stream().map(Refunded.Part::gross).toList();
    Money amount = refund.amount();
    return Money.sum(worth, amount.currency()).compareTo(amount) > 0
        ? Allocation.byWeight(amount, worth.stream().map(Money::amount).toList())
        : worth;
  }

  private List<Portion> portions(Refunded refund, Refunded.Part part, Money paid) {
    RunningLine line = lines.get(part.line());
    if (line == null) {
      if (!part.line().isEmpty()) {
        unknownLine(refund, part.line());
      }
      return List.of(new Portion(Optional.empty(), ofOrder(), part.gross(), part.tax(), paid));
    }
    Optional<RunningLine> of = Optional.of(line);
    boolean units = part.quantity().signum() > 0;
    if (units && part.goods() == Refunded.Goods.CANCELLED && (line.isSent() || !anythingShipped)) {
      line.cancelled = line.cancelled.add(part.quantity());
      if (!refund.amount().isZero()) {
        line.paidBackUnits = line.paidBackUnits.add(part.quantity());
        line.paidBack = line.paidBack.plus(part.gross());
      }
      return List.of(new Portion(of, Of.TAKEN_OFF, part.gross(), part.tax(), paid));
    }
    if (units && line.isSent()) {
      return byUnits(line, part, paid, refund.amount().isZero());
    }
    return List.of(
        new Portion(of, isShipped(line) ? Of.SENT : Of.TO_SEND, part.gross(), part.tax(), paid));
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
  private static List<Portion> byUnits(
      RunningLine line, Refunded.Part part, Money paid, boolean noMoney) {
    BigDecimal shipped = part.quantity().min(line.shippedNotRefunded());
    List<BigDecimal> units = List.of(shipped, part.quantity().subtract(shipped));
    boolean takenOff = noMoney && part.goods() == Refunded.Goods.KEPT;
    line.refundedUnits = line.refundedUnits.add(shipped);
    if (takenOff) {
      line.cancelled = line.cancelled.add(units.get(1));
    }
    if (part.goods() == Refunded.Goods.RETURNED) {
      line.returned = line.returned.add(part.quantity());
    }
    List<Money> worths = Allocation.byWeight(part.gross(), units);
    Optional<List<Money>> taxes = part.tax().map(tax -> Allocation.byWeight(tax, units));
    List<Money> paids = Allocation.byWeight(paid, worths.stream().map(Money::amount).toList());
    List<Of> became = List.of(Of.SENT, takenOff ? Of.TAKEN_OFF : Of.TO_SEND);
    List<Portion> portions = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      if (units.get(i).signum() > 0) {
        int half = i;
        portions.add(
            new Portion(
                Optional.of(line),
                became.get(i),
                worths.get(i),
                taxes.map(split -> split.get(half)),
                paids.get(i)));
      }
    }
    return portions;
  }

  /** What became of the order as a whole by now. */
  private Of ofOrder() {
    return anythingShipped ? Of.SENT : Of.TO_SEND;
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
