package io.kontor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.kontor.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

class SettlementsTest {

  private static final Instant POSTED = Instant.parse("2026-10-31T23:30:00Z");

  private final SettlementImports imports = new SettlementImports();
  private final Settlements settlements = new Settlements();
  private final SettlementLines stored = new SettlementLines();

  private static StagedLine line(long line, String order, String code, String amount) {
    return line(line, order, code, amount, LocalDate.of(2026, 11, 1));
  }

  private static StagedLine line(
      long line, String order, String code, String amount, LocalDate postedOn) {
    return new StagedLine(
        line,
        order,
        "SKU\\1",
        BigDecimal.ONE.setScale(4),
        POSTED,
        postedOn,
        "amazon.de",
        code,
        new BigDecimal(amount).setScale(4));
  }

  private static Settlement header(long importId) {
    return new Settlement(
        "nordwind",
        "shopify",
        "S-1",
        "hash",
        importId,
        "imported",
        POSTED,
        POSTED.plusSeconds(60),
        Optional.of(POSTED),
        Money.of("7.00", "EUR"),
        4,
        "shopify/settlement/1");
  }

  private long stage(TestDatabase db, List<StagedLine> lines) {
    long importId = db.in(tx -> imports.begin(tx, "nordwind", "shopify", "s.txt"));
    db.run(tx -> imports.addLines(tx, importId, lines));
    return importId;
  }

  private Settlement complete(TestDatabase db, List<StagedLine> lines) {
    Settlement header = header(stage(db, lines));
    db.run(tx -> imports.complete(tx, header));
    return header;
  }

  @OnBothDatabases
  void lines_come_back_as_they_were_staged_whatever_is_in_them(TestDatabase db) {
    List<StagedLine> lines =
        List.of(
            line(1, "A", "tab\tnewline\nreturn\rbackslash\\N \\. ü €", "-0.01"),
            line(2, "", "", "123456789012345.67"));
    Settlement settlement = complete(db, lines);

    List<StagedLine> read = new ArrayList<>();
    db.run(tx -> stored.each(tx, settlement, read::add));

    assertThat(read).isEqualTo(lines);
    List<StagedLine> ofOrder =
        db.in(tx -> stored.list(tx, settlement, LineFilter.ofOrder("A"), 10));
    assertThat(ofOrder).isEqualTo(lines.subList(0, 1));
  }

  @OnBothDatabases
  void many_lines_are_added_up_by_the_database(TestDatabase db) {
    List<StagedLine> lines =
        IntStream.rangeClosed(1, 12_000).mapToObj(i -> line(i, "O" + i / 5, "c", "0.07")).toList();
    Settlement header = header(stage(db, lines));

    SettlementImports.Totals totals = db.in(tx -> imports.complete(tx, header));

    assertThat(totals.amount()).isEqualByComparingTo("840.00");
    assertThat(totals.lines()).isEqualTo(12_000);
    List<StagedLine> read = new ArrayList<>();
    db.run(tx -> stored.each(tx, header, read::add));
    assertThat(read).extracting(StagedLine::line).hasSize(12_000).isSorted();
    List<SettlementLines.OrderSum> orders = new ArrayList<>();
    db.run(tx -> stored.orderSums(tx, header, orders::add));
    assertThat(orders).hasSize(2_401);
    assertThat(orders.get(1).amount()).isEqualByComparingTo("0.35");
    List<SettlementLines.Sum> sums = db.in(tx -> stored.sums(tx, header, Instant.EPOCH, false));
    assertThat(sums).hasSize(1);
    assertThat(sums.get(0).lines()).isEqualTo(12_000);
  }

