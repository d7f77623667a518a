package io.kontor.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A PostgreSQL schema for a while: made empty, and dropped with everything in it. */
public final class ScratchSchema implements AutoCloseable {

  private final DatabaseSettings within;
  private final String name;

  /**
   * @param name of lower-case letters, digits and underscores
   */
  public ScratchSchema(DatabaseSettings within, String name) {
    if (!name.matches("[a-z][a-z0-9_]*")) {
      throw new IllegalArgumentException("not a plain name of a schema: " + name);
    }
    this.within = within;
    this.name = name;
    execute("CREATE SCHEMA " + name);
  }

  /** The same database, seen through this schema. */
  public DatabaseSettings settings() {
    String separator = within.url().contains("?") ? "&" : "?";
    return new DatabaseSettings(
        within.url() + separator + "currentSchema=" + name,
        within.user(),
        within.password(),
        within.poolSize());
  }

  private void execute(String sql) {
    try (Connection connection =
            DriverManager.getConnection(within.url(), within.user(), within.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw SqlFaults.translate(e);
    }
  }

  @Override
  public void close() {
    execute("DROP SCHEMA " + name + " CASCADE");
  }
}
