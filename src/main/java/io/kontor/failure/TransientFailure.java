package io.kontor.failure;

/**
 * It did not work this time and nothing was changed: worth trying again later, a bounded number of
 * times.
 */
public final class TransientFailure extends Failure {

  private static final long serialVersionUID = 1L;

  public TransientFailure(String code, String reference, String message) {
    this(code, reference, message, null);
  }

  public TransientFailure(String code, String reference, String message, Throwable cause) {
    super(code, reference, message, cause);
  }
}
