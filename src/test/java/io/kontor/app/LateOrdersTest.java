package io.kontor.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders that come after the settlement that pays them. */
class LateOrdersTest {

  private static final String CHANNEL = "amazon-eu";

  @TempDir private Path directory;

  @Test
  void lines_stay_in_suspense_until_the_night_that_explains_them() throws IOException {
    Path mappings = QuietHub.mappingsByOrder(directory.resolve("mappings"));
    Instant now = Instant.parse("2026-12-01T08:00:00Z");
    try (QuietHub hub = new QuietHub(directory.resolve("data"), mappings, now)) {
      hub.record(
          CHANNEL,
          "settlement",
          Files.readAllBytes(Path.of("src/test/resources/statements/amazon/long/statement.txt")));
      hub.reconcile();
      assertThat(breaks(hub)).isEmpty();
      String inSuspense = suspense(hub);
      assertThat(inSuspense).isNotEqualTo("-1.23");

      hub.record(
          CHANNEL,
          "orders",
          Files.readAllBytes(
              Path.of("src/test/resources/golden/settlements/by-order/orders.json")));

      assertThat(breaks(hub)).isEmpty();
      assertThat(suspense(hub)).isEqualTo(inSuspense);
      hub.night();
      assertThat(breaks(hub)).isEmpty();
      assertThat(suspense(hub)).as("what no table knows").isEqualTo("-1.23");
    }
  }

  private static JsonNode breaks(QuietHub hub) throws IOException {
    return hub.get("tie-out", "").path("breaks");
  }

  private static String suspense(QuietHub hub) throws IOException {
    for (JsonNode row : hub.get("tie-out", "").path("clearing")) {
      if (row.path("channel").asText().equals(CHANNEL)) {
        return row.path("suspense").asText();
      }
    }
    throw new AssertionError("the channel has no row");
  }
}
