package io.kontor.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is sold in a city whose state, county and district each have a tax of their own. */
class SeveralTaxesTest {

  @TempDir private Path directory;

  @Test
  void each_tax_stands_in_the_tie_out_with_what_it_is_on() throws IOException {
    try (QuietHub hub =
        new QuietHub(
            directory.resolve("data"),
            QuietHub.mappings(directory.resolve("mappings")),
            Instant.parse("2026-11-21T08:00:00Z"))) {
      hub.record(
          "shopify",
          "orders",
          Files.readAllBytes(
              Path.of("src/test/resources/golden/shopify/current-shape/input.orders.json")));

      List<String> taxes = new ArrayList<>();
      for (JsonNode row : hub.get("tie-out", "").path("tax")) {
        taxes.add(
            "%s on %s is %s, here %s"
                .formatted(
                    row.path("tax").asText(),
                    row.path("base").asText(),
                    row.path("atRate").asText(),
                    row.path("amount").asText()));
      }
      assertThat(taxes)
          .containsExactly(
              "us-ny:0.375 on 36.00 is 0.14, here 0.13",
              "us-ny:0.75 on 5.90 is 0.04, here 0.05",
              "us-ny:4 on 41.90 is 1.68, here 1.68",
              "us-ny:4.5 on 41.90 is 1.89, here 1.89");
    }
  }
}
