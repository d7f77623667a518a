package io.kontor.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.mapping.Consequence;
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

  @Test
  void what_is_in_a_batch_is_looked_at_before_it_is_approved() throws IOException {
    Path mappings = QuietHub.mappings(Files.createDirectory(folder.resolve("mappings")));
    try (QuietHub hub = new QuietHub(folder.resolve("data"), mappings, NOW)) {
      hub.importFile("amazon-eu", "settlement", statement(), "mona");
      hub.reconcile();
      hub.night();
      JsonNode batch = hub.get("batches", "").get(0);
      String id = "id=" + batch.path("id").asText();

      JsonNode sheet = hub.get("batches/show", id);
      assertThat(sheet.path("hash")).isEqualTo(batch.path("hash"));
      assertThat(sheet.path("book").asText()).isEqualTo("file");
      assertThat(sheet.path("posted")).isEmpty();
      assertThat(sheet.path("accounts"))
          .anySatisfy(sum -> row(sum, "6060", "2.00", "0.00"))
          .last()
          .satisfies(sum -> row(sum, "", "2.00", "2.00"));
      assertThat(sheet.path("lines")).hasSizeGreaterThanOrEqualTo(2);

      String page = hub.answer("batches/show", id + "&format=html");
      assertThat(page)
          .contains("<h1>Posting batch " + batch.path("id").asText())
          .contains("<th class=\"number\">debit", "<th class=\"number\">credit")
          .contains("hash " + batch.path("hash").asText())
          .contains("it is the first batch of channel amazon-eu");
      assertThat(hub.answer("batches/show", id + "&format=hledger")).contains("2.00 EUR");

      assertThat(hub.approve()).isEqualTo(1);
      hub.deliver(Consequence.POST_TO_FILE);
      assertThat(hub.get("batches/show", id).path("posted"))
          .singleElement()
          .satisfies(posted -> assertThat(posted.path("book").asText()).isEqualTo("file"));
    }
  }

  private static void row(JsonNode sum, String code, String debit, String credit) {
    assertThat(sum.path("code").asText()).isEqualTo(code);
    assertThat(sum.path("debit").asText()).isEqualTo(debit);
    assertThat(sum.path("credit").asText()).isEqualTo(credit);
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
