package io.kontor.mapping;

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
        .hasMessageContaining("'--'");
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
    return StatementReader.read(
        document().layouts(), "test", new ByteArrayInputStream(text.getBytes(UTF_8)), lines::add);
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
