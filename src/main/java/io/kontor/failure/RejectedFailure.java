package io.kontor.failure;

/** The other side, or a rule of ours, said no: trying again changes nothing until a person does. */
public final class RejectedFailure extends Failure {

  private static final long serialVersionUID = 1L;

  public RejectedFailure(String code, String reference, String message) {
    this(code, reference, message, null);
  }

  public RejectedFailure(String code, String reference, String message, Throwable cause) {
    super(code, reference, message, cause);
  }
}
