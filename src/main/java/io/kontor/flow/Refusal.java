package io.kontor.flow;

import java.util.OptionalInt;

/** A request that is not accepted, and how that is said in HTTP. */
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String error;
  private final int retryAfterSeconds;

  /**
   * @param status the HTTP status
   * @param error a stable kebab-case word
   * @param message for a person
   */
  public Refusal(int status, String error, String message) {
    this(status, error, message, 0, null);
  }

  private Refusal(int status, String error, String message, int retryAfter, Throwable cause) {
    super(message, cause);
    this.status = status;
    this.error = error;
    this.retryAfterSeconds = retryAfter;
  }

  /** A refusal that does not hold for long. */
  public static Refusal forNow(int status, String error, String message, int retryAfterSeconds) {
    return new Refusal(status, error, message, retryAfterSeconds, null);
  }

  public int status() {
    return status;
  }

  public String error() {
    return error;
  }

  /** When to come again; empty if coming again changes nothing. */
  public OptionalInt retryAfterSeconds() {
    return retryAfterSeconds > 0 ? OptionalInt.of(retryAfterSeconds) : OptionalInt.empty();
  }
}
