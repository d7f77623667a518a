package io.kontor.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Connections to the database, and how long each side of one waits for the other. */
public final class ConnectionPool {

  /**
   * What each connection says to PostgreSQL first. A node that died without a word, by a power cut
   * say, holds its locks until its connection is found dead: half a minute instead of two hours. So
   * does one that is frozen, until it has been silent for longer than anybody waits for Odoo.
   */
  private static final String SESSION =
      "SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '15min';"
          + " SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5;"
          + " SET tcp_keepalives_count = 3; SET tcp_user_timeout = '30s'";

  /**
   * Longer than any usual statement takes. A connection that has gone silent, as after a failover
   * or behind a firewall that forgot it, keeps its thread for so long.
   */
  private static final Duration LONGEST_ANSWER = Duration.ofMinutes(5);

  /** Longer than any statement takes, a migration's on millions of rows included. */
  private static final Duration LONGEST_ANSWER_OF_ALL = Duration.ofHours(1);

  private ConnectionPool() {}

  /** The connections of a hub. */
  public static HikariDataSource of(DatabaseSettings settings) {
    return open(settings, LONGEST_ANSWER);
  }

  /** Connections for statements that may take very long. */
  static HikariDataSource patient(DatabaseSettings settings) {
    return open(settings, LONGEST_ANSWER_OF_ALL);
  }

  /** Lets a connection wait as long as for a migration, until it goes back to its pool. */
  static void bePatient(Connection connection) throws SQLException {
    connection.setNetworkTimeout(Runnable::run, (int) LONGEST_ANSWER_OF_ALL.toMillis());
  }

  private static HikariDataSource open(DatabaseSettings settings, Duration longestAnswer) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("kontor");
    config.setJdbcUrl(settings.url());
    config.setUsername(settings.user());
    config.setPassword(settings.password());
    config.setMaximumPoolSize(settings.poolSize());
    config.setAutoCommit(false);
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    config.setConnectionTimeout(TimeUnit.SECONDS.toMillis(10));
    if (EmbeddedUrl.is(settings.url())) {
      config.setExceptionOverride(new GoneWithTheDatabase());
    } else {
      config.setConnectionInitSql(SESSION);
      // So that threads do not wait for ever for the answer of a database that is gone.
      config.addDataSourceProperty("tcpKeepAlive", "true");
      config.addDataSourceProperty("socketTimeout", String.valueOf(longestAnswer.toSeconds()));
      // Otherwise a connection is within a transaction until its first use, and that one's rollback
      // takes the time-out back.
      config.setIsolateInternalQueries(true);
      // What a failed statement was given, names and addresses of buyers, is in no log.
      config.addDataSourceProperty("logServerErrorDetail", "false");
    }
    try {
      return new HikariDataSource(config);
    } catch (RuntimeException e) {
      if (e.getCause() instanceof SQLException sql) {
        throw SqlFaults.translate(sql);
      }
      throw e;
    }
  }
}
