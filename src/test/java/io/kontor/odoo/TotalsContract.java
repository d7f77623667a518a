package io.kontor.odoo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.money.Money;
import io.kontor.odoo.DeliveryOutcome.Delivered;
import io.kontor.odoo.DeliveryOutcome.Refused;
import io.kontor.odoo.document.Item;
import io.kontor.odoo.document.OdooOrder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of a total that is not the channel's. */
interface TotalsContract extends OdooContract {

  @Test
  default void a_quantity_of_more_decimals_than_odoo_keeps_is_refused_and_not_rounded() {
    OdooOrder weighed =
        fixture()
            .american("449")
            .line("1", Item.sku(fixture().tee), "0.35712", "10", OdooFixture.US.zeroTax())
            .total("3.57");
    assertThat(refused(weighed).failure().code()).isEqualTo("quantity-accuracy");
    assertThat(located(weighed)).isNull();
  }

  @Test
  default void a_cent_of_difference_becomes_a_rounding_line() {
    OdooOrder order =
        fixture().german("110").line("1", Item.sku(fixture().tee), "1", "10.00").total("9.99");

    Delivered delivered = delivered(order);

    assertThat(delivered.totalInOdoo()).isEqualTo(Money.of("9.99", "EUR"));
    port().forget();
    assertThat(delivered(order).changed()).isFalse();
    assertThat(port().calls("sale.order.load")).isZero();
  }

  @Test
  default void more_than_a_cent_a_line_is_refused_with_both_totals_and_stays_unconfirmed() {
    OdooOrder order =
        fixture().german("111").line("1", Item.sku(fixture().tee), "1", "10.00").total("9.98");

    Refused refused = refused(order);

    assertThat(refused.failure().code()).isEqualTo("total-differs");
    assertThat(refused.failure())
        .hasMessageContaining("9.98 EUR")
        .hasMessageContaining("10.00 EUR");
    assertThat(located(order).isQuotation()).isTrue();
  }

  @Test
  default void a_corrected_order_gets_rid_of_its_rounding_line() {
    delivered(fixture().german("112").line("1", Item.sku(fixture().tee), "1", "10").total("9.99"));

    assertThat(delivered(fixture().tee("112")).totalInOdoo()).isEqualTo(Money.of("10.00", "EUR"));
  }

  @Test
  default void a_price_of_more_decimals_than_odoo_keeps_needs_no_rounding_line() {
    OdooOrder order =
        fixture()
            .german("114")
            .line("1", Item.sku(fixture().tee), "300", "0.00666667")
            .total("2.00");

    assertThat(delivered(order).totalInOdoo()).isEqualTo(Money.of("2.00", "EUR"));
    assertThat(linesOf(order))
        .hasSize(client().major() >= PriceAccuracy.EXACT_FROM ? 1 : 2)
        .allSatisfy(line -> assertThat(product(line)).isEqualTo(idOf(fixture().tee)));
    port().forget();
    assertThat(delivered(order).changed()).isFalse();

    OdooOrder edited =
        fixture().german("114").line("1", Item.sku(fixture().tee), "100", "0.02").total("2.00");
    assertThat(delivered(edited).totalInOdoo()).isEqualTo(Money.of("2.00", "EUR"));
  }

  private static long product(JsonNode line) {
    return line.path("product_id").path(0).asLong();
  }

  @Test
  default void a_line_that_people_added_is_named_where_the_total_differs() {
    OdooOrder order = fixture().tee("113");
    long odooId = delivered(order).odooId();
    create(
        "sale.order.line",
        Map.of(
            "order_id",
            odooId,
            "product_id",
            idOf(fixture().mug),
            "name",
            "A gift of ours",
            "product_uom_qty",
            2,
            "price_unit",
            3,
            client().taxField(),
            List.of()));

    OdooOrder edited =
        fixture().german("113").line("1", Item.sku(fixture().tee), "2", "10").total("20.00");
    Refused refused = refused(edited);

    assertThat(refused.failure().code()).isEqualTo("total-differs");
    assertThat(refused.failure())
        .hasMessageContaining("26.00 EUR in Odoo, with lines that people added there: 2 × 3.0")
        .hasMessageContaining("'A gift of ours'");
  }
}
