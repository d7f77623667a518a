package io.kontor.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kontor.mapping.Consequence;
import io.kontor.sandbox.day.SampleDay;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What comes back of an order stands in Odoo as far as the channel says it, whatever comes when.
 */
class GoodsThatComeBackTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long ORDER = 991_000;

  @TempDir private Path directory;

  private QuietHubAndOdoo odoo;
  private QuietHub hub;

  @BeforeEach
  void anOdooWithOrders() throws IOException {
    odoo = new QuietHubAndOdoo(directory);
    hub = odoo.hub();
  }

  @AfterEach
  void close() {
    odoo.close();
  }

  @Test
  void goods_come_back_first_and_are_paid_back_later() throws Exception {
    record("orders", order("paid", 1));
    record("refunds", refund(1, true, ""));
    assertThat(inOdoo()).containsExactly("#991000 47.79", "#991000 / refund 1 0.0");

    record("refunds", refund(2, false, price()));
    assertThat(inOdoo())
        .containsExactly(
            "#991000 47.79", "#991000 / refund 1 0.0", "#991000 / refund 2 -" + price());
    assertThat(odoo.breaks()).isEmpty();
    assertThat(hub.desk()).isEmpty();
  }

  @Test
  void what_goods_that_came_back_pay_for_changes_when_the_rest_is_paid_after_all()
      throws Exception {
    record("orders", order("pending", 1));
    record("refunds", refund(1, true, ""));
    assertThat(inOdoo())
        .as("the buyer owes less")
        .containsExactly("#991000 47.79", "#991000 / refund 1 -" + price());

    record("orders", order("paid", 2));
    assertThat(inOdoo())
        .as("all was paid, and nothing paid back")
        .containsExactly("#991000 47.79", "#991000 / refund 1 0.0");
    assertThat(odoo.breaks()).isEmpty();
  }

  private void record(String document, ObjectNode json) throws IOException {
    hub.record("shopify-eu", document, JSON.writeValueAsBytes(json));
    deliver();
  }

  private void deliver() {
    hub.deliver(Consequence.ODOO_ORDER);
    hub.deliver(Consequence.ODOO_REFUND);
    hub.seal();
  }

  /** The order and what stands beside it, with their totals. */
  private List<String> inOdoo() throws IOException {
    List<String> totals = new ArrayList<>();
    odoo.call(
            "sale.order",
            "search_read",
            Map.of(
                "domain",
                List.of(
                    List.of("client_order_ref", "like", "#" + ORDER),
                    List.of("state", "=", "sale")),
                "fields",
                List.of("client_order_ref", "amount_total"),
                "order",
                "id"))
        .forEach(
            order ->
                totals.add(
                    "%s %s"
                        .formatted(
                            order.path("client_order_ref").asText(),
                            order.path("amount_total").asText())));
    return totals;
  }

  private static ObjectNode order(String paid, int revision) throws IOException {
    ObjectNode order = ordinary();
    order.put("id", ORDER).put("name", "#" + ORDER);
    order.put("financial_status", paid);
    order.put("updated_at", "2026-11-23T2%d:00:00Z".formatted(revision));
    order.putArray("transactions");
    ObjectNode parcel = order.putArray("fulfillments").addObject();
    parcel.put("id", 1).put("status", "success").put("created_at", "2026-11-23T12:00:00Z");
    ArrayNode lines = parcel.putArray("line_items");
    order
        .path("line_items")
        .forEach(
            line ->
                lines
                    .addObject()
                    .put("id", line.path("id").asLong())
                    .put("quantity", line.path("quantity").asInt()));
    return order;
  }

  private static String price() throws IOException {
    return first().path("price").asText();
  }

  private static JsonNode first() throws IOException {
    return ordinary().path("line_items").path(0);
  }

  private static ObjectNode refund(int id, boolean goods, String amount) throws IOException {
    ObjectNode refund = JSON.createObjectNode();
    refund
        .put("id", id)
        .put("order_id", ORDER)
        .put("created_at", "2026-11-23T1%d:00:00Z".formatted(id + 2));
    ArrayNode lines = refund.putArray("refund_line_items");
    if (goods) {
      lines
          .addObject()
          .put("id", 1)
          .put("line_item_id", first().path("id").asLong())
          .put("quantity", 1)
          .put("restock_type", "return")
          .put("subtotal", new BigDecimal(price()))
          .put("total_tax", new BigDecimal("1.18"))
          .set("line_item", first());
    }
    refund.putArray("order_adjustments");
    ArrayNode payments = refund.putArray("transactions");
    if (!amount.isEmpty()) {
      payments
          .addObject()
          .put("id", 70 + id)
          .put("kind", "refund")
          .put("status", "success")
          .put("amount", amount)
          .put("currency", "EUR")
          .put("gateway", "shopify_payments")
          .put("created_at", "2026-11-23T1%d:00:00Z".formatted(id + 2));
    }
    return refund;
  }

  private static ObjectNode ordinary() throws IOException {
    return (ObjectNode)
        JSON.readTree(
            SampleDay.generate(1, QuietHubAndOdoo.DAY).documents().stream()
                .filter(document -> document.channel().equals("shopify-eu"))
                .filter(
                    document -> document.document().equals("orders") && document.note().isEmpty())
                .findFirst()
                .orElseThrow()
                .body());
  }
}
