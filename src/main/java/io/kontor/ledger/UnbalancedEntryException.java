package io.kontor.ledger;

import io.kontor.money.Money;

/** Somebody tried to make a journal entry whose debits and credits differ: a defect of a rule. */
public final class UnbalancedEntryException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  UnbalancedEntryException(String fact, Money residue) {
    super("the entry for %s does not balance: debits less credits are %s".formatted(fact, residue));
  }
}
