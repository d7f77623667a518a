package io.kontor.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.Folders;
import io.kontor.document.RawDocument;
import io.kontor.mapping.Consequence;
import io.kontor.store.Database;
import io.kontor.store.SettlementImports;
import io.kontor.store.Store;
import io.kontor.work.intake.ClaimChecks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Statements travel as claim checks; a person at the desk gets the file itself, and the file that
 * he corrected takes its place.
 */
class EditedStatementTest {

  private static final Instant NOW = Instant.parse("2026-11-22T06:00:00Z");
  private static final String HEADER =
      String.join(
          "\t",
          "settlement-id",
          "settlement-start-date",
          "settlement-end-date",
          "deposit-date",
          "total-amount",
          "currency",
          "transaction-type",
          "order-id",
          "marketplace-name",
          "amount-type",
          "amount-description",
          "amount",
          "posted-date",
          "posted-date-time",
          "order-item-code",
          "sku",
          "quantity-purchased");

  private static final byte[] NOTHING = {};

  @TempDir private Path folder;

  @Test
  void a_refused_statement_is_written_to_a_file_corrected_and_imported() throws IOException {
    Path file = folder.resolve("settlement.txt");
    Files.writeString(file, statement("10.01"));
    Path mappings = QuietHub.mappings(Files.createDirectory(folder.resolve("mappings")));
    try (QuietHub hub = new QuietHub(folder.resolve("data"), mappings, NOW)) {
      hub.importFile("amazon-eu", "settlement", file);
      JsonNode item = hub.get("desk", "").get(0);
      String place = "desk/" + item.path("id").asText();
      assertThat(item.path("message").asText()).contains("10.01", "10.00");
      assertThat(hub.get(place, "").path("content").path("body").asText())
          .as("a large file is not shown among other things")
          .contains("--file");
      assertThat(hub.answer(place + "/document", "")).isEqualTo(statement("10.01"));

      JsonNode done = hub.post(place + "/edit", "mona", statement("10.00").getBytes(UTF_8));

      assertThat(done.path("state").asText()).isEqualTo("resolved");
      assertThat(hub.get("settlements", "").get(0).path("total").asText()).isEqualTo("10.00");
    }
  }

  @Test
  void a_statement_that_ends_long_after_it_came_is_refused() throws IOException {
    Path mappings = QuietHub.mappings(Files.createDirectory(folder.resolve("mappings")));
    try (QuietHub hub = new QuietHub(folder.resolve("data"), mappings, NOW)) {
      importFile(hub, statement("10.00").replace(".2026 ", ".2027 "));
      assertThat(hub.desk()).contains("implausible-date", "long after it came");
      assertThat(hub.get("settlements", "")).isEmpty();
    }
  }

  @Test
  void a_settlement_that_is_withdrawn_is_booked_back_and_leaves_no_break() throws IOException {
    Path mappings = QuietHub.mappings(Files.createDirectory(folder.resolve("mappings")));
    try (QuietHub hub = new QuietHub(folder.resolve("data"), mappings, NOW)) {
      importFile(hub, statement("10.00"));
      hub.reconcile();
      String before = hub.desk();
      // The same one under another number, and one in a currency that nobody has a rate of.
      importFile(hub, statement("10.00").replace("7711", "7712"));
      hub.reconcile();
      importFile(hub, statement("10.00").replace("7711", "7713").replace("EUR", "USD"));
      hub.reconcile();
      importFile(
          hub, statement("10.00").replace("7711", "7714").replace(".11.2026 00:", ".12.2026 00:"));
      hub.reconcile();
      assertThat(hub.desk())
          .contains("settlement-twice", "no-exchange-rate", "settlement-missing")
          .contains("does not sell in USD", "settlements amazon-eu 7713 --withdraw");

      for (String id : List.of("7712", "7713", "7714")) {
        hub.post(
            "settlements/amazon-eu/" + id + "/withdraw",
            "mona",
            "{\"note\": \"it is no settlement of ours\"}".getBytes(UTF_8));
        hub.reconcile();
      }

      assertThat(hub.desk()).isEqualTo(before);
      JsonNode tieOut = hub.get("tie-out", "");
      assertThat(tieOut.path("breaks")).isEmpty();
      assertThat(tieOut.path("settlements").findValuesAsText("header"))
          .containsExactlyInAnyOrder("10.00", "0.00", "0.00", "0.00");
      assertThat(hub.answer("journal", "")).contains("settlement 7712, corrected");
      assertThat(hub.get("audit", "").toString())
          .contains("settlement-withdraw", "it is no settlement of ours");
      importFile(hub, statement("10.00").replace("7711", "7712"));
      assertThat(hub.get("settlements", "").findValuesAsText("total"))
          .as("the file is known, and stays withdrawn")
          .containsExactlyInAnyOrder("10.00", "0.00", "0.00", "0.00");
    }
  }

