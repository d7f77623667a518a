package io.kontor.odoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.money.Money;
import io.kontor.odoo.DeliveryOutcome.Delivered;
import io.kontor.odoo.document.Item;
import io.kontor.odoo.document.OdooOrder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Edits of an order that is there already. */
interface EditsContract extends OdooContract {

  @Test
  default void a_confirmed_order_is_edited_line_by_line() {
    delivered(
        fixture()
            .german("120")
            .line("1", Item.sku(fixture().tee), "1", "10")
            .line("2", Item.sku(fixture().mug), "1", "5")
            .total("15.00"));

    OdooOrder edited =
        fixture()
            .german("120")
            .line("1", Item.sku(fixture().tee), "4", "9.50")
            .line("3", Item.sku(fixture().mug), "2", "6")
            .total("50.00");
    Delivered delivered = delivered(edited);

    assertThat(delivered.totalInOdoo()).isEqualTo(Money.of("50.00", "EUR"));
    assertThat(delivered.changed()).isTrue();
    port().forget();
    assertThat(delivered(edited).changed()).isFalse();
  }

  @Test
  default void what_is_taken_off_a_confirmed_order_is_not_sent() {
    delivered(
        fixture()
            .american("124")
            .line("1", Item.sku(fixture().tee), "3", "10", OdooFixture.US.zeroTax())
            .line("2", Item.sku(fixture().mug), "1", "5", OdooFixture.US.zeroTax())
            .total("35.00"));
    OdooOrder less =
        fixture()
            .american("124")
            .line("1", Item.sku(fixture().tee), "1", "10", OdooFixture.US.zeroTax())
            .total("10.00");

    delivered(less);

    assertThat(transfers(less)).containsExactly("outgoing 1 of " + fixture().tee);
  }

  @Test
  default void an_order_that_was_dated_without_a_promise_is_edited_all_the_same() {
    Delivered delivered =
        delivered(
            fixture()
                .american("125")
                .line("1", Item.sku(fixture().tee), "2", "10", OdooFixture.US.zeroTax())
                .total("20.00"));
    write("sale.order", delivered.odooId(), Map.of("commitment_date", false));
    OdooOrder less =
        fixture()
            .american("125")
            .line("1", Item.sku(fixture().tee), "1", "10", OdooFixture.US.zeroTax())
            .total("10.00");

    delivered(less);

    assertThat(transfers(less)).containsExactly("outgoing 1 of " + fixture().tee);
  }

  @Test
  default void a_line_that_sells_another_product_is_another_line() {
    delivered(
        fixture()
            .american("126")
            .line("1", Item.sku(fixture().tee), "2", "10", OdooFixture.US.zeroTax())
            .total("20.00"));
    OdooOrder other =
        fixture()
            .american("126")
            .line("1", Item.sku(fixture().mug), "2", "10", OdooFixture.US.zeroTax())
            .total("20.00");

    assertThat(delivered(other).totalInOdoo()).isEqualTo(Money.of("20.00", "USD"));

    assertThat(transfers(other)).containsExactly("outgoing 2 of " + fixture().mug);
    port().forget();
    assertThat(delivered(other).changed()).isFalse();
  }

