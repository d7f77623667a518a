package io.kontor.odoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.money.Money;
import io.kontor.odoo.DeliveryOutcome.Delivered;
import io.kontor.odoo.DeliveryOutcome.Refused;
import io.kontor.odoo.document.Item;
import io.kontor.odoo.document.OdooOrder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How an order arrives, once. */
interface OrdersContract extends OdooContract {

  @Test
  default void an_order_arrives_confirmed_with_the_total_of_the_channel() {
    OdooOrder order =
        fixture()
            .german("100")
            .line("1", Item.sku(fixture().tee), "3", "6.6667")
            .line("s", Item.product("kontor.shipping"), "1", "4.99")
            .total("24.99");

    Delivered delivered = delivered(order);

    assertThat(delivered.totalInOdoo()).isEqualTo(Money.of("24.99", "EUR"));
    assertThat(delivered.changed()).isTrue();
    OrderInOdoo located = located(order);
    assertThat(located.isConfirmed()).isTrue();
    assertThat(located.odooId()).isEqualTo(delivered.odooId());
    assertThat(located.name()).isEqualTo(delivered.name());
    assertThat(located.date()).isEqualTo(order.date());
  }

  @Test
  default void the_same_order_again_writes_nothing() {
    OdooOrder order =
        fixture().american("101").line("1", Item.sku(fixture().mug), "2", "12.50").total("28.75");
    Delivered first = delivered(order);
    port().forget();

    Delivered second = delivered(order);

    assertThat(second.odooId()).isEqualTo(first.odooId());
    assertThat(second.changed()).isFalse();
    assertThat(port().calls("sale.order.load")).isZero();
    assertThat(port().calls("sale.order.action_confirm")).isZero();
  }

  @Test
  default void one_external_id_twice_in_a_delivery_is_one_order_and_the_later_counts() {
    OdooOrder early =
        fixture().american("102").line("1", Item.sku(fixture().mug), "1", "10").total("11.50");
    OdooOrder late =
        fixture().american("102").line("1", Item.sku(fixture().mug), "2", "10").total("23.00");

    List<DeliveryOutcome> outcomes = orders().deliver(List.of(early, late));

    assertThat(outcomes).hasSize(1);
    assertThat(((Delivered) outcomes.get(0)).totalInOdoo()).isEqualTo(Money.of("23.00", "USD"));
  }

