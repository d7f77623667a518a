package io.kontor.work.proof;

import io.kontor.failure.Failure;
import io.kontor.mapping.Consequence;
import io.kontor.mapping.Entity;
import io.kontor.store.DeliveryState;
import io.kontor.store.PostingBatch;
import io.kontor.store.Store;
import io.kontor.store.Tx;
import io.kontor.store.WantedDelivery;
import io.kontor.work.batch.BatchEntries;
import io.kontor.work.batch.Books;
import io.kontor.work.delivery.BatchDeliveries;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The subledger against each set of books: sums by month and account, and where they differ, which
 * entries are to blame.
 */
final class BookProof {

  /** So many are named for each set of books; whoever mends these finds the rest. */
  private static final int MOST_NAMED = 20;

  private static final Set<PostingBatch.State> APPROVED =
      EnumSet.of(PostingBatch.State.APPROVED, PostingBatch.State.POSTED);

  private final Store store;
  private final List<Books> books;
  private final BatchEntries entries;

  BookProof(Store store, List<Books> books, BatchEntries entries) {
    this.store = store;
    this.books = List.copyOf(books);
    this.entries = entries;
  }

  /**
   * The rows of an entity's books.
   *
   * @param upTo the last day that is looked at
   * @param breaks takes the books that cannot be asked, and the entries that are otherwise there
   */
  List<TieOut.Book> rows(Tx tx, Entity entity, LocalDate upTo, List<String> breaks) {
    List<TieOut.Book> all = new ArrayList<>();
    for (Entity.Book target : entity.books()) {
      Books book =
          books.stream().filter(b -> b.target() == target.target()).findFirst().orElseThrow();
      String named = "the %s book of %s".formatted(book.target().word(), entity.id());
      try {
        List<String> wrong = neverSent(tx, entity, target.target());
        List<TieOut.Book> rows = rows(tx, entity, book, upTo, wrong);
        all.addAll(rows);
        wrong.addAll(differences(tx, entity, book, months(rows)));
        name(named, wrong, breaks);
      } catch (Failure e) {
        breaks.add("%s could not be asked: %s".formatted(named, e.getMessage()));
      }
    }
    return all;
  }

  private List<TieOut.Book> rows(
      Tx tx, Entity entity, Books book, LocalDate upTo, List<String> wrong) {
    Map<YearMonth, Map<String, BigDecimal>> held = book.balances(entity, upTo, wrong::add);
    Parity parity = new Parity(entity);
    store.journalSums().booked(tx, entity.id(), book.target().name()).forEach(parity::add);
    return parity.rows(book.target(), held);
  }

  /** Batches of before the entity had these books: nothing else would ever bring them there. */
  private List<String> neverSent(Tx tx, Entity entity, Entity.Target target) {
    List<String> batches =
        store.batches().list(tx, entity.id(), APPROVED).stream().map(PostingBatch::id).toList();
    Consequence consequence = BatchDeliveries.to(target);
    Map<String, DeliveryState> sent =
        store
            .deliveries()
            .states(tx, batches.stream().map(id -> WantedDelivery.id(consequence, id)).toList());
    List<String> never = new ArrayList<>();
    for (String batch : batches) {
      if (!sent.containsKey(WantedDelivery.id(consequence, batch))) {
        never.add(
            "batch %s was approved before there were these books: redeliver %s brings it there"
                .formatted(batch, batch));
      }
    }
    return never;
  }

  private static Set<YearMonth> months(List<TieOut.Book> rows) {
    return rows.stream()
        .filter(row -> !row.difference().isZero())
        .map(TieOut.Book::period)
        .collect(Collectors.toSet());
  }

  private List<String> differences(Tx tx, Entity entity, Books book, Set<YearMonth> months) {
    if (months.isEmpty()) {
      return List.of();
    }
    Books.EntryComparison comparison = book.compare(entity, months);
    String target = book.target().name();
    for (PostingBatch batch : store.batches().list(tx, entity.id(), APPROVED)) {
      boolean posted =
          store.batches().posted(tx, batch.id()).stream()
              .anyMatch(one -> one.target().equals(target));
      comparison.add(batch.id(), entries.of(tx, batch, book.target()), posted);
    }
    return comparison.differences();
  }

  private static void name(String book, List<String> differences, List<String> breaks) {
    differences.stream()
        .limit(MOST_NAMED)
        .forEach(what -> breaks.add("%s: %s".formatted(book, what)));
    if (differences.size() > MOST_NAMED) {
      breaks.add("%s: and %d more are otherwise".formatted(book, differences.size() - MOST_NAMED));
    }
  }
}