  @OnBothDatabases
  void sums_are_kept_apart_by_code_month_and_what_is_known_of_the_order(TestDatabase db) {
    db.run(
        tx -> {
          new FactRevisions()
              .insert(
                  tx, List.of(Samples.fact("B", POSTED, "{}"), Samples.fact("R", POSTED, "{}")));
          new Journal().append(tx, List.of(Samples.entry("B", Samples.DAY, "12.00")));
        });
    Settlement settlement =
        complete(
            db,
            List.of(
                line(1, "B", "sale", "10.00"),
                line(2, "B", "sale", "2.00"),
                line(3, "R", "sale", "3.00"),
                line(4, "U", "sale", "4.00"),
                line(5, "", "fee", "-5.00"),
                line(6, "", "fee", "-1.00", LocalDate.of(2026, 10, 31))));

    List<SettlementLines.Sum> sums = db.in(tx -> stored.sums(tx, settlement, Instant.EPOCH, false));

    YearMonth november = YearMonth.of(2026, 11);
    assertThat(sums)
        .extracting(
            SettlementLines.Sum::code,
            SettlementLines.Sum::month,
            SettlementLines.Sum::orderState,
            s -> s.amount().setScale(2).toString(),
            SettlementLines.Sum::lines)
        .containsExactly(
            tuple("fee", YearMonth.of(2026, 10), SettlementLines.OrderState.NONE, "-1.00", 1L),
            tuple("fee", november, SettlementLines.OrderState.NONE, "-5.00", 1L),
            tuple("sale", november, SettlementLines.OrderState.BOOKED, "12.00", 2L),
            tuple("sale", november, SettlementLines.OrderState.RECORDED, "3.00", 1L),
            tuple("sale", november, SettlementLines.OrderState.UNKNOWN, "4.00", 1L));
    assertThat(
            db.in(tx -> stored.sums(tx, settlement, POSTED.plusSeconds(1), false)).stream()
                .map(SettlementLines.Sum::orderState))
        .as("the order that is recorded was placed before the cut-over, and one is booked")
        .contains(SettlementLines.OrderState.BEFORE_CUTOVER, SettlementLines.OrderState.BOOKED)
        .doesNotContain(SettlementLines.OrderState.RECORDED);
  }

  @OnBothDatabases
  void a_settlement_is_found_by_its_id_and_counts_once(TestDatabase db) {
    Settlement settlement = complete(db, List.of(line(1, "A", "c", "7.00")));
    db.run(tx -> settlements.state(tx, settlement, "booked"));

    Settlement found =
        db.in(tx -> settlements.find(tx, "nordwind", "shopify", "S-1")).orElseThrow();
    assertThat(found.state()).isEqualTo("booked");
    assertThat(found.total()).isEqualTo(settlement.total());
    assertThat(found.from()).isEqualTo(settlement.from());
    List<Settlement> all = db.in(tx -> settlements.list(tx, "nordwind", 10));
    assertThat(all).containsExactly(found);

    Settlement second = header(stage(db, List.of(line(1, "A", "c", "7.00"))));
    assertThatThrownBy(() -> db.run(tx -> imports.complete(tx, second)))
        .isInstanceOf(StoreException.class);
    assertThatThrownBy(
            () ->
                db.run(
                    tx ->
                        imports.addLines(
                            tx, settlement.importId(), List.of(line(9, "A", "c", "1.00")))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("complete");
  }

  @OnBothDatabases
  void what_was_not_completed_is_removed_at_the_next_start(TestDatabase db) {
    Settlement kept = complete(db, List.of(line(1, "A", "c", "7.00")));
    long left = stage(db, List.of(line(1, "A", "c", "7.00")));

    int removed = db.in(tx -> imports.discardUnfinished(tx, TestDatabase.START.plusSeconds(1)));

    assertThat(removed).isEqualTo(1);
    SettlementImports.Totals gone = db.in(tx -> imports.totals(tx, left));
    SettlementImports.Totals there = db.in(tx -> imports.totals(tx, kept.importId()));
    assertThat(gone.lines()).isZero();
    assertThat(there.lines()).isEqualTo(1);
  }
}
