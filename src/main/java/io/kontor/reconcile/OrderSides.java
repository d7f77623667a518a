package io.kontor.reconcile;

import io.kontor.money.Money;
import java.util.Optional;

/**
 * What the two sides say of one order.
 *
 * @param ledger what the order's facts put on the clearing account and no settlement took off it;
 *     empty if the ledger has nothing of the order
 * @param settled what the lines of the settlement that belong to clearing come to; empty if it does
 *     not name the order
 * @param lines how many lines of the settlement name it
 */
public record OrderSides(
    String order, Optional<Money> ledger, Optional<Money> settled, long lines) {

  public OrderSides {
    if (ledger.isEmpty() && settled.isEmpty()) {
      throw new IllegalArgumentException("neither side knows order " + order);
    }
  }
}
