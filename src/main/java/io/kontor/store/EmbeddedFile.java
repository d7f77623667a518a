package io.kontor.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;

/**
 * The file of the embedded database. Every commit adds a chunk of whole pages to it, most of which
 * the next commits replace. H2 moves what still counts out of such chunks, so that they are written
 * over, in a thread that it does not start where commits are written at once ({@code
 * WRITE_DELAY=0}): without somebody else to do it, each order takes a hundred kilobytes for good.
 * There is none on PostgreSQL, and then nothing is done. Thread-safe.
 */
public final class EmbeddedFile {

  /** A file that is fuller with what counts than this, in percent, is left alone. */
  private static final int FULL_ENOUGH = 60;

  /** How many bytes are moved at once; commits wait meanwhile. */
  private static final int MOVED_AT_ONCE = 16 << 20;

  /**
   * What is moved leaves empty chunks only after H2's retention time, 45 seconds; beyond a few of
   * those, a file in which nobody writes has become as full as it will.
   */
  private static final int MOST_ROUNDS_ALONE = 180;

  private final Database database;
  private long version = -1;
  private int roundsAlone;

  public EmbeddedFile(Database database) {
    this.database = database;
  }

  /** Makes some room for what will be written; to be called every second or so. */
  public synchronized void reclaim() {
    if (database.isEmbedded()) {
      database.inConnection(
          connection -> {
            store(connection).ifPresent(this::reclaim);
            return true;
          });
    }
  }

  private void reclaim(MVStore store) {
    roundsAlone = store.getCurrentVersion() == version ? roundsAlone + 1 : 0;
    if (roundsAlone < MOST_ROUNDS_ALONE) {
      store.compact(FULL_ENOUGH, MOVED_AT_ONCE);
    }
    version = store.getCurrentVersion();
  }

  private static Optional<MVStore> store(Connection connection) throws SQLException {
    return connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session
        ? Optional.of(session.getDatabase().getStore().getMvStore())
        : Optional.empty();
  }
}
