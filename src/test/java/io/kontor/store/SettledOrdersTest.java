package io.kontor.store;

import static io.kontor.store.SampleSettlements.AT;
import static io.kontor.store.SampleSettlements.line;
import static io.kontor.store.SampleSettlements.orders;
import static io.kontor.store.SampleSettlements.settlement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.stream.IntStream;

class SettledOrdersTest {

  @OnBothDatabases
  void an_order_is_read_with_its_facts_its_ledger_and_other_settlements(TestDatabase db) {
    db.run(
        tx -> {
          new FactRevisions().insert(tx, List.of(Samples.fact("A", AT, "{}")));
          new Journal().append(tx, List.of(Samples.entry("A", Samples.DAY, "21.00")));
        });
    Settlement earlier = settlement(db, "S-1", List.of(line(1, "A", "MUG", "sale", "5.00")));
    Settlement later =
        settlement(
            db,
            "S-2",
            List.of(line(1, "A", "MUG", "sale", "16.00"), line(2, "C", "MUG", "sale", "1.00")));

    List<SettledOrder> orders = orders(db, later, List.of(earlier.importId()));

    SettledOrder a = orders.get(0);
    assertThat(a.recorded()).isTrue();
    assertThat(a.booked()).isTrue();
    assertThat(a.ledger().charged()).isEqualByComparingTo("21.00");
    assertThat(a.ledger().chargedDue()).isZero();
    assertThat(a.elsewhere().sales()).isEqualByComparingTo("5.00");
    SettledOrder c = orders.get(1);
    assertThat(c.recorded()).isFalse();
    assertThat(c.booked()).isFalse();
    assertThat(c.ledger().charged()).isZero();
  }

  @OnBothDatabases
  void a_correction_of_a_sale_is_no_refund_and_one_of_a_refund_is_no_sale(TestDatabase db) {
    db.run(
        tx ->
            new Journal()
                .append(
                    tx,
                    List.of(
                        Samples.entry("A", Samples.DAY, "21.00"),
                        Samples.entry("A", Samples.DAY, "-9.00"),
                        Samples.entry("A", "captured/refunded", Samples.DAY, "-6.00"),
                        Samples.entry("A", "captured/refunded", Samples.DAY, "2.00"),
                        Samples.entry("RETURN", Samples.DAY, "-5.00"))));
    Settlement settlement =
        settlement(
            db,
            "S-1",
            List.of(
                line(1, "A", "MUG", "sale", "12.00"), line(2, "RETURN", "MUG", "sale", "5.00")));

    List<SettledOrder> orders = orders(db, settlement, List.of());

    assertThat(orders.get(0).ledger().charged()).isEqualByComparingTo("12.00");
    assertThat(orders.get(0).ledger().refunded()).isEqualByComparingTo("4.00");
    assertThat(orders.get(1).ledger().charged()).isZero();
    assertThat(orders.get(1).ledger().refunded()).isEqualByComparingTo("5.00");
  }

  @OnBothDatabases
  void an_order_that_is_recorded_and_was_placed_before_the_cut_over_is_told_apart(TestDatabase db) {
    db.run(
        tx ->
            new FactRevisions()
                .insert(
                    tx,
                    List.of(
                        Samples.fact("BEFORE", AT.minusSeconds(1), "{}"),
                        Samples.fact("SINCE", AT, "{}"))));
    Settlement settlement =
        settlement(
            db,
            "S-1",
            List.of(
                line(1, "BEFORE", "MUG", "sale", "5.00"), line(2, "SINCE", "MUG", "sale", "6.00")));

    assertThat(orders(db, settlement, List.of()))
        .extracting(SettledOrder::order, SettledOrder::recorded, SettledOrder::placedBefore)
        .containsExactly(tuple("BEFORE", true, true), tuple("SINCE", true, false));
  }

  @OnBothDatabases
  void many_orders_come_whole_and_in_their_order_page_by_page(TestDatabase db) {
    List<StagedLine> lines =
        IntStream.range(0, 25_001)
            .mapToObj(i -> line(i + 1, "O%05d".formatted(i / 3), "S" + i % 3, "sale", "0.01"))
            .toList();
    Settlement settlement = settlement(db, "S-1", lines);

    List<SettledOrder> orders = orders(db, settlement, List.of());

    assertThat(orders).extracting(SettledOrder::order).hasSize(8_334).isSorted();
    assertThat(orders.stream().mapToLong(SettledOrder::lines).sum()).isEqualTo(25_001);
    assertThat(orders).filteredOn(order -> order.items().size() != 3).hasSize(1);
  }
}
