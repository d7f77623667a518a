package io.kontor.work.batch;

import io.kontor.failure.RejectedFailure;
import io.kontor.ledger.BookEntry;
import io.kontor.mapping.Entity;
import io.kontor.store.Batches;
import io.kontor.store.Database;
import io.kontor.store.PostingBatch;
import io.kontor.store.Tx;
import java.util.List;
import java.util.Optional;

/** Shows what a batch puts into a set of books: what whoever approves it has to look at. */
public final class BatchSheets {

  private final Database database;
  private final Batches batches;
  private final BatchEntries entries;

  public BatchSheets(Database database, Batches batches, BatchEntries entries) {
    this.database = database;
    this.batches = batches;
    this.entries = entries;
  }

  /**
   * A batch as a set of books has it or would have it.
   *
   * @param posted the books that have it
   */
  public record Sheet(
      PostingBatch batch,
      List<PostingBatch.Posted> posted,
      Entity.Target target,
      List<BookEntry> entries) {

    public Sheet {
      posted = List.copyOf(posted);
      entries = List.copyOf(entries);
    }
  }

  /**
   * Reads a batch.
   *
   * @param target empty for the first set of books that the entity keeps
   * @throws RejectedFailure if there is no such batch, or if it was rejected, which freed its
   *     entries
   */
  public Sheet of(String id, Optional<Entity.Target> target) {
    return database.inTransaction(tx -> of(tx, id, target));
  }

  private Sheet of(Tx tx, String id, Optional<Entity.Target> wanted) {
    PostingBatch batch =
        batches
            .find(tx, id)
            .orElseThrow(() -> new RejectedFailure("unknown-batch", id, "there is no batch " + id));
    if (batch.state() == PostingBatch.State.REJECTED) {
      throw new RejectedFailure(
          "batch-rejected",
          id,
          "batch %s was rejected, which left its entries to the next one".formatted(id));
    }
    Entity.Target target = wanted.orElseGet(() -> entries.firstBook(batch));
    return new Sheet(batch, batches.posted(tx, id), target, entries.of(tx, batch, target));
  }
}
