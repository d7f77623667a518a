package io.kontor.sales;

import io.kontor.words.Words;

/** What a line of an order is. */
public enum LineKind {
  GOODS,
  SHIPPING,
  /** A multi-purpose gift card: a liability when sold, not revenue. */
  GIFT_CARD,
  /** A tip, a gift wrap, a fee: something that is charged and not sent. */
  CHARGE;

  /** Whether it is charged and not sent: a charge is recognised along with what is sent. */
  public boolean isCharge() {
    return this == SHIPPING || this == CHARGE;
  }

  public String word() {
    return Words.of(this);
  }

  /**
   * Finds the kind that a canonical document names.
   *
   * @throws IllegalArgumentException if there is no such kind
   */
  public static LineKind of(String word) {
    for (LineKind kind : values()) {
      if (kind.word().equals(word)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("unknown kind of line '" + word + "'");
  }
}
