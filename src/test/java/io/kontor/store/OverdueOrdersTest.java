package io.kontor.store;

import static io.kontor.store.SampleSettlements.line;
import static io.kontor.store.SampleSettlements.settlement;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

class OverdueOrdersTest {

  @OnBothDatabases
  void orders_are_overdue_that_no_settlement_paid_but_not_those_that_were_compared(
      TestDatabase db) {
    db.run(
        tx ->
            new Journal()
                .append(
                    tx,
                    List.of(
                        Samples.entry("COMPARED", Samples.DAY, "-21.00"),
                        Samples.entry("PAID", Samples.DAY, "21.00"),
                        Samples.entry("UNPAID", Samples.DAY, "21.00"))));
    settlement(db, "S-1", List.of(line(1, "PAID", "MUG", "sale", "21.00")));
    Settlement newest = settlement(db, "S-2", List.of(line(1, "COMPARED", "MUG", "sale", "9.00")));
    OverdueOrders.Search search =
        new OverdueOrders.Search(
            "nordwind",
            "shopify",
            newest.total().currency(),
            "clearing:shopify:",
            Samples.DAY,
            Samples.DAY,
            true);
    List<OverdueOrders.Overdue> overdue = new ArrayList<>();

    db.run(tx -> new OverdueOrders().each(tx, search, newest, "missing", overdue::add));

    assertThat(overdue).extracting(OverdueOrders.Overdue::order).containsExactly("UNPAID");
    assertThat(overdue.get(0).expected()).isEqualByComparingTo("21.00");
    assertThat(overdue.get(0).settled()).isFalse();
  }
}
