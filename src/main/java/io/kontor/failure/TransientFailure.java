package io.kontor.failure;

import java.time.Duration;
import java.util.Optional;

/**
 * It did not work this time and nothing was changed: worth trying again later, a bounded number of
 * times.
 */
public final class TransientFailure extends Failure {

  private static final long serialVersionUID = 1L;

  /** How long the other side asked to be left alone, or null where it did not say. */
  private final Duration retryAfter;

  public TransientFailure(String code, String reference, String message) {
    this(code, reference, message, (Throwable) null);
  }

  public TransientFailure(String code, String reference, String message, Throwable cause) {
    super(code, reference, message, cause);
    this.retryAfter = null;
  }

  /** The other side said when to come back, as HTTP's {@code Retry-After} does. */
  public TransientFailure(String code, String reference, String message, Duration retryAfter) {
    super(code, reference, message, null);
    this.retryAfter = retryAfter;
  }

  /** The wait the other side asked for; empty where it named none. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
