package io.kontor.failure;

import java.util.Objects;

/**
 * Why a piece of work could not be done. There are four kinds and no others, because there are four
 * things to do about them: retry, ask a person, ask a person for a mapping, look first.
 */
public abstract sealed class Failure extends RuntimeException
    permits TransientFailure, RejectedFailure, UnmappedFailure, InDoubtFailure {

  private static final long serialVersionUID = 1L;

  private final String code;
  private final String reference;

  Failure(String code, String reference, String message, Throwable cause) {
    super(message, cause);
    this.code = Objects.requireNonNull(code, "code");
    this.reference = Objects.requireNonNull(reference, "reference");
  }

  /** A stable kebab-case word for counting and for the desk, such as {@code unknown-sku}. */
  public String code() {
    return code;
  }

  /** The thing the work failed on: an order, a SKU, a row; never empty. */
  public String reference() {
    return reference;
  }
}
