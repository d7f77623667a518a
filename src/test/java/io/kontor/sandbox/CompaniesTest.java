package io.kontor.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A second company, made through the wire. */
class CompaniesTest {

  private SandboxOdoo sandbox;
  private Wire wire;
  private int euro;
  private int second;

  @BeforeEach
  void start() {
    sandbox = SandboxOdoo.start(SandboxSettings.inMemory(OdooVersion.V19));
    wire = new Wire(sandbox.uri());
    euro = wire.ok("res.currency", "search", "{'domain':[['name','=','EUR']]}").get(0).asInt();
    second =
        wire.ok(
                "res.company",
                "create",
                "{'vals_list':[{'name':'Nordwind GmbH','currency_id':%d}]}".formatted(euro))
            .get(0)
            .asInt();
    wire.ok(
        "stock.warehouse",
        "create",
        "{'vals_list':[{'name':'Lager','code':'LAG','company_id':%d}]}".formatted(second));
    wire.ok(
        "account.chart.template",
        "try_loading",
        "{'template_code':'generic_coa','company':%d}".formatted(second));
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private int partner() {
    return wire.ok("res.partner", "create", "{'vals_list':[{'name':'Ann'}]}").get(0).asInt();
  }

  @Test
  void the_currency_of_a_new_company_is_active_from_then_on() {
    String pounds = "{'domain':[['name','=','GBP']%s]}";
    assertThat(wire.ok("res.currency", "search", pounds.formatted(""))).isEmpty();
    int inactive =
        wire.ok("res.currency", "search", pounds.formatted(",['active','=',false]")).get(0).asInt();

    wire.ok(
        "res.company",
        "create",
        "{'vals_list':[{'name':'Albion Ltd','currency_id':%d}]}".formatted(inactive));

    assertThat(wire.ok("res.currency", "search", pounds.formatted("")).get(0).asInt())
        .isEqualTo(inactive);
  }

  @Test
  void the_company_of_an_order_is_the_first_allowed_one() {
    int order =
        wire.ok(
                "sale.order",
                "create",
                "{'vals_list':[{'partner_id':%d}],'context':{'allowed_company_ids':[%d]}}"
                    .formatted(partner(), second))
            .get(0)
            .asInt();
    var read =
        wire.ok(
                "sale.order",
                "read",
                "{'ids':[%d],'fields':['company_id','currency_id','warehouse_id']}"
                    .formatted(order))
            .get(0);
    assertThat(read.get("company_id").get(0).asInt()).isEqualTo(second);
    assertThat(read.get("currency_id").get(0).asInt()).isEqualTo(euro);
    assertThat(read.get("warehouse_id").get(1).asText()).isEqualTo("Lager");
  }

  @Test
  void records_of_other_companies_are_not_found_and_not_read() {
    int order =
        wire.ok(
                "sale.order",
                "create",
                "{'vals_list':[{'partner_id':%d}],'context':{'allowed_company_ids':[%d]}}"
                    .formatted(partner(), second))
            .get(0)
            .asInt();
    String ours = "'context':{'allowed_company_ids':[1]}";
    assertThat(wire.ok("sale.order", "search", "{'domain':[]," + ours + "}")).isEmpty();
    Wire.Answer refused =
        wire.json2(
            "sale.order", "read", "{'ids':[%d],'fields':['name'],%s}".formatted(order, ours));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body().get("name").asText()).isEqualTo("odoo.exceptions.AccessError");
  }

  @Test
  void a_company_that_is_not_the_users_is_refused() {
    Wire.Answer refused =
        wire.json2("sale.order", "search", "{'domain':[],'context':{'allowed_company_ids':[99]}}");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.message()).isEqualTo("Access to unauthorized or invalid companies.");
  }

  @Test
  void each_company_has_its_own_accounts_journals_and_taxes() {
    String context = "'context':{'allowed_company_ids':[%d]}".formatted(second);
    assertThat(
            wire.ok(
                "account.account", "search", "{'domain':[['code','=','400000']]," + context + "}"))
        .hasSize(1);
    assertThat(
            wire.ok(
                "account.journal", "search", "{'domain':[['code','=','MISC']]," + context + "}"))
        .hasSize(1);
    assertThat(wire.ok("account.tax", "search", "{'domain':[]," + context + "}")).hasSize(3);
  }
}
