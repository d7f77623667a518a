package io.kontor.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What two settlements say of one order is found once, with the newer, in whatever turn they come.
 */
class PaidTwiceTest {

  private static final String CHANNEL = "amazon-eu";
  private static final String OLDER = "17720349011";
  private static final String NEWER = "17720349012";

  @TempDir private Path directory;

  private QuietHub hub;

  @BeforeEach
  void ordersThatAreShipped() throws IOException {
    Path mappings = QuietHub.mappingsByOrder(directory.resolve("mappings"));
    hub = new QuietHub(directory.resolve("data"), mappings, Instant.parse("2026-12-01T08:00:00Z"));
    hub.record(
        CHANNEL,
        "orders",
        Files.readAllBytes(Path.of("src/test/resources/golden/settlements/by-order/orders.json")));
  }

  @AfterEach
  void close() {
    hub.close();
  }

  @Test
  void the_older_first() throws Exception {
    settle(OLDER, "2026-11-15");
    settle(NEWER, "2026-11-29");
    foundWithTheNewer();
  }

  @Test
  void the_newer_first() throws Exception {
    settle(NEWER, "2026-11-29");
    settle(OLDER, "2026-11-15");
    foundWithTheNewer();
  }

  @Test
  void a_refund_in_a_third_settlement_does_not_take_the_finding_away() throws Exception {
    settle(OLDER, "2026-11-15");
    settle(NEWER, "2026-11-29");
    long found = findings(NEWER);
    String[] lines =
        Files.readString(Path.of("src/test/resources/statements/amazon/long/statement.txt"))
            .split("\n", -1);
    String refund =
        String.join("\n", lines[0], lines[1].replace("-3.17", "-39.99"), lines[17] + "\n");
    assertThat(lines[17]).contains("Refund\t302-7741205-1180043", "-39.99");
    hub.record(
        CHANNEL,
        "settlement",
        refund
            .replace(OLDER, "17720349013")
            .replace("2026-11-15 ", "2026-11-30 ")
            .getBytes(StandardCharsets.UTF_8));
    hub.reconcile();
    for (int night = 0; night < 2; night++) {
      assertThat(items("order-duplicate")).isEqualTo(1);
      assertThat(findings(NEWER)).isEqualTo(found);
      hub.night();
    }
  }

  private void foundWithTheNewer() throws IOException {
    for (int night = 0; night < 2; night++) {
      assertThat(items("order-duplicate")).isEqualTo(1);
      assertThat(items("order-differs")).isZero();
      assertThat(findings(OLDER)).isZero();
      assertThat(findings(NEWER)).isEqualTo(2);
      hub.night();
    }
  }

  private long items(String code) throws IOException {
    return hub.get("desk", "code=" + code).size();
  }

  private long findings(String settlement) throws IOException {
    JsonNode page = hub.get("settlements/" + CHANNEL + "/" + settlement, "");
    return page.path("findings").size();
  }

  /** A statement of the same lines, that ends on a day. */
  private void settle(String id, String end) throws IOException {
    String statement =
        Files.readString(Path.of("src/test/resources/statements/amazon/long/statement.txt"));
    hub.record(
        CHANNEL,
        "settlement",
        statement
            .replace(OLDER, id)
            .replace("2026-11-15 ", end + " ")
            .getBytes(StandardCharsets.UTF_8));
    hub.reconcile();
  }
}
