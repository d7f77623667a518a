package io.kontor.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedFileTest {

  private static final int COMMITS = 4_000;

  private final Random random = new Random(20261128);

  @TempDir private Path directory;

  @Test
  void what_small_commits_leave_behind_is_written_over() throws IOException {
    long left = sizeAfterCommits("left", false);
    long reclaimed = sizeAfterCommits("reclaimed", true);

    assertThat(reclaimed).as("beside %d bytes", left).isLessThan(left / 2);
  }

  @Test
  void a_file_in_which_nobody_writes_is_left_alone_in_the_end() {
    try (Database database = open("idle")) {
      write(database, 100);
      EmbeddedFile file = new EmbeddedFile(database);
      for (int i = 0; i < 200; i++) {
        file.reclaim();
      }
      long version = version(database);
      file.reclaim();
      assertThat(version(database)).isEqualTo(version);
    }
  }

  @OnBothDatabases
  void it_may_be_asked_for_on_either_database(TestDatabase db) {
    new EmbeddedFile(db.store.database()).reclaim();

    assertThat(db.store.database().clockAhead()).isNotNull();
  }

  private long sizeAfterCommits(String name, boolean reclaimed) throws IOException {
    try (Database database = open(name)) {
      EmbeddedFile file = new EmbeddedFile(database);
      for (int done = 0; done < COMMITS; done += 100) {
        write(database, 100);
        if (reclaimed) {
          file.reclaim();
        }
      }
      database.sync();
      return Files.size(directory.resolve(name + ".mv.db"));
    }
  }

  /** What is dead is free at once, and not after 45 seconds: nobody waits in a test. */
  private Database open(String name) {
    return Database.open(
        new DatabaseSettings(
            "jdbc:h2:file:"
                + directory.resolve(name).toAbsolutePath()
                + EmbeddedUrl.OPTIONS
                + ";RETENTION_TIME=0",
            "sa",
            "",
            2));
  }

  private void write(Database database, int commits) {
    for (int i = 0; i < commits; i++) {
      database.run(
          tx ->
              tx.update(
                  """
                  INSERT INTO poll_cursor (name, position, updated_at) VALUES (?, ?, ?)
                  ON CONFLICT DO NOTHING""",
                  Long.toHexString(random.nextLong()),
                  "x".repeat(500),
                  tx.now()));
    }
  }

  private static long version(Database database) {
    return store(database).getCurrentVersion();
  }

  private static MVStore store(Database database) {
    return database.inConnection(
        connection ->
            ((SessionLocal) connection.unwrap(JdbcConnection.class).getSession())
                .getDatabase()
                .getStore()
                .getMvStore());
  }
}
