package io.kontor.posting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kontor.failure.UnmappedFailure;
import io.kontor.ledger.Account;
import io.kontor.ledger.JournalEntry;
import io.kontor.ledger.Posting;
import io.kontor.mapping.Entity;
import io.kontor.money.Money;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExchangeTest {

  private static final LocalDate DAY = LocalDate.parse("2026-11-19");

  private final Exchange exchange =
      new Exchange(SampleBooks.entity("nordwind", Entity.VatPoint.SHIPMENT, SampleBooks.RATES));

  @Test
  void what_balances_in_its_currency_balances_in_the_entitys() {
    List<Posting> postings =
        exchange(
            DAY,
            posting("clearing:x", "100"),
            posting("vat:jp", "-33"),
            posting("a", "-33"),
            posting("b", "-34"));

    assertThat(postings)
        .extracting(p -> p.functional().toString())
        .containsExactly("0.62 EUR", "-0.21 EUR", "-0.20 EUR", "-0.21 EUR");
  }

  @Test
  void what_is_in_the_entitys_own_currency_stays_as_it_is() {
    Posting debit = new Posting(new Account("a"), Money.of("1.00", "EUR"));
    Posting credit = new Posting(new Account("b"), Money.of("-1.00", "EUR"));

    assertThat(exchange(DAY, debit, credit)).containsExactly(debit, credit);
  }

  @Test
  void a_rate_holds_for_some_days_and_not_for_ever() {
    assertThat(exchange(DAY.plusDays(7), posting("a", "100"), posting("b", "-100"))).hasSize(2);

    assertThatThrownBy(() -> exchange(DAY.plusDays(8), posting("a", "100"), posting("b", "-100")))
        .isInstanceOf(UnmappedFailure.class)
        .hasMessageContaining("there is no rate of JPY for 2026-11-27 or the 7 days before");
  }

  @Test
  void an_entry_that_balances_in_its_currency_alone_cannot_exist() {
    Money yen = Money.of("100", "JPY");
    Posting debit = new Posting(new Account("a"), yen, Money.of("0.62", "EUR"));
    Posting credit = new Posting(new Account("b"), yen.negated(), Money.of("-0.61", "EUR"));

    assertThatThrownBy(
            () ->
                new JournalEntry(
                    "nordwind",
                    "shopify",
                    DAY,
                    "shipment",
                    "fact",
                    "rule",
                    "mappings",
                    List.of(debit, credit)))
        .hasMessageContaining("0.01 EUR");
  }

  private static Posting posting(String account, String yen) {
    return new Posting(new Account(account), Money.of(yen, "JPY"));
  }

  private List<Posting> exchange(LocalDate day, Posting... postings) {
    return exchange.of(List.of(postings), day, "fact");
  }
}
