package io.kontor.store;

import static io.kontor.store.SampleSettlements.line;
import static io.kontor.store.SampleSettlements.orders;
import static io.kontor.store.SampleSettlements.settlement;
import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.store.SettledItems.Measure;
import java.util.List;

class SettledItemsTest {

  @OnBothDatabases
  void lines_are_added_up_by_order_and_sku_and_measure(TestDatabase db) {
    Settlement settlement =
        settlement(
            db,
            "S-1",
            List.of(
                line(1, "A", "MUG", "sale", "10.00"),
                line(2, "A", "MUG", "sale", "10.00"),
                line(3, "A", "PIN", "sale", "1.00"),
                line(4, "A", "MUG", "fee", "-1.50"),
                line(5, "A", "MUG", "kept", "-2.00"),
                line(6, "A", "MUG", "kept", "2.00"),
                line(7, "B", "", "fee", "-3.00"),
                line(8, "", "", "fee", "-9.00")));

    List<SettledOrder> orders = orders(db, settlement, List.of());

    assertThat(orders).extracting(SettledOrder::order).containsExactly("A", "B");
    SettledOrder a = orders.get(0);
    assertThat(a.sum(Measure.SALES)).isEqualByComparingTo("21.00");
    assertThat(a.items().get(0).sum(Measure.UNITS)).isEqualByComparingTo("2");
    assertThat(a.sum(Measure.FEES)).isEqualByComparingTo("-1.50");
    assertThat(a.sum(Measure.MIRRORED)).isEqualByComparingTo("4.00");
    assertThat(a.lines()).isEqualTo(6);
    assertThat(orders.get(1).sum(Measure.FEES)).isEqualByComparingTo("-3.00");
  }
}
