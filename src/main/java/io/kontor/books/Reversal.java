package io.kontor.books;

import io.kontor.ledger.BookEntry;
import java.time.LocalDate;
import java.util.List;

/** What would take entries of a set of books back: the same entries with their sides swapped. */
public final class Reversal {

  private Reversal() {}

  /**
   * The entries that reverse others, one for one.
   *
   * @param date the day on which they would be booked
   */
  public static List<BookEntry> of(List<BookEntry> entries, LocalDate date) {
    return entries.stream().map(entry -> of(entry, date)).toList();
  }

  private static BookEntry of(BookEntry entry, LocalDate date) {
    return new BookEntry(
        entry.reference() + "/reversal",
        date,
        "reversal of %s of %s: %s".formatted(entry.reference(), entry.date(), entry.narration()),
        entry.currency(),
        entry.lines().stream()
            .map(
                line ->
                    new BookEntry.Line(
                        line.account(),
                        line.code(),
                        line.name(),
                        line.type(),
                        line.file(),
                        line.amount().negated(),
                        line.functional().negated()))
            .toList());
  }
}
