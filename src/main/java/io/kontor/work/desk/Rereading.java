package io.kontor.work.desk;

import io.kontor.document.RawDocument;
import io.kontor.store.Tx;

/** Reads and records a document again because a person wants it. */
@FunctionalInterface
public interface Rereading {

  /**
   * What whoever has a document read wants done in the transaction that records it or has it wait:
   * something before that, something after it, or nothing.
   */
  interface Within {

    /**
     * Is done first.
     *
     * @throws io.kontor.failure.RejectedFailure if the document is not to be read any more
     */
    default void before(Tx tx) {}

    /** Whether a statement is to count in the place of the one of its name that counts now. */
    default boolean replaces() {
      return false;
    }

    /**
     * Is done last.
     *
     * @param understood false if the document waits, and the desk says why
     */
    default void after(Tx tx, boolean understood) {}
  }

  /**
   * Reads a document.
   *
   * @return false if it is still not understood
   */
  boolean read(RawDocument document, Within within);
}
