package io.kontor.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.failure.InDoubtFailure;
import io.kontor.failure.RejectedFailure;
import io.kontor.failure.TransientFailure;
import io.kontor.ledger.Account;
import io.kontor.ledger.BookEntry;
import io.kontor.mapping.Chart;
import io.kontor.mapping.Entity;
import io.kontor.money.Money;
import io.kontor.odoo.DeliveryOutcome.Delivered;
import io.kontor.odoo.DeliveryOutcome.InDoubt;
import io.kontor.odoo.DeliveryOutcome.Later;
import io.kontor.odoo.DeliveryOutcome.Refused;
import io.kontor.work.batch.OdooBooks;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What an Odoo does, and what Kontor makes of it: the same sentences for the sandbox in both
 * dialects and for a real server.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OdooContractTest {

  private OdooFixture fixture;
  private RecordingPort port;
  private OdooClient client;
  private OdooOrders orders;
  private OdooEntries entries;

  /** The server, ready to be asked. */
  abstract OdooPort server();

  abstract OdooAccess access();

  @BeforeAll
  void setUpOnce() {
    fixture = new OdooFixture(UUID.randomUUID().toString().substring(0, 8));
    port = new RecordingPort(server());
    client = OdooClient.connect(port, access());
    new OdooSetup(client).ensure(fixture.plan());
  }

  @BeforeEach
  void startAfresh() {
    orders = new OdooOrders(client, new AdaptiveBatch(System::nanoTime));
    entries = new OdooEntries(client, new AdaptiveBatch(System::nanoTime));
    port.forget();
  }

  // Connecting

  @Test
  void a_wrong_key_is_refused_by_name() {
    OdooAccess wrong = new OdooAccess(access().database(), access().login(), "no-such-key");

    assertThatThrownBy(() -> OdooClient.connect(port, wrong))
        .isInstanceOf(RejectedFailure.class)
        .extracting("code")
        .isEqualTo("odoo-access-denied");
  }

  @Test
  void an_unknown_database_is_refused_by_name() {
    OdooAccess wrong = new OdooAccess("no_such_database", access().login(), access().apiKey());

    assertThatThrownBy(() -> OdooClient.connect(port, wrong))
        .isInstanceOf(RejectedFailure.class)
        .extracting("code")
        .isEqualTo("odoo-unknown-database");
  }

  // Setting up

  @Test
  void setting_up_a_second_time_creates_nothing() {
    assertThat(new OdooSetup(client).ensure(fixture.plan())).isEmpty();
    assertThat(port.calls("res.company.load")).isZero();
  }

  // Delivering orders

  @Test
  void an_order_arrives_confirmed_with_the_total_of_the_channel() {
    OdooOrder order =
        fixture
            .german("100")
            .line("1", Item.sku(fixture.tee), "3", "6.6667")
            .line("s", Item.product("kontor.shipping"), "1", "4.99")
            .total("24.99");

    Delivered delivered = delivered(order);

    assertThat(delivered.totalInOdoo()).isEqualTo(Money.of("24.99", "EUR"));
    assertThat(delivered.changed()).isTrue();
    OrderInOdoo located = orders.locate(order.externalId()).orElseThrow();
    assertThat(located.isConfirmed()).isTrue();
    assertThat(located.odooId()).isEqualTo(delivered.odooId());
    assertThat(located.name()).isEqualTo(delivered.name());
    assertThat(located.date()).isEqualTo(order.date());
  }

  @Test
  void the_same_order_again_writes_nothing() {
    OdooOrder order =
        fixture.american("101").line("1", Item.sku(fixture.mug), "2", "12.50").total("28.75");
    Delivered first = delivered(order);
    port.forget();

    Delivered second = delivered(order);

    assertThat(second.odooId()).isEqualTo(first.odooId());
    assertThat(second.changed()).isFalse();
    assertThat(port.calls("sale.order.load")).isZero();
    assertThat(port.calls("sale.order.action_confirm")).isZero();
  }

  @Test
  void one_external_id_twice_in_a_delivery_is_one_order_and_the_later_counts() {
    OdooOrder early =
        fixture.american("102").line("1", Item.sku(fixture.mug), "1", "10").total("11.50");
    OdooOrder late =
        fixture.american("102").line("1", Item.sku(fixture.mug), "2", "10").total("23.00");

    List<DeliveryOutcome> outcomes = orders.deliver(List.of(early, late));

    assertThat(outcomes).hasSize(1);
    assertThat(((Delivered) outcomes.get(0)).totalInOdoo()).isEqualTo(Money.of("23.00", "USD"));
  }

  @Test
  void orders_of_two_companies_and_currencies_go_together() {
    List<DeliveryOutcome> outcomes =
        orders.deliver(
            List.of(
                fixture.german("103").line("1", Item.sku(fixture.tee), "1", "11.90").total("11.90"),
                fixture
                    .american("104")
                    .line("1", Item.sku(fixture.tee), "1", "10.00")
                    .total("11.50")));

    assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Delivered.class));
  }

  @Test
  void an_unknown_sku_is_named_and_the_other_orders_go_on() {
    List<DeliveryOutcome> outcomes =
        orders.deliver(
            List.of(
                fixture.german("105").line("1", Item.sku("NO-SUCH"), "1", "10").total("10.00"),
                fixture.german("106").line("1", Item.sku(fixture.tee), "1", "10").total("10.00")));

    Refused refused = (Refused) outcomes.get(0);
    assertThat(refused.failure().code()).isEqualTo("unknown-sku");
    assertThat(refused.failure().reference()).isEqualTo("NO-SUCH");
    assertThat(refused.failure()).hasMessageContaining("'NO-SUCH'");
    assertThat(outcomes.get(1)).isInstanceOf(Delivered.class);
    assertThat(orders.locate(fixture.orderId("105"))).isEmpty();
  }

  @Test
  void a_sku_of_two_products_is_for_people() {
    String sku = "TWIN-" + fixture.suffix;
    for (String twin : List.of("a", "b")) {
      client.load(
          "product.product",
          List.of("id", "name", "default_code"),
          List.of(List.of(ExternalIds.of("twin", twin, fixture.suffix), "Twin " + twin, sku)),
          Map.of());
    }

    assertThat(
            OdooFixture.refusals(
                orders.deliver(
                    List.of(
                        fixture.german("109").line("1", Item.sku(sku), "1", "1").total("1.00")))))
        .containsExactly("ambiguous-sku");
  }

  @Test
  void an_unknown_tax_is_named() {
    OdooOrder order =
        fixture
            .german("107")
            .line("1", Item.sku(fixture.tee), "1", "10", "kontor.tax_no_such")
            .total("10.00");

    Refused refused = (Refused) orders.deliver(List.of(order)).get(0);

    assertThat(refused.failure().code()).isEqualTo("unknown-tax");
    assertThat(refused.failure().reference()).isEqualTo("kontor.tax_no_such");
  }

  @Test
  void an_unknown_warehouse_is_named() {
    OdooOrder order =
        fixture
            .german("108")
            .line("1", Item.sku(fixture.tee), "1", "10")
            .from("NOWH")
            .total("10.00");

    assertThat(OdooFixture.refusals(orders.deliver(List.of(order))))
        .containsExactly("unknown-warehouse");
  }

  @Test
  void a_sku_that_moved_to_another_product_is_that_product_after_a_while() {
    String sku = "MOVED-" + fixture.suffix;
    long old = create("product.product", Map.of("name", "Old", "default_code", sku));
    long[] clock = {0};
    OdooOrders remembering = new OdooOrders(client, new AdaptiveBatch(() -> clock[0]));
    remembering.deliver(
        List.of(fixture.german("180").line("1", Item.sku(sku), "1", "1").total("1.00")));
    write("product.product", old, Map.of("default_code", sku + "-OLD"));
    long young = create("product.product", Map.of("name", "Young", "default_code", sku));

    clock[0] = Duration.ofMinutes(6).toNanos();
    OdooOrder order = fixture.german("181").line("1", Item.sku(sku), "1", "1").total("1.00");
    remembering.deliver(List.of(order));

    assertThat(linesOf(order))
        .extracting(line -> line.path("product_id").path(0).asLong())
        .containsExactly(young);
  }

  @Test
  void an_archived_product_and_one_of_another_company_are_called_what_they_are() {
    String archived = "ARCHIVED-" + fixture.suffix;
    create("product.product", Map.of("name", "Was", "default_code", archived, "active", false));
    String elsewhere = "ELSEWHERE-" + fixture.suffix;
    long american = new References(client).company(OdooFixture.US);
    create(
        "product.product",
        Map.of("name", "There", "default_code", elsewhere, "company_id", american));

    List<DeliveryOutcome> outcomes =
        orders.deliver(
            List.of(
                fixture.german("182").line("1", Item.sku(archived), "1", "1").total("1.00"),
                fixture.german("183").line("1", Item.sku(elsewhere), "1", "1").total("1.00")));

    assertThat(((Refused) outcomes.get(0)).failure())
        .hasMessageContaining("'%s' is archived in Odoo".formatted(archived))
        .extracting("code")
        .isEqualTo("archived-sku");
    assertThat(((Refused) outcomes.get(1)).failure())
        .hasMessageContaining("'%s' is one of another company in Odoo: ".formatted(elsewhere))
        .extracting("code")
        .isEqualTo("sku-of-other-company");
  }

  @Test
  void a_combo_is_refused_because_odoo_would_deliver_nothing_for_it() {
    String sku = "COMBO-" + fixture.suffix;
    Map<String, Object> combo = new HashMap<>();
    combo.put("name", "Menu");
    combo.put("default_code", sku);
    combo.put("type", "combo");
    choices().ifPresent(choices -> combo.put("combo_ids", List.of(List.of(6, 0, choices))));
    create("product.product", combo);

    assertThat(
            OdooFixture.refusals(
                orders.deliver(
                    List.of(
                        fixture.german("187").line("1", Item.sku(sku), "1", "1").total("1.00")))))
        .containsExactly("combo-sku");
  }

  /** What a combo consists of; the sandbox has no such model, and asks for none. */
  private Optional<List<Long>> choices() {
    long mug =
        new References(client)
            .skus(new References(client).company(OdooFixture.DE), Set.of(fixture.mug))
            .get(fixture.mug);
    try {
      return Optional.of(
          List.of(
              create(
                  "product.combo",
                  Map.of(
                      "name",
                      "Choice",
                      "combo_item_ids",
                      List.of(List.of(0, 0, Map.of("product_id", mug)))))));
    } catch (RejectedFailure e) {
      return Optional.empty();
    }
  }

  @Test
  void the_time_of_an_order_is_the_channels_wherever_the_user_of_the_key_lives() {
    long user =
        client.call(OdooCall.onModel("res.users", "context_get", Map.of())).path("uid").asLong();
    write("res.users", user, Map.of("tz", "Asia/Tokyo"));
    try {
      OdooOrder order =
          fixture.german("184").line("1", Item.sku(fixture.tee), "1", "1").total("1.00");
      delivered(order);

      assertThat(orders.locate(order.externalId()).orElseThrow().date()).isEqualTo(order.date());
      assertThat(delivered(order).changed()).isFalse();
    } finally {
      write("res.users", user, Map.of("tz", false));
    }
  }

  @Test
  void an_order_that_lost_its_external_id_is_not_made_a_second_time() {
    OdooFixture.OrderDraft draft =
        fixture.german("185").line("1", Item.sku(fixture.tee), "1", "10");
    Delivered delivered = delivered(draft.total("10.00"));
    forgetExternalId("sale.order", delivered.odooId());

    OdooOrder again = draft.total("10.00");
    Refused refused = (Refused) orders.deliver(List.of(again)).get(0);

    assertThat(refused.failure().code()).isEqualTo("order-without-external-id");
    assertThat(refused.failure())
        .hasMessageContaining(delivered.name())
        .hasMessageContaining(again.externalId());
    // The person cancels it, or names it again.
    client.act(
        "sale.order",
        "action_cancel",
        List.of(delivered.odooId()),
        Map.of("disable_cancel_warning", true));
    assertThat(delivered(again).odooId()).isNotEqualTo(delivered.odooId());
  }

  @Test
  void a_line_that_lost_its_external_id_does_not_stand_in_the_order_twice() {
    OdooOrder order =
        fixture.german("186").line("1", Item.sku(fixture.tee), "1", "10").total("10.00");
    delivered(order);
    forgetExternalId("sale.order.line", linesOf(order).get(0).path("id").asLong());

    OdooOrder edited =
        fixture.german("186").line("1", Item.sku(fixture.tee), "2", "10").total("20.00");
    Refused refused = (Refused) orders.deliver(List.of(edited)).get(0);

    assertThat(refused.failure().code()).isEqualTo("line-without-external-id");
    assertThat(refused.failure()).hasMessageContaining(fixture.tee);
    assertThat(linesOf(order)).hasSize(1);
  }

  private void forgetExternalId(String model, long id) {
    client
        .searchRead(
            "ir.model.data",
            List.of(
                List.of("module", "=", "kontor"),
                List.of("model", "=", model),
                List.of("res_id", "=", id)),
            List.of("id"),
            Map.of())
        .forEach(
            row ->
                client.act("ir.model.data", "unlink", List.of(row.path("id").asLong()), Map.of()));
  }

  private List<JsonNode> linesOf(OdooOrder order) {
    return client.searchRead(
        "sale.order.line",
        List.of(List.of("order_id", "=", orders.locate(order.externalId()).orElseThrow().odooId())),
        List.of("product_id", "product_uom_qty"),
        Contexts.QUIET);
  }

  private long create(String model, Map<String, Object> values) {
    return client
        .call(OdooCall.onModel(model, "create", Map.of("vals_list", List.of(values))))
        .path(0)
        .asLong();
  }

  private void write(String model, long id, Map<String, Object> values) {
    client.call(new OdooCall(model, "write", List.of(id), Map.of("vals", values), Map.of()));
  }

  // Totals

  @Test
  void a_cent_of_difference_becomes_a_rounding_line() {
    OdooOrder order =
        fixture.german("110").line("1", Item.sku(fixture.tee), "1", "10.00").total("9.99");

    Delivered delivered = delivered(order);

    assertThat(delivered.totalInOdoo()).isEqualTo(Money.of("9.99", "EUR"));
    port.forget();
    assertThat(delivered(order).changed()).isFalse();
    assertThat(port.calls("sale.order.load")).isZero();
  }

  @Test
  void more_than_a_cent_a_line_is_refused_with_both_totals_and_stays_unconfirmed() {
    OdooOrder order =
        fixture.german("111").line("1", Item.sku(fixture.tee), "1", "10.00").total("9.98");

    Refused refused = (Refused) orders.deliver(List.of(order)).get(0);

    assertThat(refused.failure().code()).isEqualTo("total-differs");
    assertThat(refused.failure())
        .hasMessageContaining("9.98 EUR")
        .hasMessageContaining("10.00 EUR");
    assertThat(orders.locate(order.externalId()).orElseThrow().isQuotation()).isTrue();
  }

  @Test
  void a_corrected_order_gets_rid_of_its_rounding_line() {
    orders.deliver(
        List.of(
            fixture.german("112").line("1", Item.sku(fixture.tee), "1", "10.00").total("9.99")));

    Delivered delivered =
        delivered(
            fixture.german("112").line("1", Item.sku(fixture.tee), "1", "10.00").total("10.00"));

    assertThat(delivered.totalInOdoo()).isEqualTo(Money.of("10.00", "EUR"));
  }

  @Test
  void a_line_that_people_added_is_named_where_the_total_differs() {
    OdooOrder order =
        fixture.german("113").line("1", Item.sku(fixture.tee), "1", "10").total("10.00");
    long odooId = delivered(order).odooId();
    long mug =
        new References(client)
            .skus(new References(client).company(OdooFixture.DE), Set.of(fixture.mug))
            .get(fixture.mug);
    create(
        "sale.order.line",
        Map.of(
            "order_id",
            odooId,
            "product_id",
            mug,
            "name",
            "A gift of ours",
            "product_uom_qty",
            2,
            "price_unit",
            3,
            client.taxField(),
            List.of()));

    OdooOrder edited =
        fixture.german("113").line("1", Item.sku(fixture.tee), "2", "10").total("20.00");
    Refused refused = (Refused) orders.deliver(List.of(edited)).get(0);

    assertThat(refused.failure().code()).isEqualTo("total-differs");
    assertThat(refused.failure())
        .hasMessageContaining("26.00 EUR in Odoo, with lines that people added there: 2 × 3.0")
        .hasMessageContaining("'A gift of ours'");
  }

  // Editing

  @Test
  void a_confirmed_order_is_edited_line_by_line() {
    delivered(
        fixture
            .german("120")
            .line("1", Item.sku(fixture.tee), "1", "10")
            .line("2", Item.sku(fixture.mug), "1", "5")
            .total("15.00"));

    OdooOrder edited =
        fixture
            .german("120")
            .line("1", Item.sku(fixture.tee), "4", "9.50")
            .line("3", Item.sku(fixture.mug), "2", "6")
            .total("50.00");
    Delivered delivered = delivered(edited);

    assertThat(delivered.totalInOdoo()).isEqualTo(Money.of("50.00", "EUR"));
    assertThat(delivered.changed()).isTrue();
    port.forget();
    assertThat(delivered(edited).changed()).isFalse();
  }

  @Test
  void a_quotation_left_behind_is_edited_and_confirmed() {
    orders.deliver(
        List.of(
            fixture
                .german("121")
                .line("1", Item.sku(fixture.tee), "1", "10")
                .line("2", Item.sku(fixture.mug), "1", "10")
                .total("7.00")));

    Delivered delivered =
        delivered(fixture.german("121").line("1", Item.sku(fixture.tee), "1", "7").total("7.00"));

    assertThat(delivered.totalInOdoo()).isEqualTo(Money.of("7.00", "EUR"));
    assertThat(orders.locate(fixture.orderId("121")).orElseThrow().isConfirmed()).isTrue();
  }

  @Test
  void a_locked_order_refuses_an_edit_and_accepts_a_repeat() {
    OdooOrder order =
        fixture.german("122").line("1", Item.sku(fixture.tee), "1", "10").total("10.00");
    Delivered delivered = delivered(order);
    client.act("sale.order", "action_lock", List.of(delivered.odooId()), Map.of());

    assertThat(delivered(order).changed()).isFalse();
    assertThat(
            OdooFixture.refusals(
                orders.deliver(
                    List.of(
                        fixture
                            .german("122")
                            .line("1", Item.sku(fixture.tee), "2", "10")
                            .total("20.00")))))
        .containsExactly("order-locked");
  }

  // Cancelling

  @Test
  void a_confirmed_order_is_cancelled_once() {
    OdooFixture.OrderDraft draft =
        fixture.german("130").line("1", Item.sku(fixture.tee), "1", "10");
    delivered(draft.total("10.00"));

    OdooOrder cancelled = draft.cancelled().total("10.00");
    assertThat(delivered(cancelled).changed()).isTrue();
    assertThat(orders.locate(cancelled.externalId()).orElseThrow().isCancelled()).isTrue();
    assertThat(delivered(cancelled).changed()).isFalse();
  }

  @Test
  void an_order_that_odoo_has_shipped_is_not_cancelled_behind_peoples_backs() {
    OdooFixture.OrderDraft draft =
        fixture.german("133").line("1", Item.sku(fixture.tee), "5", "10");
    long odooId = delivered(draft.total("50.00")).odooId();
    ship(odooId, 3);

    OdooOrder cancelled = draft.cancelled().total("50.00");
    Refused refused = (Refused) orders.deliver(List.of(cancelled)).get(0);

    assertThat(refused.failure().code()).isEqualTo("fulfilled-in-odoo");
    assertThat(refused.failure()).hasMessageContaining("delivered 3 of 'Line 1'");
    assertThat(orders.locate(cancelled.externalId()).orElseThrow().isConfirmed()).isTrue();
    // A person has looked, and cancels it by hand.
    client.act(
        "sale.order", "action_cancel", List.of(odooId), Map.of("disable_cancel_warning", true));
    assertThat(delivered(cancelled).changed()).isFalse();
  }

  private void ship(long order, int quantity) {
    for (JsonNode move :
        client.searchRead(
            "stock.move",
            List.of(List.of("sale_line_id.order_id", "=", order)),
            List.of("picking_id"),
            Contexts.QUIET)) {
      write("stock.move", move.path("id").asLong(), Map.of("quantity", quantity, "picked", true));
      client.act(
          "stock.picking",
          "button_validate",
          List.of(move.path("picking_id").path(0).asLong()),
          Map.of("skip_backorder", true));
    }
  }

  @Test
  void an_order_wanted_as_a_quotation_is_confirmed_only_when_that_is_wanted() {
    OdooFixture.OrderDraft draft =
        fixture.german("230").line("1", Item.sku(fixture.tee), "1", "9.00");
    OdooOrder quotation = draft.quotation().total("9.00");

    assertThat(delivered(quotation).totalInOdoo()).isEqualTo(Money.of("9.00", "EUR"));
    assertThat(orders.locate(quotation.externalId()).orElseThrow().isQuotation()).isTrue();
    assertThat(delivered(quotation).changed()).isFalse();

    OdooOrder confirmed =
        fixture.german("230").line("1", Item.sku(fixture.tee), "1", "9.00").total("9.00");
    assertThat(delivered(confirmed).changed()).isTrue();
    assertThat(orders.locate(confirmed.externalId()).orElseThrow().isConfirmed()).isTrue();
  }

  @Test
  void the_bare_loop_of_the_benchmarks_makes_the_same_order_one_by_one() {
    delivered(fixture.german("240").line("1", Item.sku(fixture.tee), "1", "9.00").total("9.00"));
    OdooOrder order =
        fixture.german("241").line("1", Item.sku(fixture.tee), "3", "6.6667").total("20.00");
    OneByOne bare = new OneByOne(client);
    bare.prepare(List.of(order));
    port.forget();

    bare.send(order);
    assertThat(port.calls("sale.order.create")).isEqualTo(1);
    assertThat(port.calls("sale.order.action_confirm")).isEqualTo(1);
    assertThat(
            client.searchRead(
                "sale.order",
                List.of(List.of("client_order_ref", "=", order.reference())),
                List.of("amount_total", "state"),
                Contexts.QUIET))
        .anySatisfy(
            found -> {
              assertThat(found.path("amount_total").asDouble()).isEqualTo(20.00);
              assertThat(found.path("state").asText()).isEqualTo("sale");
            });
  }

  @Test
  void an_order_cancelled_before_it_arrived_arrives_cancelled() {
    OdooOrder cancelled =
        fixture
            .german("131")
            .line("1", Item.sku(fixture.tee), "1", "10")
            .cancelled()
            .total("10.00");

    delivered(cancelled);

    assertThat(orders.locate(cancelled.externalId()).orElseThrow().isCancelled()).isTrue();
  }

  @Test
  void an_order_that_people_cancelled_in_odoo_is_for_people() {
    OdooOrder order =
        fixture.german("132").line("1", Item.sku(fixture.tee), "1", "10").total("10.00");
    Delivered delivered = delivered(order);
    client.act(
        "sale.order",
        "action_cancel",
        List.of(delivered.odooId()),
        Map.of("disable_cancel_warning", true));

    assertThat(OdooFixture.refusals(orders.deliver(List.of(order))))
        .containsExactly("cancelled-in-odoo");
  }

  // Refunds as orders of their own

  @Test
  void negative_quantities_are_an_order_too() {
    OdooOrder refund =
        fixture
            .german("140")
            .line("1", Item.sku(fixture.tee), "-2", "6.6667")
            .line("s", Item.product("kontor.shipping"), "-1", "4.99")
            .total("-18.32");

    assertThat(delivered(refund).totalInOdoo()).isEqualTo(Money.of("-18.32", "EUR"));
    assertThat(orders.locate(refund.externalId()).orElseThrow().isConfirmed()).isTrue();
  }

  @Test
  void an_order_may_mix_goods_that_go_and_goods_that_come_back() {
    OdooOrder till =
        fixture
            .german("141")
            .line("1", Item.sku(fixture.tee), "5", "10")
            .line("2", Item.sku(fixture.mug), "-1", "12")
            .total("38.00");

    assertThat(delivered(till).totalInOdoo()).isEqualTo(Money.of("38.00", "EUR"));
  }

  // Journal entries

  @Test
  void entries_are_posted_once_and_add_up_by_account() {
    OdooEntry sale =
        fixture.entry(
            "200",
            OdooFixture.DE,
            fixture.line("200a", "179001", Money.of("95.00", "EUR")),
            fixture.line("200b", "679001", Money.of("5.00", "EUR")),
            fixture.line("200c", "479001", Money.of("-100.00", "EUR")));
    OdooEntry other =
        fixture.entry(
            "201",
            OdooFixture.DE,
            fixture.line("201a", "179001", Money.of("0.10", "EUR")),
            fixture.line("201b", "479001", Money.of("-0.10", "EUR")));

    List<DeliveryOutcome> first = entries.deliver(List.of(sale, other));
    port.forget();
    List<DeliveryOutcome> second = entries.deliver(List.of(sale, other));

    assertThat(first).allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Delivered.class));
    assertThat(((Delivered) first.get(0)).totalInOdoo()).isEqualTo(Money.of("100.00", "EUR"));
    assertThat(second).allSatisfy(outcome -> assertThat(((Delivered) outcome).changed()).isFalse());
    assertThat(port.calls("account.move.load")).isZero();
    assertThat(port.calls("account.move.action_post")).isZero();
    assertThat(entries.locate(sale.externalId()).orElseThrow().isPosted()).isTrue();
    Map<String, AccountSum> sums =
        entries.sumsByAccount(
            OdooFixture.DE,
            LocalDate.of(2026, 11, 1),
            LocalDate.of(2026, 11, 30),
            fixture.entryPrefix() + "20");
    assertThat(sums.keySet()).containsExactly("179001", "479001", "679001");
    assertThat(sums.get("179001").balance()).isEqualTo(Money.of("95.10", "EUR"));
    assertThat(sums.get("479001").balance()).isEqualTo(Money.of("-100.10", "EUR"));
    assertThat(sums.get("479001").lines()).isEqualTo(2);
  }

  @Test
  void sums_are_by_the_month_of_the_posting_date() {
    OdooEntryLine[] lines = {
      fixture.line("970a", "179001", Money.of("7.00", "EUR")),
      fixture.line("970b", "479001", Money.of("-7.00", "EUR"))
    };
    OdooEntry november = fixture.entry("970", OdooFixture.DE, lines);
    OdooEntry october =
        new OdooEntry(
            fixture.entryId("971"),
            OdooFixture.DE,
            "KONT",
            LocalDate.of(2026, 10, 31),
            "Batch 971",
            List.of(
                fixture.line("971a", "179001", Money.of("3.00", "EUR")),
                fixture.line("971b", "479001", Money.of("-3.00", "EUR"))));
    entries.deliver(List.of(november, october));

    Map<YearMonth, Map<String, AccountSum>> sums =
        entries.sumsByMonth(
            OdooFixture.DE,
            LocalDate.of(2026, 1, 1),
            LocalDate.of(2026, 12, 31),
            fixture.entryPrefix() + "97");

    assertThat(sums.keySet()).containsExactly(YearMonth.of(2026, 10), YearMonth.of(2026, 11));
    assertThat(sums.get(YearMonth.of(2026, 10)).get("179001").balance())
        .isEqualTo(Money.of("3.00", "EUR"));
    assertThat(sums.get(YearMonth.of(2026, 11)).get("479001").balance())
        .isEqualTo(Money.of("-7.00", "EUR"));
    assertThat(entries.posted(List.of(october.externalId(), "kontor.je_nobody")))
        .containsExactly(october.externalId());
  }

  @Test
  void what_is_posted_on_an_account_counts_after_the_account_was_archived() {
    String code = "17" + Math.floorMod(fixture.suffix.hashCode(), 10_000);
    long company = new References(client).company(OdooFixture.DE);
    long account =
        client
            .call(
                OdooCall.onModel(
                        "account.account",
                        "create",
                        Map.of(
                            "vals_list",
                            List.of(
                                Map.of(
                                    "name",
                                    "Old clearing",
                                    "code",
                                    code,
                                    "account_type",
                                    "asset_current"))))
                    .with(Contexts.ofCompany(company)))
            .path(0)
            .asLong();
    OdooEntry entry =
        fixture.entry(
            "980",
            OdooFixture.DE,
            fixture.line("980a", code, Money.of("8.00", "EUR")),
            fixture.line("980b", "479001", Money.of("-8.00", "EUR")));
    entries.deliver(List.of(entry));
    boolean archives = client.major() >= 19;
    write("account.account", account, Map.of(archives ? "active" : "deprecated", !archives));

    assertThat(november("980").get(code).balance()).isEqualTo(Money.of("8.00", "EUR"));
    startAfresh();
    OdooEntry late =
        fixture.entry(
            "981",
            OdooFixture.DE,
            fixture.line("981a", code, Money.of("1.00", "EUR")),
            fixture.line("981b", "479001", Money.of("-1.00", "EUR")));
    assertThat(OdooFixture.refusals(entries.deliver(List.of(late))))
        .containsExactly(archives ? "archived-account" : "odoo-refused");
  }

  @Test
  void what_people_reversed_in_odoo_is_missing_in_the_sums() {
    OdooEntry entry =
        fixture.entry(
            "990",
            OdooFixture.DE,
            fixture.line("990a", "179001", Money.of("6.00", "EUR")),
            fixture.line("990b", "479001", Money.of("-6.00", "EUR")));
    Delivered delivered = (Delivered) entries.deliver(List.of(entry)).get(0);
    long reversal = reversalOf(delivered.odooId(), "6.00");

    assertThat(november("990").get("179001").balance().isZero()).isTrue();

    reversalOf(reversal, "-6.00");
    assertThat(november("990").get("179001").balance()).isEqualTo(Money.of("6.00", "EUR"));
  }

  private Map<String, AccountSum> november(String number) {
    return entries.sumsByAccount(
        OdooFixture.DE,
        LocalDate.of(2026, 11, 1),
        LocalDate.of(2026, 11, 30),
        fixture.entryPrefix() + number);
  }

  /** As the button in Odoo makes one: an entry of other people's that names what it takes back. */
  private long reversalOf(long entry, String credited) {
    References references = new References(client);
    long company = references.company(OdooFixture.DE);
    Map<String, Long> accounts = references.accounts(company, Set.of("179001", "479001"));
    BigDecimal amount = new BigDecimal(credited);
    List<Object> lines = new ArrayList<>();
    for (BigDecimal balance : List.of(amount.negate(), amount)) {
      String account = lines.isEmpty() ? "179001" : "479001";
      lines.add(
          List.of(
              0,
              0,
              Map.of(
                  "account_id",
                  accounts.get(account),
                  "name",
                  "taken back",
                  "debit",
                  balance.max(BigDecimal.ZERO),
                  "credit",
                  balance.negate().max(BigDecimal.ZERO))));
    }
    Map<String, Object> values =
        Map.of(
            "move_type",
            "entry",
            "date",
            "2026-11-22",
            "journal_id",
            references.journal(company, "KONT"),
            "reversed_entry_id",
            entry,
            "line_ids",
            lines);
    Map<String, Object> context = Contexts.ofCompany(company);
    long reversal =
        client
            .call(
                OdooCall.onModel("account.move", "create", Map.of("vals_list", List.of(values)))
                    .with(context))
            .path(0)
            .asLong();
    client.act("account.move", "action_post", List.of(reversal), context);
    return reversal;
  }

  @Test
  void the_days_that_a_company_has_closed_are_read() {
    assertThat(entries.locks(OdooFixture.DE, "KONT").through()).isEmpty();
    long company = new References(client).company(OdooFixture.DE);
    lockBooks(company, "2020-06-30");
    try {
      OdooLocks locks = entries.locks(OdooFixture.DE, "KONT");
      assertThat(locks.through()).contains(LocalDate.of(2020, 6, 30));
      assertThat(locks.reason()).isEqualTo("fiscalyear_lock_date is 2020-06-30");
    } finally {
      lockBooks(company, false);
    }
    assertThat(entries.locks(OdooFixture.DE, "KONT").through()).isEmpty();
  }

  @Test
  void a_batch_with_an_entry_of_a_closed_day_is_refused_whole_before_anything_is_sent() {
    Entity entity = keeper();
    OdooBooks books = new OdooBooks(() -> entries);
    BookEntry there = bookEntry("250", LocalDate.of(2020, 6, 15));
    books.post(entity, "b1", "hash", List.of(there), () -> {});
    long company = new References(client).company(OdooFixture.DE);
    lockBooks(company, "2020-06-30");
    try {
      BookEntry open = bookEntry("251", LocalDate.of(2020, 7, 2));
      BookEntry closed = bookEntry("252", LocalDate.of(2020, 6, 20));
      long loads = port.calls("account.move.load");

      assertThatThrownBy(() -> books.post(entity, "b2", "hash", List.of(open, closed), () -> {}))
          .isInstanceOf(RejectedFailure.class)
          .hasMessageContaining("through 2020-06-30 (fiscalyear_lock_date is 2020-06-30)")
          .hasMessageContaining(closed.reference())
          .extracting(failure -> ((RejectedFailure) failure).code())
          .isEqualTo("period-locked");

      assertThat(port.calls("account.move.load")).isEqualTo(loads);
      assertThat(books.lockedThrough(entity)).contains(LocalDate.of(2020, 6, 30));
      // What was posted while the day was open stays posted, and is found.
      assertThat(books.post(entity, "b1", "hash", List.of(there, open), () -> {}))
          .isEqualTo("2 moves");
      assertThat(port.calls("account.move.load")).isEqualTo(loads + 1);
    } finally {
      lockBooks(company, false);
    }
  }

  private Entity keeper() {
    return new Entity(
        "books" + fixture.suffix,
        "Contract Suite GmbH",
        ZoneId.of("Europe/Berlin"),
        OdooFixture.EUR,
        "kontor.company_test_de",
        "KONT",
        "kontor.tax_test_de_0",
        List.of(),
        new Chart(List.of()));
  }

  private BookEntry bookEntry(String number, LocalDate date) {
    return new BookEntry(
        number + "-" + fixture.suffix,
        date,
        "entry " + number,
        OdooFixture.EUR,
        List.of(
            new BookEntry.Line(
                new Account("clearing"),
                "179001",
                "",
                "",
                "",
                Money.of("4.00", "EUR"),
                Money.of("4.00", "EUR")),
            // Twice one account, as an entry of its own may have it.
            new BookEntry.Line(
                new Account("revenue.goods"),
                "479001",
                "",
                "",
                "",
                Money.of("-3.00", "EUR"),
                Money.of("-3.00", "EUR")),
            new BookEntry.Line(
                new Account("revenue.goods"),
                "479001",
                "",
                "",
                "",
                Money.of("-1.00", "EUR"),
                Money.of("-1.00", "EUR"))));
  }

  private void lockBooks(long company, Object day) {
    client.call(
        new OdooCall(
            "res.company",
            "write",
            List.of(company),
            Map.of("vals", Map.of("fiscalyear_lock_date", day)),
            Map.of()));
  }

  @Test
  void sums_count_only_the_dates_and_the_entries_asked_for() {
    assertThat(
            entries.sumsByAccount(
                OdooFixture.DE,
                LocalDate.of(2026, 11, 22),
                LocalDate.of(2026, 11, 30),
                fixture.entryPrefix()))
        .isEmpty();
    assertThat(
            entries.sumsByAccount(
                OdooFixture.DE,
                LocalDate.of(2026, 11, 1),
                LocalDate.of(2026, 11, 30),
                "kontor.je_nobody_"))
        .isEmpty();
  }

  @Test
  void lines_in_another_currency_keep_both_amounts() {
    OdooEntry entry =
        fixture.entry(
            "210",
            OdooFixture.US,
            fixture.line("210a", "179001", Money.of("100.00", "EUR"), Money.of("110.00", "USD")),
            fixture.line("210b", "479001", Money.of("-100.00", "EUR"), Money.of("-110.00", "USD")));

    Delivered delivered = (Delivered) entries.deliver(List.of(entry)).get(0);

    assertThat(delivered.totalInOdoo()).isEqualTo(Money.of("110.00", "USD"));
    assertThat(entries.locate(entry.externalId()).orElseThrow().total())
        .isEqualTo(Money.of("110.00", "USD"));
  }

  @Test
  void an_unknown_account_is_named_and_the_other_entries_go_on() {
    List<DeliveryOutcome> outcomes =
        entries.deliver(
            List.of(
                fixture.entry(
                    "220",
                    OdooFixture.DE,
                    fixture.line("220a", "000000", Money.of("1.00", "EUR")),
                    fixture.line("220b", "479001", Money.of("-1.00", "EUR"))),
                fixture.entry(
                    "221",
                    OdooFixture.DE,
                    fixture.line("221a", "179001", Money.of("1.00", "EUR")),
                    fixture.line("221b", "479001", Money.of("-1.00", "EUR")))));

    Refused refused = (Refused) outcomes.get(0);
    assertThat(refused.failure().code()).isEqualTo("unknown-account");
    assertThat(refused.failure().reference()).isEqualTo("000000");
    assertThat(outcomes.get(1)).isInstanceOf(Delivered.class);
  }

  @Test
  void an_entry_that_is_posted_with_other_amounts_is_refused() {
    entries.deliver(
        List.of(
            fixture.entry(
                "230",
                OdooFixture.DE,
                fixture.line("230a", "179001", Money.of("1.00", "EUR")),
                fixture.line("230b", "479001", Money.of("-1.00", "EUR")))));

    List<DeliveryOutcome> outcomes =
        entries.deliver(
            List.of(
                fixture.entry(
                    "230",
                    OdooFixture.DE,
                    fixture.line("230a", "179001", Money.of("2.00", "EUR")),
                    fixture.line("230b", "479001", Money.of("-2.00", "EUR")))));

    assertThat(OdooFixture.refusals(outcomes)).containsExactly("entry-differs");
  }

  @Test
  void a_posting_that_was_not_answered_is_found_done() {
    OdooEntry entry =
        fixture.entry(
            "240",
            OdooFixture.DE,
            fixture.line("240a", "179001", Money.of("1.00", "EUR")),
            fixture.line("240b", "479001", Money.of("-1.00", "EUR")));
    port.spoilReplyOf(
        "account.move.action_post",
        reply -> {
          throw new InDoubtFailure("odoo-no-answer", "test", "timed out");
        });

    assertThat(entries.deliver(List.of(entry)).get(0)).isInstanceOf(InDoubt.class);
    assertThat(entries.locate(entry.externalId()).orElseThrow().isPosted()).isTrue();
    assertThat(((Delivered) entries.deliver(List.of(entry)).get(0)).changed()).isFalse();
  }

  @Test
  void a_draft_left_behind_is_posted() {
    OdooEntry entry =
        fixture.entry(
            "250",
            OdooFixture.DE,
            fixture.line("250a", "179001", Money.of("1.00", "EUR")),
            fixture.line("250b", "479001", Money.of("-1.00", "EUR")));
    port.spoilRequestOf(
        "account.move.action_post",
        reply -> {
          throw new TransientFailure("odoo-unreachable", "test", "refused");
        });

    assertThat(entries.deliver(List.of(entry)).get(0)).isInstanceOf(Later.class);
    assertThat(entries.locate(entry.externalId()).orElseThrow().isDraft()).isTrue();
    assertThat(entries.deliver(List.of(entry)).get(0)).isInstanceOf(Delivered.class);
  }

  // Faults

  @Test
  void a_poison_row_is_taken_out_and_the_rest_arrives() {
    Item gone = Item.sku(fixture.gone);
    new OdooSetup(client)
        .ensure(
            new OdooPlan(
                List.of(),
                List.of(),
                List.of(new OdooPlan.Goods(fixture.gone, "Gone", new BigDecimal("1.00")))));
    // Its product is looked up and remembered, and then goes away behind the conversation's back.
    orders.deliver(
        List.of(fixture.german("150").line("1", gone, "1", "1").from("NOWH").total("1.00")));
    client.act("product.product", "unlink", List.of(idOf(fixture.gone)), Map.of());
    List<OdooOrder> batch = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Item item = i == 2 ? gone : Item.sku(fixture.tee);
      batch.add(fixture.german("15" + i).line("1", item, "1", "10").total("10.00"));
    }

    List<DeliveryOutcome> outcomes = new ArrayList<>(orders.deliver(batch));

    Refused refused = (Refused) outcomes.remove(2);
    assertThat(refused.failure()).hasMessageContaining("No matching record found");
    assertThat(refused.failure().reference()).isEqualTo(fixture.orderId("152"));
    assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Delivered.class));
    assertThat(OdooFixture.refusals(orders.deliver(batch))).containsExactly("unknown-sku");
  }

  private long idOf(String sku) {
    return client
        .searchRead(
            "product.product", List.of(List.of("default_code", "=", sku)), List.of("id"), Map.of())
        .get(0)
        .path("id")
        .asLong();
  }

  @Test
  void two_that_deliver_the_same_orders_at_once_make_each_of_them_once() throws Exception {
    List<OdooOrder> batch = new ArrayList<>();
    for (int i = 170; i < 180; i++) {
      batch.add(
          fixture
              .german(Integer.toString(i))
              .line("1", Item.sku(fixture.tee), "1", "10")
              .line("2", Item.sku(fixture.mug), "1", "10")
              .total("20.00"));
    }

    CompletableFuture<List<DeliveryOutcome>> one =
        CompletableFuture.supplyAsync(() -> orders.deliver(batch));
    CompletableFuture<List<DeliveryOutcome>> other =
        CompletableFuture.supplyAsync(() -> orders.deliver(batch));
    List<DeliveryOutcome> outcomes = new ArrayList<>(one.get());
    outcomes.addAll(other.get());

    assertThat(OdooFixture.refusals(outcomes)).isEmpty();
    List<DeliveryOutcome> again = orders.deliver(batch);
    assertThat(again)
        .allSatisfy(
            outcome ->
                assertThat(((Delivered) outcome).totalInOdoo())
                    .isEqualTo(Money.of("20.00", "EUR")));
    assertThat(again.stream().map(outcome -> ((Delivered) outcome).odooId()).distinct())
        .hasSize(batch.size());
  }

  @Test
  void an_order_that_somebody_else_confirms_between_look_and_load_is_no_poison() {
    OdooOrder order =
        fixture.german("163").line("1", Item.sku(fixture.tee), "1", "10").total("10.00");
    OdooOrders somebody = new OdooOrders(client, new AdaptiveBatch(System::nanoTime));
    port.meanwhile("sale.order.load", () -> somebody.deliver(List.of(order)));

    assertThat(delivered(order).totalInOdoo()).isEqualTo(Money.of("10.00", "EUR"));
    assertThat(delivered(order).changed()).isFalse();
  }

  @Test
  void an_entry_that_somebody_else_posts_between_look_and_load_is_no_poison() {
    OdooEntry entry =
        fixture.entry(
            "260",
            OdooFixture.DE,
            fixture.line("260a", "179001", Money.of("1.00", "EUR")),
            fixture.line("260b", "479001", Money.of("-1.00", "EUR")));
    OdooEntries somebody = new OdooEntries(client, new AdaptiveBatch(System::nanoTime));
    port.meanwhile("account.move.load", () -> somebody.deliver(List.of(entry)));

    assertThat(entries.deliver(List.of(entry)).get(0)).isInstanceOf(Delivered.class);
  }

  @Test
  void an_order_whose_load_was_not_answered_is_in_doubt_and_can_be_located() {
    OdooOrder order =
        fixture.german("160").line("1", Item.sku(fixture.tee), "1", "10").total("10.00");
    port.spoilReplyOf(
        "sale.order.load",
        reply -> {
          throw new InDoubtFailure("odoo-no-answer", "test", "timed out");
        });

    assertThat(orders.deliver(List.of(order)).get(0)).isInstanceOf(InDoubt.class);
    assertThat(orders.locate(order.externalId()).orElseThrow().isQuotation()).isTrue();
    assertThat(delivered(order).totalInOdoo()).isEqualTo(Money.of("10.00", "EUR"));
  }

  @Test
  void an_order_that_was_never_sent_comes_later() {
    OdooOrder order =
        fixture.german("161").line("1", Item.sku(fixture.tee), "1", "10").total("10.00");
    port.spoilRequestOf(
        "sale.order.load",
        reply -> {
          throw new TransientFailure("odoo-unreachable", "test", "refused");
        });

    assertThat(orders.deliver(List.of(order)).get(0)).isInstanceOf(Later.class);
    assertThat(orders.locate(order.externalId())).isEmpty();
    delivered(order);
  }

  @Test
  void a_confirmation_that_was_not_answered_is_found_done() {
    OdooOrder order =
        fixture.german("162").line("1", Item.sku(fixture.tee), "1", "10").total("10.00");
    port.spoilReplyOf(
        "sale.order.action_confirm",
        reply -> {
          throw new InDoubtFailure("odoo-no-answer", "test", "timed out");
        });

    assertThat(orders.deliver(List.of(order)).get(0)).isInstanceOf(InDoubt.class);
    assertThat(orders.locate(order.externalId()).orElseThrow().isConfirmed()).isTrue();
    port.forget();
    delivered(order);
    assertThat(port.calls("sale.order.action_confirm")).isZero();
    // What was left to do is the date, which confirming had set to the moment.
    assertThat(orders.locate(order.externalId()).orElseThrow().date()).isEqualTo(order.date());
    assertThat(delivered(order).changed()).isFalse();
  }

  private Delivered delivered(OdooOrder order) {
    DeliveryOutcome outcome = orders.deliver(List.of(order)).get(0);
    if (outcome instanceof Refused refused) {
      throw refused.failure();
    }
    assertThat(outcome).isInstanceOf(Delivered.class);
    return (Delivered) outcome;
  }
}
