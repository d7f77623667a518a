package io.kontor.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;

/**
 * The connections of a clustered Quartz, which wait no longer than the hub's own do: a node that is
 * gone must not hold the triggers of all others.
 */
public final class QuartzConnections implements ConnectionProvider {

  /** As many as Quartz has threads. */
  public static final int MOST = 5;

  private final HikariDataSource pool;

  private QuartzConnections(HikariDataSource pool) {
    this.pool = pool;
  }

  /**
   * Opens them, for a scheduler of this process.
   *
   * @return the name by which the scheduler finds them, and closes them at its end
   */
  public static String open(String url, String user, String password) {
    String name = "kontor-" + UUID.randomUUID();
    DatabaseSettings settings = new DatabaseSettings(url, user, password, MOST);
    DBConnectionManager.getInstance()
        .addConnectionProvider(name, new QuartzConnections(ConnectionPool.of(settings)));
    return name;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return pool.getConnection();
  }

  @Override
  public void initialize() {
    // They are open.
  }

  @Override
  public void shutdown() {
    pool.close();
  }
}
