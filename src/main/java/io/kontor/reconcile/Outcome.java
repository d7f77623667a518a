package io.kontor.reconcile;

import io.kontor.words.Words;

/** How a settlement and the ledger stand to each other in one order, or one code. */
public enum Outcome {
  /** Both have the same amount. */
  MATCHED(false),
  /** The settlement itself is what makes the revenue: there is nothing to compare it with. */
  RECOGNISED(false),
  /** The order was placed before the cut-over: another system's receivable is cleared. */
  BEFORE_CUTOVER(false),
  /** Both know it, with different amounts. */
  DIFFERS(true),
  /** It was settled before, and is settled again. */
  DUPLICATE(true),
  /** The settlement pays it, the ledger has nothing of it. */
  UNKNOWN_ORDER(true),
  /** The ledger has had it for so long that it should be in a settlement, and it is in none. */
  MISSING(true),
  /** A fee is not what the rate card says. */
  FEE_DIFFERS(true);

  private final boolean forPerson;

  Outcome(boolean forPerson) {
    this.forPerson = forPerson;
  }

  public String word() {
    return Words.of(this);
  }

  /**
   * Finds the outcome of a word.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Outcome of(String word) {
    return Words.constant(Outcome.class, word);
  }

  /** Whether a person has to look at it. */
  public boolean isBreak() {
    return forPerson;
  }
}
