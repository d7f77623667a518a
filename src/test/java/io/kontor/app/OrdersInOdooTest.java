package io.kontor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kontor.mapping.Consequence;
import io.kontor.sandbox.day.SampleDay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever people do by hand to a channel's orders in Odoo, the tie-out says it. */
class OrdersInOdooTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;

  private QuietHubAndOdoo odoo;
  private QuietHub hub;

  @BeforeEach
  void ordersThatAreDelivered() throws IOException {
    odoo = new QuietHubAndOdoo(directory);
    hub = odoo.hub();
    assertThat(odoo.breaks()).isEmpty();
  }

  @AfterEach
  void close() {
    odoo.close();
  }

  @Test
  void an_order_that_is_edited_cancelled_deleted_or_invoiced_by_hand_is_a_break() throws Exception {
    List<JsonNode> orders = orders();
    JsonNode edited = orders.get(0);
    edit(edited);
    JsonNode cancelled = orders.get(1);
    odoo.call("sale.order", "action_cancel", Map.of("ids", List.of(cancelled.path("id"))));
    JsonNode deleted = orders.get(2);
    delete(deleted);
    JsonNode invoiced = orders.get(3);
    invoice(invoiced);

    assertThat(odoo.breaks())
        .hasSize(4)
        .allMatch(one -> one.startsWith("Odoo and shopify-eu: nordwind/shopify-eu/"))
        .anyMatch(one -> one.contains(name(edited)) && one.contains(" EUR there, and "))
        .anyMatch(one -> one.contains(name(cancelled) + " is cancelled there, and stands here"))
        .anyMatch(
            one ->
                one.endsWith(" was delivered, and is not there any more: redeliver brings it back"))
        .anyMatch(
            one ->
                one.contains(name(invoiced))
                    && one.contains("is invoiced there by ")
                    && one.endsWith(": its revenue is recognised twice"));
  }

  @Test
  void what_was_deleted_or_changed_there_is_brought_back_by_its_name() throws Exception {
    List<JsonNode> orders = orders();
    JsonNode edited = orders.get(0);
    edit(edited);
    JsonNode deleted = orders.get(2);
    delete(deleted);
    List<String> breaks = odoo.breaks();
    assertThat(breaks).hasSize(2);

    for (String one : breaks) {
      String subject = one.split(" ", -1)[3];
      assertThat(odoo.redeliver(subject).path("deliveries").path(0).asText())
          .isEqualTo("odoo-order:" + subject);
    }
    hub.deliver(Consequence.ODOO_ORDER);

    assertThat(odoo.breaks()).isEmpty();
    assertThatThrownBy(() -> odoo.redeliver("nordwind/shopify-eu/none"))
        .hasMessageContaining("nothing that is called 'nordwind/shopify-eu/none' was delivered");
  }

  /** As people do it in Odoo. */
  private void edit(JsonNode order) throws Exception {
    odoo.call(
        "sale.order.line",
        "write",
        Map.of(
            "ids",
            List.of(order.path("order_line").path(0)),
            "vals",
            Map.of("product_uom_qty", 90, "price_unit", 1)));
  }

  private void delete(JsonNode order) throws Exception {
    odoo.call("sale.order", "action_cancel", Map.of("ids", List.of(order.path("id"))));
    odoo.call("sale.order", "unlink", Map.of("ids", List.of(order.path("id"))));
  }

  @Test
  void a_customer_stands_there_with_the_country_that_the_goods_go_to() throws Exception {
    JsonNode customers =
        odoo.call(
            "res.partner",
            "search_read",
            Map.of(
                "domain",
                List.of(List.of("street", "!=", false)),
                "fields",
                List.of("country_id")));

    assertThat(customers).isNotEmpty().allMatch(customer -> customer.path("country_id").isArray());
  }

  @Test
  void guests_are_as_many_people_as_they_say_they_are() throws Exception {
    List<String> guests = List.of("Ida First", "Ole Second", "Ida First");
    for (int number = 0; number < guests.size(); number++) {
      ObjectNode order = anotherOrder(990_000 + number).putNull("customer");
      order.withObject("shipping_address").put("name", guests.get(number));
      record(order);
    }
    hub.deliver(Consequence.ODOO_ORDER);

    List<String> buyers = new ArrayList<>();
    odoo.call(
            "sale.order",
            "search_read",
            Map.of(
                "domain",
                List.of(List.of("client_order_ref", "like", "#99000")),
                "fields",
                List.of("partner_id"),
                "order",
                "client_order_ref"))
        .forEach(order -> buyers.add(order.path("partner_id").toString()));
    assertThat(buyers).hasSize(3);
    assertThat(buyers.get(0)).contains("Ida First").isEqualTo(buyers.get(2));
    assertThat(buyers.get(1)).contains("Ole Second");
  }

  @Test
  void an_address_that_changes_after_the_order_arrived_is_for_people_in_the_warehouse()
      throws Exception {
    ObjectNode order = anotherOrder(990_010);
    record(order.put("updated_at", "2026-11-24T06:00:00Z"));
    order.withObject("shipping_address").put("address1", "Zwischenweg 1");
    record(order.put("updated_at", "2026-11-24T06:01:00Z"));
    assertThat(hub.get("desk", "code=address-changed")).as("it has not arrived").isEmpty();
    hub.deliver(Consequence.ODOO_ORDER);

    record(order.put("updated_at", "2026-11-24T06:02:00Z").put("note", "please ring"));
    assertThat(hub.get("desk", "code=address-changed")).as("the same address").isEmpty();
    order.withObject("shipping_address").put("address1", "Neue Gasse 7");
    record(order.put("updated_at", "2026-11-24T06:03:00Z"));

    assertThat(hub.get("desk", "code=address-changed")).hasSize(1);
    assertThat(hub.get("desk", "code=address-changed").get(0).path("message").asText())
        .startsWith("order #990010 goes to ")
        .containsSubsequence("Neue Gasse 7", " now, and Odoo has it for ", "Zwischenweg 1");
  }

  private void record(ObjectNode order) throws IOException {
    hub.record("shopify-eu", "orders", JSON.writeValueAsBytes(order));
  }

  /** An order of the day as another one, which was neither charged by name nor sent. */
  private static ObjectNode anotherOrder(int number) throws IOException {
    ObjectNode order = (ObjectNode) JSON.readTree(ordinaryOrder());
    order.put("id", number).put("name", "#" + number);
    order.putArray("transactions");
    order.putArray("fulfillments");
    return order;
  }

  private static byte[] ordinaryOrder() {
    return SampleDay.generate(1, QuietHubAndOdoo.DAY).documents().stream()
        .filter(document -> document.channel().equals("shopify-eu"))
        .filter(document -> document.document().equals("orders") && document.note().isEmpty())
        .findFirst()
        .orElseThrow()
        .body();
  }

  @Test
  void where_odoo_does_not_answer_the_proof_says_so() throws Exception {
    odoo.stopOdoo();

    assertThat(odoo.breaks())
        .anyMatch(one -> one.startsWith("Odoo could not be asked for the orders: "));
  }

  @Test
  void an_order_that_was_delivered_and_whose_tax_is_mapped_no_more_is_a_break() throws Exception {
    Path taxes = odoo.mappings().resolve("catalog/taxes.csv");
    Files.write(
        taxes,
        Files.readAllLines(taxes).stream()
            .filter(row -> !row.startsWith("nordwind,de,19,domestic,"))
            .toList());
    hub = odoo.restart();

    assertThat(odoo.breaks())
        .isNotEmpty()
        .allMatch(one -> one.startsWith("Odoo and shopify-eu: "))
        .anyMatch(one -> one.contains(" was delivered, and cannot be compared: "));
  }

  @Test
  void what_another_mapping_brings_to_odoo_otherwise_is_brought_by_a_replay_once()
      throws Exception {
    assertThat(brought(hub.replay(true))).as("the same mappings").isZero();
    long taxed = linesTaxed("kontor.tax_de_7_incl");
    assertThat(taxed).isPositive();
    Path taxes = odoo.mappings().resolve("catalog/taxes.csv");
    Files.writeString(
        taxes,
        Files.readString(taxes)
            .replace(",incl,kontor.tax_de_7_incl", ",incl,kontor.tax_de_19_incl"));
    hub = odoo.restart();

    int shown = brought(hub.replay(false));
    hub.deliver(Consequence.ODOO_ORDER);
    assertThat(linesTaxed("kontor.tax_de_7_incl")).as("only shown").isEqualTo(taxed);

    assertThat(brought(hub.replay(true))).isEqualTo(shown).isPositive();
    hub.deliver(Consequence.ODOO_ORDER);
    hub.deliver(Consequence.ODOO_REFUND);
    assertThat(linesTaxed("kontor.tax_de_7_incl")).isZero();
    assertThat(hub.get("audit", "").toString()).contains("brought to Odoo anew");
    assertThat(brought(hub.replay(true))).as("once is enough").isZero();
    assertThat(odoo.breaks()).isEmpty();
  }

  private static int brought(List<JsonNode> pages) {
    assertThat(pages).allMatch(page -> page.path("entries").asInt() == 0);
    return pages.stream().mapToInt(page -> page.path("brought").asInt()).sum();
  }

  /** How many lines of orders have this tax. */
  private long linesTaxed(String externalId) throws IOException {
    String[] name = externalId.split("\\.", -1);
    JsonNode tax =
        odoo.call(
                "ir.model.data",
                "search_read",
                Map.of(
                    "domain",
                    List.of(List.of("module", "=", name[0]), List.of("name", "=", name[1])),
                    "fields",
                    List.of("res_id")))
            .path(0)
            .path("res_id");
    return odoo.call(
            "sale.order.line",
            "search_read",
            Map.of(
                "domain",
                List.of(List.of("tax_ids", "in", List.of(tax.asLong()))),
                "fields",
                List.of("name")))
        .size();
  }

  private static String name(JsonNode order) {
    return "(" + order.path("name").asText() + ")";
  }

  /** Confirmed orders of goods, in the order of their ids. */
  private List<JsonNode> orders() throws IOException {
    List<JsonNode> orders = new ArrayList<>();
    odoo.call(
            "sale.order",
            "search_read",
            Map.of(
                "domain",
                List.of(List.of("state", "=", "sale"), List.of("amount_total", ">", 0)),
                "fields",
                List.of("name", "order_line", "company_id"),
                "order",
                "id"))
        .forEach(orders::add);
    return orders;
  }

  /** An invoice on an order, posted, as the button makes one. */
  private void invoice(JsonNode order) throws IOException {
    List<Object> company = List.of(order.path("company_id").path(0));
    Map<String, Object> context = Map.of("allowed_company_ids", company);
    long journal =
        odoo.call(
                "account.journal",
                "search_read",
                Map.of("domain", List.of(), "fields", List.of("code"), "context", context))
            .path(0)
            .path("id")
            .asLong();
    JsonNode accounts =
        odoo.call(
            "account.account",
            "search_read",
            Map.of("domain", List.of(), "fields", List.of("code"), "context", context));
    List<Object> lines = new ArrayList<>();
    for (int side : List.of(0, 1)) {
      lines.add(
          List.of(
              0,
              0,
              Map.of(
                  "account_id",
                  accounts.path(side).path("id"),
                  "name",
                  "by hand",
                  side == 0 ? "debit" : "credit",
                  10)));
    }
    Map<String, Object> move =
        Map.of(
            "move_type",
            "out_invoice",
            "date",
            "2026-11-24",
            "journal_id",
            journal,
            "line_ids",
            lines);
    JsonNode invoice =
        odoo.call("account.move", "create", Map.of("vals_list", List.of(move), "context", context))
            .path(0);
    odoo.call("account.move", "action_post", Map.of("ids", List.of(invoice), "context", context));
    odoo.call(
        "sale.order",
        "write",
        Map.of(
            "ids",
            List.of(order.path("id")),
            "vals",
            Map.of("invoice_ids", List.of(List.of(6, 0, List.of(invoice))))));
  }
}
