package io.kontor.store;

import java.util.Optional;

/** How far each poll has come. */
public final class Cursors {

  public Optional<String> get(Tx tx, String name) {
    return tx.pending();
  }

  public void set(Tx tx, String name, String value) {
    tx.pending();
  }
}
