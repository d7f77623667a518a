package io.kontor.books;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kontor.failure.UnmappedFailure;
import io.kontor.ledger.Account;
import io.kontor.ledger.BookEntry;
import io.kontor.ledger.JournalEntry;
import io.kontor.ledger.Posting;
import io.kontor.mapping.Entity.Granularity;
import io.kontor.money.Money;
import io.kontor.posting.SampleBooks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BookEntriesTest {

  private static final BookEntries BOOK =
      new BookEntries("nordwind", SampleBooks.entity("nordwind").chart());

  @Test
  void a_summary_has_one_entry_a_day_with_one_line_an_account() {
    List<BookEntry> book = BOOK.of("b1", "shopify-eu", sample(), Granularity.SUMMARY);
    assertThat(book)
        .extracting(BookEntry::reference)
        .containsExactly("b1/2026-11-19", "b1/2026-11-20");
    assertThat(lines(book.get(0)))
        .containsExactly(
            "1211 clearing:shopify-eu:paypal:EUR 200.00 EUR",
            "2310 deposits:shopify-eu -81.00 EUR",
            "4000 revenue.goods:shopify-eu:de:19 -100.00 EUR",
            "2419 vat:de:19 -19.00 EUR");
  }

  @Test
  void entry_granularity_keeps_each_entry_under_its_number() {
    List<BookEntry> book = BOOK.of("b1", "shopify-eu", sample(), Granularity.ENTRY);
    assertThat(book)
        .extracting(BookEntry::reference)
        .containsExactly("nordwind/7", "nordwind/8", "nordwind/9");
    assertThat(lines(book.get(0))).contains("1211 clearing:shopify-eu:paypal:EUR 200.00 EUR");
  }

  @Test
  void each_currency_makes_an_entry_of_its_own() {
    SortedMap<Long, JournalEntry> entries = new TreeMap<>();
    entries.put(
        1L,
        entry(
            "2026-11-19",
            posting("clearing:x:y:USD", "10.00", "USD"),
            posting("fx.position", "-10.00", "USD"),
            posting("fx.position", "9.00", "EUR"),
            posting("bank", "-9.00", "EUR")));
    List<BookEntry> book = BOOK.of("b1", "x", entries, Granularity.ENTRY);
    assertThat(book)
        .extracting(BookEntry::reference)
        .containsExactly("nordwind/1/USD", "nordwind/1/EUR");
  }

  @Test
  void what_is_booked_on_another_day_keeps_its_own_date_in_the_text() {
    BookEntries.Collecting summary = BOOK.collecting("b1", "shopify-eu", Granularity.SUMMARY);
    BookEntries.Collecting single = BOOK.collecting("b1", "shopify-eu", Granularity.ENTRY);
    LocalDate open = LocalDate.of(2026, 12, 1);
    for (BookEntries.Collecting collecting : List.of(summary, single)) {
      sample().forEach((number, entry) -> collecting.add(number, entry, open));
      assertThat(collecting.entries())
          .allSatisfy(entry -> assertThat(entry.date()).isEqualTo(open))
          .first()
          .satisfies(
              entry ->
                  assertThat(entry.narration())
                      .endsWith(
                          " (of 2026-11-19, booked on 2026-12-01 because its period is locked)"));
    }
    assertThat(summary.entries())
        .extracting(BookEntry::reference)
        .containsExactly("b1/2026-11-19", "b1/2026-11-20");
  }

  @Test
  void a_day_of_too_many_lines_is_cut_between_entries_and_each_part_balances() {
    BookEntries.Collecting summary = BOOK.summary("b1", "shopify-eu", 5);
    for (int i = 0; i < 9; i++) {
      summary.add(
          i,
          entry(
              "2026-11-19",
              posting("clearing:shopify-eu:paypal:EUR", "1.00", "EUR"),
              posting("revenue.goods:shopify-eu:country" + i, "-1.00", "EUR")),
          LocalDate.of(2026, 11, 19));
    }
    List<BookEntry> book = summary.entries();
    assertThat(book)
        .extracting(BookEntry::reference)
        .containsExactly("b1/2026-11-19", "b1/2026-11-19/2", "b1/2026-11-19/3");
    assertThat(book).extracting(part -> part.lines().size()).containsExactly(5, 5, 2);
    assertThat(book.get(0).lines().get(0).amount()).isEqualTo(Money.of("4.00", "EUR"));
  }

  @Test
  void a_hundred_thousand_entries_of_a_day_are_one_entry_with_a_line_an_account() {
    BookEntries.Collecting summary = BOOK.collecting("b1", "shopify-eu", Granularity.SUMMARY);
    JournalEntry sale = sample().get(8L);
    for (int i = 0; i < 100_000; i++) {
      summary.add(i, sale, sale.date());
    }
    assertThat(summary.entries())
        .singleElement()
        .satisfies(
            entry ->
                assertThat(lines(entry))
                    .containsExactly(
                        "2310 deposits:shopify-eu 11900000.00 EUR",
                        "4000 revenue.goods:shopify-eu:de:19 -10000000.00 EUR",
                        "2419 vat:de:19 -1900000.00 EUR"));
  }

  @Test
  void an_account_without_a_row_is_unmapped_and_names_the_file_to_edit() {
    SortedMap<Long, JournalEntry> entries = new TreeMap<>();
    entries.put(
        1L,
        entry(
            "2026-11-19",
            posting("fee.martian:x", "1.00", "EUR"),
            posting("bank", "-1.00", "EUR")));
    assertThatThrownBy(() -> BOOK.of("b1", "x", entries, Granularity.SUMMARY))
        .isInstanceOf(UnmappedFailure.class)
        .hasMessage("account fee.martian:x has no row in mappings/accounts/nordwind/chart.csv")
        .extracting(failure -> ((UnmappedFailure) failure).code())
        .isEqualTo("account-not-in-chart");
  }

  @Test
  void the_manifest_says_what_the_files_hold() {
    List<BookEntry> book = BOOK.of("b1", "shopify-eu", sample(), Granularity.SUMMARY);
    FileBook files = FileBook.of("nordwind/shopify-eu/b1", "abc", book);
    assertThat(files.files().keySet())
        .containsExactly(
            "nordwind-shopify-eu-b1.hledger",
            "nordwind-shopify-eu-b1.csv",
            "nordwind-shopify-eu-b1.manifest.json");
    Manifest manifest = Manifest.parse(files.files().get("nordwind-shopify-eu-b1.manifest.json"));
    assertThat(manifest).isEqualTo(files.manifest());
    String csv = files.files().get("nordwind-shopify-eu-b1.csv");
    assertThat(manifest.vouchesFor("nordwind-shopify-eu-b1.csv", csv)).isTrue();
    assertThat(manifest.vouchesFor("nordwind-shopify-eu-b1.csv", csv + " ")).isFalse();
    assertThat(manifest.balances())
        .contains(posting("vat:de:19", "-19.00", "EUR"), posting("bank", "-0.02", "EUR"));
  }

  @Test
  void a_csv_cell_with_a_comma_or_a_quote_is_quoted() {
    JournalEntry entry =
        new JournalEntry(
            "nordwind",
            "shopify-eu",
            LocalDate.parse("2026-11-19"),
            "capture 7 of order \"A, B\"",
            "f",
            "r",
            "m",
            List.of(posting("bank", "1.00", "EUR"), posting("cash", "-1.00", "EUR")));
    assertThat(CsvJournal.of(List.of(entry)))
        .isEqualTo(
            "date,entity,channel,narration,account,debit,credit,currency,fact,rule,mappings,functional,functional currency\r\n"
                + "2026-11-19,nordwind,shopify-eu,\"capture 7 of order \"\"A, B\"\"\",bank,1.00,,EUR,f,r,m,1.00,EUR\r\n"
                + "2026-11-19,nordwind,shopify-eu,\"capture 7 of order \"\"A, B\"\"\",cash,,1.00,EUR,f,r,m,-1.00,EUR\r\n");
  }

  @Test
  void hledger_accepts_the_journal_of_a_file_book_strictly(@TempDir Path dir) throws Exception {
    assumeTrue(Hledger.isInstalled(dir), "hledger is not installed");
    SortedMap<Long, JournalEntry> entries = sample();
    entries.put(
        10L, entry("2026-11-20", posting("bank", "1000", "JPY"), posting("cash", "-1000", "JPY")));
    entries.put(
        11L,
        entry("2026-11-20", posting("bank", "1.234", "KWD"), posting("cash", "-1.234", "KWD")));
    List<BookEntry> book = BOOK.of("b1", "shopify-eu", entries, Granularity.ENTRY);
    Path journal = dir.resolve("book.hledger");
    Files.writeString(journal, HledgerJournal.ofBook(book));
    assertThat(Hledger.faults(dir, journal)).isEmpty();
    String narration = "refund 1 of order #1 ; | \n x";
    JournalEntry odd =
        new JournalEntry(
            "e",
            "c",
            LocalDate.parse("2026-11-20"),
            narration,
            "f",
            "r",
            "m",
            sample().get(7L).postings());
    Files.writeString(journal, HledgerJournal.of(List.of(odd)));
    assertThat(Hledger.faults(dir, journal)).isEmpty();
  }

  private static SortedMap<Long, JournalEntry> sample() {
    SortedMap<Long, JournalEntry> entries = new TreeMap<>();
    entries.put(
        7L,
        entry(
            "2026-11-19",
            posting("clearing:shopify-eu:paypal:EUR", "200.00", "EUR"),
            posting("deposits:shopify-eu", "-200.00", "EUR")));
    entries.put(
        8L,
        entry(
            "2026-11-19",
            posting("deposits:shopify-eu", "119.00", "EUR"),
            posting("revenue.goods:shopify-eu:de:19", "-100.00", "EUR"),
            posting("vat:de:19", "-19.00", "EUR")));
    entries.put(
        9L,
        entry(
            "2026-11-20",
            posting("deposits:shopify-eu", "0.02", "EUR"),
            posting("bank", "-0.02", "EUR")));
    return entries;
  }

  private static JournalEntry entry(String date, Posting... postings) {
    return new JournalEntry(
        "nordwind",
        "shopify-eu",
        LocalDate.parse(date),
        "test",
        "fact",
        "rule",
        "m",
        Arrays.asList(postings));
  }

  private static Posting posting(String account, String amount, String currency) {
    return new Posting(new Account(account), Money.of(amount, currency));
  }

  private static List<String> lines(BookEntry entry) {
    return entry.lines().stream()
        .map(line -> line.code() + " " + line.account() + " " + line.amount())
        .toList();
  }
}
