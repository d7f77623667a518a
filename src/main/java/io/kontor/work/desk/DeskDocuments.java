package io.kontor.work.desk;

import io.kontor.document.RawDocument;
import io.kontor.failure.RejectedFailure;
import io.kontor.failure.TransientFailure;
import io.kontor.store.Archive;
import io.kontor.store.Database;
import io.kontor.store.WorkItem;
import io.kontor.work.intake.ClaimChecks;
import java.io.IOException;
import java.io.InputStream;

/** The document that an item is about, for a person to read and to edit. */
final class DeskDocuments {

  /** What a person edits by hand is smaller; the sender has what is larger. */
  private static final int MOST_BYTES = 64 << 20;

  private final Database database;
  private final Archive archive;
  private final ClaimChecks claims;

  DeskDocuments(Database database, Archive archive, ClaimChecks claims) {
    this.database = database;
    this.archive = archive;
    this.claims = claims;
  }

  /**
   * As it came.
   *
   * @throws RejectedFailure if there is none, or not any more, or one that is too large to be
   *     edited
   */
  byte[] bytes(WorkItem item) {
    RawDocument raw = of(item);
    try (InputStream in = claims.open(raw)) {
      byte[] bytes = in.readNBytes(MOST_BYTES);
      if (in.read() >= 0) {
        throw new RejectedFailure(
            "document-too-large",
            raw.id(),
            "document %s has more than %d bytes: correct it where it came from, and import it"
                .formatted(raw.id(), MOST_BYTES));
      }
      return bytes;
    } catch (IOException e) {
      throw new TransientFailure(
          "file-unreadable", raw.id(), "cannot read it: " + e.getMessage(), e);
    }
  }

  /**
   * As the archive has it; the content of a large file is elsewhere.
   *
   * @throws RejectedFailure if there is none, or not any more
   */
  RawDocument of(WorkItem item) {
    String id =
        item.rawId()
            .orElseThrow(
                () ->
                    new RejectedFailure(
                        "no-document",
                        String.valueOf(item.id()),
                        "item %d is about no document".formatted(item.id())));
    Archive.Archived archived =
        database
            .inTransaction(tx -> archive.find(tx, id))
            .orElseThrow(
                () ->
                    new RejectedFailure(
                        "document-missing", item.subject(), "its document is not in the archive"));
    if (archived.purged()) {
      throw new RejectedFailure(
          "document-purged",
          item.subject(),
          "its document was removed when its retention ended; ask the channel for it again");
    }
    return archived.document();
  }
}
