package io.kontor.reconcile;

import io.kontor.money.Money;

/**
 * One finding.
 *
 * @param reference the order, or the code of what is unmapped
 * @param ledger zero where the ledger has nothing
 * @param settled zero where the settlement has nothing
 * @param lines of the settlement
 */
public record Match(Outcome outcome, String reference, Money ledger, Money settled, long lines) {

  /** What the settlement has more than the ledger. */
  public Money variance() {
    return settled.minus(ledger);
  }
}
