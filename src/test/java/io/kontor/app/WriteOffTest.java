package io.kontor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Finance gives up what a channel does not pay, or keeps what it paid too much. */
class WriteOffTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CHANNEL = "amazon-eu";
  private static final String SETTLEMENT = "17720349011";
  private static final String ORDER = "302-7741205-1180043";

  @TempDir private Path directory;

  private QuietHub hub;

  @BeforeEach
  void aSettlementThatPaysTenEurosLess() throws Exception {
    Path mappings = QuietHub.mappingsByOrder(directory.resolve("mappings"));
    hub = new QuietHub(directory.resolve("data"), mappings, Instant.parse("2026-12-01T08:00:00Z"));
    hub.record(
        CHANNEL,
        "orders",
        Files.readAllBytes(Path.of("src/test/resources/golden/settlements/by-order/orders.json")));
    hub.record(
        CHANNEL,
        "settlement",
        statement()
            .replace("Principal\t79.98", "Principal\t69.98")
            .replace("-3.17", "-13.17")
            .getBytes(StandardCharsets.UTF_8));
    hub.reconcile();
    assertThat(hub.desk())
        .contains("order-differs: 1 order (" + ORDER + ")")
        .contains("difference -10.00 EUR")
        .contains("write-off amazon-eu ORDER");
    assertThat(open()).isEqualByComparingTo("10.00");
  }

  @AfterEach
  void close() {
    hub.close();
  }

  @Test
  void what_is_written_off_is_expected_no_more_and_explains_the_settlement() throws Exception {
    JsonNode done = writeOff(CHANNEL, ORDER, "", "");

    assertThat(done.path("writtenOff").asText()).isEqualTo("10.00");
    assertThat(done.path("open").asText()).isEqualTo("0.00");
    hub.reconcile();
    assertThat(hub.desk()).doesNotContain("order-differs");
    assertThat(hub.get("settlements/" + CHANNEL + "/" + SETTLEMENT, "").path("findings")).isEmpty();
    assertThat(open()).isZero();
    assertThat(clearing("writtenOff")).isEqualTo("10.00");
    assertThat(hub.get("tie-out", "").path("breaks")).isEmpty();
    assertThat(hub.answer("journal", "entity=nordwind"))
        .contains("write-off:amazon-eu", "write-off " + ORDER + "/1 of order " + ORDER);
  }

  @Test
  void what_is_paid_after_all_is_open_the_other_way() throws Exception {
    writeOff(CHANNEL, ORDER, "", "");
    hub.reconcile();
    String[] lines = statement().split("\n", -1);
    String paid =
        String.join(
            "\n", lines[0], lines[1].replace("-3.17", "10.00"), lines[2].replace("79.98", "10.00"));
    hub.record(
        CHANNEL,
        "settlement",
        (paid + "\n")
            .replace(SETTLEMENT, "17720349012")
            .replace("2026-11-15 ", "2026-11-29 ")
            .getBytes(StandardCharsets.UTF_8));
    hub.reconcile();
    assertThat(hub.desk()).contains("1 order (" + ORDER + ")", "difference 10.00 EUR");
    assertThat(open()).isEqualByComparingTo("-10.00");

    assertThat(writeOff(CHANNEL, ORDER, "", "").path("writtenOff").asText()).isEqualTo("-10.00");

    hub.reconcile();
    assertThat(hub.desk()).doesNotContain(ORDER);
    assertThat(open()).isZero();
    assertThat(clearing("writtenOff")).isEqualTo("0.00");
    assertThat(hub.get("tie-out", "").path("breaks")).isEmpty();
  }

  @Test
  void an_order_that_no_settlement_ever_paid_is_missing_no_more() throws Exception {
    String orders =
        Files.readString(Path.of("src/test/resources/golden/settlements/by-order/orders.json"));
    String never = "302-0000000-0000001";
    hub.record(CHANNEL, "orders", orders.replace(ORDER, never).getBytes(StandardCharsets.UTF_8));
    String[] lines = statement().split("\n", -1);
    hub.record(
        CHANNEL,
        "settlement",
        (String.join("\n", lines[0], lines[1].replace("-3.17", "-39.00"), lines[26]) + "\n")
            .replace(SETTLEMENT, "17720349012")
            .replace("2026-11-15 ", "2026-11-29 ")
            .getBytes(StandardCharsets.UTF_8));
    hub.reconcile();
    assertThat(hub.desk()).contains("order-missing: 1 order (" + never + ")");

    writeOff(CHANNEL, never, "", "");

    hub.reconcile();
    assertThat(hub.desk()).doesNotContain("order-missing");
    assertThat(open(CHANNEL, never)).isZero();
    assertThat(hub.get("tie-out", "").path("breaks")).isEmpty();
  }

  @Test
  void a_part_of_it_leaves_the_rest_open() throws Exception {
    assertThat(writeOff(CHANNEL, ORDER, "4.00", "").path("open").asText()).isEqualTo("6.00");
    hub.reconcile();
    assertThat(hub.desk()).contains("difference -6.00 EUR");

    writeOff(CHANNEL, ORDER, "", "");
    hub.reconcile();
    assertThat(hub.desk()).doesNotContain("order-differs");
  }

  @Test
  void whoever_wrote_it_off_does_not_approve_it_and_who_does_is_told() throws Exception {
    writeOff(CHANNEL, ORDER, "", "");
    hub.reconcile();
    hub.post(
        "settle",
        "mona",
        JSON.writeValueAsBytes(
            JSON.createObjectNode().put("date", "2026-12-01").put("entity", "nordwind")));
    JsonNode batch = null;
    for (JsonNode one : hub.get("batches", "")) {
      batch = one.path("reasons").toString().contains("written off") ? one : batch;
    }
    assertThat(batch.path("reasons").toString())
        .contains(
            "written off: 10.00 EUR of order " + ORDER + " by mona (the channel closed the case)");
    ObjectNode approval = JSON.createObjectNode();
    approval.set("id", batch.path("id"));
    approval.set("hash", batch.path("hash"));
    byte[] body = JSON.writeValueAsBytes(approval.put("note", "fine"));
    assertThatThrownBy(() -> hub.post("batches/approve", "mona", body))
        .hasMessageContaining("mona");
    assertThat(hub.approve()).isPositive();
  }

  @Test
  void a_replay_changes_nothing_of_it() throws Exception {
    writeOff(CHANNEL, ORDER, "", "");
    hub.reconcile();
    for (JsonNode page : hub.replay(true)) {
      assertThat(page.path("changed").asLong() + page.path("entries").asLong()).isZero();
    }
    assertThat(open()).isZero();
  }

  @Test
  void what_cannot_be_written_off_is_refused_with_the_reason() throws Exception {
    assertThatThrownBy(() -> writeOff(CHANNEL, "302-0", "", ""))
        .hasMessageContaining("nothing is recorded of order 302-0");
    assertThatThrownBy(() -> writeOff(CHANNEL, ORDER, "10.01", ""))
        .hasMessageContaining("open for 10.00 EUR: 10.01 EUR is no part of that");
    assertThatThrownBy(() -> writeOff(CHANNEL, ORDER, "-1.00", ""))
        .hasMessageContaining("-1.00 EUR is no part of that");
    assertThatThrownBy(() -> writeOff(CHANNEL, ORDER, "ten", ""))
        .hasMessageContaining("'ten' is not an amount");
    assertThatThrownBy(() -> writeOff(CHANNEL, ORDER, "", "paypal"))
        .hasMessageContaining("is open for nothing at paypal");
    writeOff(CHANNEL, ORDER, "", "");
    assertThatThrownBy(() -> writeOff(CHANNEL, ORDER, "", ""))
        .hasMessageContaining("is open for nothing");
    assertThat(open()).isZero();
    assertThat(hub.desk()).doesNotContain("write-offs");
  }

  @Test
  void an_order_that_was_paid_through_several_gateways_needs_one_named() throws Exception {
    Path orders =
        Path.of(
            "src/test/resources/golden/shopify/change-on-one-of-several-payments/input.orders.json");
    for (JsonNode order : JSON.readTree(orders.toFile())) {
      if (order.path("id").asText().equals("1008")) {
        hub.record("shopify", "orders", JSON.writeValueAsBytes(order));
      }
    }
    assertThatThrownBy(() -> writeOff("shopify", "1008", "", ""))
        .hasMessageContaining("say which gateway")
        .hasMessageContaining("cash (10.00 USD), shopify-payments (50.00 USD)");

    JsonNode done = writeOff("shopify", "1008", "", "cash");

    assertThat(done.path("writtenOff").asText()).isEqualTo("10.00");
    assertThat(open("shopify", "1008")).isEqualByComparingTo("50.00");
    assertThat(hub.get("tie-out", "").path("breaks").toString()).doesNotContain("clearing");
  }

  private static String statement() throws IOException {
    return Files.readString(Path.of("src/test/resources/statements/amazon/long/statement.txt"));
  }

  private JsonNode writeOff(String channel, String order, String amount, String gateway)
      throws IOException {
    ObjectNode body = JSON.createObjectNode().put("order", order).put("amount", amount);
    body.put("gateway", gateway).put("note", "the channel closed the case");
    return hub.post("open-orders/" + channel + "/write-off", "mona", JSON.writeValueAsBytes(body));
  }

  private BigDecimal open() throws IOException {
    return open(CHANNEL, ORDER);
  }

  private BigDecimal open(String channel, String id) throws IOException {
    for (JsonNode order : hub.get("open-orders/" + channel, "").path("orders")) {
      if (order.path("order").asText().equals(id)) {
        return new BigDecimal(order.path("open").asText());
      }
    }
    return BigDecimal.ZERO;
  }

  private String clearing(String column) throws IOException {
    for (JsonNode row : hub.get("tie-out", "").path("clearing")) {
      if (row.path("channel").asText().equals(CHANNEL)) {
        return row.path(column).asText();
      }
    }
    throw new AssertionError("the channel has no row");
  }
}
