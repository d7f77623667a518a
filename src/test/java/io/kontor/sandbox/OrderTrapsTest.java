package io.kontor.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The traps that real servers set for whoever writes orders. */
class OrderTrapsTest {

  private static final String COLUMNS =
      "['id','partner_id/id','order_line/id','order_line/product_id/id','order_line/name',"
          + "'order_line/product_uom_qty','order_line/price_unit','order_line/tax_ids/id']";
  private static final String SALE_TAX = "account.1_sale_tax_template";
  private static final String ZERO_TAX = "account.1_zero_sale_tax_template";

  private SandboxOdoo sandbox;
  private Wire wire;

  @BeforeEach
  void start() {
    sandbox = SandboxOdoo.start(SandboxSettings.inMemory(OdooVersion.V19));
    wire = new Wire(sandbox.uri());
    wire.ok(
        "res.partner", "load", "{'fields':['id','name'],'data':[['kontor.ann','Ann Example']]}");
    wire.ok(
        "product.template",
        "load",
        "{'fields':['id','name','default_code','is_storable','list_price'],"
            + "'data':[['kontor.tee','Tee','TEE','1','25.00']]}");
    wire.ok(
        "ir.model.data",
        "create",
        "{'vals_list':{'module':'kontor','name':'tee_variant','model':'product.product',"
            + "'res_id':1}}");
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private static String row(String order, String line, String quantity, String price, String tax) {
    return "['%s','kontor.ann','%s','kontor.tee_variant','Tee','%s','%s','%s']"
        .formatted(order, line, quantity, price, tax);
  }

  private JsonNode load(String... rows) {
    return wire.ok(
        "sale.order",
        "load",
        "{'fields':%s,'data':[%s]}".formatted(COLUMNS, String.join(",", rows)));
  }

  private int order(String name, String quantity, String price, String tax) {
    return load(row("kontor." + name, "kontor." + name + "_1", quantity, price, tax))
        .get("ids")
        .get(0)
        .asInt();
  }

  private JsonNode read(int id, String field) {
    return wire.ok("sale.order", "read", "{'ids':[%d],'fields':['%s']}".formatted(id, field))
        .get(0)
        .get(field);
  }

  private BigDecimal total(int id) {
    return read(id, "amount_total").decimalValue();
  }

  private Wire.Answer call(String method, int id) {
    return wire.json2("sale.order", method, "{'ids':[%d]}".formatted(id));
  }

  @Test
  void the_same_load_again_returns_the_same_ids_and_doubles_no_line() {
    int first = order("so_1", "2", "10.00", SALE_TAX);
    assertThat(order("so_1", "2", "10.00", SALE_TAX)).isEqualTo(first);
    assertThat(total(first)).isEqualByComparingTo("23.00");
    assertThat(read(first, "order_line")).hasSize(1);
  }

  @Test
  void lines_without_external_ids_are_appended_again() {
    int id = load(row("kontor.so_1", "", "1", "10.00", SALE_TAX)).get("ids").get(0).asInt();
    load(row("kontor.so_1", "", "1", "10.00", SALE_TAX));
    assertThat(read(id, "order_line")).hasSize(2);
  }

  @Test
  void a_company_column_on_an_existing_order_resets_the_taxes_of_its_lines() {
    String fields = COLUMNS.replace("'id',", "'id','company_id/.id',");
    String row = row("kontor.so_1", "kontor.so_1_1", "1", "25.00", ZERO_TAX);
    String withCompany = row.replace("'kontor.so_1',", "'kontor.so_1','1',");
    String body = "{'fields':%s,'data':[%s]}".formatted(fields, withCompany);
    int id = wire.ok("sale.order", "load", body).get("ids").get(0).asInt();
    assertThat(total(id)).isEqualByComparingTo("25.00");
    wire.ok("sale.order", "load", body);
    assertThat(total(id)).isEqualByComparingTo("28.75");
  }

  @Test
  void without_the_company_column_three_loads_leave_the_total_alone() {
    int id = order("so_1", "1", "25.00", ZERO_TAX);
    order("so_1", "1", "25.00", ZERO_TAX);
    order("so_1", "1", "25.00", ZERO_TAX);
    assertThat(total(id)).isEqualByComparingTo("25.00");
  }

  @Test
  void a_blank_tax_is_no_tax_at_first_and_the_products_default_the_second_time() {
    int id = order("so_1", "1", "20.00", "");
    assertThat(total(id)).isEqualByComparingTo("20.00");
    order("so_1", "1", "20.00", "");
    assertThat(total(id)).isEqualByComparingTo("23.00");
  }

  @Test
  void a_quantity_written_alone_resets_the_price_to_the_list_price() {
    int id = order("so_1", "1", "20.00", ZERO_TAX);
    wire.ok(
        "sale.order",
        "load",
        "{'fields':['id','order_line/id','order_line/product_uom_qty'],"
            + "'data':[['kontor.so_1','kontor.so_1_1','2']]}");
    assertThat(total(id)).isEqualByComparingTo("50.00");
  }

  @Test
  void prices_beyond_two_decimals_are_kept() {
    assertThat(total(order("so_1", "3", "6.6667", ZERO_TAX))).isEqualByComparingTo("20.00");
  }

  @Test
  void a_line_of_minus_one_cent_with_the_zero_tax_rounds_an_order() {
    int id =
        load(
                row("kontor.so_1", "kontor.so_1_1", "1", "10.00", ZERO_TAX),
                "['','','kontor.so_1_r','kontor.tee_variant','Rounding','1','-0.01','%s']"
                    .formatted(ZERO_TAX))
            .get("ids")
            .get(0)
            .asInt();
    assertThat(total(id)).isEqualByComparingTo("9.99");
  }

  @Test
  void a_tax_included_in_the_price_is_taken_out_of_it() {
    wire.ok(
        "account.tax",
        "load",
        "{'fields':['id','name','amount','price_include_override','type_tax_use'],"
            + "'data':[['kontor.incl','19% incl','19','tax_included','sale']]}");
    int id = order("so_1", "1", "19.99", "kontor.incl");
    assertThat(total(id)).isEqualByComparingTo("19.99");
    assertThat(read(id, "amount_tax").decimalValue()).isEqualByComparingTo("3.19");
  }

  @Test
  void an_orders_currency_follows_its_pricelist() {
    int euro = wire.ok("res.currency", "search", "{'domain':[['name','=','EUR']]}").get(0).asInt();
    wire.ok(
        "product.pricelist",
        "load",
        "{'fields':['id','name','currency_id/.id'],'data':[['kontor.eur','Euro','%d']]}"
            .formatted(euro));
    int id = order("so_1", "1", "10.00", ZERO_TAX);
    assertThat(read(id, "currency_id").get(1).asText()).isEqualTo("USD");
    wire.ok(
        "sale.order",
        "load",
        "{'fields':['id','pricelist_id/id'],'data':[['kontor.so_1','kontor.eur']]}");
    assertThat(read(id, "currency_id").get(1).asText()).isEqualTo("EUR");
  }

  @Test
  void one_external_id_twice_in_a_load_returns_its_id_twice() {
    JsonNode ids =
        load(
                row("kontor.so_1", "kontor.so_1_1", "1", "10.00", ZERO_TAX),
                row("kontor.so_1", "kontor.so_1_1", "2", "10.00", ZERO_TAX))
            .get("ids");
    assertThat(ids.get(0)).isEqualTo(ids.get(1));
  }

  @Test
  void one_bad_row_rejects_the_whole_load_and_is_named() {
    JsonNode outcome =
        load(
            row("kontor.so_1", "kontor.so_1_1", "1", "10.00", ZERO_TAX),
            row("kontor.so_2", "kontor.so_2_1", "abc", "10.00", ZERO_TAX));
    assertThat(outcome.get("ids").asBoolean(true)).isFalse();
    assertThat(outcome.get("messages").get(0).get("message").asText())
        .isEqualTo("'abc' does not seem to be a number for field 'Order Lines/Quantity'");
    assertThat(outcome.get("messages").get(0).get("rows").get("from").asInt()).isEqualTo(1);
    assertThat(wire.ok("sale.order", "search_count", "{'domain':[]}").asInt()).isZero();
  }

  @Test
  void an_unknown_customer_is_named_by_its_external_id() {
    String row = row("kontor.so_1", "kontor.so_1_1", "1", "10.00", ZERO_TAX);
    JsonNode messages = load(row.replace("kontor.ann", "kontor.bob")).get("messages");
    assertThat(messages.get(0).get("message").asText())
        .isEqualTo("No matching record found for external id 'kontor.bob' in field 'Customer'");
    assertThat(messages.get(1).get("message").asText())
        .startsWith("Missing required value for the field 'Customer' (partner_id)");
  }

  @Test
  void an_order_is_confirmed_only_once() {
    int id = order("so_1", "1", "10.00", ZERO_TAX);
    assertThat(call("action_confirm", id).body().asBoolean()).isTrue();
    Wire.Answer again = call("action_confirm", id);
    assertThat(again.status()).isEqualTo(422);
    assertThat(again.message()).isEqualTo("Some orders are not in a state requiring confirmation.");
  }

  @Test
  void a_locked_order_refuses_edits_and_cancellation() {
    int id = order("so_1", "1", "10.00", ZERO_TAX);
    call("action_confirm", id);
    call("action_lock", id);
    JsonNode refused = load(row("kontor.so_1", "kontor.so_1_1", "2", "10.00", ZERO_TAX));
    assertThat(refused.get("messages").get(0).get("message").asText())
        .startsWith("It is forbidden to modify the following fields in a locked order:");
    assertThat(call("action_cancel", id).message()).contains("locked order");
  }

  @Test
  void a_cancelled_order_is_cancelled_again_without_effect() {
    int id = order("so_1", "1", "10.00", ZERO_TAX);
    call("action_confirm", id);
    assertThat(call("action_cancel", id).body().asBoolean()).isTrue();
    assertThat(call("action_cancel", id).body().asBoolean()).isTrue();
    assertThat(read(id, "state").asText()).isEqualTo("cancel");
  }

  @Test
  void the_transfer_follows_an_edit_of_a_confirmed_order() {
    int id = order("so_1", "3", "10.00", ZERO_TAX);
    call("action_confirm", id);
    order("so_1", "5", "10.00", ZERO_TAX);
    assertThat(outgoing()).isEqualByComparingTo("5");
    order("so_1", "0", "10.00", ZERO_TAX);
    assertThat(outgoing()).isEqualByComparingTo("0");
    assertThat(total(id)).isEqualByComparingTo("0");
  }

  private BigDecimal outgoing() {
    return wire.ok("product.product", "read", "{'ids':[1],'fields':['outgoing_qty']}")
        .get(0)
        .get("outgoing_qty")
        .decimalValue();
  }

  @Test
  void a_negative_quantity_makes_a_return_transfer() {
    int id = order("so_1", "-2", "10.00", ZERO_TAX);
    call("action_confirm", id);
    JsonNode pickings =
        wire.ok(
            "stock.picking",
            "search_read",
            "{'domain':[['sale_id','=',%d]],'fields':['name','picking_type_code']}".formatted(id));
    assertThat(pickings).hasSize(1);
    assertThat(pickings.get(0).get("picking_type_code").asText()).isEqualTo("incoming");
    assertThat(total(id)).isEqualByComparingTo("-20.00");
  }

  @Test
  void a_message_can_be_posted_on_an_order() {
    int id = order("so_1", "1", "10.00", ZERO_TAX);
    Wire.Answer posted =
        wire.json2(
            "sale.order", "message_post", "{'ids':[%d],'body':'Tracking 1Z999'}".formatted(id));
    assertThat(posted.status()).isEqualTo(200);
    assertThat(read(id, "message_ids")).hasSize(1);
  }
}
