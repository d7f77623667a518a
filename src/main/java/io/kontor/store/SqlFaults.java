package io.kontor.store;

import io.kontor.failure.TransientFailure;
import java.io.IOException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

/** Sorts what a database throws into what is worth trying again and what is not. */
final class SqlFaults {

  /** Another transaction was in the way. */
  static final String CONFLICT = "database-conflict";

  /**
   * SQLSTATEs of PostgreSQL and H2 that say that another transaction was in the way: serialization
   * failure, deadlock, lock not available, cancelled; H2's lock time-out, deadlock (it shares
   * 40001) and concurrent update.
   */
  private static final Set<String> IN_THE_WAY =
      Set.of("40001", "40P01", "55P03", "57014", "HYT00", "90131");

  /**
   * H2's ways to say that the database itself is gone or broken: closed, closing, I/O, file
   * corrupted, no connection, not open.
   */
  private static final Set<String> EMBEDDED_GONE =
      Set.of("90007", "90020", "90028", "90030", "90031", "90067", "90098", "90121");

  /** H2's ways to say that it is closed, or about to be: with advice about its URL. */
  private static final Set<String> EMBEDDED_CLOSED = Set.of("90098", "90121");

  private static final int DEPTH = 20;

  private SqlFaults() {}

  /** The failure to throw instead of {@code e}. */
  static RuntimeException translate(SQLException e) {
    String state = state(e);
    String message = message(e);
    if (IN_THE_WAY.contains(state)) {
      return new TransientFailure(CONFLICT, "SQLSTATE " + state, message, e);
    }
    if (isUnavailable(e)) {
      return unavailable(state.isEmpty() ? "database" : "SQLSTATE " + state, isClosed(e), e);
    }
    return new StoreException(message, e);
  }

  /** The failure to throw where there is no connection to be had. */
  static TransientFailure noConnection(SQLException e, boolean closed) {
    return unavailable("connection", closed || isClosed(e), e);
  }

  private static TransientFailure unavailable(String reference, boolean closed, SQLException e) {
    return new TransientFailure(
        "database-unavailable",
        reference,
        closed
            ? "the database is closed: the hub is stopping, or could not write to it any more, as its log says; try again in a while"
            : message(e),
        e);
  }

  private static boolean isClosed(SQLException e) {
    Throwable t = e;
    for (int depth = 0; t != null && depth < DEPTH; depth++) {
      if (t instanceof SQLException sql && EMBEDDED_CLOSED.contains(state(sql))) {
        return true;
      }
      t = t.getCause();
    }
    return false;
  }

  /** Whether the database is at fault, and not what it was given. */
  static boolean isDatabaseAtFault(Throwable thrown) {
    Throwable t = thrown;
    for (int depth = 0; t != null && depth < DEPTH; depth++) {
      if (t instanceof TransientFailure failure && failure.code().startsWith("database-")) {
        return true;
      }
      if (t instanceof SQLException e && (IN_THE_WAY.contains(state(e)) || isUnavailable(e))) {
        return true;
      }
      t = t.getCause();
    }
    return false;
  }

  /** Whether the database is gone or broken: another connection is needed, or another time. */
  static boolean isUnavailable(SQLException e) {
    String state = state(e);
    // The pool's own "Connection is closed" has no state, as of a connection that it threw away.
    return state.isEmpty()
        || e instanceof SQLTransientConnectionException
        || e instanceof SQLRecoverableException
        || cannotReadOrWrite(e)
        || EMBEDDED_GONE.contains(state)
        // connection, insufficient resources, operator intervention, system error, internal error
        || state.startsWith("08")
        || state.startsWith("53")
        || state.startsWith("57P")
        || state.startsWith("58")
        || state.startsWith("25006")
        || state.startsWith("XX");
  }

  /** A full disk is two causes deep in the embedded database's general error. */
  private static boolean cannotReadOrWrite(SQLException e) {
    Throwable cause = e.getCause();
    for (int depth = 0; cause != null && depth < DEPTH; depth++) {
      if (cause instanceof IOException) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  private static String state(SQLException e) {
    return e.getSQLState() == null ? "" : e.getSQLState();
  }

  /** A batch hides the reason in the next exception. */
  private static String message(SQLException e) {
    SQLException next = e instanceof BatchUpdateException ? e.getNextException() : null;
    return next == null ? String.valueOf(e.getMessage()) : String.valueOf(next.getMessage());
  }
}
