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
    charged(db, "COMPARED", "PAID", "UNPAID");
    settlement(db, "S-1", List.of(line(1, "PAID", "MUG", "sale", "21.00")));
    Settlement newest = settlement(db, "S-2", List.of(line(1, "COMPARED", "MUG", "sale", "9.00")));

    assertThat(overdue(db, newest, true))
        .extracting(OverdueOrders.Overdue::order)
        .containsExactly("UNPAID");
    OverdueOrders.Overdue unpaid = overdue(db, newest, true).get(0);
    assertThat(unpaid.expected()).isEqualByComparingTo("21.00");
    assertThat(unpaid.settled()).isFalse();
    assertThat(unpaid.paid()).isFalse();
  }

  @OnBothDatabases
  void orders_are_overdue_of_which_settlements_paid_a_part_or_took_only_fees(TestDatabase db) {
    charged(db, "ONLY-FEES", "PART", "PAID-AND-REFUNDED");
    settlement(
        db,
        "S-1",
        List.of(
            line(1, "ONLY-FEES", "MUG", "fee", "-3.00"),
            line(2, "PART", "MUG", "sale", "12.00"),
            line(3, "PAID-AND-REFUNDED", "MUG", "sale", "21.00"),
            line(4, "PAID-AND-REFUNDED", "MUG", "refund", "-21.00")));
    Settlement newest = settlement(db, "S-2", List.of());

    List<OverdueOrders.Overdue> overdue = overdue(db, newest, false);

    assertThat(overdue)
        .extracting(OverdueOrders.Overdue::order)
        .containsExactly("ONLY-FEES", "PART");
    assertThat(overdue).allMatch(order -> order.settled() && !order.paid());
    assertThat(overdue.get(1).found()).isEqualByComparingTo("12.00");
  }

  private static void charged(TestDatabase db, String... orders) {
    List<Journal.NewEntry> entries = new ArrayList<>();
    for (String order : orders) {
      entries.add(Samples.entry(order, Samples.DAY, "21.00"));
    }
    db.run(tx -> new Journal().append(tx, entries));
  }

  private static List<OverdueOrders.Overdue> overdue(
      TestDatabase db, Settlement newest, boolean refundsReported) {
    OverdueOrders.Search search =
        new OverdueOrders.Search(
            "nordwind",
            "shopify",
            newest.total().currency(),
            "clearing:shopify:",
            Samples.DAY,
            Samples.DAY,
            refundsReported);
    List<OverdueOrders.Overdue> overdue = new ArrayList<>();
    db.run(tx -> new OverdueOrders().each(tx, search, newest, "missing", overdue::add));
    return overdue;
  }
}
