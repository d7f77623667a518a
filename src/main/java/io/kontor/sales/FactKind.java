package io.kontor.sales;

import java.util.Arrays;

/** The kinds of fact, in the order in which facts of one instant take effect. */
public enum FactKind {
  ORDER_PLACED("order-placed"),
  ORDER_LINES("order-lines"),
  PAYMENT_CAPTURED("payment-captured"),
  SHIPPED("shipped"),
  RECEIPT_RUNG("receipt-rung"),
  REFUNDED("refunded"),
  ORDER_CANCELLED("order-cancelled"),
  WRITTEN_OFF("written-off"),
  SETTLEMENT_RECEIVED("settlement-received");

  private final String word;

  FactKind(String word) {
    this.word = word;
  }

  /** The kind as canonical JSON, rules and names write it. */
  public String word() {
    return word;
  }

  /**
   * Finds the kind that a canonical document names.
   *
   * @throws IllegalArgumentException if there is no such kind
   */
  public static FactKind of(String word) {
    return Arrays.stream(values())
        .filter(kind -> kind.word.equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("unknown kind of fact '" + word + "'"));
  }
}
