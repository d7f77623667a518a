package io.kontor.work.batch;

import io.kontor.books.Reversal;
import io.kontor.failure.RejectedFailure;
import io.kontor.ledger.BookEntry;
import io.kontor.ledger.OpenDays;
import io.kontor.mapping.Entity;
import io.kontor.mapping.Mappings;
import io.kontor.store.Batches;
import io.kontor.store.Database;
import io.kontor.store.Periods;
import io.kontor.store.PostingBatch;
import io.kontor.store.Tx;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Shows what would take a posted batch back. Nothing is booked: entries follow positions, so a
 * reversal that nothing replaces would be booked again. What is wrong is corrected where it came
 * from, in the mapping or the document, and the difference is the next batch.
 */
public final class Reversals {

  private final Database database;
  private final Batches batches;
  private final Periods periods;
  private final BatchEntries entries;
  private final Mappings mappings;
  private final Clock clock;

  public Reversals(
      Database database,
      Batches batches,
      Periods periods,
      BatchEntries entries,
      Mappings mappings,
      Clock clock) {
    this.database = database;
    this.batches = batches;
    this.periods = periods;
    this.entries = entries;
    this.mappings = mappings;
    this.clock = clock;
  }

  /**
   * A reversal as it would be.
   *
   * @param target whose books it would take the batch back from
   */
  public record Preview(
      PostingBatch batch, Entity.Target target, LocalDate date, List<BookEntry> entries) {

    public Preview {
      entries = List.copyOf(entries);
    }
  }

  /**
   * Turns a batch round.
   *
   * @param target empty for the first set of books that the entity keeps
   * @param date empty for the first open day from today on, by the entity's clock
   * @throws RejectedFailure if there is no such batch, if no books have it, or if the day is closed
   *     or before the last one of the batch
   */
  public Preview preview(String id, Optional<Entity.Target> target, Optional<LocalDate> date) {
    return database.inTransaction(tx -> preview(tx, id, target, date));
  }

  private Preview preview(
      Tx tx, String id, Optional<Entity.Target> wanted, Optional<LocalDate> date) {
    PostingBatch batch =
        batches
            .find(tx, id)
            .orElseThrow(() -> new RejectedFailure("unknown-batch", id, "there is no batch " + id));
    Entity entity = mappings.entities().get(batch.entity());
    Entity.Target target = wanted.orElseGet(() -> entries.firstBook(batch));
    if (batches.posted(tx, id).stream().noneMatch(p -> p.target().equals(target.name()))) {
      throw new RejectedFailure(
          "batch-not-posted",
          id,
          "batch %s is %s, and the %s book does not have it: there is nothing to reverse"
              .formatted(id, batch.state().word(), target.word()));
    }
    OpenDays open = periods.open(tx, batch.entity());
    List<BookEntry> originals = entries.of(tx, batch, target);
    LocalDate last =
        originals.stream().map(BookEntry::date).max(LocalDate::compareTo).orElse(LocalDate.MIN);
    LocalDate today = LocalDate.ofInstant(clock.instant(), entity.zone());
    LocalDate day = date.orElseGet(() -> open.firstFrom(last.isAfter(today) ? last : today));
    if (!open.isOpen(day)) {
      throw new RejectedFailure(
          Books.PERIOD_LOCKED,
          id,
          "%s is in a locked period; the first open day from then on is %s"
              .formatted(day, open.firstFrom(day)));
    }
    if (day.isBefore(last)) {
      throw new RejectedFailure(
          "reversal-too-early",
          id,
          "batch %s has entries of %s: none is taken back before it was booked"
              .formatted(id, last));
    }
    return new Preview(batch, target, day, Reversal.of(originals, day));
  }
}
