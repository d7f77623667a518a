package io.kontor.sales;

import java.util.Objects;
import java.util.Set;

/**
 * Something in the facts that a person has to look at; recording goes on without waiting for it.
 *
 * @param code a stable kebab-case word, such as {@code refund-before-order}
 * @param reference what it is about: a fact's name, a line, a settlement's code
 * @param message one sentence with the figures in it
 */
public record Problem(String code, String reference, String message) {

  public static final String REFUND_ABOVE_CAPTURED = "refund-above-captured";

  /** Money is held for an order that nothing of what stands is owed for. */
  public static final String PAID_ABOVE_ORDER = "paid-above-order";

  /** Every code that an order's position can have: one that is not present any more is settled. */
  public static final Set<String> CODES =
      Set.of(
          REFUND_ABOVE_CAPTURED,
          PAID_ABOVE_ORDER,
          "cancelled-above-ordered",
          "cancelled-at-other-price",
          "currency-differs",
          "duplicate-line",
          "lines-missing",
          "refund-before-order",
          "shipped-above-ordered",
          "tax-unknown",
          "tenders-differ",
          "total-differs",
          "unknown-line");

  public Problem {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(reference, "reference");
    Objects.requireNonNull(message, "message");
  }
}
