package io.kontor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.kontor.money.Money;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** What an earlier version stored is there after an upgrade. */
class MigrationTest {

  private static final Settlement SETTLEMENT =
      new Settlement(
          "nordwind",
          "amazon",
          "S-1",
          "hash",
          1,
          "booked",
          Instant.parse("2026-10-01T00:00:00Z"),
          Instant.parse("2026-11-14T00:00:00Z"),
          Optional.empty(),
          Money.of("27.00", "EUR"),
          4,
          "raw");

  @OnBothDatabases
  void tables_that_a_newer_version_made_are_left_alone(TestDatabase db) throws SQLException {
    execute(
        db,
        """
        INSERT INTO "flyway_schema_history" ("installed_rank", "version", "description", "type",
          "script", "checksum", "installed_by", "execution_time", "success")
        VALUES (999, '999', 'later', 'SQL', 'V999__later.sql', 1, 'somebody', 1, TRUE)""");

    assertThatThrownBy(() -> Database.open(db.settings).close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("a newer Kontor made the database (migration 999, later)");
  }

  @OnBothDatabases
  void the_lines_of_settlements_keep_their_words_when_these_become_kinds(TestDatabase db)
      throws SQLException {
    emptyAsOf(db, "5");
    execute(
        db,
        """
        INSERT INTO settlement_line (import_id, line, order_ref, sku, quantity, posted_at, posted_on,
          posted_month, marketplace, code, amount)
        VALUES
          (1, 1, 'A', 'CUP', 1, '2026-10-31 12:00:00+00', '2026-10-31', 202610, 'Amazon.de', 'Order/Principal', 20),
          (1, 2, 'B', 'CUP', 1, '2026-10-31 12:00:00+00', '2026-10-31', 202610, 'Amazon.de', 'Order/Principal', 10),
          (1, 3, 'B', 'CUP', 1, '2026-11-01 12:00:00+00', '2026-11-01', 202611, 'Amazon.de', 'Order/Principal', 5),
          (1, 4, '', '', 0, '2026-11-01 12:00:00+00', '2026-11-01', 202611, '', 'Subscription', -8),
          (2, 1, 'A', 'CUP', 1, '2026-11-01 12:00:00+00', '2026-11-01', 202611, 'Amazon.fr', 'Order/Principal', 7)""");

    try (Database upgraded = Database.open(db.settings)) {
      SettlementLines stored = new SettlementLines();
      List<StagedLine> lines = new ArrayList<>();
      upgraded.run(tx -> stored.each(tx, SETTLEMENT, lines::add));

      assertThat(lines)
          .extracting(line -> line.code() + " at " + line.marketplace())
          .containsExactly(
              "Order/Principal at Amazon.de",
              "Order/Principal at Amazon.de",
              "Order/Principal at Amazon.de",
              "Subscription at ");
      assertThat(
              upgraded.<List<SettlementLines.CodeSum>, RuntimeException>inTransaction(
                  tx -> stored.codeSums(tx, SETTLEMENT)))
          .usingRecursiveFieldByFieldElementComparatorIgnoringFields("amount")
          .containsExactly(
              sum("Order/Principal", "Amazon.de", 10, true, 2),
              sum("Order/Principal", "Amazon.de", 11, true, 1),
              sum("Subscription", "", 11, false, 1));
    }
  }

  @OnBothDatabases
  void what_settlements_paid_of_an_order_is_known_to_those_that_come_after_the_upgrade(
      TestDatabase db) throws SQLException {
    emptyAsOf(db, "7");
    execute(
        db,
        """
        INSERT INTO settled_item (import_id, order_ref, sku, units, goods, shipping, sales, tax,
          refunds, facilitated, mirrored, fees, fee_base, commission, fulfilment, lines)
        VALUES
          (7, 'A', 'CUP', 1, 20, 0, 20, 0, 0, 0, 0, -3, 20, -3, 0, 2),
          (7, 'A', 'MUG', 1, 10, 0, 10, 0, -4, 0, 0, -1, 10, -1, 0, 3),
          (7, 'B', 'CUP', 1, 20, 0, 20, 0, 0, 0, 0, -3, 20, -3, 0, 2)""");

    Database.open(db.settings).close();
    Settlement later =
        SampleSettlements.settlement(
            db, "S-2", List.of(SampleSettlements.line(1, "A", "MUG", "sale", "1.00")));

    SettledOrder.Elsewhere elsewhere =
        SampleSettlements.orders(db, later, List.of(7L)).get(0).elsewhere();
    assertThat(elsewhere.sales()).isEqualByComparingTo("30");
    assertThat(elsewhere.refunds()).isEqualByComparingTo("-4");
  }

  private static SettlementLines.CodeSum sum(
      String code, String marketplace, int month, boolean ofOrders, long lines) {
    return new SettlementLines.CodeSum(
        code, marketplace, YearMonth.of(2026, month), ofOrders, null, lines);
  }

  /** Takes everything out, and makes the tables of an earlier version. */
  private static void emptyAsOf(TestDatabase db, String version) {
    try (HikariDataSource source = new HikariDataSource()) {
      source.setJdbcUrl(db.settings.url());
      source.setUsername(db.settings.user());
      source.setPassword(db.settings.password());
      FluentConfiguration migrations =
          Migrations.of(source, EmbeddedUrl.is(db.settings.url())).cleanDisabled(false);
      migrations.load().clean();
      migrations.target(version).load().migrate();
    }
  }

  private static void execute(TestDatabase db, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                db.settings.url(), db.settings.user(), db.settings.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
