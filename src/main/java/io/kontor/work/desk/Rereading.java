package io.kontor.work.desk;

import io.kontor.document.RawDocument;
import io.kontor.store.Tx;
import java.util.function.Consumer;

/** Reads and records a document again because a person wants it. */
@FunctionalInterface
public interface Rereading {

  /**
   * Reads a document.
   *
   * @param also is done in the transaction that records it
   * @return false if it is still not understood
   */
  boolean read(RawDocument document, Consumer<Tx> also);
}
