package io.kontor.reconcile;

import io.kontor.words.Words;

/** The likely cause of a variance: where a person should look first. */
public enum Cause {
  NONE("nothing differs"),
  MISSING_LINE("a part of the sale is not in the settlement"),
  MISSING_REFUND("the refund is not in the settlement"),
  PARTIAL_REFUND("less was refunded by the settlement than by the order"),
  REFUND_ABOVE("more was refunded by the settlement than by the order"),
  REFUND_ABOVE_SALE("more was refunded than the order ever came to"),
  TAX("the difference is the order's tax"),
  FEE("the difference is the order's fees: they may have been netted"),
  CENTS("the difference is a few cents: rounding on one of the sides"),
  SETTLED_TWICE("the same amount was settled before"),
  AMOUNT("the sale itself has another amount"),
  NOT_SETTLED("the channel should have paid by now, and no settlement names them"),
  NOT_RECORDED("no document of the order was recorded"),
  CHARGED_TWICE("the fee was charged twice"),
  NOT_CHARGED("no fee was charged"),
  RATE("another rate than the rate card's was charged"),
  TAX_NOT_MIRRORED("tax that the channel keeps is not what it collected");

  private final String explanation;

  Cause(String explanation) {
    this.explanation = explanation;
  }

  /** The cause as a sentence's end, for people. */
  public String explanation() {
    return explanation;
  }

  /** Whether it is about what an order came to, rather than about a fee or a tax of it. */
  public boolean isOfOrder() {
    return switch (this) {
      case NONE, CHARGED_TWICE, NOT_CHARGED, RATE, TAX_NOT_MIRRORED -> false;
      default -> true;
    };
  }

  public String word() {
    return Words.of(this);
  }

  /**
   * Finds the cause of a word.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Cause of(String word) {
    return Words.constant(Cause.class, word);
  }
}