  @Test
  void a_settlement_in_two_channels_of_one_vendor_is_on_the_desk_until_one_is_withdrawn()
      throws IOException {
    Path mappings = QuietHub.mappings(Files.createDirectory(folder.resolve("mappings")));
    Folders.copy(mappings.resolve("channels/amazon-eu"), mappings.resolve("channels/amazon-at"));
    try (QuietHub hub = new QuietHub(folder.resolve("data"), mappings, NOW)) {
      importFile(hub, statement("10.00"));
      hub.reconcile();
      hub.importFile("amazon-at", "settlement", folder.resolve("settlement.txt"));
      hub.reconcile();
      assertThat(hub.get("desk", "code=settlement-twice"))
          .singleElement()
          .satisfies(
              item ->
                  assertThat(item.path("message").asText())
                      .contains("channel amazon-at is in channel amazon-eu as well"));

      hub.post(
          "settlements/amazon-eu/7711/withdraw",
          "mona",
          "{\"note\": \"it is of Austria\"}".getBytes(UTF_8));
      hub.reconcile();

      assertThat(hub.get("desk", "code=settlement-twice")).isEmpty();
    }
  }

  @Test
  void a_statement_may_be_corrected_as_often_as_it_takes() throws IOException {
    Path mappings = QuietHub.mappings(Files.createDirectory(folder.resolve("mappings")));
    try (QuietHub hub = new QuietHub(folder.resolve("data"), mappings, NOW)) {
      importFile(hub, statement("10.01"));
      for (String total : List.of("10.02", "10.03", "10.04")) {
        JsonNode open = hub.get("desk", "").get(0);
        String place = "desk/" + open.path("id").asText();
        JsonNode done = hub.post(place + "/edit", "mona", statement(total).getBytes(UTF_8));
        assertThat(done.path("state").asText()).isEqualTo("open");
      }
      assertThat(hub.get("desk", "")).hasSize(1);
      String place = "desk/" + hub.get("desk", "").get(0).path("id").asText();

      hub.post(place + "/edit", "mona", statement("10.00").getBytes(UTF_8));

      assertThat(hub.get("desk", "")).isEmpty();
      assertThat(hub.get("settlements", "").get(0).path("total").asText()).isEqualTo("10.00");
    }
  }

  @Test
  void a_settlement_that_comes_again_in_another_layout_is_told_from_one_that_changed()
      throws IOException {
    Path statements = Path.of("src/test/resources/statements/amazon");
    Path mappings = QuietHub.mappings(Files.createDirectory(folder.resolve("mappings")));
    try (QuietHub hub = new QuietHub(folder.resolve("data"), mappings, NOW)) {
      for (String layout : List.of("long", "wide-33-columns-of-amazon-de")) {
        hub.importFile(
            "amazon-eu", "settlement", statements.resolve(layout).resolve("statement.txt"));
      }
      assertThat(hub.desk())
          .contains("settlement-changed", "most likely the same report in another layout");

      importFile(hub, statement("10.00"));
      importFile(hub, corrected());
      assertThat(hub.desk()).contains("settlement 7711 came again with other content");

      String before = hub.desk();
      for (JsonNode item : hub.get("desk", "code=settlement-changed")) {
        JsonNode done = hub.post("desk/" + item.path("id").asText() + "/retry", "mona", NOTHING);
        assertThat(done.path("state").asText()).isEqualTo("open");
        assertThat(done.path("message").asText()).startsWith("it still cannot be recorded");
      }
      assertThat(hub.desk()).as("another one of its name counts").isEqualTo(before);
    }
  }

