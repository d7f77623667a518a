package io.kontor.work.intake;

import io.kontor.store.Database;
import java.util.Optional;

/** The cursors of polled feeds, kept in the database. Thread-safe. */
public final class FeedCursors implements Cursors {

  private final Database database;
  private final io.kontor.store.Cursors cursors;

  public FeedCursors(Database database, io.kontor.store.Cursors cursors) {
    this.database = database;
    this.cursors = cursors;
  }

  @Override
  public Optional<String> read(String feed) {
    return database.inTransaction(tx -> cursors.get(tx, feed));
  }

  @Override
  public void advance(String feed, String cursor) {
    database.run(tx -> cursors.set(tx, feed, cursor));
  }
}
