package io.kontor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kontor.mapping.Consequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parts of a data directory that are lost, or older than the others. */
class RestoredDataTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path ORDERS =
      Path.of("src/test/resources/golden/settlements/by-order/orders.json");

  @TempDir private Path directory;

  private QuietHub hub;

  @BeforeEach
  void aBatchInTheFileBook() throws Exception {
    hub = open();
    hub.record("amazon-eu", "orders", Files.readAllBytes(ORDERS));
    hub.night();
    assertThat(hub.approve()).isPositive();
    hub.deliver(Consequence.POST_TO_FILE);
    assertThat(breaks()).isEmpty();
  }

  @AfterEach
  void close() {
    hub.close();
  }

  @Test
  void a_hub_does_not_begin_anew_where_its_database_is_gone() throws Exception {
    hub.close();
    Path database = directory.resolve("data/database.mv.db");
    Path kept = directory.resolve("kept");
    Files.move(database, kept);

    assertThatThrownBy(this::open).hasMessageContaining("The database of this hub is gone");
    Files.createFile(database);
    assertThatThrownBy(this::open).hasMessageContaining("is missing or empty");

    Files.delete(database);
    Files.move(kept, database);
    hub = open();
    assertThat(breaks()).isEmpty();
  }

  @Test
  void a_file_book_that_is_lost_is_brought_back_as_it_was() throws Exception {
    Path folder = folder();
    String journal = Files.readString(folder.resolve(folder.getFileName() + ".hledger"));
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
    assertThat(breaks()).anyMatch(one -> one.contains("which is not there any more"));

    hub.post(
        "deliveries/again",
        "mona",
        JSON.writeValueAsBytes(JSON.createObjectNode().put("subject", batch())));
    hub.deliver(Consequence.POST_TO_FILE);

    assertThat(breaks()).isEmpty();
    assertThat(Files.readString(folder.resolve(folder.getFileName() + ".hledger")))
        .isEqualTo(journal);
  }

  @Test
  void a_change_of_any_file_of_a_book_is_a_break_that_names_it() throws Exception {
    Path journal = folder().resolve(folder().getFileName() + ".hledger");
    Files.writeString(journal, "; mine\n", StandardOpenOption.APPEND);
    assertThat(breaks())
        .anyMatch(one -> one.contains(journal + " is not as it was written, or is gone"));
  }

  @Test
  void a_batch_that_only_the_books_know_keeps_the_next_from_being_approved() throws Exception {
    Path lost = folder().resolveSibling("nordwind-amazon-eu-2026-11-29-9");
    Files.createDirectory(lost);
    hub.record(
        "amazon-eu",
        "settlement",
        Files.readAllBytes(Path.of("src/test/resources/statements/amazon/long/statement.txt")));
    hub.reconcile();
    hub.post(
        "settle", "kim", JSON.writeValueAsBytes(JSON.createObjectNode().put("entity", "nordwind")));

    assertThatThrownBy(hub::approve).hasMessageContaining(lost.toString());

    Files.delete(lost);
    assertThat(hub.approve()).isPositive();
  }

  private QuietHub open() throws IOException {
    Path mappings = directory.resolve("mappings");
    if (Files.notExists(mappings)) {
      QuietHub.mappingsByOrder(mappings);
    }
    return new QuietHub(directory.resolve("data"), mappings, Instant.parse("2026-12-01T08:00:00Z"));
  }

  private String batch() throws IOException {
    return hub.get("batches", "").path(0).path("id").asText();
  }

  private Path folder() throws IOException {
    return directory.resolve("data/books/nordwind").resolve(batch().replace('/', '-'));
  }

  private List<String> breaks() throws IOException {
    return JSON.convertValue(
        hub.get("tie-out", "").path("breaks"),
        JSON.getTypeFactory().constructCollectionType(List.class, String.class));
  }
}
