package io.kontor.failure;

/** The call may or may not have taken effect: look by business key before anything else. */
public final class InDoubtFailure extends Failure {

  private static final long serialVersionUID = 1L;

  public InDoubtFailure(String code, String reference, String message) {
    this(code, reference, message, null);
  }

  public InDoubtFailure(String code, String reference, String message, Throwable cause) {
    super(code, reference, message, cause);
  }
}