  @Test
  default void an_order_stays_whole_when_one_of_its_products_is_archived() {
    String season = "SEASON-" + fixture().suffix;
    long product = create("product.product", Map.of("name", "Season", "default_code", season));
    delivered(
        fixture()
            .american("127")
            .line("1", Item.sku(fixture().tee), "2", "10", OdooFixture.US.zeroTax())
            .line("2", Item.sku(season), "2", "5", OdooFixture.US.zeroTax())
            .total("30.00"));
    write("product.product", product, Map.of("active", false));
    odoo().startAfresh();

    delivered(
        fixture()
            .american("127")
            .line("1", Item.sku(fixture().tee), "1", "10", OdooFixture.US.zeroTax())
            .line("2", Item.sku(season), "2", "5", OdooFixture.US.zeroTax())
            .total("20.00"));
    OdooOrder lessOfIt =
        fixture()
            .american("127")
            .line("1", Item.sku(fixture().tee), "1", "10", OdooFixture.US.zeroTax())
            .line("2", Item.sku(season), "1", "5", OdooFixture.US.zeroTax())
            .total("15.00");
    if (client().major() >= 17) {
      delivered(lessOfIt);
    } else {
      assertThat(refused(lessOfIt).failure().code()).isEqualTo("archived-sku");
    }
    OdooOrder cancelled =
        fixture()
            .american("127")
            .line("1", Item.sku(fixture().tee), "1", "10", OdooFixture.US.zeroTax())
            .line("2", Item.sku(season), "1", "5", OdooFixture.US.zeroTax())
            .cancelled()
            .total("15.00");
    delivered(cancelled);

    assertThat(located(cancelled).isCancelled()).isTrue();
    OdooOrder another =
        fixture()
            .american("128")
            .line("1", Item.sku(season), "1", "5", OdooFixture.US.zeroTax())
            .total("5.00");
    assertThat(refused(another).failure().code()).isEqualTo("archived-sku");
  }

  /** What is on its way, as the warehouse sees it: {@code outgoing 2 of TEE}. */
  private List<String> transfers(OdooOrder order) {
    Map<Long, String> skus =
        Map.of(idOf(fixture().tee), fixture().tee, idOf(fixture().mug), fixture().mug);
    return client()
        .searchRead(
            "stock.move",
            List.of(
                List.of("sale_line_id.order_id", "=", located(order).odooId()),
                List.of("state", "!=", "cancel")),
            List.of("product_id", "product_uom_qty", "picking_code"),
            Contexts.QUIET)
        .stream()
        .map(
            move ->
                "%s %s of %s"
                    .formatted(
                        move.path("picking_code").asText(),
                        Json.decimal(move.path("product_uom_qty"))
                            .stripTrailingZeros()
                            .toPlainString(),
                        skus.get(move.path("product_id").path(0).asLong())))
        .sorted()
        .toList();
  }

  @Test
  default void a_quotation_left_behind_is_edited_and_confirmed() {
    OdooOrder wrong =
        fixture()
            .german("121")
            .line("1", Item.sku(fixture().tee), "1", "10")
            .line("2", Item.sku(fixture().mug), "1", "10")
            .total("7.00");
    assertThat(refused(wrong).failure().code()).isEqualTo("total-differs");

    OdooOrder right =
        fixture().german("121").line("1", Item.sku(fixture().tee), "1", "7").total("7.00");
    assertThat(delivered(right).totalInOdoo()).isEqualTo(Money.of("7.00", "EUR"));
    assertThat(located(right).isConfirmed()).isTrue();
  }

  @Test
  default void goods_that_came_back_without_money_may_be_paid_for_later() {
    OdooOrder unpaid =
        fixture()
            .german("123")
            .line("1", Item.sku(fixture().tee), "-1", "10")
            .line("rest", Item.product("kontor.shipping"), "-1", "-10")
            .total("0.00");
    assertThat(delivered(unpaid).totalInOdoo()).isEqualTo(Money.of("0.00", "EUR"));
    assertThat(located(unpaid).isConfirmed()).isTrue();

    OdooOrder paid =
        fixture().german("123").line("1", Item.sku(fixture().tee), "-1", "10").total("-10.00");
    assertThat(delivered(paid).totalInOdoo()).isEqualTo(Money.of("-10.00", "EUR"));
    port().forget();
    assertThat(delivered(paid).changed()).isFalse();
  }

  @Test
  default void a_locked_order_refuses_an_edit_and_accepts_a_repeat() {
    OdooOrder order = fixture().tee("122");
    Delivered delivered = delivered(order);
    client().act("sale.order", WireRows.lock(client()), List.of(delivered.odooId()), Map.of());

    assertThat(delivered(order).changed()).isFalse();
    OdooOrder edited =
        fixture().german("122").line("1", Item.sku(fixture().tee), "2", "10").total("20.00");
    assertThat(refused(edited).failure().code()).isEqualTo("order-locked");
  }
}
