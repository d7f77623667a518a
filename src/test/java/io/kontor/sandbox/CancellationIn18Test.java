package io.kontor.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** What an Odoo 18 does otherwise than a 19. */
class CancellationIn18Test {

  @Test
  void a_confirmed_order_answers_with_a_wizard_and_stays_confirmed_unless_told_not_to_ask() {
    try (SandboxOdoo sandbox = SandboxOdoo.start(SandboxSettings.inMemory(OdooVersion.V18))) {
      Wire wire = new Wire(sandbox.uri());
      wire.rpc("product.product", "create", "[{'name':'Tee','list_price':10}]", "{}");
      wire.rpc("res.partner", "create", "[{'name':'Ann'}]", "{}");
      JsonNode partner = wire.rpc("res.partner", "search", "[[['name','=','Ann']]]", "{}");
      int order =
          wire.rpc(
                  "sale.order",
                  "create",
                  "[{'partner_id':%d,'order_line':[[0,0,{'product_id':1}]]}]"
                      .formatted(partner.get("result").get(0).asInt()),
                  "{}")
              .get("result")
              .asInt();
      String ids = "[[%d]]".formatted(order);
      wire.rpc("sale.order", "action_confirm", ids, "{}");
      JsonNode wizard = wire.rpc("sale.order", "action_cancel", ids, "{}").get("result");
      assertThat(wizard.get("res_model").asText()).isEqualTo("sale.order.cancel");
      assertThat(state(wire, ids)).isEqualTo("sale");
      wire.rpc("sale.order", "action_cancel", ids, "{'context':{'disable_cancel_warning':true}}");
      assertThat(state(wire, ids)).isEqualTo("cancel");
    }
  }

  private static String state(Wire wire, String ids) {
    return wire.rpc("sale.order", "read", ids, "{'fields':['state']}")
        .get("result")
        .get(0)
        .get("state")
        .asText();
  }

  @Test
  void the_tax_field_is_tax_id_and_json_2_is_not_there() {
    try (SandboxOdoo sandbox = SandboxOdoo.start(SandboxSettings.inMemory(OdooVersion.V18))) {
      Wire wire = new Wire(sandbox.uri());
      assertThat(wire.json2("res.partner", "search", "{'domain':[]}").status()).isEqualTo(404);
      assertThat(wire.get("/web/version").status()).isEqualTo(404);
      JsonNode fields = wire.rpc("sale.order.line", "fields_get", "[]", "{}").get("result");
      assertThat(fields.has("tax_id")).isTrue();
      assertThat(fields.has("tax_ids")).isFalse();
      JsonNode version = wire.service("common", "version", Wire.MAPPER.createArrayNode());
      assertThat(version.get("result").get("server_serie").asText()).isEqualTo("18.0");
    }
  }
}
