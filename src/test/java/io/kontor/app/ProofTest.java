package io.kontor.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.app.bench.GeneratedSettlement;
import io.kontor.ledger.Account;
import io.kontor.ledger.JournalEntry;
import io.kontor.ledger.Posting;
import io.kontor.money.Money;
import io.kontor.sales.OrderKey;
import io.kontor.store.Database;
import io.kontor.store.Journal;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is altered behind the hub's back, the tie-out says it. */
class ProofTest {

  private static final GeneratedSettlement ORDERS = new GeneratedSettlement(3, 100, 0);

  @TempDir private Path directory;

  private QuietHub hub;

  @BeforeEach
  void aLedgerThatAgrees() throws IOException {
    hub =
        new QuietHub(
            directory.resolve("data"),
            QuietHub.mappings(directory.resolve("mappings")),
            Instant.parse("2026-07-01T08:00:00Z"));
    hub.record(ORDERS, "shopify");
    // Nothing is sealed yet: the proof does that first.
    assertThat(breaks()).filteredOn(one -> !one.startsWith("Odoo and")).isEmpty();
  }

  @AfterEach
  void close() {
    hub.close();
  }

  @Test
  void what_is_open_is_made_of_orders_that_are_listed() throws Exception {
    JsonNode row = null;
    for (JsonNode one : hub.get("tie-out", "").path("clearing")) {
      row = one.path("channel").asText().equals("shopify") ? one : row;
    }
    JsonNode open = hub.get("open-orders/shopify", "currency=USD");
    BigDecimal sum = BigDecimal.ZERO;
    for (JsonNode order : open.path("orders")) {
      sum = sum.add(new BigDecimal(order.path("open").asText()));
    }
    assertThat(open.path("count").asLong()).isEqualTo(open.path("orders").size()).isPositive();
    assertThat(sum)
        .isEqualByComparingTo(open.path("open").asText())
        .isEqualByComparingTo(
            new BigDecimal(row.path("unsettledRecent").asText())
                .add(new BigDecimal(row.path("unsettledOlder").asText()))
                .subtract(new BigDecimal(row.path("openCredits").asText())));
  }

  @Test
  void an_entry_of_which_no_fact_is_recorded_is_a_break_and_so_is_its_tax() throws Exception {
    book(
        new OrderKey("northwind", "shopify", "nobody's"),
        "northwind/shopify/shipped/by-hand",
        "clearing:shopify:card:USD",
        "vat:us-oh:7");
    assertThat(breaks())
        .contains(
            "1 entries of northwind name a fact that is not recorded of what they are about",
            "tax us-oh:7 of northwind: facts 0.00 USD, ledger 7.00 USD")
        .anyMatch(one -> one.startsWith("clearing of shopify: "));
  }

  @Test
  void a_fact_that_is_not_in_the_ledger_is_a_break() throws Exception {
    sql("DELETE FROM posting WHERE entry_id = (SELECT MIN(id) FROM journal_entry)");
    sql("DELETE FROM journal_progress WHERE entry_id = (SELECT MIN(id) FROM journal_entry)");
    sql("DELETE FROM journal_entry WHERE id = (SELECT MIN(id) FROM journal_entry)");
    assertThat(breaks())
        .anyMatch(one -> one.startsWith("the ledger lacks: "))
        .anyMatch(one -> one.startsWith("the journal of northwind was tampered with: "))
        .anyMatch(one -> one.startsWith("tax us-ky:6 of northwind: "));
  }

  @Test
  void a_cent_more_on_one_posting_is_a_break() throws Exception {
    sql(
        "UPDATE posting SET amount = amount + 0.01"
            + " WHERE account LIKE 'vat:%' AND entry_id = (SELECT MIN(id) FROM journal_entry)");
    assertThat(breaks())
        .anyMatch(one -> one.matches("what the ledger has of .* does not balance: 0.01 USD .*"))
        .anyMatch(one -> one.startsWith("the journal of northwind was tampered with: "))
        .anyMatch(one -> one.startsWith("tax us-ky:6 of northwind: "));
  }

