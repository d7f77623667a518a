package io.kontor.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.sandbox.day.SampleDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading the documents of a day again changes what the mappings changed, and nothing else. */
class ReplayTest {

  private static final Instant NOW = Instant.parse("2026-02-21T08:00:00Z");

  @TempDir private Path directory;

  private Path mappings;
  private QuietHub hub;

  @BeforeEach
  void aDay() throws IOException {
    mappings = QuietHub.mappings(directory.resolve("mappings"));
    hub = new QuietHub(directory.resolve("data"), mappings, NOW);
    for (SampleDocument document : PartOfADay.documents()) {
      hub.record(document.channel(), document.document(), document.fileName(), document.body());
    }
    hub.reconcile();
    hub.seal();
  }

  @AfterEach
  void close() {
    hub.close();
  }

  @Test
  void what_is_read_again_by_the_same_mappings_changes_nothing() throws IOException {
    String proof = proof();
    String desk = hub.desk();
    String journal = hub.answer("journal", "");
    for (int i = 0; i < 2; i++) {
      List<JsonNode> pages = hub.replay(true);
      assertThat(sum(pages, "unchanged")).isPositive();
      for (String count : List.of("changed", "added", "missing", "entries")) {
        assertThat(sum(pages, count)).as(count).isZero();
      }
      hub.seal();
      assertThat(hub.desk()).isEqualTo(desk);
      assertThat(hub.answer("journal", "")).isEqualTo(journal);
      assertThat(proof()).isEqualTo(proof);
    }
  }

  @Test
  void a_rule_that_was_changed_is_shown_first_and_then_booked_by_difference() throws IOException {
    Path rules = mappings.resolve("accounts/rules.yaml");
    Files.writeString(
        rules, Files.readString(rules).replace("\"revenue.shipping:", "\"revenue.goods:"));
    hub.close();
    hub = new QuietHub(directory.resolve("data"), mappings, NOW);
    String before = hub.answer("journal", "");
    List<JsonNode> shown = hub.replay(false);
    int entries = sum(shown, "entries");
    assertThat(entries).isPositive();
    assertThat(shown.stream().flatMap(page -> page.findValuesAsText("account").stream()))
        .anyMatch(account -> account.startsWith("revenue.shipping"))
        .anyMatch(account -> account.startsWith("revenue.goods"));
    assertThat(hub.answer("journal", "")).as("only shown").isEqualTo(before);

    assertThat(sum(hub.replay(true), "entries")).isEqualTo(entries);
    hub.seal();
    assertThat(hub.answer("journal", "").lines().toList())
        .as("nothing is taken back, it is booked on top")
        .containsAll(before.lines().toList());
    assertThat(sum(hub.replay(true), "entries")).as("once is enough").isZero();
    assertThat(hub.get("tie-out", "").path("breaks").toString()).doesNotContain("ledger lacks");
  }

  private static int sum(List<JsonNode> pages, String count) {
    return pages.stream().mapToInt(page -> page.path(count).asInt()).sum();
  }

  /** The proof without the time at which it was made. */
  private String proof() throws IOException {
    return hub.get("tie-out", "").toString().replaceAll("\"at\":\"[^\"]+\"", "");
  }
}
