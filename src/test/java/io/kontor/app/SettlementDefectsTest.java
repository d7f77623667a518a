package io.kontor.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.app.bench.GeneratedSettlement;
import io.kontor.app.bench.GeneratedSettlement.Defect;
import io.kontor.store.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Settlements with defects that were made on purpose: every one is found, and nothing else is.
 * {@code -Dkontor.settlement.lines=1000000} makes it as large as a real one can get, {@code
 * -Dkontor.settlement.seed} another one.
 */
class SettlementDefectsTest {

  private static final long LINES = Long.getLong("kontor.settlement.lines", 20_000);
  private static final long SEED = Long.getLong("kontor.settlement.seed", 7);
  private static final int EACH = 5;
  private static final Map<Defect, String> FOUND_AS =
      Map.of(
          Defect.MISSING_REFUND, "differs missing-refund",
          Defect.REFUND_A_CENT_OFF, "differs cents",
          Defect.DOUBLE_FEE, "fee-differs charged-twice",
          Defect.WRONG_RATE, "fee-differs rate",
          Defect.SWAPPED_ORDER, "differs",
          Defect.FOREIGN_LINE, "unknown-order not-recorded",
          Defect.MISSING_ORDER, "missing not-settled",
          Defect.SETTLED_TWICE, "duplicate settled-twice");

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource
  void every_defect_is_found_and_no_other(TestDatabase.Kind kind) throws Exception {
    GeneratedSettlement generated = new GeneratedSettlement(SEED, LINES, EACH);
    Path first = directory.resolve("first.txt");
    Path next = directory.resolve("next.txt");
    long lines = generated.write(first);
    generated.writeNext(next);
    try (QuietHub hub = hub(kind)) {
      hub.record(generated, "amazon");
      long began = System.nanoTime();
      hub.importFile("amazon", "settlement", first);
      hub.reconcile();
      System.out.printf(
          "%d lines matched and booked on %s in %.1f s%n",
          lines, kind, (System.nanoTime() - began) / 1e9);
      hub.importFile("amazon", "settlement", next);
      hub.importFile("amazon", "settlement", first);
      hub.reconcile();

      assertThat(found(hub)).isEqualTo(expected(generated));
      assertThat(hub.desk())
          .contains("debt-chain-broken: settlement 17000000001 brings in a debt of 12.34 USD")
          .contains("order-missing: 5 orders")
          .contains("order-duplicate: 5 orders")
          .contains("fee-differs: 5 fees");
    }
  }

  @ParameterizedTest
  @EnumSource
  void without_a_defect_nothing_is_found(TestDatabase.Kind kind) throws Exception {
    GeneratedSettlement generated = new GeneratedSettlement(SEED, LINES / 4, 0);
    Path file = directory.resolve("sound.txt");
    generated.write(file);
    try (QuietHub hub = hub(kind)) {
      hub.record(generated, "amazon");
      hub.importFile("amazon", "settlement", file);
      hub.reconcile();
      assertThat(found(hub)).isEmpty();
      assertThat(hub.desk()).isEmpty();
    }
  }

  private QuietHub hub(TestDatabase.Kind kind) throws IOException {
    Instant now = Instant.parse("2026-07-01T08:00:00Z");
    Path data = directory.resolve("data");
    return kind == TestDatabase.Kind.H2
        ? new QuietHub(data, mappings(), now)
        : new QuietHub(data, mappings(), now, TestDatabase.postgres());
  }

  private Path mappings() throws IOException {
    Path mappings = QuietHub.mappings(directory.resolve("mappings"));
    Path channel = mappings.resolve("channels/amazon/channel.yaml");
    Files.writeString(
        channel,
        Files.readString(channel).replace("refundsReported: false", "refundsReported: true"));
    Files.writeString(channel.resolveSibling("rate-card.csv"), GeneratedSettlement.RATE_CARD);
    return mappings;
  }

  private static Set<String> expected(GeneratedSettlement generated) {
    TreeSet<String> expected = new TreeSet<>();
    generated
        .planted()
        .forEach(
            (defect, orders) ->
                orders.forEach(order -> expected.add(order + " " + FOUND_AS.get(defect))));
    return expected;
  }

  /** What was found, by order; of swapped ones only that they differ. */
  private static Set<String> found(QuietHub hub) throws SQLException {
    TreeSet<String> found = new TreeSet<>();
    List<String> swapped = List.of("missing-line", "amount");
    try (Connection sql =
            DriverManager.getConnection(
                hub.database().url(), hub.database().user(), hub.database().password());
        ResultSet rows = sql.createStatement().executeQuery("SELECT * FROM settlement_finding")) {
      while (rows.next()) {
        String cause = rows.getString("cause");
        found.add(
            rows.getString("order_ref")
                + " "
                + rows.getString("outcome")
                + (swapped.contains(cause) ? "" : " " + cause));
      }
    }
    return found;
  }
}
