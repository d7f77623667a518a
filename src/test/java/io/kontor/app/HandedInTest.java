package io.kontor.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that a person hands in may be one that he wrote himself. */
class HandedInTest {

  private static final Instant NOW = Instant.parse("2026-11-22T06:00:00Z");

  @TempDir private Path folder;

  @Test
  void who_handed_a_file_in_is_in_the_audit_log_and_does_not_approve_what_it_came_to()
      throws IOException {
    Path mappings = QuietHub.mappings(Files.createDirectory(folder.resolve("mappings")));
    try (QuietHub hub = new QuietHub(folder.resolve("data"), mappings, NOW)) {
      String document =
          hub.importFile("amazon-eu", "settlement", statement(), "chris").path("document").asText();
      hub.reconcile();
      hub.night();

      JsonNode batch = hub.get("batches", "").get(0);
      assertThat(batch.path("makers")).extracting(JsonNode::asText).contains("chris");
      assertThatThrownBy(hub::approve).hasMessageContaining("chris has work in batch");
      assertThat(hub.get("audit", ""))
          .anySatisfy(
              act -> {
                assertThat(act.path("who").asText()).isEqualTo("chris");
                assertThat(act.path("what").asText()).isEqualTo("import");
                assertThat(act.path("subject").asText()).isEqualTo(document);
              });
    }
  }

  private static byte[] statement() {
    return String.join(
            "\n",
            String.join(
                "\t",
                "settlement-id",
                "settlement-start-date",
                "settlement-end-date",
                "total-amount",
                "currency",
                "transaction-type",
                "amount-type",
                "amount-description",
                "amount",
                "posted-date"),
            "7711\t2026-11-01\t2026-11-15\t-2.00\tEUR",
            "7711\t\t\t\t\tServiceFee\tother-transaction\tStorage Fee\t-2.00\t2026-11-05")
        .getBytes(UTF_8);
  }
}
