package io.kontor.work.recording;

import io.kontor.document.RawDocument;
import java.util.List;

/** Records documents: raw, facts, journal entries and deliveries, in one database transaction. */
@FunctionalInterface
public interface Recording {

  /**
   * Records what the documents say. A document that cannot go on ends on the work desk within the
   * same transaction; the others go on. Recording a document again changes nothing.
   *
   * @throws io.kontor.failure.TransientFailure when the database itself is at fault: nothing was
   *     recorded and the same call may be made again
   */
  void record(List<RawDocument> documents);
}
