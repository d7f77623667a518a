package io.kontor.mapping;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kontor.mapping.statement.StatementLine;
import io.kontor.mapping.statement.StatementReader;
import io.kontor.mapping.statement.StatementTotals;
import io.kontor.money.Money;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layouts that somebody writes for a channel of his own, and what they make of its files. */
class LayoutReaderTest {

  private static final String LAYOUT =
      """
      delimiter: comma
      encodings: [UTF-8]
      decimals: point
      dates: ["yyyy-MM-dd"]
      totals:
        source: rows
        rows: { Type: [Payout] }
        settlement: [Account, Batch]
        currency: Currency
        minus: [Net]
      line:
        order: Order
        postedOn: Day
        except: { Type: [Payout, "--"] }
        amounts:
          - { amount: Net, code: [Type, =Net] }
          - { amount: Fee, code: [Type, =Fee] }
      codes: report-codes.csv
      """;

  private static final String HEADER = "Type,Day,Account,Batch,Currency,Order,Net,Fee\n";

  @TempDir private Path root;
  private final List<StatementLine> lines = new ArrayList<>();

  @BeforeEach
  void vendor() throws IOException {
    Path vendor = Files.createDirectories(root.resolve("vendors/bazaar"));
    Files.writeString(
        vendor.resolve("vendor.yaml"),
        "documents:\n  report: { statement: report.statement.yaml }\n");
    Files.writeString(
        vendor.resolve("report-codes.csv"), "code,nature,role\n*/*,fee,fee.commission\n");
    layout("delimiter: comma", "delimiter: comma");
  }

  @Test
  void words_that_stand_for_nothing_are_nothing_but_where_rows_are_told_apart() throws IOException {
    layout("dates:", "empty: [\"--\", \" n/a \"]\ndates:");
    StatementTotals totals =
        read(
            HEADER
                + "Sale,2026-11-02,A,7,EUR, -- ,10.00,n/a\n"
                + "Sale,2026-11-02,A,n/a,--,1,n/a,-1.00\n"
                + "--,2026-11-02,A,7,EUR,1,99.00,--\n"
                + "Payout,2026-11-03,A,7,EUR,--,-9.00,--\n");
    assertThat(totals.settlement()).isEqualTo("A-7");
    assertThat(totals.total().plain()).isEqualTo("9.00");
    assertThat(lines)
        .extracting(line -> line.number() + " '" + line.order() + "' " + line.amount().plain())
        .containsExactly("201 '' 10.00", "302 '1' -1.00");
  }

  @Test
  void without_them_every_word_is_a_word() {
    assertThatThrownBy(() -> read(HEADER + "Sale,2026-11-02,A,7,EUR,1,--,\n"))
        .hasMessageContaining("line 2 has '--' in column 'Net', which is not a number")
        .hasMessageContaining("'empty'")
        .hasMessageContaining("report.statement.yaml");
  }

  @Test
  void a_statement_without_a_row_that_is_looked_for_names_the_filter_and_the_layout()
      throws IOException {
    String sale = HEADER + "Sale,2026-11-02,A,7,EUR,1,10.00,\n";
    layout("rows: { Type: [Payout] }", "rows: { Type: [Payout, Transfer*], Fee: \"\" }");
    assertThatThrownBy(() -> read(sale))
        .hasMessage(
            "the statement has no row with the totals, which report.statement.yaml finds by Fee '' and Type 'Payout' or 'Transfer*': fetch it again; or, if the channel writes another word there, correct 'rows'");
    layout(
        "source: rows\n  rows: { Type: [Payout] }",
        "source: balances\n  opening: { Type: Sale }\n  closing: { Type: [Close] }");
    assertThatThrownBy(() -> read(sale))
        .hasMessageContaining("no row with the closing balance")
        .hasMessageContaining("by Type 'Close': ")
        .hasMessageContaining("correct 'closing'");
    layout(
        "source: rows\n  rows: { Type: [Payout] }\n  settlement: [Account, Batch]\n  currency: Currency\n  minus: [Net]\n",
        "source: lines\n  currency: Currency\n");
    assertThatThrownBy(() -> read(sale.replace("Sale", "Payout")))
        .hasMessageContaining("no lines to make the totals, but for those with Type 'Payout' or")
        .hasMessageContaining("report.statement.yaml");
  }

  @Test
  void a_byte_that_is_of_no_encoding_of_the_layout_names_where_to_add_one() throws IOException {
    byte[] text = (HEADER + "Sale,2026-11-02,A,7,EUR,M\u00fcller,10.00,\n").getBytes(ISO_8859_1);
    for (String encodings : List.of("UTF-8", "US-ASCII")) {
      layout("encodings: [UTF-8]", "encodings: [" + encodings + "]");
      assertThatThrownBy(() -> read(text))
          .hasMessageContaining("(0xfc) is not valid " + encodings)
          .hasMessageContaining("'encodings' of report.statement.yaml, which has [%s]", encodings);
    }
    layout("encodings: [UTF-8]", "encodings: [UTF-8, windows-1252]");
    assertThatThrownBy(() -> read(text)).hasMessageContaining("no row with the totals");
  }

