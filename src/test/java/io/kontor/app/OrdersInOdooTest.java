package io.kontor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kontor.Folders;
import io.kontor.WallClock;
import io.kontor.app.command.DemoOdoo;
import io.kontor.mapping.Consequence;
import io.kontor.mapping.MappingsReader;
import io.kontor.odoo.OdooAccess;
import io.kontor.odoo.OdooClient;
import io.kontor.odoo.OdooReply;
import io.kontor.odoo.OdooRequest;
import io.kontor.odoo.OdooSetup;
import io.kontor.sandbox.OdooVersion;
import io.kontor.sandbox.SandboxOdoo;
import io.kontor.sandbox.SandboxSettings;
import io.kontor.sandbox.day.SampleDay;
import io.kontor.sandbox.day.SampleDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
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
  private static final LocalDate DAY = LocalDate.of(2026, 11, 23);

  @TempDir private Path directory;

  private SandboxOdoo sandbox;
  private OdooOverHttp odoo;
  private OdooAccess access;
  private Path mappings;
  private QuietHub hub;

  @BeforeEach
  void ordersThatAreDelivered() throws IOException {
    sandbox = SandboxOdoo.start(SandboxSettings.inMemory(OdooVersion.V19));
    odoo = new OdooOverHttp(sandbox.uri().toString());
    access = new OdooAccess("sandbox", "admin", "sandbox-key");
    mappings = Folders.copy(Path.of("mappings"), directory.resolve("mappings"));
    new OdooSetup(OdooClient.connect(odoo, access))
        .ensure(new DemoOdoo(MappingsReader.read(mappings)).plan(PartOfADay.WHOLE.products()));
    hub = open();
    for (SampleDocument document : SampleDay.generate(1, DAY).documents()) {
      if (document.channel().equals("shopify-eu")) {
        hub.record(document.channel(), document.document(), document.fileName(), document.body());
      }
    }
    hub.deliver(Consequence.ODOO_ORDER);
    hub.deliver(Consequence.ODOO_REFUND);
    hub.seal();
    assertThat(breaks()).isEmpty();
  }

  private QuietHub open() {
    return new QuietHub(
        directory.resolve("data"),
        mappings,
        new WallClock(Instant.parse("2026-11-24T08:00:00Z")),
        access,
        odoo);
  }

  @AfterEach
  void close() {
    hub.close();
    sandbox.close();
  }

  @Test
  void an_order_that_is_edited_cancelled_deleted_or_invoiced_by_hand_is_a_break() throws Exception {
    List<JsonNode> orders = orders();
    JsonNode edited = orders.get(0);
    edit(edited);
    JsonNode cancelled = orders.get(1);
    call("sale.order", "action_cancel", Map.of("ids", List.of(cancelled.path("id"))));
    JsonNode deleted = orders.get(2);
    delete(deleted);
    JsonNode invoiced = orders.get(3);
    invoice(invoiced);

    assertThat(breaks())
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
    List<String> breaks = breaks();
    assertThat(breaks).hasSize(2);

    for (String one : breaks) {
      String subject = one.split(" ", -1)[3];
      JsonNode again =
          hub.post("deliveries/again", "mona", JSON.writeValueAsBytes(Map.of("subject", subject)));
      assertThat(again.path("deliveries").path(0).asText()).isEqualTo("odoo-order:" + subject);
    }
    hub.deliver(Consequence.ODOO_ORDER);

    assertThat(breaks()).isEmpty();
    assertThatThrownBy(
            () ->
                hub.post(
                    "deliveries/again",
                    "mona",
                    JSON.writeValueAsBytes(Map.of("subject", "nordwind/shopify-eu/none"))))
        .hasMessageContaining("nothing that is called 'nordwind/shopify-eu/none' was delivered");
  }

  /** As people do it in Odoo. */
  private void edit(JsonNode order) throws Exception {
    call(
        "sale.order.line",
        "write",
        Map.of(
            "ids",
            List.of(order.path("order_line").path(0)),
            "vals",
            Map.of("product_uom_qty", 90, "price_unit", 1)));
  }

  private void delete(JsonNode order) throws Exception {
    call("sale.order", "action_cancel", Map.of("ids", List.of(order.path("id"))));
    call("sale.order", "unlink", Map.of("ids", List.of(order.path("id"))));
  }

  @Test
  void a_customer_stands_there_with_the_country_that_the_goods_go_to() throws Exception {
    JsonNode customers =
        call(
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
  void where_odoo_does_not_answer_the_proof_says_so() throws Exception {
    sandbox.close();

    assertThat(breaks())
        .anyMatch(one -> one.startsWith("Odoo could not be asked for the orders: "));
  }

  @Test
  void an_order_that_was_delivered_and_whose_tax_is_mapped_no_more_is_a_break() throws Exception {
    hub.close();
    Path taxes = mappings.resolve("catalog/taxes.csv");
    Files.write(
        taxes,
        Files.readAllLines(taxes).stream()
            .filter(row -> !row.startsWith("nordwind,de,19,domestic,"))
            .toList());
    hub = open();

    assertThat(breaks())
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
    hub.close();
    Path taxes = mappings.resolve("catalog/taxes.csv");
    Files.writeString(
        taxes,
        Files.readString(taxes)
            .replace(",incl,kontor.tax_de_7_incl", ",incl,kontor.tax_de_19_incl"));
    hub = open();

    int shown = brought(hub.replay(false));
    hub.deliver(Consequence.ODOO_ORDER);
    assertThat(linesTaxed("kontor.tax_de_7_incl")).as("only shown").isEqualTo(taxed);

    assertThat(brought(hub.replay(true))).isEqualTo(shown).isPositive();
    hub.deliver(Consequence.ODOO_ORDER);
    hub.deliver(Consequence.ODOO_REFUND);
    assertThat(linesTaxed("kontor.tax_de_7_incl")).isZero();
    assertThat(hub.get("audit", "").toString()).contains("brought to Odoo anew");
    assertThat(brought(hub.replay(true))).as("once is enough").isZero();
    assertThat(breaks()).isEmpty();
  }

  private static int brought(List<JsonNode> pages) {
    assertThat(pages).allMatch(page -> page.path("entries").asInt() == 0);
    return pages.stream().mapToInt(page -> page.path("brought").asInt()).sum();
  }

  /** How many lines of orders have this tax. */
  private long linesTaxed(String externalId) throws IOException {
    String[] name = externalId.split("\\.", -1);
    JsonNode tax =
        call(
                "ir.model.data",
                "search_read",
                Map.of(
                    "domain",
                    List.of(List.of("module", "=", name[0]), List.of("name", "=", name[1])),
                    "fields",
                    List.of("res_id")))
            .path(0)
            .path("res_id");
    return call(
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
    call(
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
        call(
                "account.journal",
                "search_read",
                Map.of("domain", List.of(), "fields", List.of("code"), "context", context))
            .path(0)
            .path("id")
            .asLong();
    JsonNode accounts =
        call(
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
        call("account.move", "create", Map.of("vals_list", List.of(move), "context", context))
            .path(0);
    call("account.move", "action_post", Map.of("ids", List.of(invoice), "context", context));
    call(
        "sale.order",
        "write",
        Map.of(
            "ids",
            List.of(order.path("id")),
            "vals",
            Map.of("invoice_ids", List.of(List.of(6, 0, List.of(invoice))))));
  }

  private JsonNode call(String model, String method, Map<String, Object> body) throws IOException {
    OdooReply reply =
        odoo.send(
            new OdooRequest(
                "/json/2/" + model + "/" + method,
                Map.of(
                    "Authorization",
                    "Bearer sandbox-key",
                    "X-Odoo-Database",
                    "sandbox",
                    "Content-Type",
                    "application/json"),
                JSON.writeValueAsString(body)));
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return JSON.readTree(reply.body());
  }

  private List<String> breaks() throws IOException {
    List<String> breaks = new ArrayList<>();
    hub.get("tie-out", "").path("breaks").forEach(one -> breaks.add(one.asText()));
    return breaks;
  }
}
