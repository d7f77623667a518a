package io.kontor.work.intake;

import io.kontor.document.RawDocument;

/** The durable queue in front of {@code Recording}, which the messaging side implements. */
@FunctionalInterface
public interface Inbox {

  /**
   * Puts a document on the queue; when it returns, the document survives a crash.
   *
   * @throws io.kontor.failure.TransientFailure when the queue is full ({@code inbox-full}) or out
   *     of reach
   */
  void put(RawDocument document);
}
