package io.kontor.work.batch;

import io.kontor.books.BookEntries;
import io.kontor.failure.RejectedFailure;
import io.kontor.failure.TransientFailure;
import io.kontor.ledger.BookEntry;
import io.kontor.mapping.Chart;
import io.kontor.mapping.Entity;
import io.kontor.mapping.Mappings;
import io.kontor.store.BatchForm;
import io.kontor.store.BatchForms;
import io.kontor.store.Journal;
import io.kontor.store.JournalFilter;
import io.kontor.store.PostingBatch;
import io.kontor.store.Store;
import io.kontor.store.Tx;
import java.util.List;
import java.util.Optional;

/** The entries of a batch as a set of books takes them. Thread-safe. */
public final class BatchEntries {

  private final Journal journal;
  private final BatchForms forms;
  private final Mappings mappings;

  public BatchEntries(Store store, Mappings mappings) {
    this.journal = store.journal();
    this.forms = store.forms();
    this.mappings = mappings;
  }

  /**
   * Reads a batch as it is written in a set of books, however the mappings would write it by now.
   * Of a summary only the sums are in memory.
   *
   * @throws RejectedFailure {@code no-such-book} if the entity does not keep such books any more
   */
  public List<BookEntry> of(Tx tx, PostingBatch batch, Entity.Target target) {
    Entity entity = mappings.entities().get(batch.entity());
    Entity.Granularity now = granularity(entity, target);
    Optional<BatchForm> form = forms.of(tx, batch.id());
    Chart chart = form.map(BatchForm::chart).orElse(entity.chart());
    Entity.Granularity granularity =
        form.map(frozen -> frozen.books().getOrDefault(target, now)).orElse(now);
    BookEntries.Collecting collecting =
        new BookEntries(entity.id(), chart).collecting(batch.id(), batch.channel(), granularity);
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
