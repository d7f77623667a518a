package io.kontor.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.money.Money;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatementChainTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static Money eur(String amount) {
    return Money.of(amount, "EUR");
  }

  private static StatementChain.Link link(
      String id, String marketplace, int period, String total, String debtIn) {
    return link(id, marketplace, period, total, debtIn, "0.00", "0.00");
  }

  private static StatementChain.Link link(
      String id,
      String marketplace,
      int period,
      String total,
      String debtIn,
      String reserveIn,
      String reserveHeld) {
    Instant from = START.plus(14L * period, ChronoUnit.DAYS);
    return new StatementChain.Link(
        id,
        marketplace,
        from,
        from.plus(14, ChronoUnit.DAYS),
        eur(total),
        eur(debtIn),
        eur("0.00"),
        eur(reserveIn),
        eur(reserveHeld));
  }

  @Test
  void a_debt_is_carried_into_the_next_settlement_to_the_cent() {
    assertThat(
            StatementChain.check(
                List.of(
                    link("B", "Amazon.de", 1, "0.00", "-50.00"),
                    link("A", "Amazon.de", 0, "-50.00", "0.00"))))
        .isEmpty();
    assertThat(
            StatementChain.check(
                List.of(
                    link("A", "Amazon.de", 0, "-50.00", "0.00"),
                    link("B", "Amazon.de", 1, "0.00", "-49.99"))))
        .containsExactly(
            new StatementChain.NotCarried(
                StatementChain.Matter.DEBT,
                "B",
                Optional.of("A"),
                true,
                eur("50.00"),
                eur("49.99")));
  }

  @Test
  void a_debt_that_nobody_brings_in_again_is_a_break() {
    assertThat(
            StatementChain.check(
                List.of(
                    link("A", "Amazon.de", 0, "-50.00", "0.00"),
                    link("B", "Amazon.de", 1, "10.00", "0.00"))))
        .extracting(StatementChain.Broken::settlement)
        .containsExactly("B");
  }

  @Test
  void each_marketplace_has_a_chain_of_its_own() {
    assertThat(
            StatementChain.check(
                List.of(
                    link("A-de", "Amazon.de", 0, "-50.00", "0.00"),
                    link("A-fr", "Amazon.fr", 0, "20.00", "0.00"),
                    link("B-fr", "Amazon.fr", 1, "30.00", "0.00"),
                    link("B-de", "Amazon.de", 1, "5.00", "-50.00"))))
        .isEmpty();
  }

  @Test
  void a_marketplace_is_one_in_either_case() {
    assertThat(
            StatementChain.check(
                List.of(
                    link("A", "Amazon.de", 0, "-50.00", "0.00"),
                    link("B", "amazon.de", 1, "5.00", "-50.00"))))
        .isEmpty();
  }

  @Test
  void a_settlement_that_names_no_marketplace_continues_the_chain_whose_debt_it_pays() {
    assertThat(
            StatementChain.check(
                List.of(
                    link("A-de", "Amazon.de", 0, "-50.00", "0.00"),
                    link("A-fr", "Amazon.fr", 0, "-20.00", "0.00"),
                    link("B-1", "", 1, "0.00", "-20.00"),
                    link("B-2", "", 1, "0.00", "-50.00"))))
        .isEmpty();
  }

  @Test
  void the_reserve_that_is_brought_in_is_the_one_that_was_held() {
    assertThat(
            StatementChain.check(
                List.of(
                    link("A", "Amazon.de", 0, "100.00", "0.00", "0.00", "-300.00"),
                    link("B", "Amazon.de", 1, "100.00", "0.00", "300.00", "-200.00"),
                    link("C", "Amazon.de", 2, "100.00", "0.00", "250.00", "0.00"))))
        .containsExactly(
            new StatementChain.NotCarried(
                StatementChain.Matter.RESERVE,
                "C",
                Optional.of("B"),
                true,
                eur("200.00"),
                eur("250.00")));
  }

  @Test
  void two_chains_that_meet_at_the_same_moment_are_told_apart_by_their_reserves() {
    assertThat(
            StatementChain.check(
                List.of(
                    link("A-orders", "Amazon.de", 0, "100.00", "0.00", "0.00", "-30.00"),
                    link("A-invoiced", "Amazon.de", 0, "100.00", "0.00", "0.00", "-50.00"),
                    link("B-invoiced", "Amazon.de", 1, "100.00", "0.00", "50.00", "0.00"),
                    link("B-orders", "Amazon.de", 1, "100.00", "0.00", "30.00", "-10.00"))))
        .isEmpty();
  }

  @Test
  void one_settlement_that_is_missing_is_one_break_and_not_one_for_each_that_follows() {
    assertThat(
            StatementChain.check(
                List.of(
                    link("A", "Amazon.fr", 0, "0.00", "0.00", "0.00", "-22.80"),
                    link("C", "Amazon.fr", 2, "90.00", "0.00", "75.10", "-40.00"),
                    link("D", "Amazon.fr", 3, "-12.00", "0.00", "40.00", "-15.00"),
                    link("E", "Amazon.fr", 4, "90.00", "-12.00", "15.00", "0.00"))))
        .containsExactly(
            new StatementChain.NotCarried(
                StatementChain.Matter.RESERVE,
                "C",
                Optional.of("A"),
                false,
                eur("22.80"),
                eur("75.10")));
  }

  @Test
  void what_the_first_settlement_brings_in_cannot_be_proven() {
    assertThat(
            StatementChain.check(
                List.of(link("A", "Amazon.de", 0, "100.00", "0.00", "300.00", "0.00"))))
        .extracting(broken -> ((StatementChain.NotCarried) broken).before())
        .containsExactly(Optional.empty());
  }

  @Test
  void a_settlement_that_is_missing_shows_by_its_days_where_no_sum_shows_it() {
    assertThat(
            StatementChain.check(
                List.of(
                    link("A", "Amazon.de", 0, "100.00", "0.00"),
                    link("C", "Amazon.de", 2, "100.00", "0.00"),
                    link("D", "Amazon.de", 3, "100.00", "0.00"))))
        .containsExactly(
            new StatementChain.Gap(
                "C", "A", START.plus(14, ChronoUnit.DAYS), START.plus(28, ChronoUnit.DAYS)));
  }

  @Test
  void a_settlement_of_no_marketplace_may_be_of_another_chain_and_shows_no_gap() {
    assertThat(
            StatementChain.check(
                List.of(
                    link("A", "Amazon.de", 0, "100.00", "0.00"),
                    link("C", "", 2, "100.00", "0.00"),
                    link("F", "Amazon.fr", 3, "100.00", "0.00"))))
        .isEmpty();
  }

  @Test
  void two_settlements_of_one_period_and_total_are_one_under_two_numbers() {
    assertThat(
            StatementChain.check(
                List.of(
                    link("A", "Amazon.de", 0, "100.00", "0.00"),
                    link("A-fr", "Amazon.fr", 0, "100.00", "0.00"),
                    link("A-again", "Amazon.de", 0, "100.00", "0.00"),
                    link("empty", "Amazon.de", 1, "0.00", "0.00"),
                    link("empty-too", "Amazon.de", 1, "0.00", "0.00"))))
        .containsExactly(new StatementChain.Twin("A-again", "A"));
  }
}
