package io.kontor.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.kontor.failure.RejectedFailure;
import io.kontor.odoo.DeliveryOutcome.Delivered;
import io.kontor.odoo.DeliveryOutcome.Refused;
import io.kontor.odoo.document.ExternalIds;
import io.kontor.odoo.document.Item;
import io.kontor.odoo.document.OdooOrder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an order names in Odoo: products, taxes, warehouses. */
interface ReferencesContract extends OdooContract {

  @Test
  default void an_unknown_sku_is_named_and_the_other_orders_go_on() {
    List<DeliveryOutcome> outcomes =
        orders()
            .deliver(
                List.of(
                    fixture()
                        .german("105")
                        .line("1", Item.sku("NO-SUCH"), "1", "10")
                        .total("10.00"),
                    fixture().tee("106")));

    Refused refused = (Refused) outcomes.get(0);
    assertThat(refused.failure().code()).isEqualTo("unknown-sku");
    assertThat(refused.failure().reference()).isEqualTo("NO-SUCH");
    assertThat(refused.failure()).hasMessageContaining("'NO-SUCH'");
    assertThat(outcomes.get(1)).isInstanceOf(Delivered.class);
    assertThat(orders().find(List.of(fixture().orderId("105")))).isEmpty();
  }

  @Test
  default void a_sku_of_two_products_is_for_people() {
    String sku = "TWIN-" + fixture().suffix;
    for (String twin : List.of("a", "b")) {
      client()
          .load(
              "product.product",
              List.of("id", "name", "default_code"),
              List.of(List.of(ExternalIds.of("twin", twin, fixture().suffix), "Twin " + twin, sku)),
              Map.of());
    }

    OdooOrder order = fixture().german("109").line("1", Item.sku(sku), "1", "1").total("1.00");
    assertThat(refused(order).failure().code()).isEqualTo("ambiguous-sku");
  }

  @Test
  default void an_unknown_tax_is_named() {
    OdooOrder order =
        fixture()
            .german("107")
            .line("1", Item.sku(fixture().tee), "1", "10", "kontor.tax_no_such")
            .total("10.00");

    Refused refused = refused(order);

    assertThat(refused.failure().code()).isEqualTo("unknown-tax");
    assertThat(refused.failure().reference()).isEqualTo("kontor.tax_no_such");
  }

  @Test
  default void an_unknown_warehouse_is_named() {
    OdooOrder order =
        fixture()
            .german("108")
            .line("1", Item.sku(fixture().tee), "1", "10")
            .from("NOWH")
            .total("10.00");

    assertThat(refused(order).failure().code()).isEqualTo("unknown-warehouse");
  }

  @Test
  default void a_sku_that_moved_to_another_product_is_that_product_after_a_while() {
    String sku = "MOVED-" + fixture().suffix;
    long old = create("product.product", Map.of("name", "Old", "default_code", sku));
    long[] clock = {0};
    OdooOrders remembering = new OdooOrders(client(), new AdaptiveBatch(() -> clock[0]));
    remembering.deliver(
        List.of(fixture().german("180").line("1", Item.sku(sku), "1", "1").total("1.00")));
    write("product.product", old, Map.of("default_code", sku + "-OLD"));
    long young = create("product.product", Map.of("name", "Young", "default_code", sku));

    clock[0] = Duration.ofMinutes(6).toNanos();
    OdooOrder order = fixture().german("181").line("1", Item.sku(sku), "1", "1").total("1.00");
    remembering.deliver(List.of(order));

    assertThat(linesOf(order))
        .extracting(line -> line.path("product_id").path(0).asLong())
        .containsExactly(young);
  }

  @Test
  default void an_archived_product_and_one_of_another_company_are_called_what_they_are() {
    String archived = "ARCHIVED-" + fixture().suffix;
    create("product.product", Map.of("name", "Was", "default_code", archived, "active", false));
    String elsewhere = "ELSEWHERE-" + fixture().suffix;
    long american = new References(client()).company(OdooFixture.US);
    create(
        "product.product",
        Map.of("name", "There", "default_code", elsewhere, "company_id", american));

    OdooOrder ofArchived =
        fixture().german("182").line("1", Item.sku(archived), "1", "1").total("1.00");
    assertThat(refused(ofArchived).failure())
        .hasMessageContaining("'%s' is archived in Odoo".formatted(archived))
        .extracting("code")
        .isEqualTo("archived-sku");
    OdooOrder ofElsewhere =
        fixture().german("183").line("1", Item.sku(elsewhere), "1", "1").total("1.00");
    assertThat(refused(ofElsewhere).failure())
        .hasMessageContaining("'%s' is one of another company in Odoo: ".formatted(elsewhere))
        .extracting("code")
        .isEqualTo("sku-of-other-company");
  }

  @Test
  default void a_combo_is_refused_because_odoo_would_deliver_nothing_for_it() {
    assumeThat(client().major()).as("combos came with 18").isGreaterThanOrEqualTo(18);
    String sku = "COMBO-" + fixture().suffix;
    Map<String, Object> combo = new HashMap<>();
    combo.put("name", "Menu");
    combo.put("default_code", sku);
    combo.put("type", "combo");
    choices().ifPresent(choices -> combo.put("combo_ids", List.of(List.of(6, 0, choices))));
    create("product.product", combo);

    OdooOrder order = fixture().german("187").line("1", Item.sku(sku), "1", "1").total("1.00");
    assertThat(refused(order).failure().code()).isEqualTo("combo-sku");
  }

  /** What a combo consists of; the sandbox has no such model, and asks for none. */
  private Optional<List<Long>> choices() {
    try {
      return Optional.of(
          List.of(
              create(
                  "product.combo",
                  Map.of(
                      "name",
                      "Choice",
                      "combo_item_ids",
                      List.of(List.of(0, 0, Map.of("product_id", idOf(fixture().mug))))))));
    } catch (RejectedFailure e) {
      return Optional.empty();
    }
  }
}
