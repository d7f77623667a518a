package io.kontor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.books.Hledger;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * A settlement with every common code, by both recognitions: statement (and orders) in; journal,
 * desk and tie-out out, as files that an accountant can read. The long and the wide layout must
 * give the same. Run with {@code -Dkontor.golden=write} to write them anew, then read the
 * difference.
 */
class GoldenSettlementTest {

  private static final Path CASES = Path.of("src/test/resources/golden/settlements");
  private static final Path STATEMENTS = Path.of("src/test/resources/statements/amazon");
  private static final List<String> BOTH = List.of("long", "wide-33-columns-of-amazon-de");
  private static final List<String> RETROCHARGES = List.of("long-retrocharges");
  private static final Map<String, List<String>> CASES_AND_LAYOUTS =
      new TreeMap<>(
          Map.of(
              "by-order", BOTH,
              "by-settlement", BOTH,
              "one-order-unknown", BOTH,
              "of-amazon-fr", List.of("long-of-amazon-fr"),
              "retrocharges-by-order", RETROCHARGES,
              "retrocharges-by-settlement", RETROCHARGES));
  private static final String CHANNEL = "amazon-eu";
  private static final Instant NOW = Instant.parse("2026-11-18T08:00:00Z");
  private static final boolean WRITE = "write".equals(System.getProperty("kontor.golden"));

  @TempDir private Path directory;

  @TestFactory
  Stream<DynamicTest> a_settlement_in_either_layout_becomes_the_journal_that_was_agreed() {
    return CASES_AND_LAYOUTS.entrySet().stream()
        .flatMap(
            c ->
                c.getValue().stream()
                    .map(
                        layout ->
                            DynamicTest.dynamicTest(
                                c.getKey() + ", " + layout, () -> check(c.getKey(), layout))));
  }

  @Test
  void hledger_accepts_every_journal_strictly() throws Exception {
    assumeTrue(Hledger.isInstalled(directory), "hledger is not installed");
    for (String recognition : CASES_AND_LAYOUTS.keySet()) {
      Path journal = CASES.resolve(recognition).resolve("journal.hledger");
      assertThat(Hledger.faults(directory, journal)).as(recognition).isEmpty();
    }
  }

  private void check(String recognition, String layout) throws Exception {
    Path home = directory.resolve(recognition + layout);
    Path folder = home.resolve("mappings");
    Path golden = CASES.resolve(recognition);
    Path orders = golden.resolve("orders.json");
    boolean byOrder = Files.exists(orders);
    Path mappings = byOrder ? QuietHub.mappingsByOrder(folder) : QuietHub.mappings(folder);
    try (QuietHub hub = new QuietHub(home.resolve("data"), mappings, NOW)) {
      if (byOrder) {
        hub.record(CHANNEL, "orders", Files.readAllBytes(orders));
      }
      byte[] statement = Files.readAllBytes(STATEMENTS.resolve(layout).resolve("statement.txt"));
      hub.record(CHANNEL, "settlement", statement);
      hub.reconcile();
      hub.seal();
      agree(golden.resolve("journal.hledger"), withoutVersion(hub.answer("journal", "")));
      agree(golden.resolve("desk.txt"), hub.desk());
      agree(golden.resolve("tie-out.txt"), hub.tieOut());
      if (layout.startsWith("long")) {
        String id = hub.get("settlements", "").path(0).path("settlement").asText();
        agree(golden.resolve("statement-page.txt"), hub.settlement(CHANNEL, id));
        everyFigureLeadsToItsLines(hub, id);
      }
      if (recognition.startsWith("by-") && BOTH.contains(layout)) {
        agreeWithSql(hub, byOrder);
      }
      String before = hub.answer("journal", "");
      hub.record(CHANNEL, "settlement", statement);
      hub.reconcile();
      assertThat(hub.answer("journal", "")).as("the same settlement again").isEqualTo(before);
    }
  }

