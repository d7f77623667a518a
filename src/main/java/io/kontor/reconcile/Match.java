package io.kontor.reconcile;

import io.kontor.money.Money;

/**
 * How one order came out.
 *
 * @param expected what the ledger says its settlements come to; zero where it has nothing
 * @param found what they come to
 * @param lines of the settlement at hand
 */
public record Match(
    Outcome outcome, Cause cause, String order, Money expected, Money found, long lines) {

  /** What the settlements have more than the ledger. */
  public Money variance() {
    return found.minus(expected);
  }
}
