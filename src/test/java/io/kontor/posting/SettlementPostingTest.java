package io.kontor.posting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kontor.failure.RejectedFailure;
import io.kontor.ledger.Account;
import io.kontor.ledger.Balances;
import io.kontor.ledger.DailyBalances;
import io.kontor.ledger.JournalEntry;
import io.kontor.ledger.Posting;
import io.kontor.mapping.Channel.Recognition;
import io.kontor.mapping.Entity;
import io.kontor.mapping.Rates;
import io.kontor.mapping.statement.FeeTax;
import io.kontor.mapping.statement.SettlementCode;
import io.kontor.mapping.statement.SettlementCodes;
import io.kontor.money.Money;
import io.kontor.sales.Problem;
import io.kontor.sales.SettlementReceived;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettlementPostingTest {

  private static final String SETTLEMENT =
      """
      channel amazon uncaptured order
      code SALE revenue.goods principal
      code OTHER payable-to-channel debt
      settlement 9001 2026-11-14T10:00:00Z %s EUR
      """;

  @Test
  void lines_that_miss_the_total_by_a_cent_are_refused_with_both_numbers() {
    FactText text = text("100.01", "  sum KNOWN 2026-11 100.00 1 principal\n");
    assertThatThrownBy(() -> post(text, Map.of()))
        .isInstanceOf(RejectedFailure.class)
        .hasMessage("the lines of settlement 9001 come to 100.00 EUR, its total is 100.01 EUR");
  }

  @Test
  void what_stood_in_suspense_moves_when_its_code_becomes_known() {
    FactText text =
        text(
            "90.00",
"""
  sum KNOWN 2026-11 100.00 1 principal
  sum NONE 2026-11 -10.00 1 levy
""");
    SettlementPosting.Outcome first = post(text, Map.of());
    assertThat(first.problems()).extracting(Problem::code).containsExactly("unknown-code");
    assertThat(first.problems().get(0).reference())
        .isEqualTo("nordwind/amazon/settlement-received/9001/levy");
    text.codes.add(
        new SettlementCode(
            "levy", "", SettlementCode.Nature.FEE, "fee.digital-services", FeeTax.NONE));
    SettlementPosting.Outcome second = post(text, booked(first.entries()));
    assertThat(second.problems()).isEmpty();
    assertThat(lines(second.entries()))
        .containsExactly("fee.digital-services:amazon 10.00 EUR", "suspense:amazon -10.00 EUR");
    assertThat(second.entries().get(0).narration()).endsWith(", corrected");
  }

  @Test
  void a_settlement_posted_once_is_posted() {
    FactText text = text("100.00", "  sum KNOWN 2026-11 100.00 1 principal\n");
    assertThat(post(text, booked(post(text, Map.of()).entries())).entries()).isEmpty();
  }

  @Test
  void a_settlement_in_another_currency_posted_once_is_posted() {
    FactText text =
        FactText.of(
            """
            channel amazon uncaptured order
            code SALE revenue.goods principal
            code FEE fee.commission commission
            code FEE fee.fulfilment fulfilment
            settlement 9001 2026-11-19T10:00:00Z 55 JPY
              sum KNOWN 2026-11 121 1 principal
              sum KNOWN 2026-11 -33 1 commission
              sum KNOWN 2026-11 -33 1 fulfilment
            """);
    JournalEntry entry = post(text, Map.of()).entries().get(0);
    assertThat(entry.postings())
        .extracting(posting -> posting.functional().currency().getCurrencyCode())
        .containsOnly("EUR");
    assertThat(post(text, booked(List.of(entry))).entries()).isEmpty();
  }

  @Test
  void a_rate_corrected_after_everything_was_used_up_goes_to_the_result() {
    String rated =
        """
        channel amazon uncaptured order
        rate 2026-11-19 USD %s
        code SALE revenue.goods principal
        settlement 9001 2026-11-19T10:00:00Z 100.00 USD
          sum KNOWN 2026-11 100.00 1 principal
        """;
    Posting carried =
        new Posting(
            new Account("clearing:amazon:marketplace:USD"),
            Money.of("100.00", "USD"),
            Money.of("92.00", "EUR"));
    Balances shipped = Balances.of(List.of(carried));
    List<JournalEntry> first =
        post(FactText.of(rated.formatted("0.90")), Map.of(), shipped).entries();
    assertThat(lines(first))
        .contains("fx.result 2.00 EUR", "fx.position:clearing:amazon:marketplace:USD -2.00 EUR");
    Balances ledger = Balances.of(shipped.postings());
    first.get(0).postings().forEach(ledger::add);
    List<JournalEntry> second =
        post(FactText.of(rated.formatted("0.91")), booked(first), ledger).entries();
    assertThat(lines(second))
        .contains("fx.result -1.00 EUR", "fx.position:clearing:amazon:marketplace:USD 1.00 EUR");
  }

  @Test
  void debt_carried_over_into_new_debt_stands_on_one_account() {
    FactText text =
        text(
            "-30.00",
"""
  sum KNOWN 2026-11 20.00 1 principal
  sum NONE 2026-11 -50.00 1 debt
""");
    assertThat(lines(post(text, Map.of()).entries()))
        .containsExactly(
            "payable-to-channel:amazon 20.00 EUR", "clearing:amazon:marketplace:EUR -20.00 EUR");
  }

  @Test
  void problems_name_each_code_once_with_its_count_and_sum() {
    FactText text =
        text(
            "60.00",
            """
              sum UNKNOWN 2026-10 10.00 1 principal
              sum UNKNOWN 2026-11 20.00 2 principal
              sum NONE 2026-11 30.00 3 principal
            """);
    SettlementPosting.Outcome outcome = post(text, Map.of());
    assertThat(outcome.problems())
        .extracting(Problem::message)
        .containsExactly(
            "lines of code 'principal': 6, together 60.00 EUR, stand in suspense: "
                + "nothing is recorded of their orders");
    assertThat(outcome.entries()).hasSize(2);
  }

  @Test
  void what_a_correction_takes_out_of_a_month_is_not_booked_before_it_came_there() {
    FactText september = of("2026-09-14T10:00:00Z", "2026-09");
    List<JournalEntry> first = post(september, Map.of()).entries();
    assertThat(first).extracting(JournalEntry::date).containsExactly(LocalDate.of(2026, 9, 14));
    List<JournalEntry> moved = post(of("2026-08-31T10:00:00Z", "2026-08"), booked(first)).entries();
    assertThat(moved)
        .extracting(JournalEntry::date)
        .containsExactly(LocalDate.of(2026, 8, 31), LocalDate.of(2026, 9, 14));
  }

  private static FactText of(String end, String month) {
    return FactText.of(
        """
        channel amazon uncaptured order
        code SALE revenue.goods principal
        settlement 9001 %s 100.00 EUR
          sum KNOWN %s 100.00 1 principal
        """
            .formatted(end, month));
  }

  private static Map<YearMonth, DailyBalances> booked(List<JournalEntry> entries) {
    DailyBalances booked = new DailyBalances();
    entries.forEach(booked::add);
    return booked.months();
  }

  private static FactText text(String total, String sums) {
    return FactText.of(SETTLEMENT.formatted(total) + sums.indent(2));
  }

  private static SettlementPosting.Outcome post(
      FactText text, Map<YearMonth, DailyBalances> posted) {
    return post(text, posted, new Balances());
  }

  private static SettlementPosting.Outcome post(
      FactText text, Map<YearMonth, DailyBalances> posted, Balances ledger) {
    Rates rates =
        text.rates.isEmpty() ? SampleBooks.RATES : new Rates(Rates.USUAL_DAYS, text.rates);
    SettlementReceived settlement = (SettlementReceived) text.facts.get(0);
    return new SettlementPosting(
            SampleBooks.channel(
                "amazon", "uncaptured", false, Recognition.ORDER, LocalDate.parse("2026-01-01")),
            SampleBooks.entity(FactText.ENTITY, Entity.VatPoint.SHIPMENT, rates),
            SettlementCodes.of(text.codes),
            SampleBooks.MAPPINGS)
        .entries(settlement, text.sums.get(settlement), posted, day -> ledger);
  }

  private static List<String> lines(List<JournalEntry> entries) {
    return entries.stream()
        .flatMap(entry -> entry.postings().stream())
        .map(posting -> posting.account() + " " + posting.amount())
        .toList();
  }
}
