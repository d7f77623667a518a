package io.kontor.odoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.money.Money;
import io.kontor.odoo.DeliveryOutcome.Delivered;
import io.kontor.odoo.DeliveryOutcome.Refused;
import io.kontor.odoo.document.OdooEntry;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How a journal entry arrives and is posted, once. */
interface EntriesContract extends OdooContract {

  @Test
  default void entries_are_posted_once_and_add_up_by_account() {
    OdooEntry sale =
        fixture()
            .entry(
                "200",
                OdooFixture.DE,
                fixture().line("200a", "179001", Money.of("95.00", "EUR")),
                fixture().line("200b", "679001", Money.of("5.00", "EUR")),
                fixture().line("200c", "479001", Money.of("-100.00", "EUR")));
    OdooEntry other = fixture().sale("201", "0.10");

    List<DeliveryOutcome> first = entries().deliver(List.of(sale, other));
    port().forget();
    List<DeliveryOutcome> second = entries().deliver(List.of(sale, other));

    assertThat(first).allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Delivered.class));
    assertThat(((Delivered) first.get(0)).totalInOdoo()).isEqualTo(Money.of("100.00", "EUR"));
    assertThat(second).allSatisfy(outcome -> assertThat(((Delivered) outcome).changed()).isFalse());
    assertThat(port().calls("account.move.load")).isZero();
    assertThat(port().calls("account.move.action_post")).isZero();
    assertThat(located(sale).isPosted()).isTrue();
    Map<String, AccountSum> sums =
        sumsByAccount(
            LocalDate.of(2026, 11, 1), LocalDate.of(2026, 11, 30), fixture().entryPrefix() + "20");
    assertThat(sums.keySet()).containsExactly("179001", "479001", "679001");
    assertThat(sums.get("179001").balance()).isEqualTo(Money.of("95.10", "EUR"));
    assertThat(sums.get("479001").balance()).isEqualTo(Money.of("-100.10", "EUR"));
    assertThat(sums.get("479001").lines()).isEqualTo(2);
  }

  @Test
  default void lines_in_another_currency_keep_both_amounts() {
    OdooEntry entry =
        fixture()
            .entry(
                "210",
                OdooFixture.US,
                fixture()
                    .line("210a", "179001", Money.of("100.00", "EUR"), Money.of("110.00", "USD")),
                fixture()
                    .line(
                        "210b", "479001", Money.of("-100.00", "EUR"), Money.of("-110.00", "USD")));

    Delivered delivered = delivered(entry);

    assertThat(delivered.totalInOdoo()).isEqualTo(Money.of("110.00", "USD"));
    assertThat(located(entry).total()).isEqualTo(Money.of("110.00", "USD"));
  }

  @Test
  default void an_unknown_account_is_named_and_the_other_entries_go_on() {
    List<DeliveryOutcome> outcomes =
        entries()
            .deliver(
                List.of(
                    fixture()
                        .entry(
                            "220",
                            OdooFixture.DE,
                            fixture().line("220a", "000000", Money.of("1.00", "EUR")),
                            fixture().line("220b", "479001", Money.of("-1.00", "EUR"))),
                    fixture().sale("221", "1.00")));

    Refused refused = (Refused) outcomes.get(0);
    assertThat(refused.failure().code()).isEqualTo("unknown-account");
    assertThat(refused.failure().reference()).isEqualTo("000000");
    assertThat(outcomes.get(1)).isInstanceOf(Delivered.class);
  }

  @Test
  default void an_entry_that_is_posted_with_other_amounts_is_refused() {
    delivered(fixture().sale("230", "1.00"));

    assertThat(refused(fixture().sale("230", "2.00")).failure().code()).isEqualTo("entry-differs");
  }

  @Test
  default void the_taxes_that_odoo_suggests_for_an_account_do_not_come_onto_its_lines() {
    References references = new References(client());
    long company = references.company(OdooFixture.DE);
    long account = references.accounts().ids(company, Set.of("479001")).get("479001");
    long tax = references.taxes(Set.of(OdooFixture.DE_19)).get(OdooFixture.DE_19);
    suggest(account, List.of(tax));
    try {
      OdooEntry entry = fixture().sale("239", "119.00");

      assertThat(delivered(entry).totalInOdoo()).isEqualTo(Money.of("119.00", "EUR"));
      assertThat(located(entry).total()).isEqualTo(Money.of("119.00", "EUR"));
    } finally {
      suggest(account, List.of());
    }
  }

  private void suggest(long account, List<Long> taxes) {
    write("account.account", account, Map.of("tax_ids", List.of(List.of(6, 0, taxes))));
  }
}
