package io.kontor.books;

import io.kontor.ledger.BookEntry;
import io.kontor.ledger.JournalEntry;
import io.kontor.ledger.Posting;
import io.kontor.money.Money;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A journal as hledger reads it. What a journal uses is declared, so that {@code hledger check
 * --strict} accepts it.
 */
public final class HledgerJournal {

  private static final String LINE = "    %-48s %15s %s%n".replace("%n", "\n");

  private HledgerJournal() {}

  /** The subledger's journal, with the subledger's own accounts. */
  public static String of(List<JournalEntry> entries) {
    List<Posting> postings = entries.stream().flatMap(e -> e.postings().stream()).toList();
    StringBuilder text = new StringBuilder();
    text.append(
        declarations(
            postings.stream().map(p -> p.account().path()).toList(), currencies(postings)));
    entries.forEach(entry -> text.append('\n').append(entry(entry)));
    return text.toString();
  }

  /** A file book's journal, with the account names of the chart. */
  public static String ofBook(List<BookEntry> entries) {
    StringBuilder text = new StringBuilder();
    text.append(
        declarations(
            entries.stream().flatMap(e -> e.lines().stream()).map(BookEntry.Line::file).toList(),
            currencies(
                entries.stream()
                    .flatMap(e -> e.lines().stream())
                    .map(BookEntry.Line::posting)
                    .toList())));
    entries.forEach(entry -> text.append('\n').append(entry(entry)));
    return text.toString();
  }

  /** The directives that a strict check wants: commodities and accounts, each once. */
  private static String declarations(Collection<String> accounts, Collection<Currency> currencies) {
    StringBuilder text = new StringBuilder();
    TreeSet<String> codes = new TreeSet<>();
    for (Currency currency : currencies) {
      if (codes.add(currency.getCurrencyCode())) {
        String decimals = "0".repeat(currency.getDefaultFractionDigits());
        text.append("commodity 1000.").append(decimals).append(' ').append(currency).append('\n');
      }
    }
    new TreeSet<>(accounts).forEach(name -> text.append("account ").append(name).append('\n'));
    return text.toString();
  }

  /** One entry of the subledger, with what it was made of as its comment. */
  private static String entry(JournalEntry entry) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s %s  ; fact:%s rule:%s mappings:%s\n"
            .formatted(
                entry.date(),
                oneLine(entry.narration()),
                oneLine(entry.fact()),
                entry.rule(),
                entry.mappings()));
    for (Posting posting : entry.postings()) {
      text.append(line(posting.account().path(), posting));
    }
    return text.toString();
  }

  private static List<Currency> currencies(List<Posting> postings) {
    return postings.stream()
        .flatMap(p -> Stream.of(p.amount().currency(), p.functional().currency()))
        .toList();
  }

  /** An amount in another currency has its total cost, so that the entry balances in both. */
  private static String line(String account, Posting posting) {
    Money shown = posting.amount().isZero() ? posting.functional() : posting.amount();
    String cost =
        posting.isForeign() && !posting.amount().isZero()
            ? " @@ " + posting.functional().abs()
            : "";
    return LINE.formatted(account, shown.plain(), shown.currency() + cost);
  }

  private static String entry(BookEntry entry) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s %s  ; reference:%s\n"
            .formatted(entry.date(), oneLine(entry.narration()), oneLine(entry.reference())));
    for (BookEntry.Line line : entry.lines()) {
      text.append(line(line.file(), line.posting()));
    }
    return text.toString();
  }

  /** Narrations hold what vendors call their orders: neither a comment nor a new line. */
  private static String oneLine(String text) {
    return text.replaceAll("[;|\\p{Cntrl}\\s]+", " ").strip();
  }
}
