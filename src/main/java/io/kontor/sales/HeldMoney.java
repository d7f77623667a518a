package io.kontor.sales;

import io.kontor.money.Money;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * What was paid for an order against what it comes to once all that stands of it is sent. Used
 * once.
 */
final class HeldMoney {

  private final Money none;
  private final boolean anyToSend;

  /** What is still to be earned, line by line. */
  private final Map<RunningLine, Money> price = new HashMap<>();

  private Money held;

  /**
   * @param lines all of the order, opened
   * @param paid what counts of its payments
   * @param residue what the order's total has above its lines
   */
  HeldMoney(Collection<RunningLine> lines, Money paid, Money residue) {
    this.none = residue.minus(residue);
    // Charges and the rounding of the total are earned with what is sent.
    this.anyToSend = lines.stream().anyMatch(line -> line.unitsToSend().signum() > 0);
    lines.forEach(line -> price.put(line, anyToSend ? line.grossLeft() : none));
    this.held = paid.minus(anyToSend ? residue : none);
  }

  /** Takes a portion of a refund into account; what was sent is paid back out of its revenue. */
  void paidBack(Portion portion) {
    Money paid = portion.paid();
    if (portion.of() == Portion.Of.SENT || !paid.currency().equals(none.currency())) {
      return;
    }
    held = held.minus(paid);
    if (portion.of() == Portion.Of.TO_SEND && anyToSend) {
      if (portion.line().isPresent()) {
        price.computeIfPresent(
            portion.line().get(), (line, left) -> left.minus(paid.min(left.max(none))));
      } else {
        held = held.plus(paid); // lowers what the lines come to, whichever it is
      }
    }
  }

  /**
   * What is for nothing that was sent or is to be sent, in the order's currency; below zero what
   * the payments lack.
   */
  BigDecimal amount() {
    return held.minus(Money.sum(price.values(), none.currency())).amount();
  }
}
