package io.kontor.store;

import io.kontor.document.RawDocument;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The raw documents, as they came. */
public final class Archive {

  /** A document to keep, and what became of it. */
  public record NewDocument(RawDocument document, RawOutcome outcome) {}

  /**
   * What {@link #addNew} found, by id.
   *
   * @param added were not there before
   * @param repeated were there, with the same content
   * @param conflicting were there, with other content: nothing was changed
   */
  public record Additions(Set<String> added, Set<String> repeated, Set<String> conflicting) {}

  /**
   * A document in the archive.
   *
   * @param sha256 of the body as it came, in hexadecimal
   * @param repeats how often the same came again
   * @param purged the body was removed when its time was over; {@code document} has an empty one
   */
  public record Archived(
      RawDocument document, RawOutcome outcome, String sha256, long repeats, boolean purged) {}

  /** Adds those documents whose id is not there yet, and counts repeats of the others. */
  public Additions addNew(Tx tx, Collection<NewDocument> documents) {
    return tx.pending();
  }

  /** Changes what became of documents. */
  public void decide(Tx tx, Map<String, RawOutcome> outcomes) {
    tx.pending();
  }

  public Optional<Archived> find(Tx tx, String id) {
    return tx.pending();
  }

  /** Ids of documents with this outcome, oldest first. */
  public List<String> list(Tx tx, RawOutcome outcome, int limit) {
    return tx.pending();
  }

  /** Removes the bodies of recorded and refused documents received before; returns how many. */
  public int purgeBodiesBefore(Tx tx, Instant before) {
    return tx.pending();
  }
}
