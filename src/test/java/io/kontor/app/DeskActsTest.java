package io.kontor.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.sandbox.day.SampleDocument;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a person does at the desk, every document is accounted for afterwards. */
class DeskActsTest {

  @TempDir private Path directory;

  private QuietHub hub;

  @BeforeEach
  void start() throws IOException {
    hub =
        new QuietHub(
            directory.resolve("data"),
            QuietHub.mappings(directory.resolve("mappings")),
            Instant.parse("2026-02-21T08:00:00Z"));
  }

  @AfterEach
  void close() {
    hub.close();
  }

  @Test
  void a_document_whose_item_is_resolved_by_hand_is_not_lost() throws IOException {
    hub.record("shopify", "orders", "broken{".getBytes(UTF_8));

    act(item("not-json"), "resolve", "{\"note\":\"booked by hand, voucher 4711\"}");

    assertThat(breaks()).isEmpty();
    assertThat(documents().path("refused").asInt()).isEqualTo(1);
  }

  @Test
  void an_item_is_assigned_to_a_team_that_there_is() throws IOException {
    hub.record("shopify", "orders", "broken{".getBytes(UTF_8));
    long item = item("not-json");

    assertThatThrownBy(() -> act(item, "assign", "{\"to\":\"sales\"}"))
        .hasMessageContaining("there is no team 'sales'; there are operations, finance");

    act(item, "assign", "{\"to\":\"finance\"}");
    assertThat(hub.get("desk", "team=operations")).isEmpty();
    assertThat(hub.get("desk", "team=finance").get(0).path("id").asLong()).isEqualTo(item);
  }

  @Test
  void a_contradiction_is_decided_and_its_document_stays_what_it_is() throws IOException {
    String order = order();
    hub.record("shopify", "orders", order.getBytes(UTF_8));
    hub.record(
        "shopify", "orders", order.replace("\"title\":\"", "\"title\":\"New ").getBytes(UTF_8));
    hub.seal();
    assertThat(breaks()).as("both are recorded, and one is also on the desk").isEmpty();

    act(item("revision-conflict"), "skip", "{\"note\":\"the first one holds\"}");

    assertThat(breaks()).isEmpty();
    assertThat(documents().path("recorded").asInt()).isEqualTo(2);
  }

  @Test
  void an_edit_that_cannot_be_read_either_takes_the_place_of_what_it_edits() throws IOException {
    hub.record("shopify", "orders", "broken{".getBytes(UTF_8));

    JsonNode done = act(item("not-json"), "edit", "broken too{");

    assertThat(done.path("state").asText()).isEqualTo("open");
    assertThat(hub.get("desk", "")).as("one item for one document").hasSize(1);
    assertThat(done.path("message").asText()).contains("item " + item("not-json"));
    assertThat(breaks()).isEmpty();

    assertThat(act(item("not-json"), "edit", order()).path("state").asText()).isEqualTo("resolved");
    hub.seal();
    assertThat(hub.get("desk", "")).isEmpty();
    assertThat(breaks()).isEmpty();
  }

  @Test
  void a_fact_that_another_order_has_keeps_nobody_waiting() throws IOException {
    String refund = document("refunds");
    String other = refund.replaceAll("\"order_id\":\\d+", "\"order_id\":4711");
    hub.record("shopify", "refunds", refund.getBytes(UTF_8));
    hub.record("shopify", "refunds", other.getBytes(UTF_8));

    assertThat(hub.get("desk", "code=fact-of-another-order").get(0).path("message").asText())
        .contains("is of order northwind/shopify/", "4711");
    hub.seal();
    assertThat(breaks()).isEmpty();
  }

  @Test
  void two_orders_that_claim_one_fact_in_one_batch_do_not_mix() throws IOException {
    String refund = document("refunds");
    String other = refund.replaceAll("\"order_id\":\\d+", "\"order_id\":4711");
    hub.recordTogether("shopify", "refunds", refund.getBytes(UTF_8), other.getBytes(UTF_8));

    assertThat(hub.get("desk", "code=fact-of-another-order")).hasSize(1);
    hub.seal();
    assertThat(breaks()).isEmpty();
  }

  @Test
  void what_an_edited_document_contradicts_stays_on_the_desk() throws IOException {
    String order = order();
    hub.record("shopify", "orders", order.getBytes(UTF_8));
    hub.record("shopify", "orders", "broken{".getBytes(UTF_8));

    JsonNode done =
        act(item("not-json"), "edit", order.replace("\"title\":\"", "\"title\":\"New "));

    assertThat(done.path("state").asText()).isEqualTo("resolved");
    assertThat(done.path("message").asText()).contains("item " + item("revision-conflict"));
    assertThat(hub.get("desk", "")).hasSize(1);
  }

  @Test
  void an_item_whose_document_says_the_same_when_it_is_read_again_stays_open() throws IOException {
    String order = order();
    hub.record("shopify", "orders", order.getBytes(UTF_8));
    hub.record(
        "shopify", "orders", order.replace("\"title\":\"", "\"title\":\"New ").getBytes(UTF_8));
    long conflict = item("revision-conflict");

    JsonNode done = act(conflict, "retry", "");

    assertThat(done.path("state").asText()).isEqualTo("open");
    assertThat(done.path("message").asText()).contains("item " + conflict);
    assertThat(item("revision-conflict")).isEqualTo(conflict);
  }

  @Test
  void a_fact_that_another_order_has_is_not_dropped_by_a_replay() throws IOException {
    String refund = document("refunds");
    hub.record("shopify", "refunds", refund.getBytes(UTF_8));
    for (String order : List.of("4711", "4712")) {
      String other = refund.replaceAll("\"order_id\":\\d+", "\"order_id\":" + order);
      hub.record("shopify", "refunds", other.getBytes(UTF_8));
    }
    assertThat(hub.get("desk", "code=fact-of-another-order")).hasSize(2);

    for (int i = 0; i < 2; i++) {
      List<JsonNode> pages = hub.replay(true);
      assertThat(pages.stream().mapToInt(page -> page.path("moved").asInt()).sum()).isEqualTo(2);
      assertThat(hub.get("desk", "code=fact-of-another-order")).hasSize(2);
    }
    hub.seal();
    assertThat(breaks()).isEmpty();
  }

  private static String order() {
    return document("orders");
  }

  private static String document(String kind) {
    for (SampleDocument document : PartOfADay.documents()) {
      if (document.channel().equals("shopify")
          && document.document().equals(kind)
          && (kind.equals("refunds") || document.note().isEmpty())) {
        return new String(document.body(), UTF_8);
      }
    }
    throw new AssertionError("a day has " + kind);
  }

  private JsonNode act(long item, String what, String body) throws IOException {
    return hub.post("desk/%d/%s".formatted(item, what), "mona", body.getBytes(UTF_8));
  }

  private long item(String code) throws IOException {
    return hub.get("desk", "code=" + code).get(0).path("id").asLong();
  }

  private JsonNode documents() throws IOException {
    for (JsonNode row : hub.get("tie-out", "").path("documents")) {
      if (row.path("channel").asText().equals("shopify")) {
        return row;
      }
    }
    throw new AssertionError("there is a channel shopify");
  }

  private List<String> breaks() throws IOException {
    List<String> breaks = new ArrayList<>();
    hub.get("tie-out", "").path("breaks").forEach(one -> breaks.add(one.asText()));
    return breaks;
  }
}
