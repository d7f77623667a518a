package io.kontor.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kontor.failure.Failure;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * How the wire behaves underneath the conversations, traps included: what the sandbox must show as
 * a real server does, or the conversations are tested against a world that does not exist.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OdooWireTest {

  private OdooFixture fixture;
  private OdooClient client;
  private Map<String, Object> context;
  private WireRows wire;

  /** The server, ready to be asked. */
  abstract OdooServer server();

  @BeforeAll
  void setUpOnce() {
    fixture = new OdooFixture(UUID.randomUUID().toString().substring(0, 8));
    client = OdooClient.connect(server().port(), server().access());
    new OdooSetup(client).ensure(fixture.plan());
    wire = new WireRows(client, fixture);
    context = Contexts.ofCompany(wire.company());
    load("res.partner", List.of("id", "name"), List.of(wire.customer(), "Ann Example"));
  }

  @Test
  void a_load_again_returns_the_same_ids_and_doubles_nothing() {
    List<List<String>> rows =
        wire.order(
            "1", wire.line("a", "2", "10", wire.tax), wire.line("b", "1", "5", wire.zeroTax));

    long first = loaded(rows);
    long second = loaded(rows);

    assertThat(second).isEqualTo(first);
    assertThat(lines(first)).hasSize(2);
    assertThat(total(first)).isEqualByComparingTo("28.00");
  }

  @Test
  void a_second_load_with_the_company_as_a_column_resets_the_taxes() {
    List<List<String>> rows = wire.order("2", wire.line("a", "1", "10", wire.zeroTax));
    long order = loaded(rows);
    List<String> fields = new ArrayList<>(wire.fields());
    fields.add("company_id/.id");
    String company = Long.toString(wire.company());
    List<List<String>> withCompany = new ArrayList<>();
    for (List<String> row : rows) {
      List<String> wider = new ArrayList<>(row);
      wider.add(company);
      withCompany.add(wider);
    }

    loaded(fields, withCompany);

    // The test's product has the company's default taxes, or none: never the one of the row.
    assertThat(taxes(order)).isNotEqualTo(List.of(Long.valueOf(wire.zeroTax)));
  }

  @Test
  void an_edit_of_the_quantity_alone_resets_the_price_to_the_list_price() {
    long order = loaded(wire.order("3", wire.line("a", "1", "10", wire.zeroTax)));

    loaded(
        List.of("id", "order_line/id", "order_line/product_uom_qty"),
        List.of(List.of(wire.orderId("3"), wire.lineId("3", "a"), "2")));

    assertThat(Json.decimal(lines(order).get(0).path("price_unit"))).isEqualByComparingTo("21.00");
  }

  @Test
  void one_external_id_twice_in_a_load_is_returned_twice() {
    List<List<String>> rows =
        new ArrayList<>(wire.order("4", wire.line("a", "1", "10", wire.zeroTax)));
    rows.addAll(wire.order("4", wire.line("a", "3", "10", wire.zeroTax)));

    List<Long> ids =
        Json.longs(client.load("sale.order", wire.fields(), rows, context).path("ids"));

    assertThat(ids).hasSize(2).containsOnly(ids.get(0));
  }

  @Test
  void one_bad_row_rejects_the_whole_load_and_is_named() {
    List<List<String>> rows =
        new ArrayList<>(wire.order("5", wire.line("a", "1", "10", wire.zeroTax)));
    List<List<String>> bad =
        wire.order(
            "6", wire.line("a", "1", "10", wire.zeroTax), wire.line("b", "abc", "1", wire.tax));
    rows.addAll(bad);

    ObjectNode answer = client.load("sale.order", wire.fields(), rows, context);

    assertThat(answer.path("ids").isArray()).isFalse();
    JsonNode message = answer.path("messages").path(0);
    assertThat(message.path("type").asText()).isEqualTo("error");
    assertThat(message.path("rows").path("from").asInt()).isBetween(1, 2);
    assertThat(message.path("rows").path("to").asInt()).isEqualTo(2);
    assertThat(message.path("message").asText()).contains("'abc' does not seem to be a number");
    assertThat(new OrderReader(client, new References(client)).find(List.of(wire.orderId("5"))))
        .isEmpty();
  }

  @Test
  void a_database_id_finds_what_is_archived() {
    assumeThat(client.major()).as("16 does not find it").isGreaterThanOrEqualTo(17);
    // So Kontor itself has to forget a product in time.
    long product =
        client
            .call(
                OdooCall.onModel(
                    "product.product",
                    "create",
                    Map.of("vals_list", List.of(Map.of("name", "Was", "active", false)))))
            .path(0)
            .asLong();
    List<String> row =
        new ArrayList<>(wire.order("archived", wire.line("a", "1", "10", wire.zeroTax)).get(0));
    row.set(wire.fields().indexOf("order_line/product_id/.id"), Long.toString(product));

    assertThat(lines(loaded(List.of(row)))).hasSize(1);
  }

  @Test
  void an_unknown_record_is_named_by_field() {
    List<String> row = new ArrayList<>(wire.order("7", wire.line("a", "1", "10", wire.tax)).get(0));
    row.set(1, "kontor.cust_no_such");

    ObjectNode answer = client.load("sale.order", wire.fields(), List.of(row), context);

    assertThat(answer.path("messages").path(0).path("message").asText())
        .isEqualTo(
            "No matching record found for external id 'kontor.cust_no_such' in field 'Customer'");
  }

  @Test
  void confirming_twice_is_refused() {
    assumeThat(client.major()).as("16 takes it").isGreaterThanOrEqualTo(17);
    long order = loaded(wire.order("8", wire.line("a", "1", "10", wire.zeroTax)));
    client.act("sale.order", "action_confirm", List.of(order), context);

    assertRefused(
        "odoo-refused",
        "orders are not in a state requiring confirmation",
        () -> client.act("sale.order", "action_confirm", List.of(order), context));
  }

  @Test
  void the_price_list_of_a_confirmed_order_cannot_be_loaded_again() {
    assumeThat(client.major()).as("16 takes it").isGreaterThanOrEqualTo(17);
    List<List<String>> rows = wire.order("9", wire.line("a", "1", "10", wire.zeroTax));
    client.act("sale.order", "action_confirm", List.of(loaded(rows)), context);

    ObjectNode answer = client.load("sale.order", wire.fields(), rows, context);

    assertThat(answer.path("messages").path(0).path("message").asText())
        .contains("cannot change the pricelist of a confirmed order");
  }

  @Test
  void cancelling_twice_changes_nothing() {
    long order = loaded(wire.order("10", wire.line("a", "1", "10", wire.zeroTax)));
    client.act("sale.order", "action_confirm", List.of(order), context);
    Map<String, Object> noWizard = Contexts.with(context, "disable_cancel_warning", true);

    client.act("sale.order", "action_cancel", List.of(order), noWizard);
    client.act("sale.order", "action_cancel", List.of(order), noWizard);

    assertThat(read(order, "state").asText()).isEqualTo("cancel");
  }

  @Test
  void a_locked_order_refuses_other_lines() {
    List<List<String>> rows = wire.order("11", wire.line("a", "1", "10", wire.zeroTax));
    long order = loaded(rows);
    client.act("sale.order", "action_confirm", List.of(order), context);
    client.act("sale.order", WireRows.lock(client), List.of(order), context);

    ObjectNode answer =
        client.load(
            "sale.order",
            List.of("id", "order_line/id", "order_line/product_uom_qty", "order_line/price_unit"),
            List.of(List.of(wire.orderId("11"), wire.lineId("11", "a"), "5", "10")),
            context);

    assertThat(answer.path("messages").path(0).path("message").asText()).contains("locked order");
  }

  @Test
  void prices_beyond_two_decimals_are_kept_from_19_on() {
    assertThat(total(loaded(wire.order("12", wire.line("a", "3", "6.6667", wire.zeroTax)))))
        .isEqualByComparingTo(client.major() >= PriceAccuracy.EXACT_FROM ? "20.00" : "20.01");
  }

  @Test
  void an_unbalanced_entry_is_refused() {
    ObjectNode answer =
        client.load(
            "account.move", WireRows.entryFields(), wire.entry("20", "10", "9.99"), context);

    assertThat(answer.path("messages").path(0).path("message").asText())
        .contains("is not balanced");
  }

  @Test
  void a_posted_entry_refuses_a_second_load_and_a_second_post() {
    List<List<String>> rows = wire.entry("21", "10", "10");
    long entry =
        client
            .load("account.move", WireRows.entryFields(), rows, context)
            .path("ids")
            .path(0)
            .asLong();
    assertThat(
            client
                .load("account.move", WireRows.entryFields(), rows, context)
                .path("ids")
                .path(0)
                .asLong())
        .isEqualTo(entry);
    client.act("account.move", "action_post", List.of(entry), context);

    // Before 18, a load that changes nothing is taken.
    if (client.major() >= 18) {
      assertThat(
              client
                  .load("account.move", WireRows.entryFields(), rows, context)
                  .path("messages")
                  .path(0)
                  .path("message")
                  .asText())
          .contains("cannot modify the following readonly fields on a posted move");
    }
    assertRefused(
        "odoo-refused",
        client.major() >= 17 ? "must be in draft" : "is already posted",
        () -> client.act("account.move", "action_post", List.of(entry), context));
  }

  @Test
  void faults_have_a_kind() {
    assertRefused(
        "odoo-missing-record",
        "does not exist or has been deleted",
        () -> client.act("sale.order", "action_confirm", List.of(99_999_999L), context));
    assertRefused(
        "odoo-error",
        "Invalid field 'nope'",
        () -> client.searchRead("res.partner", List.of(), List.of("nope"), context));
    assertRefused(
        "odoo-access-denied",
        "Private methods",
        () -> client.call(OdooCall.onModel("res.partner", "_compute_display_name", Map.of())));
  }

  private long loaded(List<List<String>> rows) {
    return loaded(wire.fields(), rows);
  }

  private long loaded(List<String> fields, List<List<String>> rows) {
    ObjectNode answer = client.load("sale.order", fields, rows, context);
    assertThat(answer.path("ids").isArray()).as("%s", answer).isTrue();
    return answer.path("ids").path(0).asLong();
  }

  private void load(String model, List<String> fields, List<String> row) {
    assertThat(client.load(model, fields, List.of(row), context).path("ids").isArray()).isTrue();
  }

  private JsonNode read(long order, String field) {
    return client
        .searchRead("sale.order", List.of(List.of("id", "=", order)), List.of(field), context)
        .get(0)
        .path(field);
  }

  private BigDecimal total(long order) {
    return Json.decimal(read(order, "amount_total"));
  }

  private List<JsonNode> lines(long order) {
    return client.searchRead(
        "sale.order.line",
        List.of(List.of("order_id", "=", order)),
        List.of("price_unit", "product_uom_qty", client.taxField()),
        context);
  }

  private List<Long> taxes(long order) {
    return Json.longs(lines(order).get(0).path(client.taxField()));
  }

  private static void assertRefused(String code, String message, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(Failure.class)
        .hasMessageContaining(message)
        .extracting("code")
        .isEqualTo(code);
  }
}
