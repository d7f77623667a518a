package io.kontor.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.mapping.Consequence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever people do by hand to our entries in Odoo's general ledger, the tie-out names it. */
class EntriesInOdooTest {

  private static final String BOOK = "the odoo book of nordwind: ";

  @TempDir private Path directory;

  private QuietHubAndOdoo odoo;

  @BeforeEach
  void entriesThatArePosted() throws IOException {
    odoo = new QuietHubAndOdoo(directory);
    odoo.hub().night();
    assertThat(odoo.hub().approve()).isPositive();
    odoo.hub().deliver(Consequence.POST_TO_ODOO);
    odoo.hub().deliver(Consequence.POST_TO_FILE);
    assertThat(odoo.breaks()).isEmpty();
  }

  @AfterEach
  void close() {
    odoo.close();
  }

  @Test
  void an_entry_that_was_set_back_is_named_with_its_batch_and_brought_back() throws Exception {
    JsonNode entry = entries().get(0);
    odoo.call("account.move", "button_draft", Map.of("ids", List.of(entry.path("id"))));

    String reference = entry.path("ref").asText();
    String batch = reference.substring(0, reference.lastIndexOf('/'));
    assertThat(named())
        .containsExactly(
            "entry %s of batch %s %s was set back to a draft there"
                .formatted(reference, batch, "(" + entry.path("name").asText() + ")"));
    assertThat(odoo.breaks())
        .as("and which accounts it is about")
        .anyMatch(one -> one.startsWith("odoo book of nordwind, account "));

    odoo.redeliver(batch);
    odoo.hub().deliver(Consequence.POST_TO_ODOO);
    odoo.hub().deliver(Consequence.POST_TO_FILE);
    assertThat(odoo.breaks()).isEmpty();
  }

  @Test
  void an_entry_of_an_external_id_of_ours_that_we_did_not_post_is_named() throws Exception {
    JsonNode entry = entries().get(0);
    JsonNode copied =
        odoo.call("account.move", "read", Map.of("ids", List.of(entry.path("id")))).path(0);
    long stranger = posted(copied);
    odoo.call(
        "ir.model.data",
        "create",
        Map.of(
            "vals_list",
            List.of(
                Map.of(
                    "module", "kontor",
                    "name", "je_nordwind_lost",
                    "model", "account.move",
                    "res_id", stranger))));

    assertThat(named())
        .hasSize(1)
        .allMatch(
            one -> one.endsWith(", kontor.je_nordwind_lost) is none of the entries of this hub"));
  }

  /** An entry of two lines in the company and journal of another one. */
  private long posted(JsonNode other) throws IOException {
    List<Object> lines = new ArrayList<>();
    List<Long> accounts = accounts(other);
    for (int side : List.of(0, 1)) {
      lines.add(
          List.of(
              0,
              0,
              Map.of(
                  "account_id",
                  accounts.get(side),
                  "name",
                  "of a hub that was lost",
                  side == 0 ? "debit" : "credit",
                  10)));
    }
    JsonNode made =
        odoo.call(
                "account.move",
                "create",
                Map.of(
                    "vals_list",
                    List.of(
                        Map.of(
                            "move_type",
                            "entry",
                            "date",
                            other.path("date"),
                            "journal_id",
                            other.path("journal_id").path(0),
                            "line_ids",
                            lines))))
            .path(0);
    odoo.call("account.move", "action_post", Map.of("ids", List.of(made)));
    return made.asLong();
  }

  private List<Long> accounts(JsonNode entry) throws IOException {
    Set<Long> accounts = new TreeSet<>();
    odoo.call(
            "account.move.line",
            "search_read",
            Map.of(
                "domain",
                List.of(List.of("move_id", "=", entry.path("id").asLong())),
                "fields",
                List.of("account_id")))
        .forEach(line -> accounts.add(line.path("account_id").path(0).asLong()));
    return List.copyOf(accounts);
  }

  private List<String> named() throws IOException {
    return odoo.breaks().stream()
        .filter(one -> one.startsWith(BOOK))
        .map(one -> one.substring(BOOK.length()))
        .toList();
  }

  private List<JsonNode> entries() throws IOException {
    List<JsonNode> entries = new ArrayList<>();
    odoo.call(
            "account.move",
            "search_read",
            Map.of(
                "domain",
                List.of(List.of("state", "=", "posted"), List.of("ref", "like", "nordwind/")),
                "fields",
                List.of("name", "ref", "date", "journal_id"),
                "order",
                "id"))
        .forEach(entries::add);
    return entries;
  }
}
