package io.kontor.sales;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The ways money can take through a fact, each as the measures that it counts in: one cent of tax
 * that is shipped is one cent of {@code gross} and one of {@code tax}.
 *
 * <p>Every effect is a sum of such ways, each with an amount of its own, as the equations of {@link
 * Measure} say. So an entry balances for every effect if it balances for each of them.
 */
public final class MoneyFlows {

  private MoneyFlows() {}

  /**
   * The ways through facts of a kind; none through those that move no money.
   *
   * @param capturesReported whether the channel says what was paid; else a refund keeps nothing for
   *     its order
   * @return the names of measures
   */
  public static List<Set<String>> of(FactKind kind, boolean capturesReported) {
    return switch (kind) {
      case PAYMENT_CAPTURED -> captured();
      case SHIPPED -> shipped();
      case REFUNDED -> refunded(capturesReported);
      case RECEIPT_RUNG -> rung();
      case WRITTEN_OFF -> all(List.of(beside(Measure.WRITTEN_OFF)));
      case ORDER_PLACED, ORDER_LINES, ORDER_CANCELLED, SETTLEMENT_RECEIVED -> List.of();
    };
  }

  private static List<Set<String>> captured() {
    return all(
        List.of(
            beside(Measure.ADVANCE_TAX, Measure.ADVANCE_NET),
            with(
                Set.of(Measure.AMOUNT),
                Measure.FROM_GATEWAY,
                Measure.FROM_GIFT_CARD,
                Measure.CASH_ROUNDING)));
  }

  private static List<Set<String>> shipped() {
    return all(
        List.of(
            beside(Measure.ADVANCE_TAX, Measure.ADVANCE_NET, Measure.TAX_BASE),
            beside(Measure.PROMOTION_NET, Measure.SHIPPING_PROMOTION_NET),
            with(
                Set.of(Measure.GROSS),
                Measure.NET,
                Measure.SHIPPING_NET,
                Measure.CHARGE_NET,
                Measure.GIFT_CARD,
                Measure.TAX,
                Measure.FACILITATED_TAX,
                Measure.ROUNDING)));
  }

  private static List<Set<String>> refunded(boolean capturesReported) {
    return all(
        List.of(
            beside(Measure.ADVANCE_TAX, Measure.ADVANCE_NET, Measure.TAX_BASE, Measure.TAKEN_OFF),
            with(
                Set.of(Measure.GROSS, Measure.UNSHIPPED_GROSS),
                Measure.TO_GATEWAY,
                Measure.TO_GIFT_CARD,
                Measure.CASH_ROUNDING),
            with(
                Set.of(Measure.GROSS, Measure.SHIPPED_GROSS, Measure.TO_GATEWAY),
                Measure.RETURNS_NET,
                Measure.GIFT_CARD,
                Measure.TAX,
                Measure.FACILITATED_TAX),
            capturesReported
                ? with(Set.of(Measure.KEPT_FOR_ORDER), Measure.RETURNS_NET)
                : Stream.empty()));
  }

  private static List<Set<String>> rung() {
    return all(
        List.of(
            beside(Measure.TAX_BASE),
            with(
                Set.of(Measure.NET),
                Measure.CASH,
                Measure.CARD,
                Measure.GIFT_CARD_TENDER,
                Measure.OTHER_TENDER,
                Measure.CASH_ROUNDING),
            with(
                Set.of(Measure.CASH),
                Measure.SHIPPING_NET,
                Measure.CHARGE_NET,
                Measure.GIFT_CARD,
                Measure.TAX,
                Measure.FACILITATED_TAX,
                Measure.ROUNDING)));
  }

  /** Each of these alone. */
  private static Stream<Set<String>> beside(String... measures) {
    return Stream.of(measures).map(Set::of);
  }

  /** Each of these parts, together with what it is a part of. */
  private static Stream<Set<String>> with(Set<String> whole, String... parts) {
    return Stream.of(parts)
        .map(part -> Stream.concat(whole.stream(), Stream.of(part)).collect(Collectors.toSet()));
  }

  private static List<Set<String>> all(List<Stream<Set<String>>> flows) {
    return flows.stream().flatMap(each -> each).toList();
  }
}
