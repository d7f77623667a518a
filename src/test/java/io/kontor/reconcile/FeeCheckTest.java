package io.kontor.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.mapping.RateCard;
import io.kontor.money.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FeeCheckTest {

  private static final LocalDate DAY = LocalDate.parse("2026-11-14");

  private final FeeCheck check =
      new FeeCheck(
          new RateCard(
              List.of(
                  rate(RateCard.COMMISSION, "*", "2026-01-01", "15", "0", "0.30"),
                  rate(RateCard.COMMISSION, "BOOK-*", "2026-01-01", "15", "1.80", "0"),
                  rate(RateCard.COMMISSION, "BOOK-RARE", "2026-01-01", "8", "0", "0"),
                  rate(RateCard.FULFILMENT, "*", "2026-06-01", "0", "3.22", "0"))));

  private static RateCard.Rate rate(
      String fee, String sku, String from, String percent, String perUnit, String minimum) {
    return new RateCard.Rate(
        fee,
        sku,
        LocalDate.parse(from),
        Optional.empty(),
        new BigDecimal(percent),
        new BigDecimal(perUnit),
        new BigDecimal(minimum));
  }

  private Optional<FeeCheck.Finding> charged(
      String fee, String sku, int units, String base, String charged) {
    return check.check(
        new FeeCheck.Charge(
            fee,
            "111-1",
            sku,
            BigDecimal.valueOf(units),
            Money.of(base, "USD"),
            Money.of(charged, "USD"),
            1),
        DAY);
  }

  @Test
  void a_fee_as_agreed_is_no_finding_and_neither_is_a_cent_a_unit() {
    assertThat(charged(RateCard.COMMISSION, "MUG", 1, "100.00", "15.00")).isEmpty();
    assertThat(charged(RateCard.COMMISSION, "MUG", 3, "99.99", "15.03")).isEmpty();
    assertThat(charged(RateCard.FULFILMENT, "MUG", 2, "99.99", "6.44")).isEmpty();
  }

  @Test
  void the_minimum_counts_for_each_unit_that_is_sold() {
    assertThat(charged(RateCard.COMMISSION, "PIN", 2, "1.00", "0.60")).isEmpty();
    assertThat(charged(RateCard.COMMISSION, "PIN", 2, "0.00", "0.00")).isEmpty();
  }

  @Test
  void the_most_exact_sku_counts() {
    assertThat(charged(RateCard.COMMISSION, "BOOK-1", 1, "10.00", "3.30")).isEmpty();
    assertThat(charged(RateCard.COMMISSION, "BOOK-RARE", 1, "100.00", "8.00")).isEmpty();
  }

  @Test
  void a_variance_has_a_cause_and_the_money_at_stake() {
    FeeCheck.Finding twice =
        charged(RateCard.COMMISSION, "MUG", 1, "100.00", "30.00").orElseThrow();
    assertThat(twice.cause()).isEqualTo(Cause.CHARGED_TWICE);
    assertThat(twice.atStake()).isEqualTo(Money.of("15.00", "USD"));
    assertThat(charged(RateCard.COMMISSION, "MUG", 1, "100.00", "17.00").orElseThrow().cause())
        .isEqualTo(Cause.RATE);
    assertThat(charged(RateCard.FULFILMENT, "MUG", 1, "100.00", "0.00").orElseThrow().cause())
        .isEqualTo(Cause.NOT_CHARGED);
  }

  @Test
  void a_card_says_nothing_of_days_before_it() {
    FeeCheck.Charge early =
        new FeeCheck.Charge(
            RateCard.FULFILMENT,
            "111-1",
            "MUG",
            BigDecimal.ONE,
            Money.of("10.00", "USD"),
            Money.of("9.99", "USD"),
            1);
    assertThat(check.check(early, LocalDate.parse("2026-05-31"))).isEmpty();
  }
}
