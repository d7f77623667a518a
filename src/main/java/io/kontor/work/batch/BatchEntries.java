package io.kontor.work.batch;

import io.kontor.books.BookEntries;
import io.kontor.failure.RejectedFailure;
import io.kontor.failure.TransientFailure;
import io.kontor.ledger.BookEntry;
import io.kontor.mapping.Entity;
import io.kontor.mapping.Mappings;
import io.kontor.store.Journal;
import io.kontor.store.JournalFilter;
import io.kontor.store.PostingBatch;
import io.kontor.store.Tx;
import java.util.List;

/** The entries of a batch as a set of books takes them. Thread-safe. */
public final class BatchEntries {

  private final Journal journal;
  private final Mappings mappings;

  public BatchEntries(Journal journal, Mappings mappings) {
    this.journal = journal;
    this.mappings = mappings;
  }

  /**
   * Reads a batch in the granularity of a set of books. Of a summary only the sums are in memory.
   *
   * @throws RejectedFailure {@code no-such-book} if the entity does not keep such books any more
   */
  public List<BookEntry> of(Tx tx, PostingBatch batch, Entity.Target target) {
    Entity entity = mappings.entities().get(batch.entity());
    BookEntries.Collecting collecting =
        new BookEntries(entity)
            .collecting(batch.id(), batch.channel(), granularity(entity, target));
    journal.stream(
        tx,
        JournalFilter.all().batch(batch.id()),
        stored ->
            collecting.add(
                stored.number().orElseThrow(() -> unsealed(batch)),
                stored.entry(),
                stored.bookedOn()));
    return collecting.entries();
  }

  /** The set of books that a batch is shown in where none is named. */
  Entity.Target firstBook(PostingBatch batch) {
    return mappings.entities().get(batch.entity()).books().get(0).target();
  }

  /** The sealer runs all the time, so it is only a matter of patience. */
  private static TransientFailure unsealed(PostingBatch batch) {
    return new TransientFailure(
        "not-sealed", batch.id(), "an entry of batch %s is not sealed yet".formatted(batch.id()));
  }

  private static Entity.Granularity granularity(Entity entity, Entity.Target target) {
    return entity.books().stream()
        .filter(book -> book.target() == target)
        .map(Entity.Book::granularity)
        .findFirst()
        .orElseThrow(
            () ->
                new RejectedFailure(
                    "no-such-book",
                    entity.id(),
                    "%s keeps no %s book any more".formatted(entity.id(), target)));
  }
}