  @Test
  void a_cent_moved_between_two_postings_is_a_break() throws Exception {
    String first = " AND entry_id = (SELECT MIN(id) FROM journal_entry)";
    sql("UPDATE posting SET amount = amount + 0.01 WHERE account LIKE 'vat:%'" + first);
    sql("UPDATE posting SET amount = amount - 0.01 WHERE account LIKE 'revenue.goods:%'" + first);
    assertThat(breaks())
        .anyMatch(one -> one.startsWith("the journal of northwind was tampered with: "))
        .anyMatch(one -> one.startsWith("the ledger lacks: "))
        .anyMatch(one -> one.startsWith("tax us-ky:6 of northwind: "));
  }

  @Test
  void what_somebody_books_about_an_order_by_a_fact_of_his_own_is_a_break() throws Exception {
    String order = query("SELECT MIN(subject) FROM journal_entry");
    book(key(order), order + "/by-hand", "returns:shopify", "revenue.goods:shopify");

    assertThat(breaks())
        .contains("1 entries of northwind name a fact that is not recorded of what they are about");
  }

  @Test
  void what_somebody_books_about_a_settlement_is_a_break_whatever_its_accounts() throws Exception {
    Path file = directory.resolve("settlement.txt");
    Files.writeString(
        file,
        """
        settlement-id\tsettlement-start-date\tsettlement-end-date\ttotal-amount\tcurrency\t\
        transaction-type\tamount-type\tamount-description\tamount\tposted-date
        7711\t2026-06-01\t2026-06-15\t-2.00\tUSD
        7711\t\t\t\t\tServiceFee\tother-transaction\tStorage Fee\t-2.00\t2026-06-05
        """);
    hub.importFile("amazon", "settlement", file);
    hub.reconcile();
    assertThat(breaks()).filteredOn(one -> !one.startsWith("Odoo and")).isEmpty();

    book(
        new OrderKey("northwind", "amazon", "7711"),
        "northwind/amazon/settlement-received/7711",
        "fee.storage:amazon",
        "bank");

    assertThat(breaks())
        .anySatisfy(
            one ->
                assertThat(one)
                    .startsWith("the ledger lacks: 2026-06-15 settlement 7711, corrected")
                    .contains("bank 7.00 USD", "fee.storage:amazon -7.00 USD"));
  }

  private List<String> breaks() throws IOException {
    List<String> breaks = new ArrayList<>();
    hub.get("tie-out", "").path("breaks").forEach(one -> breaks.add(one.asText()));
    return breaks;
  }

  private void book(OrderKey subject, String fact, String debit, String credit) {
    try (Database database = Database.open(hub.database())) {
      JournalEntry entry =
          new JournalEntry(
              "northwind",
              subject.channel(),
              LocalDate.of(2026, 6, 1),
              "by hand",
              fact,
              "by hand",
              "by hand",
              List.of(
                  Posting.debit(new Account(debit), usd(7)),
                  Posting.credit(new Account(credit), usd(7))));
      database.run(tx -> new Journal().append(tx, List.of(new Journal.NewEntry(entry, subject))));
    }
  }

  private static OrderKey key(String subject) {
    String[] parts = subject.split("/", 3);
    return new OrderKey(parts[0], parts[1], parts[2]);
  }

  private String query(String statement) throws SQLException {
    try (Connection connection = DriverManager.getConnection(hub.database().url(), "sa", "");
        Statement one = connection.createStatement();
        ResultSet rows = one.executeQuery(statement)) {
      assertThat(rows.next()).as(statement).isTrue();
      return rows.getString(1);
    }
  }

  private void sql(String statement) throws SQLException {
    try (Connection connection = DriverManager.getConnection(hub.database().url(), "sa", "");
        Statement one = connection.createStatement()) {
      assertThat(one.executeUpdate(statement)).as(statement).isPositive();
    }
  }

  private static Money usd(int amount) {
    return Money.ofMinorUnits(amount * 100L, Currency.getInstance("USD"));
  }
}
