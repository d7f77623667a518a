package io.kontor.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatchingTest {

  private static Money eur(String amount) {
    return Money.of(amount, "EUR");
  }

  private static OrderSides known(
      String charged, String refunded, String sales, String refunds, String before) {
    return sides(Standing.KNOWN, charged, charged, refunded, sales, refunds, before);
  }

  private static OrderSides sides(
      Standing standing,
      String charged,
      String due,
      String refunded,
      String sales,
      String refunds,
      String before) {
    return new OrderSides(
        "111-1",
        standing,
        new OrderSides.Ledger(
            eur(charged), eur(due), eur(due), eur(refunded), eur(refunded), eur(refunded)),
        eur(sales),
        eur(refunds),
        true,
        eur(before),
        eur("19.00"),
        eur("-15.00"),
        5);
  }

  @ParameterizedTest(name = "charged {0}, refunded {1}, settled {2} and {3}: {5} {6}")
  @CsvSource({
    "119.00, 0.00, 119.00, 0.00, 0.00, MATCHED, NONE",
    "119.00, 20.00, 119.00, -20.00, 0.00, MATCHED, NONE",
    "119.00, 20.00, 99.00, 0.00, 0.00, MATCHED, NONE",
    "119.00, 20.00, 119.00, 0.00, 0.00, DIFFERS, MISSING_REFUND",
    "119.00, 20.00, 119.00, -19.99, 0.00, DIFFERS, CENTS",
    "119.00, 20.00, 119.00, -12.00, 0.00, DIFFERS, PARTIAL_REFUND",
    "119.00, 20.00, 119.00, -32.00, 0.00, DIFFERS, REFUND_ABOVE",
    "119.00, 0.00, 118.98, 0.00, 0.00, DIFFERS, CENTS",
    "119.00, 0.00, 100.00, 0.00, 0.00, DIFFERS, TAX",
    "119.00, 0.00, 104.00, 0.00, 0.00, DIFFERS, FEE",
    "119.00, 0.00, 60.00, 0.00, 0.00, DIFFERS, MISSING_LINE",
    "119.00, 0.00, 150.00, 0.00, 0.00, DIFFERS, AMOUNT",
    "119.00, 0.00, 238.00, 0.00, 119.00, DUPLICATE, SETTLED_TWICE",
    "119.00, 0.00, 238.00, 0.00, 0.00, DUPLICATE, SETTLED_TWICE",
    "119.00, 0.00, 129.00, 0.00, 119.00, DUPLICATE, SETTLED_TWICE"
  })
  void an_order_comes_out_with_its_likely_cause(
      String charged,
      String refunded,
      String sales,
      String refunds,
      String before,
      Outcome outcome,
      Cause cause) {
    Match match = Matching.of(known(charged, refunded, sales, refunds, before));
    assertThat(match.outcome()).isEqualTo(outcome);
    assertThat(match.cause()).isEqualTo(cause);
    assertThat(match.variance().isZero()).isEqualTo(outcome == Outcome.MATCHED);
  }

  @Test
  void what_is_not_due_yet_may_be_missing() {
    assertThat(
            Matching.of(sides(Standing.KNOWN, "119.00", "60.00", "0.00", "60.00", "0.00", "0.00"))
                .outcome())
        .isEqualTo(Outcome.MATCHED);
    assertThat(
            Matching.of(sides(Standing.KNOWN, "119.00", "0.00", "0.00", "118.00", "0.00", "0.00"))
                .outcome())
        .isEqualTo(Outcome.DIFFERS);
  }

  @Test
  void an_order_of_which_nothing_is_recorded_is_unknown_with_all_it_comes_to() {
    Match match =
        Matching.of(sides(Standing.UNKNOWN, "0.00", "0.00", "0.00", "50.00", "-5.00", "0.00"));
    assertThat(match.outcome()).isEqualTo(Outcome.UNKNOWN_ORDER);
    assertThat(match.variance()).isEqualTo(eur("45.00"));
  }

  @Test
  void orders_before_the_cut_over_and_revenue_by_settlement_are_no_breaks() {
    for (Standing standing : new Standing[] {Standing.BEFORE_CUTOVER, Standing.RECOGNISED}) {
      Match match = Matching.of(sides(standing, "0.00", "0.00", "0.00", "50.00", "0.00", "0.00"));
      assertThat(match.outcome().isBreak()).isFalse();
      assertThat(match.variance().isZero()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "false, false, 0.00, NOT_SETTLED",
    "true, false, 60.00, MISSING_LINE",
    "true, true, 119.00, MISSING_REFUND",
  })
  void what_is_overdue_is_missing_whole_or_in_part_or_its_refund_is(
      boolean settled, boolean paid, String found, Cause cause) {
    Match match = Matching.overdue("111-1", settled, paid, eur("100.00"), eur(found));
    assertThat(match.outcome()).isEqualTo(Outcome.MISSING);
    assertThat(match.cause()).isEqualTo(cause);
  }

  @ParameterizedTest(name = "{0}, charged {1}, settled {2} and {3}: {4} {5}")
  @CsvSource({
    "KNOWN, 119.00, 119.00, -119.00, MATCHED, NONE",
    "KNOWN, 119.00, 119.00, -119.02, MATCHED, NONE",
    "KNOWN, 119.00, 119.00, -238.00, DIFFERS, REFUND_ABOVE_SALE",
    "KNOWN, 119.00, 0.00, -150.00, DIFFERS, MISSING_LINE",
    "RECOGNISED, 0.00, 119.00, -119.00, RECOGNISED, NONE",
    "RECOGNISED, 0.00, 119.00, -238.00, DIFFERS, REFUND_ABOVE_SALE",
    "RECOGNISED, 0.00, 0.00, -119.00, RECOGNISED, NONE",
    "BEFORE_CUTOVER, 0.00, 0.00, -119.00, BEFORE_CUTOVER, NONE"
  })
  void refunds_that_only_settlements_report_are_not_above_the_sale(
      Standing standing,
      String charged,
      String sales,
      String refunds,
      Outcome outcome,
      Cause cause) {
    Money zero = eur("0.00");
    Match match =
        Matching.of(
            new OrderSides(
                "111-1",
                standing,
                new OrderSides.Ledger(eur(charged), eur(charged), eur(charged), zero, zero, zero),
                eur(sales),
                eur(refunds),
                false,
                zero,
                eur("19.00"),
                eur("-15.00"),
                5));
    assertThat(match.outcome()).isEqualTo(outcome);
    assertThat(match.cause()).isEqualTo(cause);
  }
}
