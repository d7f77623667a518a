package io.kontor.store;

import static io.kontor.store.SampleSettlements.line;
import static io.kontor.store.SampleSettlements.settlement;
import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.store.SettledItems.Measure;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

class SettledItemsTest {

  private static List<SettledOrder> orders(TestDatabase db, Settlement of) {
    List<SettledOrder> orders = new ArrayList<>();
    SettledOrders.LedgerSpan span =
        new SettledOrders.LedgerSpan("clearing:", Samples.DAY, Samples.DAY);
    db.run(tx -> new SettledOrders().each(tx, of, span, List.of(), orders::add));
    return orders;
  }

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

    List<SettledOrder> orders = orders(db, settlement);

    assertThat(orders).extracting(SettledOrder::order).containsExactly("A", "B");
    SettledOrder a = orders.get(0);
    assertThat(a.sum(Measure.SALES)).isEqualByComparingTo("21.00");
    assertThat(a.items().get(0).sum(Measure.UNITS)).isEqualByComparingTo("2");
    assertThat(a.sum(Measure.FEES)).isEqualByComparingTo("-1.50");
    assertThat(a.sum(Measure.MIRRORED)).isEqualByComparingTo("4.00");
    assertThat(a.lines()).isEqualTo(6);
    assertThat(orders.get(1).sum(Measure.FEES)).isEqualByComparingTo("-3.00");
  }

  @OnBothDatabases
  void findings_of_an_order_are_superseded_by_those_of_a_later_settlement(TestDatabase db) {
    Findings findings = new Findings();
    Settlement earlier = settlement(db, "S-1", List.of(line(1, "A", "MUG", "sale", "5.00")));
    Settlement later = settlement(db, "S-2", List.of(line(1, "A", "MUG", "sale", "16.00")));
    Findings.Finding finding =
        new Findings.Finding(
            "differs", "missing-line", "A", "", new BigDecimal("21"), new BigDecimal("5"), 1);
    db.run(tx -> findings.add(tx, earlier, 0, List.of(finding)));
    List<Findings.Group> groups = db.in(tx -> findings.groups(tx, earlier));
    assertThat(groups).hasSize(1);

    int gone = db.in(tx -> findings.supersede(tx, later, List.of(earlier.importId())));

    assertThat(gone).isEqualTo(1);
    List<Findings.Finding> left = db.in(tx -> findings.list(tx, earlier, 10));
    assertThat(left).isEmpty();
  }

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
