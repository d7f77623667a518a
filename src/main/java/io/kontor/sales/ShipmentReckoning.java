package io.kontor.sales;

import io.kontor.money.Money;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What shipments recognise of an order whose lines are known: the goods that were sent, with them
 * their share of the charges, and with the last of them the rounding of the total. Not thread-safe.
 */
final class ShipmentReckoning {

  private final Map<String, RunningLine> lines;
  private final AdvanceReckoning advances;
  private Money residue;

  /**
   * @param residue what the order's total has above its lines
   */
  ShipmentReckoning(Map<String, RunningLine> lines, AdvanceReckoning advances, Money residue) {
    this.lines = lines;
    this.advances = advances;
    this.residue = residue;
  }

  void measure(Shipped shipped, Measures measures) {
    if (shipped.lines().isEmpty()) {
      return; // called off before it left: nothing was supplied, so no charge is earned with it
    }
    List<RunningLine> charges = lines.values().stream().filter(line -> !line.isSent()).toList();
    Map<RunningLine, BigDecimal> before = new HashMap<>();
    charges.forEach(charge -> before.put(charge, valueLeft(baseOf(charge))));
    for (Shipped.Part part : shipped.lines()) {
      RunningLine line = lines.get(part.line());
      if (line != null && line.isSent()) {
        recognise(line, line.ship(part.quantity()), measures);
      }
    }
    charges.forEach(charge -> charge(charge, before.get(charge), measures));
    if (lines.values().stream().noneMatch(l -> l.isSent() && l.unitsLeft().signum() > 0)) {
      measures.add(Measure.GROSS, residue);
      measures.add(Measure.ROUNDING, residue);
      advances.shipped(residue);
      residue = Money.zero(residue.currency());
    }
  }

  private void recognise(RunningLine line, RunningLine.Part part, Measures measures) {
    advances.shipped(line, part);
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
    if (line.line.kind() != LineKind.GIFT_CARD) {
      measures.addBases(line.taxes.keySet(), part.net());
    }
    if (line.line.kind() == LineKind.GOODS) {
      measures.add(Measure.PROMOTION_NET, line.taxQualifier(), part.promotion());
    } else if (line.line.kind() == LineKind.SHIPPING) {
      measures.add(Measure.SHIPPING_PROMOTION_NET, line.taxQualifier(), part.promotion());
    }
  }

  /** Recognises the share of the charge that belongs to what was shipped just now. */
  private void charge(RunningLine charge, BigDecimal before, Measures measures) {
    List<RunningLine> base = baseOf(charge);
    boolean last = base.stream().allMatch(line -> line.unitsLeft().signum() == 0);
    BigDecimal shipped = before.subtract(valueLeft(base));
    recognise(
        charge,
        last || before.signum() == 0
            ? charge.take(BigDecimal.ONE, BigDecimal.ONE)
            : charge.take(before, shipped),
        measures);
  }

  /**
   * What a charge is shipped with: the line it names, as long as anything of that is to be sent;
   * else the goods; gift cards only where nothing else is to be sent.
   */
  private List<RunningLine> baseOf(RunningLine charge) {
    RunningLine named = lines.get(charge.line.goesWith());
    if (named != null && named.isSent() && named.unitsToSend().signum() > 0) {
      return List.of(named);
    }
    List<RunningLine> goods = toSend(LineKind.GOODS);
    return goods.isEmpty() ? toSend(LineKind.GIFT_CARD) : goods;
  }

  private List<RunningLine> toSend(LineKind kind) {
    return lines.values().stream()
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
}
