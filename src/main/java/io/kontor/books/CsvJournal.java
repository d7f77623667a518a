package io.kontor.books;

import io.kontor.ledger.BookEntry;
import io.kontor.ledger.JournalEntry;
import io.kontor.ledger.Posting;
import io.kontor.money.Money;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A journal as comma-separated values (RFC 4180), one line a posting. */
public final class CsvJournal {

  private static final String HEADER =
      csv(
          "date",
          "entity",
          "channel",
          "narration",
          "account",
          "debit",
          "credit",
          "currency",
          "fact",
          "rule",
          "mappings",
          "functional",
          "functional currency");

  private static final String BOOK_HEADER =
      csv(
          "date",
          "reference",
          "narration",
          "code",
          "name",
          "debit",
          "credit",
          "currency",
          "account",
          "functional",
          "functional currency");

  private CsvJournal() {}

  /** The subledger's journal, with the subledger's own accounts. */
  public static String of(List<JournalEntry> entries) {
    StringBuilder text = new StringBuilder(HEADER);
    entries.forEach(entry -> text.append(lines(entry)));
    return text.toString();
  }

  /** The lines of one entry, without the header. */
  private static String lines(JournalEntry entry) {
    StringBuilder text = new StringBuilder();
    for (Posting posting : entry.postings()) {
      text.append(
          csv(
              entry.date().toString(),
              entry.entity(),
              entry.channel(),
              entry.narration(),
              posting.account().path(),
              debit(posting.amount()),
              debit(posting.amount().negated()),
              posting.amount().currency().getCurrencyCode(),
              entry.fact(),
              entry.rule(),
              entry.mappings(),
              posting.functional().plain(),
              posting.functional().currency().getCurrencyCode()));
    }
    return text.toString();
  }

  /** A file book's journal, with the codes and names of the chart. */
  public static String ofBook(List<BookEntry> entries) {
    StringBuilder text = new StringBuilder(BOOK_HEADER);
    for (BookEntry entry : entries) {
      for (BookEntry.Line line : entry.lines()) {
        text.append(
            csv(
                entry.date().toString(),
                entry.reference(),
                entry.narration(),
                line.code(),
                line.name(),
                debit(line.amount()),
                debit(line.amount().negated()),
                entry.currency().getCurrencyCode(),
                line.account().path(),
                line.functional().plain(),
                line.functional().currency().getCurrencyCode()));
      }
    }
    return text.toString();
  }

  private static String debit(Money amount) {
    return amount.isPositive() ? amount.plain() : "";
  }

  private static String csv(String... cells) {
    return Stream.of(cells).map(CsvJournal::quoted).collect(Collectors.joining(",", "", "\r\n"));
  }

  private static String quoted(String cell) {
    return cell.matches("(?s).*[\",\r\n].*") ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
  }
}
