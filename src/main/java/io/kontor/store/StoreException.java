package io.kontor.store;

/** The database refused what it was told: a defect of ours, or a value that does not fit. */
public final class StoreException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
