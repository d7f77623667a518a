package io.kontor.reconcile;

import java.util.Locale;

/** How a settlement and the ledger stand to each other in one point. */
public enum Outcome {
  /** Both have the same amount. */
  MATCHED,
  /** Both know it, with different amounts. */
  DIFFERS,
  /** The settlement pays it, the ledger has nothing of it. */
  UNKNOWN,
  /** The ledger says it is due, the settlement does not name it. */
  MISSING,
  /** The settlement has it under a code that no table explains. */
  UNMAPPED;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a person has to look at it. */
  public boolean isBreak() {
    return this != MATCHED;
  }
}
