package io.kontor.work.batch;

import io.kontor.ledger.BookEntry;
import io.kontor.mapping.Entity;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A set of books outside, which entries are posted to and which is asked what it holds. */
public interface Books {

  /** The code of the refusal to book in a period that is closed. */
  String PERIOD_LOCKED = "period-locked";

  Entity.Target target();

  /**
   * Posts the entries of a batch, all of them or none that counts; what is there already stays.
   *
   * @param batch the batch's id
   * @param hash what the approval is bound to
   * @param stillAtIt called now and then while it takes long; what it throws ends the work
   * @return what the books call them
   * @throws io.kontor.failure.Failure if they could not be posted, or if that is not known; {@link
   *     #PERIOD_LOCKED} if the books would not have an entry on its day, and then none was posted
   */
  String post(
      Entity entity, String batch, String hash, List<BookEntry> entries, Runnable stillAtIt);

  /**
   * What the books say they hold of Kontor's entries, by month and account code: a debit is
   * positive.
   *
   * @param leftOut is told, in a sentence, of each part of the books that cannot be counted
   * @throws io.kontor.failure.Failure if they cannot be asked
   */
  Map<YearMonth, Map<String, BigDecimal>> balances(
      Entity entity, LocalDate upTo, Consumer<String> leftOut);

  /**
   * The last day that the books have closed themselves; empty if they have closed none.
   *
   * @throws io.kontor.failure.Failure if they cannot be asked
   */
  Optional<LocalDate> lockedThrough(Entity entity);

  /**
   * What the books hold of a channel's batches beside those that are known, by its name there; what
   * was taken back there does not count.
   *
   * @param known the ids of batches
   * @throws io.kontor.failure.Failure if they cannot be asked
   */
  List<String> unknown(Entity entity, String channel, Set<String> known);

  /**
   * What the books have of a batch, drafts included, by its name there. What was taken back there
   * does not count, unless another batch would have the same name for it.
   *
   * @param entries all entries of the batch
   * @throws io.kontor.failure.Failure if they cannot be asked
   */
  List<String> held(Entity entity, String batch, List<BookEntry> entries);

  /**
   * Looks for the entries that are otherwise in the books than they were posted: asked for where
   * sums differ, and a person wants to know by what.
   *
   * @param months of the days that are looked at
   */
  EntryComparison compare(Entity entity, Set<YearMonth> months);

  /** Compares the entries of an entity with what the books have. Used once. */
  interface EntryComparison {

    /**
     * Takes the entries of an approved batch, of whatever month.
     *
     * @param posted whether the books should have them all; if not, they may have some
     */
    void add(String batch, List<BookEntry> entries, boolean posted);

    /**
     * What is otherwise, in a sentence for each entry or batch.
     *
     * @throws io.kontor.failure.Failure if the books cannot be asked
     */
    List<String> differences();
  }
}
