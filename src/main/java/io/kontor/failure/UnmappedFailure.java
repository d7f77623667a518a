package io.kontor.failure;

/**
 * We do not know a word (a SKU, a tax, a code): a person adds a mapping, then it is tried again.
 */
public final class UnmappedFailure extends Failure {

  private static final long serialVersionUID = 1L;

  public UnmappedFailure(String code, String reference, String message) {
    this(code, reference, message, null);
  }

  public UnmappedFailure(String code, String reference, String message, Throwable cause) {
    super(code, reference, message, cause);
  }
}
