package io.kontor.odoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.money.Money;
import io.kontor.odoo.DeliveryOutcome.Delivered;
import io.kontor.odoo.DeliveryOutcome.Refused;
import io.kontor.odoo.document.Item;
import io.kontor.odoo.document.OdooEntry;
import io.kontor.odoo.document.OdooOrder;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Many documents in one call, and others who write at the same time. */
interface TogetherContract extends OdooContract {

  @Test
  default void a_poison_row_is_taken_out_and_the_rest_arrives() {
    Item gone = Item.sku(fixture().gone);
    new OdooSetup(client())
        .ensure(
            new OdooPlan(
                List.of(),
                List.of(),
                List.of(new OdooPlan.Goods(fixture().gone, "Gone", new BigDecimal("1.00")))));
    // Its product is looked up and remembered, and then goes away behind the conversation's back.
    orders()
        .deliver(
            List.of(fixture().german("150").line("1", gone, "1", "1").from("NOWH").total("1.00")));
    client().act("product.product", "unlink", List.of(idOf(fixture().gone)), Map.of());
    List<OdooOrder> batch = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Item item = i == 2 ? gone : Item.sku(fixture().tee);
      batch.add(fixture().german("15" + i).line("1", item, "1", "10").total("10.00"));
    }

    List<DeliveryOutcome> outcomes = new ArrayList<>(orders().deliver(batch));

    Refused refused = (Refused) outcomes.remove(2);
    // In the language of Odoo's user.
    assertThat(refused.failure()).hasMessageContaining("Order Lines/Product");
    assertThat(refused.failure().reference()).isEqualTo(fixture().orderId("152"));
    assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Delivered.class));
    assertThat(OdooFixture.refusals(orders().deliver(batch))).containsExactly("unknown-sku");
  }

  @Test
  default void one_that_is_refused_takes_no_other_with_it() {
    for (String number : List.of("541", "542", "543")) {
      Delivered delivered = delivered(tees(number, "2", "20.00"));
      if (number.equals("542")) {
        ship(delivered.odooId(), 2);
      }
    }

    List<DeliveryOutcome> outcomes =
        orders()
            .deliver(
                List.of(
                    tees("541", "1", "10.00"),
                    tees("542", "1", "10.00"),
                    tees("543", "1", "10.00")));

    assertThat(outcomes.get(0)).isInstanceOf(Delivered.class);
    assertThat(((Refused) outcomes.get(1)).failure()).hasMessageContaining("already delivered");
    assertThat(outcomes.get(2)).isInstanceOf(Delivered.class);
  }

  @Test
  default void what_stays_a_quotation_is_not_taken_for_confirmed() {
    List<OdooOrder> orders =
        List.of(tees("544", "1", "10.00"), tees("545", "1", "10.00"), tees("546", "1", "10.00"));
    // A module asks a question about one of them, and confirms none.
    port().askInstead("sale.order.action_confirm", "read");
    assertThat(orders().deliver(orders))
        .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Delivered.class));
    assertThat(located(orders.get(2)).isConfirmed()).isTrue();

    port().askInstead("sale.order.action_confirm", "read");
    assertThat(refused(tees("547", "1", "10.00")).failure().code()).isEqualTo("not-confirmed");
  }

  private OdooOrder tees(String number, String quantity, String total) {
    return fixture().german(number).line("1", Item.sku(fixture().tee), quantity, "10").total(total);
  }

  @Test
  default void two_that_deliver_the_same_orders_at_once_make_each_of_them_once() throws Exception {
    List<OdooOrder> batch = new ArrayList<>();
    for (int i = 170; i < 180; i++) {
      batch.add(
          fixture()
              .german(Integer.toString(i))
              .line("1", Item.sku(fixture().tee), "1", "10")
              .line("2", Item.sku(fixture().mug), "1", "10")
              .total("20.00"));
    }

    CompletableFuture<List<DeliveryOutcome>> one =
        CompletableFuture.supplyAsync(() -> orders().deliver(batch));
    CompletableFuture<List<DeliveryOutcome>> other =
        CompletableFuture.supplyAsync(() -> orders().deliver(batch));
    List<DeliveryOutcome> outcomes = new ArrayList<>(one.get());
    outcomes.addAll(other.get());

    assertThat(OdooFixture.refusals(outcomes)).isEmpty();
    List<DeliveryOutcome> again = orders().deliver(batch);
    assertThat(again)
        .allSatisfy(
            outcome ->
                assertThat(((Delivered) outcome).totalInOdoo())
                    .isEqualTo(Money.of("20.00", "EUR")));
    assertThat(again.stream().map(outcome -> ((Delivered) outcome).odooId()).distinct())
        .hasSize(batch.size());
  }

  @Test
  default void an_order_that_somebody_else_confirms_between_look_and_load_is_no_poison() {
    OdooOrder order = fixture().tee("163");
    OdooOrders somebody = new OdooOrders(client(), new AdaptiveBatch(System::nanoTime));
    port().meanwhile("sale.order.load", () -> somebody.deliver(List.of(order)));

    assertThat(delivered(order).totalInOdoo()).isEqualTo(Money.of("10.00", "EUR"));
    assertThat(delivered(order).changed()).isFalse();
  }

  @Test
  default void an_entry_that_somebody_else_posts_between_look_and_load_is_no_poison() {
    OdooEntry entry = fixture().sale("260", "1.00");
    OdooEntries somebody = new OdooEntries(client(), new AdaptiveBatch(System::nanoTime));
    port().meanwhile("account.move.load", () -> somebody.deliver(List.of(entry)));

    assertThat(outcome(entry)).isInstanceOf(Delivered.class);
  }
}
