package io.kontor.sales;

import java.util.Objects;

/**
 * Something in the facts that a person has to look at; recording goes on without waiting for it.
 *
 * @param code a stable kebab-case word, such as {@code refund-before-order}
 * @param reference what it is about: a fact's name, a line, a settlement's code
 * @param message one sentence with the figures in it
 */
public record Problem(String code, String reference, String message) {

  public Problem {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(reference, "reference");
    Objects.requireNonNull(message, "message");
  }
}
