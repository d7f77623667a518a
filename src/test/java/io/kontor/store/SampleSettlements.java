package io.kontor.store;

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

/** Settlements that tests import and add up. */
final class SampleSettlements {

  static final Instant AT = Instant.parse("2026-11-14T10:00:00Z");
  private static final Map<Measure, Set<CodeAt>> CODES =
      Map.of(
          Measure.SALES, Set.of(new CodeAt("sale", "amazon.de")),
          Measure.GOODS, Set.of(new CodeAt("sale", "amazon.de")),
          Measure.UNITS, Set.of(new CodeAt("sale", "amazon.de")),
          Measure.MIRRORED, Set.of(new CodeAt("kept", "amazon.de")),
          Measure.FEES, Set.of(new CodeAt("fee", "amazon.de"), new CodeAt("fee", "elsewhere")));

  private static final SettledOrders.LedgerSpan SPAN =
      new SettledOrders.LedgerSpan("clearing:", Samples.DAY.minusDays(1), Samples.DAY, AT);

  private SampleSettlements() {}

  static StagedLine line(long line, String order, String sku, String code, String amount) {
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

  static Settlement settlement(TestDatabase db, String id, List<StagedLine> lines) {
    SettlementImports imports = new SettlementImports();
    long importId = db.in(tx -> imports.begin(tx, "nordwind", "shopify", id));
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
    orders(db, header, List.of());
    return header;
  }

  /** The orders of a settlement, which are kept for the matching of others. */
  static List<SettledOrder> orders(TestDatabase db, Settlement of, List<Long> others) {
    List<SettledOrder> orders = new ArrayList<>();
    db.run(tx -> new SettledOrders().each(tx, of, CODES, SPAN, others, 0, orders::add));
    return orders;
  }
}
