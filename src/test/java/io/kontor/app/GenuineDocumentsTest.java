package io.kontor.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Genuine documents, where they are at hand, given to a running hub with a sandbox Odoo: each ends
 * in Odoo with the channel's own total, or on the desk with a reason and a way out. The table is
 * left in {@code target/genuine-documents.md}.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GenuineDocumentsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path DATA =
      Path.of(System.getProperty("kontor.shared", "../shared")).resolve("data");
  private static final Path TABLE = Path.of("target/genuine-documents.md");

  /** Codes that say that something is wrong with Kontor, not with the document. */
  private static final Set<String> OURS =
      Set.of("not-understood", "not-a-fact", "invalid-fact", "recording-failed", "refused");

  @TempDir static Path home;
  private static HubAndOdoo hub;

  @BeforeAll
  static void start() throws Exception {
    Assumptions.assumeTrue(Files.isDirectory(DATA), "no shared data");
    hub =
        HubAndOdoo.start(
            Files.createDirectories(home.resolve("creating")),
            List.of(),
            List.of(),
            Map.of("kontor.odoo.create-products", "true"));
    Files.createDirectories(TABLE.toAbsolutePath().getParent());
    Files.writeString(TABLE, "");
  }

  @AfterAll
  static void stop() {
    if (hub != null) {
      hub.close();
    }
  }

  /** An order that a document states: its id, what people call it, and its total if it has one. */
  private record Stated(String id, String reference, BigDecimal total) {}

  /** A document as the channel wrote it. */
  @SuppressWarnings("ArrayRecordComponent") // never compared by value
  private record Genuine(String name, String channel, String document, byte[] body) {

    static List<Genuine> of(String folder, String channel) {
      Path root = DATA.resolve(folder);
      try (Stream<Path> walk = Files.walk(root)) {
        return walk.filter(Files::isRegularFile)
            .filter(file -> !file.toString().contains("/models/"))
            .filter(file -> !file.toString().contains("/schema/"))
            .sorted()
            .map(file -> read(root, file, channel))
            .toList();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static Genuine read(Path root, Path file, String channel) {
      String name = root.relativize(file).toString();
      String document = "orders";
      if (name.contains("refund")) {
        document = "refunds";
      } else if (name.contains("getOrderItems.")) {
        document = "order-items";
      }
      try {
        return new Genuine(name, channel, document, Files.readAllBytes(file));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Read without any mapping, so that the mapping cannot agree with itself. */
    List<Stated> orders() throws IOException {
      List<Stated> orders = new ArrayList<>();
      collect(JSON.readTree(body), orders);
      return orders;
    }

    private static void collect(JsonNode node, List<Stated> orders) {
      if (node.hasNonNull("total_price") && node.hasNonNull("id")) {
        orders.add(stated(node.get("id"), node.path("name"), node.get("total_price")));
      } else if (node.hasNonNull("refund_line_items") && node.hasNonNull("order_id")) {
        orders.add(stated(node.get("order_id"), node.path("none"), node.path("none")));
      } else if (node.hasNonNull("AmazonOrderId")
          && (node.has("OrderStatus") || node.has("OrderItems"))) {
        orders.add(
            stated(
                node.get("AmazonOrderId"),
                node.get("AmazonOrderId"),
                node.path("OrderTotal").path("Amount")));
      } else if (node.hasNonNull("orderId") && node.has("orderItems")) {
        orders.add(
            stated(
                node.get("orderId"),
                node.get("orderId"),
                node.path("proceeds").path("grandTotal").path("amount")));
      } else {
        node.forEach(child -> collect(child, orders));
      }
    }

    private static Stated stated(JsonNode id, JsonNode reference, JsonNode total) {
      return new Stated(
          id.asText(),
          reference.asText(),
          total.isValueNode() ? new BigDecimal(total.asText()) : null);
    }
  }

  @Test
  @Order(1)
  void each_imported_document_is_in_odoo_with_its_total_or_on_the_desk_with_a_way_out()
      throws Exception {
    Files.writeString(TABLE, "| document | outcome |\n|---|---|\n");
    for (String channel : List.of("shopify", "amazon")) {
      String folder = channel.equals("amazon") ? "amazon/sp-api" : channel;
      for (Genuine genuine : Genuine.of(folder, channel)) {
        String id = hub.take(channel, genuine.document(), genuine.body());
        hub.awaitQuiet();
        ended(hub, genuine, id);
      }
    }
    nothingIsLost();
  }

  @Test
  void each_signed_webhook_ends_in_the_same_two_ways() throws Exception {
    for (Genuine genuine : Genuine.of("shopify", "shopify")) {
      HttpResponse<String> answer =
          hub.post("shopify", genuine.document(), genuine.body(), "hook:" + genuine.name());
      assertThat(answer.statusCode()).as(genuine.name()).isEqualTo(202);
      hub.awaitQuiet();
      ended(hub, genuine, JSON.readTree(answer.body()).path("accepted").asText());
    }
    nothingIsLost();
  }

  @Test
  void without_leave_to_create_products_an_unknown_sku_is_on_the_desk_by_name() throws Exception {
    try (HubAndOdoo strict =
        HubAndOdoo.start(
            Files.createDirectories(home.resolve("strict")), List.of(), List.of(), Map.of())) {
      Map<String, Genuine> sent = new LinkedHashMap<>();
      for (Genuine genuine : Genuine.of("amazon/sp-api/examples/orders_2026-01-01", "amazon")) {
        sent.put(strict.take("amazon", "orders", genuine.body()), genuine);
      }
      strict.awaitQuiet();
      for (Map.Entry<String, Genuine> document : sent.entrySet()) {
        ended(strict, document.getValue(), document.getKey());
      }
      assertThat(strict.odoo().read("sale.order", "client_order_ref")).isEmpty();
      assertThat(strict.items("amazon"))
          .anySatisfy(
              item -> {
                assertThat(item.path("code").asText()).isEqualTo("unknown-sku");
                assertThat(item.path("message").asText()).contains("has no product with the SKU");
              });
    }
  }

  /** What became of a document: its items, or else every order of it in Odoo with its total. */
  private static void ended(HubAndOdoo hub, Genuine genuine, String id) throws Exception {
    List<Stated> orders = genuine.orders();
    Set<String> subjects = new TreeSet<>();
    orders.forEach(o -> subjects.add("northwind/" + genuine.channel() + "/" + o.id()));
    List<JsonNode> items =
        hub.items(genuine.channel()).stream()
            .filter(
                item ->
                    item.hasNonNull("document")
                        ? item.path("document").asText().equals(id)
                        : subjects.contains(item.path("subject").asText()))
            .toList();
    List<String> outcome = new ArrayList<>();
    for (JsonNode item : items) {
      hasAWayOut(hub, item);
      outcome.add(
          "desk `%s` %s".formatted(item.path("code").asText(), item.path("message").asText()));
    }
    List<JsonNode> inOdoo =
        hub.odoo().read("sale.order", "state", "amount_total", "client_order_ref");
    for (Stated order : orders) {
      for (JsonNode there : inOdoo) {
        if (there.path("client_order_ref").asText().equals(order.reference())
            && order.total() != null
            && there.path("amount_total").decimalValue().compareTo(order.total()) == 0) {
          outcome.add(
              "in Odoo (%s) %s = %s"
                  .formatted(
                      there.path("state").asText(), there.path("amount_total"), order.total()));
        }
      }
    }
    assertThat(outcome).as("silence about " + genuine.name()).isNotEmpty();
    if (items.isEmpty()) {
      assertThat(outcome).as(genuine.name()).hasSameSizeAs(orders);
    }
    Files.writeString(
        TABLE,
        "| %s | %s |\n".formatted(genuine.name(), String.join("; ", outcome)),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private static void hasAWayOut(HubAndOdoo hub, JsonNode item) throws Exception {
    String code = item.path("code").asText();
    String message = item.path("message").asText();
    assertThat(code).as(message).matches("[a-z0-9]+(-[a-z0-9]+)+").isNotIn(OURS);
    assertThat(message).hasSizeGreaterThan(30).doesNotContain("Exception", "\tat ", "null");
    JsonNode shown = hub.client().get("desk/" + item.path("id").asText(), Map.of());
    List<String> actions = new ArrayList<>();
    shown.path("actions").forEach(action -> actions.add(action.asText()));
    assertThat(actions).as(message).contains("resolve");
    if (item.hasNonNull("document")) {
      assertThat(actions).contains("edit", "retry", "skip");
      assertThat(shown.path("content").path("body").asText()).isNotBlank();
    }
  }

  private static void nothingIsLost() throws Exception {
    for (JsonNode row : hub.client().get("tie-out", Map.of()).path("documents")) {
      assertThat(row.path("lost").asLong()).as(row.toString()).isZero();
      assertThat(row.path("undelivered").asLong()).as(row.toString()).isZero();
    }
    assertThat(Files.readString(hub.data().resolveSibling("output")))
        .doesNotContain("\tat io.kontor", " ERROR ");
  }
}