  @Test
  void a_language_that_nobody_speaks_is_a_fault() throws IOException {
    layout("dates:", "languages: [de, en-GB, german, de_DE, xx]\ndates:");
    assertThatThrownBy(this::document)
        .hasMessageContaining("'languages': 'german' is no language that months are known of")
        .hasMessageContaining("'de_DE'")
        .hasMessageContaining("'xx'")
        .hasMessageNotContaining("'de'")
        .hasMessageNotContaining("'en-GB'");
  }

  @Test
  void months_in_german_have_a_dot_within_a_date_and_none_alone() throws IOException {
    String day = "Sale,%s,A,7,EUR,1,10.00,\nPayout,,A,7,EUR,,-10.00,\n";
    for (String pattern : List.of("MMM 3. Feb. 2026", "LLL 3. Feb 2026", "MMM 3. M\u00e4rz 2026")) {
      String text = pattern.substring(4);
      layout(
          "dates: [\"yyyy-MM-dd\"]",
          "languages: de\ndates: [\"d. %s yyyy\"]".formatted(pattern.substring(0, 3)));
      assertThat(read(HEADER + day.formatted(text)).total().plain()).isEqualTo("10.00");
      assertThatThrownBy(() -> read(HEADER + day.formatted("3. Febr 2026")))
          .hasMessageContaining("'3. Febr 2026' for the posting is not a date");
    }
  }

  @Test
  void a_currency_that_no_column_has_and_a_word_of_the_name_are_constants() throws IOException {
    layout("Account, Batch]\n  currency: Currency", "=Payouts, Batch]\n  currency: =EUR");
    StatementTotals totals =
        read(
            HEADER.replace("Currency,", "").replace("Account", "Anybody")
                + "Sale,2026-11-02,A,7,1,10.00,-1.00\n"
                + "Payout,2026-11-03,,7,,-9.00,\n");
    assertThat(totals.settlement()).isEqualTo("Payouts-7");
    assertThat(totals.total()).isEqualTo(Money.of("9.00", "EUR"));
    assertThat(lines).extracting(StatementLine::amount).contains(Money.of("10.00", "EUR"));
  }

  @Test
  void a_total_is_in_its_own_currency_and_the_lines_must_be_in_it_too() throws IOException {
    layout("  order: Order", "  currency: Order\n  order: Currency");
    String sale = "Sale,2026-11-02,A,7,1,%s,10.00,-1.00\n";
    String payout = "Payout,2026-11-03,A,7,EUR,,-9.00,\n";
    assertThat(read(HEADER + sale.formatted("EUR") + payout).total())
        .isEqualTo(Money.of("9.00", "EUR"));
    assertThatThrownBy(() -> read(HEADER + sale.formatted("USD") + payout))
        .hasMessageContaining("line 3 is in EUR, but the statement is in USD");
  }

  @Test
  void of_several_columns_for_the_currency_one_must_be_there() throws IOException {
    layout("currency: Currency", "currency: Payout Currency | Currency");
    String rows = "Sale,2026-11-02,A,7,EUR,1,18.00,\nPayout,2026-11-03,A,7,EUR,,-18.00,\n";
    assertThat(read(HEADER + rows).total()).isEqualTo(Money.of("18.00", "EUR"));
    assertThatThrownBy(() -> read(HEADER.replace("Currency", "Money")))
        .hasMessageContaining("lacks [Payout Currency or Currency]");
  }

  @Test
  void constants_that_cannot_be_meant_are_faults() throws IOException {
    layout("Account, Batch]\n  currency: Currency", "=A]\n  currency: =euro");
    assertThatThrownBy(this::document)
        .hasMessageContaining("totals: 'settlement' must name a column")
        .hasMessageContaining("totals: 'currency': unknown currency 'euro'");
    layout("  currency: Currency", "  currency: [Currency, =EUR]");
    assertThatThrownBy(this::document).hasMessageContaining("'currency': a constant stands alone");
    layout("  currency: Currency", "  currency: Currency | =EUR");
    assertThatThrownBy(this::document).hasMessageContaining("=EUR': a constant stands alone");
    layout("  currency: Currency\n", "");
    assertThatThrownBy(this::document).hasMessageContaining("'currency' must name a column, or");
  }

  private StatementTotals read(String text) {
    return read(text.getBytes(UTF_8));
  }

  private StatementTotals read(byte[] text) {
    return StatementReader.read(
        document().layouts(), "test", new ByteArrayInputStream(text), lines::add);
  }

  private Channel.Document.Statement document() {
    TableFaults faults = new TableFaults();
    Channel.Document document =
        new VendorReader(new MappingFiles(root, faults), faults).documents("bazaar").get("report");
    faults.throwIfAny();
    return (Channel.Document.Statement) document;
  }

  private void layout(String old, String text) throws IOException {
    assertThat(LAYOUT).contains(old);
    Files.writeString(
        root.resolve("vendors/bazaar/report.statement.yaml"), LAYOUT.replace(old, text));
  }
}
