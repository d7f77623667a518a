package io.kontor.mapping.statement;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kontor.Folders;
import io.kontor.failure.RejectedFailure;
import io.kontor.mapping.Channel;
import io.kontor.mapping.MappingsReader;
import io.kontor.money.Money;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatementReaderTest {

  private static final String HEADER =
      "settlement-id\tsettlement-start-date\tsettlement-end-date\tdeposit-date\ttotal-amount\tcurrency\ttransaction-type\torder-id\tmarketplace-name\tamount-type\tamount-description\tamount\tposted-date\tposted-date-time\tsku\tquantity-purchased\n";
  private static final String TOTALS =
      "900\t2026-11-01 00:00:00 UTC\t2026-11-14 23:59:59 UTC\t2026-11-16 00:00:00 UTC\t%s\tUSD\n";
  private static final String LINE =
      "900\t\t\t\t\tUSD\tOrder\t111-1\tAmazon.com\tItemPrice\tPrincipal\t%s\t2026-11-02\t%s\tNW-A\t1\n";

  private static final String WIDE_HEADER =
      "settlement-id\ttransaction-type\torder-id\tsku\tposted-date\tprice-type\tprice-amount\titem-related-fee-type\titem-related-fee-amount\tother-amount\tsettlement-start-date\tsettlement-end-date\tdeposit-date\ttotal-amount\tcurrency\n";
  private static final String WIDE_TOTALS =
      "900\t\t\t\t\t\t\t\t\t\t2026-11-01T00:00:00+00:00\t2026-11-14T23:59:59+00:00\t2026-11-16T00:00:00+00:00\t%s\tUSD\n";
  private static final String WIDE_LINE =
      "900\tOrder\t111-1\tNW-A\t2026-11-02T08:14:22+00:00\tPrincipal\t4.00\tCommission\t-0.50\n";

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
  void units_in_a_row_behind_those_with_the_amounts_make_a_line_without_money() {
    String counted = "900\t%s\t111-1\tNW-A\t2026-11-02T08:14:22+00:00\t\t\t\t\t\t\t\t\t\t\t%s\n";
    read(
        WIDE_HEADER.strip()
            + "\tquantity-purchased\n"
            + WIDE_TOTALS.formatted("3.50")
            + WIDE_LINE
            + counted.formatted("Order", "3")
            + counted.formatted("Refund", "2"));
    assertThat(lines)
        .extracting(line -> line.number() + " " + line.code() + " " + line.quantity())
        .containsExactly(
            "301 Order/ItemPrice/Principal 0",
            "302 Order/ItemFees/Commission 0",
            "400 Order/ItemPrice/Principal 3");
    assertThat(lines.get(2).amount()).isEqualTo(Money.of("0.00", "USD"));
  }

  @Test
  void the_row_with_the_totals_may_have_been_sorted_below_the_lines() {
    String line = LINE.formatted("10.50", "2026-11-02 08:14:22 UTC");
    StatementTotals totals = read(HEADER + line + line + TOTALS.formatted("31.50") + line);
    assertThat(totals.total()).isEqualTo(Money.of("31.50", "USD"));
    assertThat(lines).extracting(StatementLine::number).containsExactly(2L, 3L, 5L);
    refused(line + line, "no-totals", "line 2 should hold the statement's totals");
    refused(line.repeat(10_001), "no-totals", "line 2 should hold the statement's totals");
  }

  @Test
  void totals_may_stand_beside_every_line_in_place_of_a_row_of_their_own() {
    String totals = TOTALS.formatted("21.00").strip();
    String line = LINE.formatted("10.50", "2026-11-02 08:14:22 UTC");
    String both = totals + line.substring(line.indexOf("\tOrder"));
    assertThat(read(HEADER + both + both).total()).isEqualTo(Money.of("21.00", "USD"));
    assertThat(lines)
        .extracting(l -> l.number() + " " + l.code() + " " + l.amount().plain())
        .containsExactly("2 Order/ItemPrice/Principal 10.50", "3 Order/ItemPrice/Principal 10.50");
    lines.clear();
    String zeros = totals + "\t\t\t\t\t\t0.00\t\t\t\t0\n";
    read(HEADER + zeros + both + both);
    assertThat(lines).extracting(StatementLine::number).containsExactly(3L, 4L);
  }

  @Test
  void wide_totals_may_stand_beside_every_line_too() {
    String line =
        WIDE_LINE.strip() + "\t\t" + WIDE_TOTALS.formatted("7.00").substring("900".length() + 10);
    read(WIDE_HEADER + line + line);
    assertThat(lines).extracting(StatementLine::number).containsExactly(201L, 202L, 301L, 302L);
  }

  @Test
  void units_that_stand_in_a_row_without_amounts_are_those_of_the_rows_after_it() {
    String header = WIDE_HEADER.strip() + "\tquantity-purchased\n";
    String counted = "900\tOrder\t111-1\t%s\t2026-11-02T08:14:22+00:00\t\t%s\t\t\t\t\t\t\t\t\t%s\n";
    read(
        header
            + WIDE_TOTALS.formatted("14.00")
            + counted.formatted("NW-A", "", "3")
            + counted.formatted("NW-A", "0.00", "")
            + WIDE_LINE
            + WIDE_LINE
            + counted.formatted("NW-B", "0.00", "2")
            + WIDE_LINE.replace("NW-A", "NW-B")
            + WIDE_LINE.replace("111-1", "111-2"));
    assertThat(lines)
        .extracting(line -> line.sku() + " " + line.code() + " " + line.quantity())
        .containsExactly(
            "NW-A Order/ItemPrice/Principal 3",
            "NW-A Order/ItemFees/Commission 3",
            "NW-A Order/ItemPrice/Principal 0",
            "NW-A Order/ItemFees/Commission 0",
            "NW-B Order/ItemPrice/Principal 2",
            "NW-B Order/ItemFees/Commission 2",
            "NW-A Order/ItemPrice/Principal 0",
            "NW-A Order/ItemFees/Commission 0");
  }

  @Test
  void a_quantity_of_zero_in_a_wide_row_says_no_more_than_an_empty_one() {
    String counted = "900\tOrder\t111-1\tNW-A\t2026-11-02T08:14:22+00:00" + "\t".repeat(11) + "3\n";
    String line = WIDE_LINE.strip() + "\t".repeat(7) + "0\n";
    read(
        WIDE_HEADER.strip()
            + "\tquantity-purchased\n"
            + WIDE_TOTALS.formatted("3.50")
            + counted
            + line);
    assertThat(lines)
        .extracting(l -> l.code() + " " + l.quantity())
        .containsExactly("Order/ItemPrice/Principal 3", "Order/ItemFees/Commission 3");
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
            + LINE.formatted("1", "Nov 2, 2026 8:14:22 AM PST")
            + LINE.formatted("1", "2026/11/02 08:14:22 UTC")
            + LINE.formatted("1", "2 nov 2026 08:14:22 gmt")
            + LINE.formatted("1", "02/11/2026 08:14:22 CET")
            + LINE.formatted("1", "2026-11-02 08:14:22")
            + LINE.formatted("1", ""));
    assertThat(lines)
        .extracting(line -> line.postedOn().toString())
        .containsExactly(
            "2026-11-02T07:14:22Z",
            "2026-11-02T08:14:22Z",
            "2026-11-02T10:00:00Z",
            "2026-11-02T16:14:22Z",
            "2026-11-02T16:14:22Z",
            "2026-11-02T08:14:22Z",
            "2026-11-02T08:14:22Z",
            "2026-11-02T07:14:22Z",
            "2026-11-02T08:14:22Z",
            "2026-11-02T10:00:00Z");
  }

  @Test
  void a_day_without_a_time_is_that_day_wherever_the_entity_is() {
    read(HEADER + TOTALS.formatted("5.00") + LINE.formatted("1", "01.11.2026"));
    for (String zone : List.of("Pacific/Honolulu", "America/New_York", "Pacific/Auckland")) {
      assertThat(LocalDate.ofInstant(lines.get(0).postedOn(), ZoneId.of(zone)))
          .isEqualTo(LocalDate.of(2026, 11, 1));
    }
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
    refused(TOTALS.formatted("1") + LINE.formatted("1".repeat(16), ""), "not-an-amount", "line 3");
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
  void a_date_that_is_a_year_off_names_the_line_and_the_period() {
    refused(
        TOTALS.formatted("1") + LINE.formatted("1", "2062-11-02 08:14:22 UTC"),
        "implausible-date",
        "2062-11-02");
    refused(
        TOTALS.formatted("1") + LINE.formatted("1", "2006-11-02 08:14:22 UTC"),
        "implausible-date",
        "2026-11-14T23:59:59Z");
    refused(
        TOTALS.formatted("1").replace("2026-11-14", "2026-10-14"),
        "implausible-date",
        "before it begins");
  }

  @Test
  void a_quantity_that_is_no_number_is_none_and_refuses_no_money() {
    String line = LINE.formatted("1", "");
    StringBuilder all = new StringBuilder();
    List.of("2", "1.0", "1,00", "x", "n/a", "-", "9".repeat(16))
        .forEach(many -> all.append(line.replaceFirst("\t1\n$", "\t" + many + "\n")));
    read(HEADER + TOTALS.formatted("7") + all);
    assertThat(lines)
        .extracting(l -> l.quantity().stripTrailingZeros().toPlainString())
        .containsExactly("2", "1", "1", "0", "0", "0", "0");
  }

  @Test
  void the_header_says_which_layout_it_is() {
    read(WIDE_HEADER + WIDE_TOTALS.formatted("3.50") + WIDE_LINE);
    assertThat(lines)
        .extracting(StatementLine::code)
        .containsExactly("Order/ItemPrice/Principal", "Order/ItemFees/Commission");
    assertThat(lines).extracting(StatementLine::number).containsExactly(301L, 302L);
    read(HEADER + TOTALS.formatted("1") + LINE.formatted("1", ""));
    assertThat(lines).hasSize(3);
  }

  @Test
  void a_header_that_fits_no_layout_is_refused_with_what_the_nearest_one_lacks() {
    header(HEADER.replace("total-amount", "total"), "missing-column", "[total-amount], which")
        .hasMessageContaining("settlement-v2.statement.yaml needs");
    header(
        WIDE_HEADER.replace("settlement-end-date\t", ""),
        "missing-column",
        "[settlement-end-date], which settlement-v1.statement.yaml needs");
    header("Datum;Betrag\n", "missing-column", "settlement-id");
  }

  @Test
  void a_header_below_other_lines_is_found_and_rows_keep_the_numbers_of_the_file() {
    String above = "\"Settlement report, 2026\";\n\n--;--;\nSeller;\"Nord\twind\n;;;\n";
    read(above + HEADER + TOTALS.formatted("1") + LINE.formatted("1", ""));
    assertThat(lines).extracting(StatementLine::number).containsExactly(8L);
    header(
        above + HEADER + TOTALS.formatted("1") + LINE.formatted("x", ""),
        "not-an-amount",
        "line 8 ");
    header(
        above + HEADER.replace("total-amount", "total") + TOTALS.formatted("1"),
        "missing-column",
        "the header (line 6) lacks [total-amount], which settlement-v2.statement.yaml needs");
  }

  @Test
  void a_column_that_stands_twice_is_refused_if_it_counts() {
    header(HEADER.replace("sku", "amount"), "duplicate-column", "'amount'");
    read(
        HEADER.replace("\n", "\tReserved\tReserved\n")
            + TOTALS.formatted("1")
            + LINE.formatted("1", ""));
    assertThat(lines).hasSize(1);
  }

  @Test
  void a_file_that_went_through_a_spreadsheet_is_read_all_the_same() {
    String text =
        (HEADER.toUpperCase(java.util.Locale.ROOT)
                + TOTALS.formatted("1.234,56 ")
                + LINE.formatted(" 1.234,56", "02.11.2026 08:14:22 UTC"))
            .replace('\t', ';')
            .replace("NW-A", "\"NW;\"\"A\"\"\"")
            .replace("\n", "  \r\n");
    read(("\ufeff" + text + ";;;;;;;;;;;;;;;\r\n").getBytes(UTF_16LE));
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0).amount().plain()).isEqualTo("1234.56");
    assertThat(lines.get(0).sku()).isEqualTo("NW;\"A\"");
  }

  @Test
  void an_amount_under_a_column_without_a_type_is_kept_as_an_unknown_code() {
    read(
        WIDE_HEADER
            + WIDE_TOTALS.formatted("7.00")
            + "900\tOrder\t111-1\tNW-A\t2026-11-02T08:14:22+00:00\t\t5.00\t\t\t2.00\n");
    assertThat(lines)
        .extracting(line -> line.code() + " " + line.amount().plain())
        .containsExactly("Order/ItemPrice/ 5.00", "other-transaction/other-transaction/Order 2.00");
    assertThat(lines)
        .allSatisfy(line -> assertThat(document.codes().find(line.code(), "")).isEmpty());
  }

  @Test
  void a_row_that_only_states_a_quantity_makes_no_line_of_the_wide_layout() {
    read(
        WIDE_HEADER
            + WIDE_TOTALS.formatted("3.50")
            + "900\tOrder\t111-1\tNW-A\t2026-11-02T08:14:22+00:00\t\t\t\t\t\n"
            + WIDE_LINE);
    assertThat(lines).hasSize(2);
  }

  @Test
  void a_cell_of_zero_makes_no_line_of_the_wide_layout() {
    read(
        WIDE_HEADER
            + WIDE_TOTALS.formatted("3.50")
            + "900\tOrder\t111-1\tNW-A\t2026-11-02T08:14:22+00:00\tPrincipal\t4.00\t\t0.00\t0.00\n"
            + "900\tOrder\t111-1\tNW-A\t2026-11-02T08:14:22+00:00\t\t0\tCommission\t-0.50\t0.0\n");
    assertThat(lines)
        .extracting(StatementLine::code)
        .containsExactly("Order/ItemPrice/Principal", "Order/ItemFees/Commission");
  }

  @Test
  void a_row_of_nothing_but_tabs_is_no_row() {
    String line = LINE.formatted("21.00", "2026-11-02 08:14:22 UTC");
    StatementTotals totals =
        read(HEADER + "\t\t\t\t\n" + TOTALS.formatted("21.00") + "\t \t\n" + line + "\t\t\n");
    assertThat(totals.total()).isEqualTo(Money.of("21.00", "USD"));
    assertThat(lines).extracting(StatementLine::number).containsExactly(5L);
  }

  @Test
  void what_cannot_be_kept_is_refused() {
    refused(
        TOTALS.formatted("1") + LINE.formatted("1", "").replace("111-1", "1".repeat(201)),
        "field-too-long",
        "201 characters");
    read(
        HEADER
            + TOTALS.formatted("1")
            + LINE.formatted("1", "").replace("Principal", "unsuccessful: " + "x".repeat(400)));
    assertThat(lines.get(0).code()).hasSize(300).startsWith("Order/ItemPrice/unsuccessful");
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

  @Test
  void a_file_that_says_nowhere_when_its_lines_were_posted_is_not_of_this_layout() {
    header(
        HEADER.replace("posted-", "booked-") + TOTALS.formatted("1") + LINE.formatted("1", ""),
        "missing-column",
        "lacks [posted-date-time or posted-date]");
  }

  @Test
  void where_nothing_states_the_total_each_row_names_its_settlement(@TempDir Path root)
      throws IOException {
    List<StatementLayout> layouts =
        summed(root, "settlement: settlement-id, currency: currency", "amount: amount");
    String pending = LINE.formatted("2", "").replaceFirst("900", "");
    assertThatThrownBy(() -> read(layouts, HEADER + LINE.formatted("1", "") + pending))
        .isInstanceOfSatisfying(
            RejectedFailure.class, e -> assertThat(e.code()).isEqualTo("mixed-settlements"))
        .hasMessageContaining("line 3 names no settlement in settlement-id")
        .hasMessageEndingWith("leave them out with except: { 'settlement-id': [\"\"] }");

    Path file = root.resolve("vendors/amazon/settlement-v2.statement.yaml");
    Files.writeString(
        file,
        Files.readString(file).replace("line:", "line:\n  except: { settlement-id: [\"\"] }"));
    assertThat(
            read(v2(root), HEADER + LINE.formatted("1", "") + pending + LINE.formatted("3", ""))
                .total())
        .isEqualTo(Money.of("4", "USD"));
  }

  @Test
  void a_currency_may_be_written_small() {
    assertThat(
            read((HEADER + TOTALS.formatted("1") + LINE.formatted("1", "")).replace("USD", "usd"))
                .total())
        .isEqualTo(Money.of("1", "USD"));
  }

  @Test
  void where_nothing_states_the_total_each_amount_must_have_its_column(@TempDir Path root)
      throws IOException {
    List<StatementLayout> layouts = summed(root, "currency: currency", "plus: [amount, fee]");
    String text = HEADER + LINE.formatted("1", "");
    assertThatThrownBy(() -> read(layouts, text))
        .hasMessageContaining("the header (line 1) lacks [fee]");
    assertThat(read(layouts, text.replace("\tsku", "\tfee").replace("NW-A", "2.00")).total())
        .isEqualTo(Money.of("3", "USD"));
  }

  /** Amazon's layout, but for its total, which is the sum of the lines. */
  private static List<StatementLayout> summed(Path root, String totals, String amount)
      throws IOException {
    Folders.copy(Path.of("mappings"), root);
    Path file = root.resolve("vendors/amazon/settlement-v2.statement.yaml");
    Files.writeString(
        file,
        Files.readString(file)
            .replaceFirst(
                "(?s)totals:.*line:", "totals: { source: lines, %s }\nline:".formatted(totals))
            .replace("amount: amount", amount));
    return v2(root);
  }

  private static List<StatementLayout> v2(Path root) {
    return ((Channel.Document.Statement)
            MappingsReader.read(root).channel("amazon").orElseThrow().documents().get("settlement"))
        .layouts()
        .subList(0, 1);
  }

  private StatementTotals read(List<StatementLayout> layouts, String text) {
    return StatementReader.read(
        layouts, "test", new ByteArrayInputStream(text.getBytes(UTF_8)), lines::add);
  }

  private AbstractThrowableAssert<?, ? extends Throwable> header(
      String text, String code, String message) {
    return assertThatThrownBy(() -> read(text))
        .isInstanceOfSatisfying(RejectedFailure.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(message);
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
