package io.kontor.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.money.Money;
import io.kontor.store.SettledItems.CodeAt;
import io.kontor.store.SettledItems.Measure;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

class SettledItemsTest {

  private static final Instant AT = Instant.parse("2026-11-14T10:00:00Z");
  private static final Map<Measure, Set<CodeAt>> CODES =
      Map.of(
          Measure.SALES, Set.of(new CodeAt("sale", "amazon.de")),
          Measure.GOODS, Set.of(new CodeAt("sale", "amazon.de")),
          Measure.UNITS, Set.of(new CodeAt("sale", "amazon.de")),
          Measure.MIRRORED, Set.of(new CodeAt("kept", "amazon.de")),
          Measure.FEES, Set.of(new CodeAt("fee", "amazon.de"), new CodeAt("fee", "elsewhere")));
  private static final SettledItems.LedgerSpan SPAN =
      new SettledItems.LedgerSpan("clearing:", Samples.DAY.minusDays(1), Samples.DAY);

  private final SettlementImports imports = new SettlementImports();
  private final SettledItems items = new SettledItems();

  private static StagedLine line(long line, String order, String sku, String code, String amount) {
    return new StagedLine(
        line,
        order,
        sku,
        BigDecimal.ONE,
        AT,
        LocalDate.parse("2026-11-14"),
        "amazon.de",
        code,
        new BigDecimal(amount));
  }

  private Settlement settlement(TestDatabase db, String id, List<StagedLine> lines) {
    String importId = db.in(tx -> imports.begin(tx, "nordwind", "shopify", id));
    db.run(tx -> imports.addLines(tx, importId, lines));
    Settlement header =
        new Settlement(
            "nordwind",
            "shopify",
            id,
            "hash-" + id,
            importId,
            "imported",
            AT,
            AT,
            Optional.empty(),
            Money.of("0.00", "EUR"),
            lines.size(),
            "raw");
    db.run(tx -> imports.complete(tx, header));
    db.run(tx -> items.addUp(tx, header, CODES));
    return header;
  }

  private List<SettledItems.Order> orders(TestDatabase db, Settlement of, List<String> others) {
    List<SettledItems.Order> orders = new ArrayList<>();
    db.run(tx -> items.orders(tx, of, SPAN, others, orders::add));
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

    List<SettledItems.Order> orders = orders(db, settlement, List.of());

    assertThat(orders).extracting(SettledItems.Order::order).containsExactly("A", "B");
    SettledItems.Order a = orders.get(0);
    assertThat(a.sum(Measure.SALES)).isEqualByComparingTo("21.00");
    assertThat(a.items().get(0).sum(Measure.UNITS)).isEqualByComparingTo("2");
    assertThat(a.sum(Measure.FEES)).isEqualByComparingTo("-1.50");
    assertThat(a.sum(Measure.MIRRORED)).isEqualByComparingTo("4.00");
    assertThat(a.lines()).isEqualTo(6);
    assertThat(orders.get(1).sum(Measure.FEES)).isEqualByComparingTo("-3.00");
  }

  @OnBothDatabases
  void an_order_is_read_with_its_facts_its_ledger_and_other_settlements(TestDatabase db) {
    db.run(
        tx -> {
          new Facts().insert(tx, List.of(Samples.fact("A", AT, "{}")));
          new Journal().append(tx, List.of(Samples.entry("A", Samples.DAY, "21.00")));
        });
    Settlement earlier = settlement(db, "S-1", List.of(line(1, "A", "MUG", "sale", "5.00")));
    Settlement later =
        settlement(
            db,
            "S-2",
            List.of(line(1, "A", "MUG", "sale", "16.00"), line(2, "C", "MUG", "sale", "1.00")));

    List<SettledItems.Order> orders = orders(db, later, List.of(earlier.importId()));

    SettledItems.Order a = orders.get(0);
    assertThat(a.recorded()).isTrue();
    assertThat(a.booked()).isTrue();
    assertThat(a.charged()).isEqualByComparingTo("21.00");
    assertThat(a.chargedDue()).isZero();
    assertThat(a.salesElsewhere()).isEqualByComparingTo("5.00");
    SettledItems.Order c = orders.get(1);
    assertThat(c.recorded()).isFalse();
    assertThat(c.booked()).isFalse();
    assertThat(c.charged()).isZero();
  }

  @OnBothDatabases
  void many_orders_come_whole_and_in_their_order_page_by_page(TestDatabase db) {
    List<StagedLine> lines =
        IntStream.range(0, 25_001)
            .mapToObj(i -> line(i + 1, "O%05d".formatted(i / 3), "S" + i % 3, "sale", "0.01"))
            .toList();
    Settlement settlement = settlement(db, "S-1", lines);

    List<SettledItems.Order> orders = orders(db, settlement, List.of());

    assertThat(orders).extracting(SettledItems.Order::order).hasSize(8_334).isSorted();
    assertThat(orders.stream().mapToLong(SettledItems.Order::lines).sum()).isEqualTo(25_001);
    assertThat(orders).filteredOn(order -> order.items().size() != 3).hasSize(1);
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