  private static void everyFigureLeadsToItsLines(QuietHub hub, String id) throws IOException {
    String place = "settlements/" + CHANNEL + "/" + id;
    assertThat(hub.answer(place, "format=html"))
        .contains("<h1>Settlement " + id + " of amazon-eu</h1>");
    for (JsonNode section : hub.get(place, "").path("sections")) {
      for (JsonNode row : section) {
        BigDecimal sum = BigDecimal.ZERO;
        String lines =
            "code=%s&marketplace=%s".formatted(encoded(row, "code"), encoded(row, "marketplace"))
                + (row.path("orders").isNull() ? "" : "&orders=" + encoded(row, "orders"));
        assertThat(hub.answer(place, "format=html")).contains(lines.replace("&", "&amp;"));
        for (JsonNode line : hub.get(place + "/lines", lines)) {
          sum = sum.add(new BigDecimal(line.path("amount").asText()));
        }
        assertThat(sum).as(row.toString()).isEqualByComparingTo(row.path("amount").asText());
      }
    }
    assertThatThrownBy(() -> hub.answer(place + "/lines", "code=Comission"))
        .hasMessageContaining("settlement " + id + " has no line of code 'Comission'; it has: ");
    assertThatThrownBy(() -> hub.answer(place + "/lines", "format=html&code=Comission"))
        .as("as a page")
        .hasMessageContaining("<p class=\"break\">settlement " + id + " has no line of code");
    assertThatThrownBy(() -> hub.answer(place + "/lines", "order=nosuch"))
        .hasMessageContaining("settlement " + id + " has no line of order 'nosuch'");
    assertThat(hub.answer("tie-out", "format=html"))
        .contains("None: everything agrees, to the cent.", "/api/settlements/amazon-eu/" + id);
  }

  private static String encoded(JsonNode row, String name) {
    return URLEncoder.encode(row.path(name).asText(), StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** The mappings' version is another one after every edit of them. */
  private static String withoutVersion(String journal) {
    return journal.replaceAll(" mappings:[0-9a-f]+", "");
  }

  private static void agree(Path golden, String actual) throws IOException {
    if (WRITE) {
      Files.writeString(golden, actual);
    }
    assertThat(actual).isEqualTo(Files.readString(golden));
  }

  /**
   * Adds the staged lines up by an accountant's own list of what each code is, and holds the sums
   * against the ledger. Sales that were booked with their orders are not on the list's accounts.
   */
  private void agreeWithSql(QuietHub hub, boolean byOrder) throws SQLException {
    try (Connection sql =
            DriverManager.getConnection(hub.database().url(), hub.database().user(), "");
        Statement statement = sql.createStatement()) {
      Map<String, BigDecimal> ledger =
          sums(
              statement,
              """
              SELECT REGEXP_REPLACE(p.account, ':.*', '') , -SUM(p.amount)
              FROM posting p JOIN journal_entry e ON e.id = p.entry_id
              WHERE e.fact LIKE '%/settlement-received/%' GROUP BY 1""");
      Map<String, BigDecimal> lines =
          sums(
              statement,
              """
              SELECT CASE WHEN ? AND l.order_ref LIKE '302-%' AND k.code LIKE 'Order/%'
                  AND a."ACCOUNT" IN ('revenue.goods', 'revenue.shipping', 'promotion.seller',
                    'tax.facilitated')
                  AND k.code NOT LIKE '%ShippingChargeback' AND k.code NOT LIKE '%Facilitator%'
                THEN 'clearing' ELSE a."ACCOUNT" END,
                SUM(l.amount)
              FROM settlement_line l
              JOIN settlement_line_kind k ON k.import_id = l.import_id AND k.kind = l.kind
              JOIN CSVREAD('FILE') a
                ON k.code LIKE REPLACE(a."CODE", '*', '%')
                  AND (a."MARKETPLACE" IS NULL OR a."MARKETPLACE" = k.marketplace)
              GROUP BY 1"""
                  .replace("?", byOrder ? "TRUE" : "FALSE")
                  .replace("FILE", CASES.resolve("accounts.csv").toString()));
      BigDecimal total = lines.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
      assertThat(total).as("every line is on the list, once").isEqualByComparingTo("-3.17");
      lines.merge("payable-to-channel", total.negate(), BigDecimal::add);
      lines.values().removeIf(sum -> sum.signum() == 0);
      ledger.values().removeIf(sum -> sum.signum() == 0);
      assertThat(ledger).isEqualTo(lines);
    }
  }

  private static Map<String, BigDecimal> sums(Statement statement, String query)
      throws SQLException {
    Map<String, BigDecimal> sums = new TreeMap<>();
    try (ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        sums.put(rows.getString(1), rows.getBigDecimal(2).setScale(2));
      }
    }
    return sums;
  }
}
