package io.kontor.books;

import io.kontor.failure.UnmappedFailure;
import io.kontor.ledger.Account;
import io.kontor.ledger.Balances;
import io.kontor.ledger.BookEntry;
import io.kontor.ledger.JournalEntry;
import io.kontor.ledger.Posting;
import io.kontor.mapping.Chart;
import io.kontor.mapping.Entity;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Turns the journal entries of a batch into the entries that a set of books takes. Immutable. */
public final class BookEntries {

  private final Entity entity;

  public BookEntries(Entity entity) {
    this.entity = entity;
  }

  /**
   * The entries for a set of books of a certain granularity.
   *
   * @param batch the batch's id
   * @param channel whose entries they are
   * @param batch the batch's id, which the references of summaries begin with
   * @param channel the batch's channel
   * @param entries the batch's entries by number
   * @throws UnmappedFailure {@code account-not-in-chart} if an account has no code
   */
  public List<BookEntry> of(
      String batch,
      String channel,
      SortedMap<Long, JournalEntry> entries,
      Entity.Granularity granularity) {
    return switch (granularity) {
      case ENTRY -> oneByOne(entries);
      case SUMMARY -> summary(batch, channel, entries);
    };
  }

  private List<BookEntry> oneByOne(SortedMap<Long, JournalEntry> entries) {
    List<BookEntry> book = new ArrayList<>();
    entries.forEach(
        (number, entry) ->
            book.addAll(
                byCurrency(
                    "%s/%d".formatted(entity.id(), number),
                    entry.date(),
                    entry.narration(),
                    entry.postings())));
    return book;
  }

  private List<BookEntry> summary(
      String batch, String channel, SortedMap<Long, JournalEntry> entries) {
    Map<LocalDate, Balances> byDay = new TreeMap<>();
    for (JournalEntry entry : entries.values()) {
      Balances day = byDay.computeIfAbsent(entry.date(), any -> new Balances());
      entry.postings().forEach(day::add);
    }
    List<BookEntry> book = new ArrayList<>();
    byDay.forEach(
        (day, balances) ->
            book.addAll(
                byCurrency(
                    "%s/%s".formatted(batch, day),
                    day,
                    "%s of %s".formatted(channel, day),
                    balances.postings())));
    return book;
  }

  /** Each currency balances in itself, so each makes an entry of its own. */
  private List<BookEntry> byCurrency(
      String reference, LocalDate date, String narration, List<Posting> postings) {
    Map<String, List<Posting>> byCurrency = new LinkedHashMap<>();
    for (Posting posting : postings) {
      byCurrency
          .computeIfAbsent(posting.amount().currency().getCurrencyCode(), c -> new ArrayList<>())
          .add(posting);
    }
    List<BookEntry> book = new ArrayList<>();
    byCurrency.forEach(
        (code, ofCurrency) -> {
          List<BookEntry.Line> lines = new ArrayList<>();
          ofCurrency.stream()
              .sorted(Comparator.comparing(Posting::account))
              .forEach(posting -> lines.add(line(posting)));
          String unique = byCurrency.size() == 1 ? reference : reference + "/" + code;
          book.add(new BookEntry(unique, date, narration, Currency.getInstance(code), lines));
        });
    return book;
  }

  private BookEntry.Line line(Posting posting) {
    Chart.Row row = row(posting.account());
    return new BookEntry.Line(
        posting.account(),
        row.code(),
        row.name(),
        row.type(),
        row.file(),
        posting.amount(),
        posting.functional());
  }

  private Chart.Row row(Account account) {
    return entity
        .chart()
        .row(account)
        .orElseThrow(
            () ->
                new UnmappedFailure(
                    "account-not-in-chart",
                    account.path(),
                    "account %s has no row in mappings/accounts/%s/chart.csv"
                        .formatted(account, entity.id())));
  }
}
