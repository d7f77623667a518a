package io.kontor.work.settlement;

import io.kontor.mapping.SettlementCode;
import io.kontor.mapping.SettlementCodes;
import io.kontor.posting.Roles;
import io.kontor.posting.SettledSum;
import io.kontor.store.Settlement;
import io.kontor.store.SettlementLinks;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads out of a settlement's sums what it says of the settlements around it. */
final class SettlementLinking {

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
  private BigDecimal sum(
      List<SettledSum> sums, java.util.function.Predicate<SettlementCode> which, int sign) {
    return sums.stream()
        .filter(sum -> codes.find(sum.code(), sum.marketplace()).filter(which).isPresent())
        .map(sum -> sum.sum().amount())
        .filter(amount -> amount.signum() == sign)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** The marketplace that most lines of sales and refunds name. */
  private String marketplace(List<SettledSum> sums) {
    Map<String, Long> lines = new TreeMap<>();
    for (SettledSum sum : sums) {
      Optional<SettlementCode> code = codes.find(sum.code(), sum.marketplace());
      boolean sale =
          code.map(SettlementCode::nature)
              .filter(
                  nature ->
                      nature == SettlementCode.Nature.SALE
                          || nature == SettlementCode.Nature.REFUND)
              .isPresent();
      if (sale && !sum.marketplace().isEmpty()) {
        lines.merge(sum.marketplace(), sum.lines(), Long::sum);
      }
    }
    return lines.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse("");
  }
}
