package io.kontor.store;

import java.util.Optional;

/** How far each poll has come. */
public final class Cursors {

  public Optional<String> get(Tx tx, String name) {
    return tx.first(
        "SELECT position FROM poll_cursor WHERE name = ?", row -> row.getString(1), name);
  }

  public void set(Tx tx, String name, String value) {
    int inserted =
        tx.update(
            """
            INSERT INTO poll_cursor (name, position, updated_at) VALUES (?, ?, ?)
            ON CONFLICT DO NOTHING""",
            name,
            value,
            tx.now());
    if (inserted == 0) {
      tx.update(
          "UPDATE poll_cursor SET position = ?, updated_at = ? WHERE name = ?",
          value,
          tx.now(),
          name);
    }
  }
}
