package io.kontor.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Brings the tables up to date. */
final class Migrations {

  private static final Set<MigrationState> NEWER =
      EnumSet.of(MigrationState.FUTURE_SUCCESS, MigrationState.FUTURE_FAILED);

  private Migrations() {}

  static void run(DataSource source, boolean embedded) {
    if (!embedded) {
      checkEncoding(source);
    }
    try {
      Flyway flyway = of(source, embedded).load();
      refuseNewer(flyway);
      flyway.migrate();
    } catch (FlywayException e) {
      throw explained(e);
    }
  }

  /** The migrations of the tables, to be loaded. */
  static FluentConfiguration of(DataSource source, boolean embedded) {
    return Flyway.configure()
        .dataSource(source)
        .locations(
            embedded
                ? new String[] {"classpath:db/migration"}
                : new String[] {"classpath:db/migration", "classpath:db/postgresql"})
        .placeholders(
            Map.of(
                // H2's VARBINARY ends at one megabyte, and PostgreSQL has no BLOB.
                "large_bytes", embedded ? "BINARY LARGE OBJECT" : "BYTEA",
                // Names are compared byte by byte, as Java sorts them; H2 always does.
                "bytewise", embedded ? "" : "COLLATE \"C\""));
  }

  /** An older hub would write rows as the newer one does not expect them. */
  private static void refuseNewer(Flyway flyway) {
    for (MigrationInfo migration : flyway.info().applied()) {
      if (NEWER.contains(migration.getState())) {
        throw new IllegalArgumentException(
            "a newer Kontor made the database (migration %s, %s): run that one, or restore a backup of before"
                .formatted(migration.getVersion(), migration.getDescription()));
      }
    }
  }

  /** In another encoding a name that has no place there would only be refused order by order. */
  private static void checkEncoding(DataSource source) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW server_encoding")) {
      row.next();
      String encoding = row.getString(1);
      if (!encoding.equals("UTF8")) {
        throw new IllegalArgumentException(
            "the database keeps text as %s: create one WITH ENCODING 'UTF8'".formatted(encoding));
      }
    } catch (SQLException e) {
      throw SqlFaults.translate(e);
    }
  }

  /** Flyway speaks of its own options; what a person can mend is what the database said. */
  private static RuntimeException explained(FlywayException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return SqlFaults.translate(sql);
      }
    }
    return e;
  }
}
