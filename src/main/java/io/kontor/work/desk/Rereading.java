package io.kontor.work.desk;

import io.kontor.document.RawDocument;
import io.kontor.store.Tx;

/** Reads and records a document again because a person wants it. */
@FunctionalInterface
public interface Rereading {

  /** What is done about it in the transaction that records the document, or has it wait. */
  interface Within {

    /**
     * Is done first.
     *
     * @throws io.kontor.failure.RejectedFailure if the document is not to be read any more
     */
    void before(Tx tx);

    /** Is done last. */
    void after(Tx tx, boolean understood);
  }

  /**
   * Reads a document.
   *
   * @return false if it is still not understood
   */
  boolean read(RawDocument document, Within within);
}
