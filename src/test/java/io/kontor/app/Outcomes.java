package io.kontor.app;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.kontor.store.DatabaseSettings;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a day left behind, as lines that can be compared: in the database, in Odoo and in the file
 * books. What depends on the order of arrival or on the clock is left out: database ids, entry
 * numbers, hashes of batches, times of recording, and how many entries led to a balance. So are the
 * lines of an order that ends cancelled in Odoo: whether they were still edited before depends on
 * which of its documents was delivered first. For the same reason lines of no units, which are left
 * of goods that were sold and taken back, are left out, and what a narration calls an order: its
 * number, or its id while the order is not known.
 */
final class Outcomes {

  private final SortedMap<String, String> lines = new TreeMap<>();

  private Outcomes() {}

  /** The hub on the data directory must have ended. */
  static SortedMap<String, String> of(Path data, String odoo) throws Exception {
    return of(DatabaseSettings.embedded(data.resolve("database"), 1), data.resolve("books"), odoo);
  }

  /** Hubs on a database of their own, with books in a folder. */
  static SortedMap<String, String> of(DatabaseSettings database, Path books, String odoo)
      throws Exception {
    Outcomes outcomes = new Outcomes();
    outcomes.database(database);
    outcomes.odoo(odoo);
    outcomes.books(books);
    return outcomes.lines;
  }

  /** How many records of a model the sandbox Odoo has. */
  static int count(String model, String odoo) throws Exception {
    return OdooReader.ofSandbox(odoo).read(model, "id").size();
  }

  private void put(String name, String value) {
    String before = lines.put(name, value);
    if (before != null) {
      lines.put(name, before + " AND AGAIN " + value);
    }
  }

  // --- the database

  private void database(DatabaseSettings settings) throws SQLException {
    try (Connection connection =
        DriverManager.getConnection(settings.url(), settings.user(), settings.password())) {
      rows(connection, "document", "SELECT id, outcome FROM raw_document");
      rows(connection, "fact", "SELECT name, hash FROM fact");
      rows(connection, "delivery", "SELECT id, state, sent = wanted FROM delivery");
      rows(
          connection,
          "desk",
          "SELECT team, code, channel, subject FROM work_item WHERE state = 'open'");
      rows(
          connection,
          "balance",
          """
          SELECT p.entity, e.channel, p.posting_date, p.account, p.currency, SUM(p.amount)
          FROM posting p JOIN journal_entry e ON e.id = p.entry_id
          GROUP BY p.entity, e.channel, p.posting_date, p.account, p.currency
          HAVING SUM(p.amount) <> 0""");
      rows(
          connection,
          "receipt",
          """
          SELECT e.fact, p.account, COUNT(*), SUM(p.amount)
          FROM posting p JOIN journal_entry e ON e.id = p.entry_id
          WHERE e.channel LIKE 'stores-%' GROUP BY e.fact, p.account""");
      rows(
          connection,
          "batch",
          """
          SELECT b.entity, b.channel, b.state, t.target,
            CASE WHEN b.channel LIKE 'stores-%' THEN b.entries ELSE 0 END
          FROM posting_batch b LEFT JOIN posting_batch_target t ON t.batch = b.id""");
      rows(
          connection,
          "volume",
          """
          SELECT g.entity, g.channel, p.account, SUM(p.amount)
          FROM journal_progress g JOIN posting p ON p.entry_id = g.entry_id
          WHERE g.batch IS NOT NULL GROUP BY g.entity, g.channel, p.account
          HAVING SUM(p.amount) <> 0""");
      rows(
          connection,
          "unfinished",
          """
          SELECT 'entries in no batch or not sealed', COUNT(*) FROM journal_progress
          WHERE batch IS NULL OR number IS NULL""");
      rows(
          connection,
          "chain",
          """
          SELECT c.entity, c.last_number = (SELECT COUNT(*) FROM journal_progress g
            WHERE g.entity = c.entity AND g.number BETWEEN 1 AND c.last_number)
          FROM journal_chain c""");
      rows(
          connection,
          "settlement",
          """
          SELECT s.settlement_id, s.state, s.total, s.lines,
            (SELECT COUNT(*) FROM settlement_line l WHERE l.import_id = s.import_id),
            (SELECT COUNT(*) FROM settlement_line), (SELECT COUNT(*) FROM settlement_import)
          FROM settlement s""");
    }
  }