  @Test
  void a_settlement_that_was_corrected_counts_in_the_place_of_the_first_and_books_the_difference()
      throws IOException {
    Path mappings = QuietHub.mappings(Files.createDirectory(folder.resolve("mappings")));
    try (QuietHub hub = new QuietHub(folder.resolve("data"), mappings, NOW)) {
      importFile(hub, statement("10.00"));
      hub.reconcile();
      hub.night();
      assertThat(hub.approve()).isEqualTo(1);
      hub.deliver(Consequence.POST_TO_FILE);
      importFile(hub, corrected());
      JsonNode item = hub.get("desk", "code=settlement-changed").get(0);
      assertThat(hub.answer("desk/" + item.path("id").asText(), "")).contains("\"replace\"");
      assertThat(item.path("message").asText()).contains("comes to 9.00 EUR instead of 10.00 EUR");

      JsonNode done = replace(hub, item);
      hub.reconcile();

      assertThat(done.path("state").asText()).isEqualTo("resolved");
      assertThat(hub.get("desk", "code=settlement-changed")).isEmpty();
      assertThat(hub.answer("journal", "")).contains("settlement 7711, corrected");
      assertThat(hub.get("audit", "").toString()).contains("desk-replace", "Amazon says so");
      for (JsonNode row : hub.get("tie-out", "").path("documents")) {
        assertThat(row.path("repeats").asLong()).as(row.toString()).isZero();
      }
      assertThatThrownBy(() -> replace(hub, item)).hasMessageContaining("is resolved already");
    }
    Instant nextDay = NOW.plus(1, ChronoUnit.DAYS);
    try (QuietHub hub = new QuietHub(folder.resolve("data"), mappings, nextDay)) {
      hub.night();
      assertThat(hub.approve()).as("the difference").isEqualTo(1);
      hub.deliver(Consequence.POST_TO_FILE);
      assertThat(hub.get("tie-out", "").path("breaks")).isEmpty();
      JsonNode settlement = hub.get("settlements", "").get(0);
      assertThat(settlement.path("total").asText()).isEqualTo("9.00");

      importFile(hub, statement("10.00"));
      assertThat(hub.get("settlements", "")).as("the first one is known").hasSize(1);
      assertThat(hub.get("settlements", "").get(0)).isEqualTo(settlement);
      assertThat(hub.get("desk", "code=settlement-changed")).isEmpty();
    }
  }

  @Test
  void whoever_has_a_statement_count_is_a_maker_and_only_one_that_came_again_can_count()
      throws IOException {
    Path mappings = QuietHub.mappings(Files.createDirectory(folder.resolve("mappings")));
    try (QuietHub hub = new QuietHub(folder.resolve("data"), mappings, NOW)) {
      importFile(hub, statement("10.01"));
      JsonNode refused = hub.get("desk", "").get(0);
      assertThatThrownBy(() -> replace(hub, refused))
          .hasMessageContaining("only a settlement that came again with other content");

      importFile(hub, statement("10.00"));
      importFile(hub, corrected());
      replace(hub, hub.get("desk", "code=settlement-changed").get(0));
      hub.reconcile();
      hub.night();

      JsonNode batch = hub.get("batches", "").get(0);
      assertThat(batch.path("makers").toString()).contains("mona");
    }
  }

  @Test
  void a_statement_of_another_currency_takes_no_ones_place() throws IOException {
    Path mappings = QuietHub.mappings(Files.createDirectory(folder.resolve("mappings")));
    try (QuietHub hub = new QuietHub(folder.resolve("data"), mappings, NOW)) {
      importFile(hub, statement("10.00"));
      importFile(hub, statement("10.00").replace("\tEUR\n", "\tGBP\n"));

      JsonNode done = replace(hub, hub.get("desk", "code=settlement-changed").get(0));

      assertThat(done.path("state").asText()).isEqualTo("open");
      assertThat(hub.desk()).contains("one of another currency is another settlement");
      assertThat(hub.get("settlements", "").get(0).path("currency").asText()).isEqualTo("EUR");
    }
  }

