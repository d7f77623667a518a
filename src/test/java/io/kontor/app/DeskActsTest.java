package io.kontor.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.sales.OrderKey;
import io.kontor.sandbox.day.SampleDocument;
import io.kontor.store.Database;
import io.kontor.store.Store;
import io.kontor.store.StoredFact;
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

  @Test
  void an_order_that_cannot_be_recorded_does_not_take_the_others_of_its_document_down()
      throws IOException {
    String both = recordedWithAForeignFact();
    assertThat(facts("4711")).isEmpty();
    assertThat(facts("4712")).as("the other order counts").hasSize(1);
    JsonNode item = hub.get("desk", "code=fact-of-another-order").get(0);
    assertThat(item.path("message").asText())
        .contains("not all of its orders could be recorded; the others count: ")
        .contains("cannot be of northwind/shopify/4711")
        .doesNotContain("4712");
    assertThat(documents().path("waiting").asInt()).isEqualTo(1);
    hub.seal();
    assertThat(breaks()).isEmpty();

    // The broker hands it over once more.
    hub.record("shopify", "refunds", "both", both.getBytes(UTF_8));
    assertThat(hub.get("desk", "code=fact-of-another-order")).hasSize(1);
    assertThat(breaks()).isEmpty();
  }

  @Test
  void what_is_left_of_a_document_can_be_retried_replayed_and_mended() throws IOException {
    String both = recordedWithAForeignFact();
    long item = item("fact-of-another-order");

    JsonNode retried = act(item, "retry", "");
    assertThat(retried.path("state").asText()).isEqualTo("open");
    assertThat(retried.path("message").asText()).contains("item " + item);
    for (int i = 0; i < 2; i++) {
      hub.replay(true);
      assertThat(item("fact-of-another-order")).isEqualTo(item);
      assertThat(facts("4712")).hasSize(1);
      assertThat(documents().path("waiting").asInt()).isEqualTo(1);
    }

    JsonNode edited = act(item, "edit", both.replaceFirst("\"id\":\\d+", "\"id\":77"));
    assertThat(edited.path("state").asText()).isEqualTo("resolved");
    assertThat(facts("4711")).hasSize(1);
    assertThat(facts("4712")).hasSize(1);
    hub.seal();
    assertThat(hub.get("desk", "code=fact-of-another-order")).isEmpty();
    assertThat(documents().path("waiting").asInt()).isZero();
    assertThat(breaks()).isEmpty();
  }

  @Test
  void a_fact_that_two_orders_of_one_document_state_is_of_the_first() throws IOException {
    String refund = document("refunds");
    String twice =
        "[" + refund + "," + refund.replaceAll("\"order_id\":\\d+", "\"order_id\":4711") + "]";
    hub.record("shopify", "refunds", twice.getBytes(UTF_8));
    assertThat(facts("4711")).isEmpty();
    assertThat(hub.get("desk", "code=fact-of-another-order").get(0).path("message").asText())
        .contains("cannot be of northwind/shopify/4711");
    hub.replay(true);
    assertThat(hub.get("desk", "code=fact-of-another-order")).hasSize(1);
    hub.seal();
    assertThat(breaks()).isEmpty();
  }

  @Test
  void a_document_of_which_no_order_can_be_recorded_waits_whole() throws IOException {
    String refund = document("refunds");
    hub.record("shopify", "refunds", refund.getBytes(UTF_8));
    String others =
        "[%s,%s]"
            .formatted(
                refund.replaceAll("\"order_id\":\\d+", "\"order_id\":4711"),
                refund.replaceAll("\"order_id\":\\d+", "\"order_id\":4712"));
    hub.record("shopify", "refunds", others.getBytes(UTF_8));
    assertThat(hub.get("desk", "code=fact-of-another-order").get(0).path("message").asText())
        .startsWith("the document was understood but could not be recorded: ");
    hub.seal();
    assertThat(breaks()).isEmpty();
  }

  /** A document of two refunds, the first of which names another order than it did before. */
  private String recordedWithAForeignFact() throws IOException {
    String refund = document("refunds");
    hub.record("shopify", "refunds", refund.getBytes(UTF_8));
    String foreign = refund.replaceAll("\"order_id\":\\d+", "\"order_id\":4711");
    String own =
        refund
            .replaceFirst("\"id\":\\d+", "\"id\":78")
            .replaceAll("\"order_id\":\\d+", "\"order_id\":4712");
    String both = "[" + foreign + "," + own + "]";
    hub.record("shopify", "refunds", "both", both.getBytes(UTF_8));
    return both;
  }

  private List<StoredFact> facts(String order) {
    try (Database database = Database.open(hub.database())) {
      OrderKey key = new OrderKey("northwind", "shopify", order);
      return database
          .inTransaction(tx -> Store.of(database).facts().ofOrders(tx, List.of(key)))
          .getOrDefault(key, List.of());
    }
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
