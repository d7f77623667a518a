package io.kontor.store;

/** The database refused what it was told: a defect of ours, or a value that does not fit. */
public final class StoreException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String sqlState;

  StoreException(String message, String sqlState, Throwable cause) {
    super(message, cause);
    this.sqlState = sqlState;
  }

  /** The SQLSTATE, empty if there is none. */
  public String sqlState() {
    return sqlState;
  }
}
