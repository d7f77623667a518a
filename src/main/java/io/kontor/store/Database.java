package io.kontor.store;

import com.zaxxer.hikari.HikariDataSource;
import io.kontor.failure.TransientFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database: connections, transactions, migrations. Thread-safe.
 *
 * <p>Transactions are READ COMMITTED on both databases, but for {@link #inSnapshot}.
 */
public final class Database implements AutoCloseable {

  /** Of two transactions that wait for each other one is undone, and the other goes on. */
  private static final int MOST_CONFLICTS = 5;

  /** The code of a failure because another transaction was in the way. */
  public static final String CONFLICT = SqlFaults.CONFLICT;

  /** H2's isolation of a snapshot, which JDBC has no word for. */
  private static final int H2_SNAPSHOT = 6;

  private static final Logger LOG = LoggerFactory.getLogger(Database.class);

  private final HikariDataSource pool;
  private final boolean embedded;
  private final Clock clock;

  private Database(HikariDataSource pool, boolean embedded, Clock clock) {
    this.pool = pool;
    this.embedded = embedded;
    this.clock = clock;
  }

  /**
   * Opens the database and brings its tables up to date.
   *
   * @throws IllegalArgumentException if the URL is of another database, or lacks what the embedded
   *     one needs
   * @throws TransientFailure if it cannot be reached
   * @throws StoreException if it refuses us
   */
  public static Database open(DatabaseSettings settings) {
    return open(settings, Clock.systemUTC());
  }

  /** As {@link #open(DatabaseSettings)}, with a clock of the caller's for {@link Tx#now()}. */
  public static Database open(DatabaseSettings settings, Clock clock) {
    boolean embedded = EmbeddedUrl.is(settings.url());
    if (embedded) {
      EmbeddedUrl.check(settings.url());
    } else if (!settings.url().startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException(
          "neither H2 nor PostgreSQL: " + settings.url().replaceFirst("\\?.*", ""));
    }
    if (settings.url().contains("reWriteBatchedInserts=true")) {
      throw new IllegalArgumentException(
          "reWriteBatchedInserts hides which rows of a batch were inserted; leave it out");
    }
    if (!embedded) {
      try (HikariDataSource patient = ConnectionPool.patient(settings)) {
        Migrations.run(patient, false);
      }
    }
    HikariDataSource pool = ConnectionPool.of(settings);
    try {
      if (embedded) {
        Migrations.run(pool, true);
      }
      return new Database(pool, embedded, clock);
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  /** What is done within a transaction. */
  @FunctionalInterface
  public interface Work<T, X extends Exception> {
    T in(Tx tx) throws X;
  }

  /** What is done within a transaction and returns nothing. */
  @FunctionalInterface
  public interface Step<X extends Exception> {
    void in(Tx tx) throws X;
  }

  /**
   * Runs {@code work} in a transaction of its own: committed when it returns, rolled back when it
   * throws. Must not be nested: each takes a connection.
   *
   * @throws TransientFailure with a code {@code database-…} if the database is at fault, or another
   *     transaction was in the way; nothing was changed, unless the connection broke in the commit
   *     itself
   * @throws StoreException if the database refused
   */
  public <T, X extends Exception> T inTransaction(Work<T, X> work) throws X {
    try (Connection connection = connect()) {
      boolean done = false;
      try {
        T result = work.in(new Tx(connection, embedded, now()));
        connection.commit();
        done = true;
        return result;
      } finally {
        if (!done) {
          rollback(connection);
        }
      }
    } catch (SQLException e) {
      throw SqlFaults.translate(e);
    }
  }

  /**
   * Runs {@code work} that only reads, all of it as the database stood at one moment, whatever is
   * committed meanwhile.
   *
   * @throws TransientFailure as {@link #inTransaction} does
   */
  public <T, X extends Exception> T inSnapshot(Work<T, X> work) throws X {
    return inTransaction(
        tx -> {
          try {
            // The pool gives a connection what is usual back.
            tx.connection()
                .setTransactionIsolation(
                    embedded ? H2_SNAPSHOT : Connection.TRANSACTION_REPEATABLE_READ);
            if (!embedded) {
              ConnectionPool.bePatient(tx.connection());
            }
          } catch (SQLException e) {
            throw SqlFaults.translate(e);
          }
          return work.in(tx);
        });
  }

  /** As {@link #inTransaction}, for work that returns nothing. */
  public <X extends Exception> void run(Step<X> step) throws X {
    this.<Boolean, X>inTransaction(
        tx -> {
          step.in(tx);
          return true;
        });
  }

  /**
   * As {@link #run}, and once more where another transaction was in the way: for steps that come to
   * the same when they are done again, and must not wait for what was sent outside to be looked up.
   */
  public void runUntilNothingIsInTheWay(Step<RuntimeException> step) {
    for (int left = MOST_CONFLICTS; ; left--) {
      try {
        run(step);
        return;
      } catch (TransientFailure e) {
        if (left == 0 || !e.code().equals(SqlFaults.CONFLICT)) {
          throw e;
        }
        LOG.info("Another transaction was in the way, so it is done again: {}", e.getMessage());
      }
    }
  }

  /** Whatever keeps us from a connection is the database's fault, a closed pool included. */
  private Connection connect() {
    try {
      return pool.getConnection();
    } catch (SQLException e) {
      throw SqlFaults.noConnection(e, pool.isClosed());
    }
  }

  /** A failure here must not hide the one that led here; the pool drops a broken connection. */
  private static void rollback(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      LOG.warn("A transaction could not be rolled back: {}", e.getMessage());
    }
  }

  /**
   * Makes everything that is committed safe from a power cut, before it is acknowledged outside.
   * PostgreSQL did so in the commit; the embedded database writes to the disk here.
   */
  public void sync() {
    if (!embedded) {
      return;
    }
    inConnection(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            statement.execute("CHECKPOINT SYNC");
            connection.commit();
            return true;
          }
        });
  }

  /** What is done with a connection beside transactions. */
  @FunctionalInterface
  interface Use<T> {
    T of(Connection connection) throws SQLException;
  }

  /**
   * Lends a connection, for what is no transaction.
   *
   * @throws TransientFailure as {@link #inTransaction} does
   */
  <T> T inConnection(Use<T> use) {
    try (Connection connection = connect()) {
      return use.of(connection);
    } catch (SQLException e) {
      throw SqlFaults.translate(e);
    }
  }

  /** Whether the database is at fault, and not what it was given: then nothing else is worth it. */
  public static boolean isDatabaseAtFault(Throwable thrown) {
    return SqlFaults.isDatabaseAtFault(thrown);
  }

  /** How far this node's clock is ahead of the database's; below zero if it is behind. */
  public Duration clockAhead() {
    return inTransaction(
        tx ->
            tx.first("SELECT CURRENT_TIMESTAMP AS theirs", row -> Columns.instant(row, "theirs"))
                .map(theirs -> Duration.between(theirs, clock.instant()))
                .orElseThrow());
  }

  /** Whether it is in this process; then no other node shares it. */
  public boolean isEmbedded() {
    return embedded;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  @Override
  public void close() {
    pool.close();
  }
}
