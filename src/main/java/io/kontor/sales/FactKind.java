package io.kontor.sales;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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

  /** The kind of that word, if there is one. */
  public static Optional<FactKind> find(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
  }

  /**
   * Finds the kind that a canonical document names.
   *
   * @throws IllegalArgumentException naming the kinds that there are, if it is none of them
   */
  public static FactKind of(String word) {
    return of(word, EnumSet.allOf(FactKind.class));
  }

  /**
   * Finds the kind that a document which is translated states; a settlement is read line by line
   * instead.
   *
   * @throws IllegalArgumentException naming the kinds that such a document states, if it is none
   */
  public static FactKind translated(String word) {
    return of(word, EnumSet.complementOf(EnumSet.of(SETTLEMENT_RECEIVED)));
  }

  private static FactKind of(String word, Set<FactKind> among) {
    return find(word)
        .filter(among::contains)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no kind of fact '%s', only %s"
                        .formatted(
                            word,
                            among.stream().map(FactKind::word).collect(Collectors.joining(", ")))));
  }
}