  @Test
  default void orders_of_two_companies_and_currencies_go_together() {
    List<DeliveryOutcome> outcomes =
        orders()
            .deliver(
                List.of(
                    fixture()
                        .german("103")
                        .line("1", Item.sku(fixture().tee), "1", "11.90")
                        .total("11.90"),
                    fixture()
                        .american("104")
                        .line("1", Item.sku(fixture().tee), "1", "10.00")
                        .total("11.50")));

    assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Delivered.class));
  }

  @Test
  default void an_order_wanted_as_a_quotation_is_confirmed_only_when_that_is_wanted() {
    OdooFixture.OrderDraft draft =
        fixture().german("230").line("1", Item.sku(fixture().tee), "1", "9.00");
    OdooOrder quotation = draft.quotation().total("9.00");

    assertThat(delivered(quotation).totalInOdoo()).isEqualTo(Money.of("9.00", "EUR"));
    assertThat(located(quotation).isQuotation()).isTrue();
    assertThat(delivered(quotation).changed()).isFalse();

    OdooOrder confirmed =
        fixture().german("230").line("1", Item.sku(fixture().tee), "1", "9.00").total("9.00");
    assertThat(delivered(confirmed).changed()).isTrue();
    assertThat(located(confirmed).isConfirmed()).isTrue();
  }

  @Test
  default void the_time_of_an_order_is_the_channels_wherever_the_user_of_the_key_lives() {
    long user =
        client().call(OdooCall.onModel("res.users", "context_get", Map.of())).path("uid").asLong();
    write("res.users", user, Map.of("tz", "Asia/Tokyo"));
    try {
      OdooOrder order =
          fixture().german("184").line("1", Item.sku(fixture().tee), "1", "1").total("1.00");
      delivered(order);

      assertThat(located(order).date()).isEqualTo(order.date());
      assertThat(delivered(order).changed()).isFalse();
    } finally {
      write("res.users", user, Map.of("tz", false));
    }
  }

  @Test
  default void an_order_that_lost_its_external_id_is_not_made_a_second_time() {
    OdooFixture.OrderDraft draft =
        fixture().german("185").line("1", Item.sku(fixture().tee), "1", "10");
    Delivered delivered = delivered(draft.total("10.00"));
    forgetExternalId("sale.order", delivered.odooId());

    OdooOrder again = draft.total("10.00");
    Refused refused = refused(again);

    assertThat(refused.failure().code()).isEqualTo("order-without-external-id");
    assertThat(refused.failure())
        .hasMessageContaining(delivered.name())
        .hasMessageContaining(again.externalId());
    // The person cancels it, or names it again.
    cancelByHand(delivered.odooId());
    assertThat(delivered(again).odooId()).isNotEqualTo(delivered.odooId());
  }

  @Test
  default void a_line_that_lost_its_external_id_does_not_stand_in_the_order_twice() {
    OdooOrder order = fixture().tee("186");
    delivered(order);
    forgetExternalId("sale.order.line", linesOf(order).get(0).path("id").asLong());

    OdooOrder edited =
        fixture().german("186").line("1", Item.sku(fixture().tee), "2", "10").total("20.00");
    Refused refused = refused(edited);

    assertThat(refused.failure().code()).isEqualTo("line-without-external-id");
    assertThat(refused.failure()).hasMessageContaining(fixture().tee);
    assertThat(linesOf(order)).hasSize(1);
  }

  private void forgetExternalId(String model, long id) {
    client()
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
                client()
                    .act("ir.model.data", "unlink", List.of(row.path("id").asLong()), Map.of()));
  }

  @Test
  default void negative_quantities_are_an_order_too() {
    OdooOrder refund =
        fixture()
            .german("140")
            .line("1", Item.sku(fixture().tee), "-2", "6.6667")
            .line("s", Item.product("kontor.shipping"), "-1", "4.99")
            .total("-18.32");

    assertThat(delivered(refund).totalInOdoo()).isEqualTo(Money.of("-18.32", "EUR"));
    assertThat(located(refund).isConfirmed()).isTrue();
  }

  @Test
  default void an_order_may_mix_goods_that_go_and_goods_that_come_back() {
    OdooOrder till =
        fixture()
            .german("141")
            .line("1", Item.sku(fixture().tee), "5", "10")
            .line("2", Item.sku(fixture().mug), "-1", "12")
            .total("38.00");

    assertThat(delivered(till).totalInOdoo()).isEqualTo(Money.of("38.00", "EUR"));
  }

  @Test
  default void the_bare_loop_of_the_benchmarks_makes_the_same_order_one_by_one() {
    delivered(
        fixture().german("240").line("1", Item.sku(fixture().tee), "1", "9.00").total("9.00"));
    OdooOrder order =
        fixture().german("241").line("1", Item.sku(fixture().tee), "3", "6.66").total("19.98");
    OneByOne bare = new OneByOne(client());
    bare.prepare(List.of(order));
    port().forget();

    bare.send(order);
    assertThat(port().calls("sale.order.create")).isEqualTo(1);
    assertThat(port().calls("sale.order.action_confirm")).isEqualTo(1);
    assertThat(
            client()
                .searchRead(
                    "sale.order",
                    List.of(List.of("client_order_ref", "=", order.reference())),
                    List.of("amount_total", "state"),
                    Contexts.QUIET))
        .anySatisfy(
            found -> {
              assertThat(found.path("amount_total").asDouble()).isEqualTo(19.98);
              assertThat(found.path("state").asText()).isEqualTo("sale");
            });
  }
}
