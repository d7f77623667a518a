package io.kontor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.kontor.failure.TransientFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DatabaseTest {

  private final Cursors cursors = new Cursors();

  @OnBothDatabases
  void what_throws_leaves_nothing_behind(TestDatabase db) {
    assertThatThrownBy(
            () ->
                db.run(
                    tx -> {
                      cursors.set(tx, "a", "1");
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");

    Optional<String> found = db.in(tx -> cursors.get(tx, "a"));
    assertThat(found).isEmpty();
  }

  @OnBothDatabases
  void a_step_is_done_again_while_other_transactions_are_in_the_way_and_not_for_ever(
      TestDatabase db) {
    AtomicInteger conflicts = new AtomicInteger(5);
    Database.Step<RuntimeException> step =
        tx -> {
          cursors.set(tx, "b", String.valueOf(conflicts.get()));
          if (conflicts.getAndDecrement() > 0) {
            throw new TransientFailure("database-conflict", "SQLSTATE 40001", "deadlock detected");
          }
        };
    db.store.database().runUntilNothingIsInTheWay(step);
    Optional<String> kept = db.in(tx -> cursors.get(tx, "b"));
    assertThat(kept).contains("0");

    conflicts.set(6);
    assertThatThrownBy(() -> db.store.database().runUntilNothingIsInTheWay(step))
        .hasMessage("deadlock detected");
  }

  @OnBothDatabases
  void a_snapshot_does_not_see_what_is_committed_meanwhile(TestDatabase db) {
    db.run(tx -> cursors.set(tx, "a", "1"));

    List<Optional<String>> seen =
        db.store
            .database()
            .inSnapshot(
                tx -> {
                  Optional<String> before = cursors.get(tx, "a");
                  db.run(other -> cursors.set(other, "a", "2"));
                  db.run(other -> cursors.set(other, "b", "1"));
                  return List.of(before, cursors.get(tx, "a"), cursors.get(tx, "b"));
                });

    assertThat(seen).containsExactly(Optional.of("1"), Optional.of("1"), Optional.empty());
    // The next one gets the connection in its usual isolation.
    List<Optional<String>> later =
        db.in(
            tx -> {
              Optional<String> before = cursors.get(tx, "a");
              db.run(other -> cursors.set(other, "a", "3"));
              return List.of(before, cursors.get(tx, "a"));
            });
    assertThat(later).containsExactly(Optional.of("2"), Optional.of("3"));
  }

  @OnBothDatabases
  void what_is_committed_is_there_after_reopening_and_migrating_again(TestDatabase db) {
    db.run(tx -> cursors.set(tx, "a", "1"));
    db.store.database().sync();
    db.store.database().close();

    try (Database again = Database.open(db.settings)) {
      Optional<String> found = again.inTransaction(tx -> cursors.get(tx, "a"));
      assertThat(found).contains("1");
    }
  }

  @OnBothDatabases
  void a_value_that_does_not_fit_is_not_the_databases_fault(TestDatabase db) {
    Throwable thrown = catchThrowable(() -> db.run(tx -> cursors.set(tx, "x".repeat(1_000), "1")));

    assertThat(thrown).isInstanceOf(StoreException.class);
    assertThat(Database.isDatabaseAtFault(thrown)).isFalse();
    assertThat(Database.isDatabaseAtFault(new IllegalStateException(thrown))).isFalse();
  }

  @OnBothDatabases
  void a_deadlock_is_worth_another_try(TestDatabase db) throws Exception {
    db.run(
        tx -> {
          cursors.set(tx, "a", "0");
          cursors.set(tx, "b", "0");
        });
    CountDownLatch both = new CountDownLatch(2);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    List<Future<Throwable>> outcomes =
        List.of(
            threads.submit(() -> twoUpdates(db, both, "a", "b")),
            threads.submit(() -> twoUpdates(db, both, "b", "a")));
    threads.shutdown();

    Throwable one = outcomes.get(0).get(60, TimeUnit.SECONDS);
    Throwable two = outcomes.get(1).get(60, TimeUnit.SECONDS);

    Throwable loser = one == null ? two : one;
    assertThat(loser).isInstanceOf(TransientFailure.class);
    assertThat(((TransientFailure) loser).code()).isEqualTo("database-conflict");
    assertThat(Database.isDatabaseAtFault(loser)).isTrue();
  }

  private Throwable twoUpdates(TestDatabase db, CountDownLatch both, String first, String second) {
    return catchThrowable(
        () ->
            db.run(
                tx -> {
                  cursors.set(tx, first, "1");
                  both.countDown();
                  both.await();
                  cursors.set(tx, second, "1");
                }));
  }

  @OnBothDatabases
  void a_database_that_is_gone_is_at_fault(TestDatabase db) {
    db.store.database().close();

    Throwable thrown = catchThrowable(() -> db.run(tx -> cursors.set(tx, "a", "1")));

    assertThat(Database.isDatabaseAtFault(thrown)).isTrue();
    assertThat(thrown).hasMessageContaining("the database is closed: the hub is stopping");
  }

  @Test
  void an_embedded_database_that_a_full_disk_closed_is_opened_again_when_there_is_room() {
    try (TestDatabase db = TestDatabase.open(TestDatabase.Kind.H2)) {
      db.run(tx -> cursors.set(tx, "a", "1"));
      // What the database does by itself when it cannot write.
      Throwable closed = catchThrowable(() -> db.run(tx -> execute(tx, "SHUTDOWN IMMEDIATELY")));
      assertThat(Database.isDatabaseAtFault(closed)).isTrue();
      assertThat(closed).hasMessageContaining("the database is closed: the hub is stopping");

      await().ignoreExceptions().until(() -> read(db, "a").equals(Optional.of("1")));
    }
  }

  private static void execute(Tx tx, String sql) throws SQLException {
    try (Statement statement = tx.connection().createStatement()) {
      statement.execute(sql);
    }
  }

  private Optional<String> read(TestDatabase db, String cursor) {
    return db.in(tx -> cursors.get(tx, cursor));
  }

  @Test
  void a_connection_that_was_never_used_is_in_no_transaction() {
    try (TestDatabase db = TestDatabase.open(TestDatabase.Kind.POSTGRESQL)) {
      String ofTheHub =
          """
          SELECT COUNT(*) FROM pg_stat_activity
          WHERE datname = current_database() AND application_name <> '' AND""";
      await().until(() -> db.in(tx -> tx.count(ofTheHub + " TRUE")) == db.settings.poolSize());

      assertThat(
              db.<Long, RuntimeException>in(
                  tx -> tx.count(ofTheHub + " state = 'idle in transaction'")))
          .isZero();
    }
  }

  @Test
  void a_failed_batch_says_nothing_of_what_was_to_be_written() {
    try (TestDatabase db = TestDatabase.open(TestDatabase.Kind.POSTGRESQL)) {
      Throwable thrown =
          catchThrowable(
              () ->
                  db.run(
                      tx ->
                          tx.batch(
                              "INSERT INTO poll_cursor (name, position, updated_at) VALUES (?, ?, ?)",
                              List.of("buyer@example.org", "buyer@example.org"),
                              name -> new Object[] {name, "1", tx.now()})));

      assertThat(thrown).isInstanceOf(StoreException.class).hasMessageContaining("poll_cursor");
      assertThat(thrown).hasStackTraceContaining("Batch entry");
      StringWriter logged = new StringWriter();
      thrown.printStackTrace(new PrintWriter(logged));
      assertThat(logged.toString()).doesNotContain("buyer@example.org");
    }
  }

  @Test
  void a_connection_that_broke_earlier_in_the_transaction_is_still_the_databases_fault() {
    try (TestDatabase db = TestDatabase.open(TestDatabase.Kind.POSTGRESQL)) {
      Throwable thrown =
          catchThrowable(
              () ->
                  db.run(
                      tx -> {
                        assertThat(
                                catchThrowable(
                                    () ->
                                        tx.count(
                                            "SELECT pg_terminate_backend(pg_backend_pid())::int")))
                            .isNotNull();
                        tx.count("SELECT 1");
                      }));

      assertThat(Database.isDatabaseAtFault(thrown)).isTrue();
      assertThat(thrown).isInstanceOf(TransientFailure.class);
    }
  }

  @Test
  void a_disk_that_is_full_is_the_databases_fault_however_deep_it_is_hidden() {
    SQLException full =
        new SQLException(
            "General error",
            "HY000",
            50_000,
            new IllegalStateException("Writing failed", new IOException("No space left")));

    assertThat(SqlFaults.translate(full)).isInstanceOf(TransientFailure.class);
  }

  @Test
  void a_database_that_cannot_be_reached_is_at_fault() {
    DatabaseSettings nobody =
        new DatabaseSettings("jdbc:postgresql://localhost:1/kontor", "kontor", "secret", 2);

    Throwable thrown = catchThrowable(() -> Database.open(nobody).close());

    assertThat(Database.isDatabaseAtFault(thrown)).isTrue();
  }

  @Test
  void tables_that_may_not_be_made_are_explained_by_what_the_database_said() {
    try (TestDatabase db = TestDatabase.open(TestDatabase.Kind.POSTGRESQL)) {
      db.run(tx -> tx.update("DROP SCHEMA public CASCADE"));
      db.run(tx -> tx.update("CREATE SCHEMA public"));
      db.run(tx -> tx.update("CREATE ROLE stranger LOGIN"));
      DatabaseSettings stranger = new DatabaseSettings(db.settings.url(), "stranger", "", 2);

      assertThatThrownBy(() -> Database.open(stranger).close())
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("permission denied for")
          .hasMessageNotContaining("Flyway");
    }
  }

  @Test
  void a_database_that_cannot_keep_every_name_is_refused() throws Exception {
    DatabaseSettings utf8 = TestDatabase.postgres();
    try (Connection connection =
            DriverManager.getConnection(utf8.url(), utf8.user(), utf8.password());
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'");
    }
    DatabaseSettings latin =
        new DatabaseSettings(
            utf8.url().replaceFirst("/[^/]*$", "/latin"), utf8.user(), utf8.password(), 2);

    assertThatThrownBy(() -> Database.open(latin).close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the database keeps text as LATIN1: create one WITH ENCODING 'UTF8'");
  }

  @Test
  void an_embedded_url_that_promises_too_little_is_refused_with_all_that_it_lacks() {
    DatabaseSettings bare = new DatabaseSettings("jdbc:h2:mem:x;MODE=PostgreSQL", "sa", "", 2);

    assertThatThrownBy(() -> Database.open(bare))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("WRITE_DELAY=0")
        .hasMessageContaining("DATABASE_TO_LOWER=TRUE");
  }

  @Test
  void another_database_is_refused_without_its_parameters() {
    DatabaseSettings other =
        new DatabaseSettings("jdbc:mysql://x/y?password=secret", "sa", "secret", 2);

    assertThatThrownBy(() -> Database.open(other))
        .hasMessage("neither H2 nor PostgreSQL: jdbc:mysql://x/y");
    assertThat(other.toString()).doesNotContain("as sa, secret");
  }

  @Test
  void rewritten_batches_are_refused_because_they_hide_what_was_inserted() {
    DatabaseSettings rewriting =
        new DatabaseSettings(
            "jdbc:postgresql://localhost:1/k?reWriteBatchedInserts=true", "kontor", "", 2);

    assertThatThrownBy(() -> Database.open(rewriting))
        .hasMessageContaining("reWriteBatchedInserts");
  }
}
