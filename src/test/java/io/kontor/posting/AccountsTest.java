package io.kontor.posting;

import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.ledger.Account;
import io.kontor.mapping.Chart;
import io.kontor.mapping.PostingRule;
import io.kontor.sales.FactKind;
import io.kontor.sales.Measure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules and charts that the product comes with. */
class AccountsTest {

  /** Every role of the ledger. */
  private static final List<String> ROLES =
      List.of(
          "clearing",
          "receivable",
          "receivable-before-cutover",
          "deposits",
          "revenue.goods",
          "revenue.shipping",
          "revenue.charges",
          "returns",
          "promotion.seller",
          "promotion.channel",
          "vat",
          "tax.facilitated",
          "tax.withheld",
          "fee.commission",
          "fee.commission-shipping",
          "fee.fulfilment",
          "fee.mcf",
          "fee.digital-services",
          "fee.advertising",
          "fee.subscription",
          "fee.storage",
          "fee.refund-admin",
          "tax-on-fees",
          "reimbursement",
          "reserve",
          "disputed",
          "gift-cards",
          "payout-in-transit",
          "payout-verification",
          "bank",
          "payable-to-channel",
          "channel-loans",
          "card-charged",
          "cash",
          "cash-rounding",
          "over-short",
          "rounding",
          "fx.position",
          "fx.result",
          "suspense");

  @ParameterizedTest
  @ValueSource(strings = {"nordwind", "northwind"})
  void a_chart_has_a_row_for_every_role(String entity) {
    Chart chart = SampleBooks.entity(entity).chart();
    assertThat(ROLES).allSatisfy(role -> assertThat(chart.row(new Account(role))).isPresent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"nordwind", "northwind"})
  void a_code_of_a_chart_is_one_account(String entity) {
    Map<String, Chart.Row> byCode = new HashMap<>();
    Map<String, Chart.Row> byFile = new HashMap<>();
    for (Chart.Row row : SampleBooks.entity(entity).chart().rows()) {
      assertThat(byCode.put(row.code(), row)).as(row.code()).isNull();
      assertThat(byFile.put(row.file(), row)).as(row.file()).isNull();
    }
  }

  @Test
  void rules_name_kinds_of_fact_and_measures_that_exist() {
    for (PostingRule rule : SampleBooks.rules()) {
      assertThat(FactKind.of(rule.on())).isNotNull();
      assertThat(rule.legs()).allSatisfy(leg -> assertThat(Measure.NAMES).contains(leg.amount()));
    }
  }

  @Test
  void orders_open_the_clearing_account_that_settlements_relieve() {
    SampleBooks.rules().stream()
        .filter(rule -> !rule.set().equals("till"))
        .flatMap(rule -> rule.legs().stream())
        .filter(leg -> leg.account().startsWith("clearing"))
        .forEach(leg -> assertThat(leg.account()).isEqualTo(AccountPatterns.CLEARING));
  }
}
