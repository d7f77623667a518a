package io.kontor.sales;

import io.kontor.money.Allocation;
import io.kontor.money.Money;
import java.util.Optional;

/**
 * A portion of a refund: what it is for, what that is worth and what was paid back for it.
 *
 * @param line empty when it is for nothing in particular
 * @param worth what it is for, tax included; not below {@code paid}
 * @param tax the tax in {@code worth}, if the channel stated it
 * @param paid what was paid back for it, tax included
 */
record Portion(Optional<RunningLine> line, Of of, Money worth, Optional<Money> tax, Money paid) {

  /** What became, before the refund, of what it is for. */
  enum Of {
    /** It was sent. */
    SENT,
    /** It is still to be sent: what is refunded of it lowers what that recognises. */
    TO_SEND,
    /** It was taken off the order, so no shipment will take its price. */
    TAKEN_OFF
  }

  /** Of something whose whole worth was paid back. */
  static Portion paid(Optional<RunningLine> line, Of of, Money amount, Optional<Money> tax) {
    return new Portion(line, of, amount, tax, amount);
  }

  /** What of its worth was not paid back. */
  Money kept() {
    return worth.minus(paid);
  }

  /**
   * The tax in a part of its worth, if the channel stated the whole.
   *
   * @param before the worth that is before this part
   */
  Optional<Money> taxOf(Money before, Money part) {
    return tax.map(
        stated ->
            worth.isZero()
                ? stated
                : Allocation.nextShare(stated, worth.amount(), before.amount(), part.amount()));
  }
}
