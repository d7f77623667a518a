package io.kontor.books;

import io.kontor.failure.UnmappedFailure;
import io.kontor.ledger.Account;
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

/** Turns the journal entries of a batch into the entries that a set of books takes. Immutable. */
public final class BookEntries {

  private final String entity;
  private final Chart chart;

  /**
   * @param entity its id, which the references of its entries begin with
   * @param chart what its accounts are called in the books
   */
  public BookEntries(String entity, Chart chart) {
    this.entity = entity;
    this.chart = chart;
  }

  /**
   * The entries for a set of books of a certain granularity, each on its own day.
   *
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
    Collecting collecting = collecting(batch, channel, granularity);
    entries.forEach((number, entry) -> collecting.add(number, entry, entry.date()));
    return collecting.entries();
  }

  /** Takes a batch's entries one by one, in the order of their numbers. */
  public Collecting collecting(String batch, String channel, Entity.Granularity granularity) {
    return switch (granularity) {
      case ENTRY -> new OneByOne();
      case SUMMARY -> new Summary(batch, channel, Summary.MOST_LINES);
    };
  }

  /** As above for summaries, with another limit than the usual one. */
  Collecting summary(String batch, String channel, int mostLines) {
    return new Summary(batch, channel, mostLines);
  }

  /** Makes the entries of a batch out of what it is given. Not thread-safe. */
  public interface Collecting {

    /**
     * Takes the next entry of the batch.
     *
     * @param number in the sealed journal
     * @param bookedOn the day that it is booked on: its own, or a later one if that is locked
     */
    void add(long number, JournalEntry entry, LocalDate bookedOn);

    /**
     * What the books take.
     *
     * @throws UnmappedFailure {@code account-not-in-chart} if an account has no code
     */
    List<BookEntry> entries();
  }

  private final class OneByOne implements Collecting {

    private final List<BookEntry> book = new ArrayList<>();

    @Override
    public void add(long number, JournalEntry entry, LocalDate bookedOn) {
      book.addAll(
          byCurrency(
              "%s/%d".formatted(entity, number),
              bookedOn,
              moved(entry.narration(), entry.date(), bookedOn),
              entry.postings()));
    }

    @Override
    public List<BookEntry> entries() {
      return List.copyOf(book);
    }
  }

  private final class Summary implements Collecting {

    /** Odoo takes four seconds for an entry of so many lines, and longer for each one more. */
    static final int MOST_LINES = 1_000;

    private final String batch;
    private final String channel;
    private final SummaryDays days;

    Summary(String batch, String channel, int mostLines) {
      this.batch = batch;
      this.channel = channel;
      this.days = new SummaryDays(mostLines);
    }

    @Override
    public void add(long number, JournalEntry entry, LocalDate bookedOn) {
      days.add(entry, bookedOn);
    }

    @Override
    public List<BookEntry> entries() {
      List<BookEntry> book = new ArrayList<>();
      for (SummaryDays.Part part : days.parts()) {
        LocalDate day = part.day();
        String reference = "%s/%s".formatted(batch, day);
        String narration = "%s of %s".formatted(channel, day);
        book.addAll(
            byCurrency(
                part.number() == 1 ? reference : reference + "/" + part.number(),
                part.bookedOn(),
                moved(
                    part.number() == 1 ? narration : narration + ", part " + part.number(),
                    day,
                    part.bookedOn()),
                part.postings()));
      }
      return book;
    }
  }

  /** What is booked in another period than its own says so, and when it was. */
  private static String moved(String narration, LocalDate day, LocalDate bookedOn) {
    return day.equals(bookedOn)
        ? narration
        : "%s (of %s, booked on %s because its period is locked)"
            .formatted(narration, day, bookedOn);
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
    return chart
        .row(account)
        .orElseThrow(
            () ->
                new UnmappedFailure(
                    "account-not-in-chart",
                    account.path(),
                    "account %s has no row in mappings/accounts/%s/chart.csv"
                        .formatted(account, entity)));
  }
}
