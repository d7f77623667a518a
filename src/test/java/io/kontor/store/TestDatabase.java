package io.kontor.store;

import static org.awaitility.Awaitility.await;

import io.kontor.WallClock;
import io.kontor.sales.FactName;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A fresh database of either kind, with a clock that stands still until it is told to go on. */
public final class TestDatabase implements AutoCloseable {

  public enum Kind {
    H2,
    POSTGRESQL
  }

  public static final Instant START = Instant.parse("2026-11-20T08:00:00Z");

  private static final AtomicInteger COUNT = new AtomicInteger();

  public final Kind kind;
  public final DatabaseSettings settings;
  public final WallClock clock = new WallClock(START);
  public final Store store;
  private final Path directory;

  private TestDatabase(Kind kind, DatabaseSettings settings, Path directory) {
    this.kind = kind;
    this.settings = settings;
    this.directory = directory;
    this.store = Store.of(Database.open(settings, clock));
  }

  static TestDatabase open(Kind kind) {
    try {
      Path directory = Files.createTempDirectory("kontor-store");
      DatabaseSettings settings =
          kind == Kind.H2
              ? DatabaseSettings.embedded(directory.resolve("kontor"), 12)
              : Postgres.fresh("test" + COUNT.incrementAndGet());
      return new TestDatabase(kind, settings, directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public <T, X extends Exception> T in(Database.Work<T, X> work) throws X {
    return store.database().inTransaction(work);
  }

  public <X extends Exception> void run(Database.Step<X> step) throws X {
    store.database().run(step);
  }

  /** The superseded revisions of a fact, oldest first. */
  public List<StoredFact> superseded(FactName name) {
    return in(
        tx ->
            tx.query(
                "SELECT * FROM fact_superseded WHERE name = ? ORDER BY revision, recorded_at",
                Facts::read,
                name.toString()));
  }

  /** Returns once a transaction waits for the lock of another. */
  public void awaitBlocked() {
    String blocked =
        kind == Kind.H2
            ? "SELECT COUNT(*) FROM information_schema.sessions WHERE blocker_id IS NOT NULL"
            : """
            SELECT COUNT(*) FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock'""";
    await().until(() -> in(tx -> tx.count(blocked)) > 0);
  }

  @Override
  public void close() {
    store.database().close();
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(f -> f.delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A fresh PostgreSQL database that nothing in this process has open. */
  public static DatabaseSettings postgres() throws IOException {
    return Postgres.fresh("test" + COUNT.incrementAndGet());
  }

  /** One server for the whole run; a database of its own for each test, copied from a template. */
  static final class Postgres {

    private static EmbeddedPostgres server;

    private Postgres() {}

    static synchronized DatabaseSettings fresh(String name) throws IOException {
      if (server == null) {
        server = EmbeddedPostgres.builder().start();
        execute("CREATE DATABASE kontor_template");
        Database.open(settings("kontor_template")).close();
      }
      execute("CREATE DATABASE " + name + " TEMPLATE kontor_template");
      return settings(name);
    }

    private static DatabaseSettings settings(String name) {
      return new DatabaseSettings(
          "jdbc:postgresql://localhost:" + server.getPort() + "/" + name, "postgres", "", 12);
    }

    private static void execute(String sql) {
      try (Connection connection = server.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
