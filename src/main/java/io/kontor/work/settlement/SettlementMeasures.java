package io.kontor.work.settlement;

import io.kontor.mapping.RateCard;
import io.kontor.mapping.statement.SettlementCode;
import io.kontor.mapping.statement.SettlementCodes;
import io.kontor.posting.Roles;
import io.kontor.posting.SettledTax;
import io.kontor.store.SettledItems;
import io.kontor.store.SettledItems.Measure;
import io.kontor.store.SettlementLines.CodeSum;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the codes of a settlement say about its orders: which lines are sales, tax, fees. */
final class SettlementMeasures {

  private SettlementMeasures() {}

  /** Which codes of orders' lines count into which measure. */
  static Map<Measure, Set<SettledItems.CodeAt>> of(SettlementCodes codes, List<CodeSum> sums) {
    Map<Measure, Set<SettledItems.CodeAt>> measures = new EnumMap<>(Measure.class);
    for (CodeSum sum : sums) {
      if (sum.ofOrders()) {
        codes
            .find(sum.code(), sum.marketplace())
            .ifPresent(
                code ->
                    measuresOf(code)
                        .forEach(
                            measure ->
                                measures
                                    .computeIfAbsent(measure, m -> new HashSet<>())
                                    .add(new SettledItems.CodeAt(sum.code(), sum.marketplace()))));
      }
    }
    return measures;
  }

  /** Whether buyers of any order were charged tax, or given it back, after the sale. */
  static boolean isTaxedLater(SettlementCodes codes, List<CodeSum> sums) {
    return sums.stream()
        .filter(CodeSum::ofOrders)
        .flatMap(sum -> codes.find(sum.code(), sum.marketplace()).stream())
        .anyMatch(code -> code.nature() == SettlementCode.Nature.OTHER && SettledTax.isTax(code));
  }

  private static Set<Measure> measuresOf(SettlementCode code) {
    Set<Measure> measures = new HashSet<>();
    String role = code.role();
    switch (code.nature()) {
      case SALE -> {
        measures.add(Measure.SALES);
        if (role.startsWith("revenue.")) {
          measures.add(Measure.FEE_BASE);
        }
        switch (role) {
          case "revenue.goods" -> measures.addAll(Set.of(Measure.GOODS, Measure.UNITS));
          case "revenue.shipping" -> measures.add(Measure.SHIPPING);
          case Roles.VAT -> measures.add(Measure.TAX);
          default -> {
            // A part of the sale that is not looked at by itself.
          }
        }
      }
      case REFUND -> {
        measures.add(Measure.REFUNDS);
        if (role.equals(Roles.VAT)) {
          measures.add(Measure.TAX);
        } else if (role.equals("returns")) {
          measures.add(Measure.FEE_BASE);
        }
      }
      case FACILITATED -> measures.addAll(Set.of(Measure.FACILITATED, Measure.MIRRORED));
      case FEE -> {
        measures.add(Measure.FEES);
        if (role.equals(RateCard.COMMISSION)) {
          measures.add(Measure.COMMISSION);
        } else if (role.equals(RateCard.FULFILMENT)) {
          measures.add(Measure.FULFILMENT);
        }
      }
      case OTHER -> {
        if (role.equals(Roles.VAT)) {
          measures.add(Measure.TAX);
        }
      }
      case RESERVE -> {
        // Not of orders.
      }
    }
    return measures;
  }
}