  private static JsonNode replace(QuietHub hub, JsonNode item) throws IOException {
    return hub.post(
        "desk/" + item.path("id").asText() + "/replace",
        "mona",
        "{\"note\": \"Amazon says so\"}".getBytes(UTF_8));
  }

  @Test
  void what_a_mended_code_table_says_of_a_settlement_is_booked_after_a_replay() throws IOException {
    Path file = folder.resolve("settlement.txt");
    Files.writeString(file, statement("-2.00").replaceFirst(".*Principal.*\n", ""));
    Path mappings = QuietHub.mappings(Files.createDirectory(folder.resolve("mappings")));
    Path data = folder.resolve("data");
    try (QuietHub hub = new QuietHub(data, mappings, NOW)) {
      hub.importFile("amazon-eu", "settlement", file);
      hub.reconcile();
      assertThat(hub.get("settlements", "").get(0).path("state").asText()).isEqualTo("booked");
      assertThat(hub.answer("journal", "")).contains("fee.commission:amazon-eu");
    }
    Path codes = mappings.resolve("vendors/amazon/settlement-codes.csv");
    Files.writeString(
        codes,
        Files.readString(codes)
            .replace("*/*/Commission,fee,fee.commission", "*/*/Commission,fee,fee.fulfilment"));
    try (QuietHub hub = new QuietHub(data, mappings, NOW)) {
      hub.replay(false);
      hub.night();
      assertThat(hub.answer("journal", "")).doesNotContain("fee.fulfilment");

      hub.replay(true);
      hub.reconcile();

      assertThat(hub.answer("journal", "")).contains("fee.fulfilment:amazon-eu");
    }
  }

  @Test
  void nothing_is_left_of_an_import_that_breaks_off_and_is_tried_again() throws IOException {
    String name = "0".repeat(64);
    // It is there, and cannot be read now.
    Files.createDirectories(folder.resolve("data/claims").resolve(name));
    Path mappings = QuietHub.mappings(Files.createDirectory(folder.resolve("mappings")));
    try (QuietHub hub = new QuietHub(folder.resolve("data"), mappings, NOW);
        Database database = Database.open(hub.database())) {
      RawDocument statement =
          ClaimChecks.message("amazon-eu", "settlement", new ClaimChecks.Claimed(name, name), NOW);

      assertThatThrownBy(() -> hub.record(statement)).isInstanceOf(UncheckedIOException.class);

      SettlementImports imports = Store.of(database).imports();
      int left =
          database.inTransaction(tx -> imports.discardUnfinished(tx, NOW.plus(1, ChronoUnit.DAYS)));
      assertThat(left).isZero();
    }
  }

  private void importFile(QuietHub hub, String statement) throws IOException {
    Path file = folder.resolve("settlement.txt");
    Files.writeString(file, statement);
    hub.importFile("amazon-eu", "settlement", file);
  }

  /** The statement of 10.00 as it should have been. */
  private static String corrected() {
    return statement("9.00").replace("12.00", "11.00");
  }

  private static String statement(String total) {
    return """
    %s
    7711\t01.11.2026 00:00:00 UTC\t15.11.2026 00:00:00 UTC\t17.11.2026 00:00:00 UTC\t%s\tEUR
    7711\t\t\t\t\t\tOrder\t304-1\tAmazon.de\tItemPrice\tPrincipal\t12.00\t05.11.2026\t05.11.2026 10:00:00 UTC\t1\tMUG-01\t1
    7711\t\t\t\t\t\tOrder\t304-1\tAmazon.de\tItemFees\tCommission\t-2.00\t05.11.2026\t05.11.2026 10:00:00 UTC\t1\tMUG-01\t1
    """
        .formatted(HEADER, total);
  }
}