  private void rows(Connection connection, String what, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        List<String> names = new ArrayList<>(List.of(what));
        for (int column = 1; column < columns; column++) {
          names.add(rows.getString(column));
        }
        put(String.join(" | ", names), rows.getString(columns));
      }
    }
  }

  // --- Odoo

  private void odoo(String url) throws Exception {
    OdooReader reader = OdooReader.ofSandbox(url);
    Map<String, String> orders = reader.externalIds("sale.order");
    Map<String, String> lineIds = reader.externalIds("sale.order.line");
    Set<String> cancelled = new HashSet<>();
    for (JsonNode order :
        reader.read("sale.order", "state", "amount_total", "client_order_ref", "date_order")) {
      boolean off = order.path("state").asText().equals("cancel");
      if (off) {
        cancelled.add(order.path("id").asText());
      }
      BigDecimal total = order.path("amount_total").decimalValue();
      put(
          "order in Odoo | " + orders.get(order.path("id").asText()),
          "%s %s %s %s"
              .formatted(
                  order.path("state").asText(),
                  off ? "" : total.stripTrailingZeros().toPlainString(),
                  order.path("client_order_ref").asText(),
                  order.path("date_order").asText()));
    }
    for (JsonNode line :
        reader.read(
            "sale.order.line", "order_id", "product_uom_qty", "price_unit", "discount", "name")) {
      if (cancelled.contains(line.path("order_id").path(0).asText())
          || line.path("product_uom_qty").decimalValue().signum() == 0) {
        continue;
      }
      put(
          "order line in Odoo | " + lineIds.get(line.path("id").asText()),
          "%s: %s x %s - %s %s"
              .formatted(
                  orders.get(line.path("order_id").path(0).asText()),
                  line.path("product_uom_qty").asText(),
                  line.path("price_unit").asText(),
                  line.path("discount").asText(),
                  line.path("name").asText()));
    }
    for (String customer : reader.externalIds("res.partner").values()) {
      put("customer in Odoo | " + customer, "there");
    }
    moves(reader);
  }

  private void moves(OdooReader reader) throws Exception {
    Map<String, String> codes = new HashMap<>();
    reader
        .read("account.account", "code")
        .forEach(account -> codes.put(account.path("id").asText(), account.path("code").asText()));
    Map<String, JsonNode> moves = new HashMap<>();
    Map<String, String> externalIds = reader.externalIds("account.move");
    for (JsonNode move : reader.read("account.move", "state", "date", "ref", "company_id")) {
      moves.put(move.path("id").asText(), move);
      put("reference in Odoo | " + move.path("ref").asText().split("/", -1)[0], "");
      if (!move.path("state").asText().equals("posted")
          || !externalIds.containsKey(move.path("id").asText())) {
        put("move in Odoo that is not posted or nobody's", move.toString());
      }
    }
    Map<String, BigDecimal> sums = new TreeMap<>();
    for (JsonNode line :
        reader.read("account.move.line", "move_id", "account_id", "name", "balance")) {
      JsonNode move = moves.get(line.path("move_id").path(0).asText());
      sums.merge(
          "posting in Odoo | %s | %s | %s | %s"
              .formatted(
                  move.path("company_id").path(0).asText(),
                  move.path("date").asText(),
                  codes.get(line.path("account_id").path(0).asText()),
                  fact(line.path("name").asText())),
          line.path("balance").decimalValue(),
          BigDecimal::add);
    }
    putSums(sums);
  }

  private void putSums(Map<String, BigDecimal> sums) {
    sums.forEach(
        (name, sum) -> {
          if (sum.signum() != 0) {
            put(name, sum.stripTrailingZeros().toPlainString());
          }
        });
  }

  // --- the file books

  private void books(Path root) throws IOException {
    Map<String, BigDecimal> sums = new TreeMap<>();
    List<Path> journals;
    try (Stream<Path> files = Files.walk(root)) {
      journals = files.filter(file -> file.toString().endsWith(".csv")).toList();
    }
    for (Path journal : journals) {
      try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(journal)) {
        for (NamedCsvRecord line : csv) {
          sums.merge(
              "posting in the file book | %s | %s | %s | %s"
                  .formatted(
                      root.relativize(journal).getName(0),
                      line.getField("date"),
                      line.getField("code"),
                      fact(line.getField("narration"))),
              decimal(line.getField("debit")).subtract(decimal(line.getField("credit"))),
              BigDecimal::add);
        }
      }
    }
    putSums(sums);
  }

  /** The beginning of a narration, which names the fact; a settlement may be booked in two goes. */
  private static String fact(String narration) {
    return narration.replaceFirst("( of order .*|, corrected)$", "");
  }

  private static BigDecimal decimal(String text) {
    return text.isEmpty() ? BigDecimal.ZERO : new BigDecimal(text);
  }
}
