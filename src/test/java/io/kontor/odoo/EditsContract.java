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
