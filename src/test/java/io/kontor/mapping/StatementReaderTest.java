package io.kontor.mapping;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kontor.failure.RejectedFailure;
import io.kontor.money.Money;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class StatementReaderTest {

  private static final String HEADER =
      "settlement-id\tsettlement-start-date\tsettlement-end-date\tdeposit-date\ttotal-amount\tcurrency\ttransaction-type\torder-id\tmarketplace-name\tamount-type\tamount-description\tamount\tposted-date\tposted-date-time\tsku\tquantity-purchased\n";
  private static final String TOTALS =
      "900\t2026-11-01 00:00:00 UTC\t2026-11-14 23:59:59 UTC\t2026-11-16 00:00:00 UTC\t%s\tUSD\n";
  private static final String LINE =
      "900\t\t\t\t\tUSD\tOrder\t111-1\tAmazon.com\tItemPrice\tPrincipal\t%s\t2026-11-02\t%s\tNW-A\t1\n";

  private final Channel.Document.Statement document =
      (Channel.Document.Statement)
          MappingsReader.read(Path.of("mappings"))
              .channel("amazon")
              .orElseThrow()
              .documents()
              .get("settlement");
  private final List<StatementLine> lines = new ArrayList<>();

  @Test
  void totals_and_lines_are_read_and_equal_lines_are_all_kept() {
    String line = LINE.formatted("10.50", "2026-11-02 08:14:22 UTC");
    StatementTotals totals = read(HEADER + TOTALS.formatted("21.00") + line + line);
    assertThat(totals.settlement()).isEqualTo("900");
    assertThat(totals.total()).isEqualTo(Money.of("21.00", "USD"));
    assertThat(totals.from()).isEqualTo(Instant.parse("2026-11-01T00:00:00Z"));
    assertThat(totals.to()).isEqualTo(Instant.parse("2026-11-14T23:59:59Z"));
    assertThat(totals.paidOn()).contains(Instant.parse("2026-11-16T00:00:00Z"));
    assertThat(lines).hasSize(2);
    StatementLine first = lines.get(0);
    assertThat(first.number()).isEqualTo(3);
    assertThat(first.code()).isEqualTo("Order/ItemPrice/Principal");
    assertThat(first.order()).isEqualTo("111-1");
    assertThat(first.sku()).isEqualTo("NW-A");
    assertThat(first.quantity()).isEqualByComparingTo("1");
    assertThat(first.marketplace()).isEqualTo("Amazon.com");
    assertThat(first.amount()).isEqualTo(Money.of("10.50", "USD"));
    assertThat(lines.get(1).number()).isEqualTo(4);
    assertThat(document.codes().find(first.code(), first.marketplace())).isPresent();
  }

  @Test
  void dates_are_read_in_every_way_they_are_written() {
    read(
        HEADER
            + TOTALS.formatted("5.00")
            + LINE.formatted("1", "2026-11-02T08:14:22+01:00")
            + LINE.formatted("1", "02.11.2026 08:14:22 UTC")
            + LINE.formatted("1", "02.11.2026")
            + LINE.formatted("1", "2026-11-02 08:14:22 PST")
            + LINE.formatted("1", ""));
    assertThat(lines)
        .extracting(line -> line.postedOn().toString())
        .containsExactly(
            "2026-11-02T07:14:22Z",
            "2026-11-02T08:14:22Z",
            "2026-11-02T00:00:00Z",
            "2026-11-02T16:14:22Z",
            "2026-11-02T00:00:00Z");
  }

  @Test
  void decimals_are_read_with_a_point_or_a_comma() {
    read(
        HEADER
            + TOTALS.formatted("1234,56")
            + LINE.formatted("-1.234,56", "")
            + LINE.formatted("1,234.56", "")
            + LINE.formatted("0,5", "")
            + LINE.formatted("", ""));
    assertThat(lines)
        .extracting(line -> line.amount().plain())
        .containsExactly("-1234.56", "1234.56", "0.50", "0.00");
  }

  @Test
  void latin_1_is_read_where_it_is_no_utf_8() {
    String text =
        HEADER + TOTALS.formatted("1") + LINE.formatted("1", "").replace("NW-A", "T\u00e4sse");
    read(text.getBytes(ISO_8859_1));
    assertThat(lines.get(0).sku()).isEqualTo("T\u00e4sse");
  }

  @Test
  void what_cannot_be_read_names_the_line() {
    refused(TOTALS.formatted("1") + LINE.formatted("x", ""), "not-an-amount", "line 3");
    refused(TOTALS.formatted("1") + LINE.formatted("1.005", ""), "too-many-decimals", "1.005");
    refused(TOTALS.formatted("1") + LINE.formatted("1", "yesterday"), "not-a-date", "yesterday");
    refused(
        TOTALS.formatted("1") + LINE.formatted("1", "").replaceFirst("900", "901"),
        "mixed-settlements",
        "901");
    refused(
        TOTALS.formatted("1") + LINE.formatted("1", "").replace("USD", "EUR"),
        "mixed-currencies",
        "EUR");
    refused(TOTALS.formatted("1").replace("USD", "DLR"), "unknown-currency", "DLR");
    refused(LINE.formatted("1", ""), "no-totals", "total-amount");
    refused("", "no-totals", "ends after its header");
  }

  @Test
  void every_code_of_a_genuine_settlement_is_known_and_its_lines_add_up() throws IOException {
    Path file =
        Path.of(System.getProperty("kontor.shared", "../shared"))
            .resolve("data/amazon/settlement-flatfile-v2/xieyi138-settlement-sample.txt");
    Assumptions.assumeTrue(Files.exists(file), "no shared data");
    StatementTotals totals;
    try (InputStream in = Files.newInputStream(file)) {
      totals = StatementReader.read(document.layouts(), "sample", in, lines::add);
    }
    assertThat(
            Money.sum(
                lines.stream().map(StatementLine::amount).toList(), totals.total().currency()))
        .isEqualTo(totals.total());
    assertThat(lines)
        .allSatisfy(
            line -> assertThat(document.codes().find(line.code(), line.marketplace())).isPresent());
  }

  private void refused(String rows, String code, String message) {
    assertThatThrownBy(() -> read(HEADER + rows))
        .isInstanceOfSatisfying(RejectedFailure.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(message);
  }

  private StatementTotals read(String text) {
    return read(text.getBytes(UTF_8));
  }

  private StatementTotals read(byte[] bytes) {
    return StatementReader.read(
        document.layouts(), "test", new ByteArrayInputStream(bytes), lines::add);
  }
}
