package io.kontor.work.settlement;

import io.kontor.mapping.statement.SettlementCode;
import io.kontor.mapping.statement.SettlementCodes;
import io.kontor.posting.Roles;
import io.kontor.posting.SettledSum;
import io.kontor.store.Settlement;
import io.kontor.store.SettlementLinks;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Reads out of a settlement's sums what it says of the settlements around it. */
final class SettlementLinking {

  private static final String ELSEWHERE = "fee.mcf";

  private final SettlementCodes codes;

  SettlementLinking(SettlementCodes codes) {
    this.codes = codes;
  }

  SettlementLinks.Link link(Settlement settlement, List<SettledSum> sums) {
    return new SettlementLinks.Link(
        marketplace(sums),
        sum(sums, this::isDebt, -1),
        sum(sums, this::isDebt, 1),
        sum(sums, SettlementLinking::isReserve, 1),
        sum(sums, SettlementLinking::isReserve, -1));
  }

  private boolean isDebt(SettlementCode code) {
    return code.role().equals(Roles.DEBT);
  }

  private static boolean isReserve(SettlementCode code) {
    return code.nature() == SettlementCode.Nature.RESERVE;
  }

  /** What lines of one sign come to; the sign, not the code's name, says which way it goes. */
  private BigDecimal sum(List<SettledSum> sums, Predicate<SettlementCode> which, int sign) {
    return sums.stream()
        .filter(sum -> codes.find(sum.code(), sum.marketplace()).filter(which).isPresent())
        .map(sum -> sum.sum().amount())
        .filter(amount -> amount.signum() == sign)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /**
   * The marketplace that most lines of sales and refunds name; where there are none, most fees, but
   * for those of orders from elsewhere.
   */
  private String marketplace(List<SettledSum> sums) {
    String ofSales = mostNamed(sums, SettlementLinking::isSale);
    return ofSales.isEmpty() ? mostNamed(sums, SettlementLinking::isFeeOfChannel) : ofSales;
  }

  private static boolean isSale(SettlementCode code) {
    return code.nature() == SettlementCode.Nature.SALE
        || code.nature() == SettlementCode.Nature.REFUND;
  }

  private static boolean isFeeOfChannel(SettlementCode code) {
    return code.nature() == SettlementCode.Nature.FEE && !code.role().equals(ELSEWHERE);
  }

  private String mostNamed(List<SettledSum> sums, Predicate<SettlementCode> which) {
    Map<String, Long> lines = new TreeMap<>();
    for (SettledSum sum : sums) {
      boolean counts = codes.find(sum.code(), sum.marketplace()).filter(which).isPresent();
      if (counts && !sum.marketplace().isEmpty()) {
        lines.merge(sum.marketplace(), sum.lines(), Long::sum);
      }
    }
    return lines.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse("");
  }
}
