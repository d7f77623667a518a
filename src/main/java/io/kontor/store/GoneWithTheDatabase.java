package io.kontor.store;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Which connections the pool throws away. A full disk closes the embedded database, and its
 * connections say that they are valid ever after: kept, they would be refused until the process
 * ends, when a new one opens the database again as soon as there is room.
 */
final class GoneWithTheDatabase implements SQLExceptionOverride {

  @java.lang.Override
  public SQLExceptionOverride.Override adjudicate(SQLException e) {
    return SqlFaults.isUnavailable(e)
        ? SQLExceptionOverride.Override.MUST_EVICT
        : SQLExceptionOverride.Override.CONTINUE_EVICT;
  }
}
