package io.kontor.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kontor.mapping.statement.StatementLine;
import io.kontor.mapping.statement.StatementReader;
import io.kontor.mapping.statement.StatementTotals;
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
