package io.kontor.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kontor.ledger.BookEntry;
import io.kontor.mapping.Chart;
import io.kontor.mapping.Consequence;
import io.kontor.mapping.Entity;
import io.kontor.store.OnBothDatabases;
import io.kontor.store.PostingBatch;
import io.kontor.store.TestDatabase;
import io.kontor.work.proof.Parity;
import io.kontor.work.proof.TieOut;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A chart of accounts changes between the proposal of a batch and the proof that it is posted. */
class FrozenBatchTest {

  private static final LocalDate DAY = LocalDate.of(2026, 11, 19);
  private static final String REVENUE = "revenue.goods:shopify-eu:de:19";

  @OnBothDatabases
  void a_batch_that_the_chart_left_behind_is_not_approved_but_proposed_anew(TestDatabase db) {
    Finance before = new Finance(db);
    before.sell("1", DAY, "119.00");
    PostingBatch batch = before.propose(DAY, Actor.HUB);
    Finance after = before.withChart(revenueOn("8499"), "olga");

    assertThatThrownBy(
            () -> after.approvals.approve(batch.id(), batch.hash(), Finance.CHRIS, "looked"))
        .hasMessageContaining(
            "since batch nordwind/shopify-eu/2026-11-19/1 was proposed the mappings have changed: "
                + REVENUE
                + " was 4000 ")
        .hasMessageContaining(" and is 8499 ")
        .hasMessageEndingWith(
            "Reject batch " + batch.id() + " and run settle: it is proposed anew");
    assertThat(after.refusals(batch.id(), "approve-refused")).hasSize(1);

    after.rejections.reject(batch.id(), Finance.CHRIS, "the chart changed");
    PostingBatch anew = after.propose(DAY, Actor.HUB);
    assertThat(anew.hash()).isNotEqualTo(batch.hash());
    assertThat(anew.makers()).as("who wrote the chart has a hand in it").contains("olga");
    after.approvals.approve(anew.id(), anew.hash(), Finance.CHRIS, "looked");
    after.posting(after.ledger).deliverDue(Consequence.POST_TO_ODOO);
    assertThat(codes(after)).contains("8499").doesNotContain("4000");
    assertNothingDiffers(after);
  }

  @OnBothDatabases
  void what_is_approved_is_posted_as_it_was_shown_and_proven_as_it_was_posted(TestDatabase db) {
    Finance before = new Finance(db);
    before.sell("1", DAY, "119.00");
    PostingBatch batch = before.propose(DAY, Actor.HUB);
    before.approvals.approve(batch.id(), batch.hash(), Finance.CHRIS, "looked");
    Finance after = before.withChart(revenueOn("8499"), "olga");

    after.posting(after.ledger).deliverDue(Consequence.POST_TO_ODOO);
    after.sell("2", DAY.plusDays(1), "50.00");
    PostingBatch next = after.propose(DAY.plusDays(1), Actor.HUB);
    after.approvals.approve(next.id(), next.hash(), Finance.CHRIS, "looked");
    after.posting(after.ledger).deliverDue(Consequence.POST_TO_ODOO);

    assertThat(codes(after)).contains("4000", "8499");
    assertNothingDiffers(after);
  }

  @OnBothDatabases
  void a_batch_with_an_account_that_is_in_no_chart_waits_and_says_which(TestDatabase db) {
    Finance finance = new Finance(db);
    Finance without =
        finance.withChart(
            chart ->
                new Chart(
                    chart.rows().stream()
                        .filter(row -> !row.account().startsWith("revenue.goods"))
                        .toList()),
            "olga");
    without.sell("1", DAY, "119.00");

    PostingBatch batch = without.propose(DAY, Actor.HUB);

    assertThat(batch.state()).isEqualTo(PostingBatch.State.WAITING);
    assertThat(batch.reasons()).contains("the chart has no row for " + REVENUE);
    assertThatThrownBy(
            () -> without.approvals.approve(batch.id(), batch.hash(), Finance.CHRIS, "looked"))
        .hasMessageStartingWith("mappings/accounts/nordwind/chart.csv had no row for " + REVENUE);
  }

  private static UnaryOperator<Chart> revenueOn(String code) {
    return chart ->
        new Chart(
            chart.rows().stream()
                .map(
                    row ->
                        row.account().startsWith("revenue.goods")
                            ? new Chart.Row(row.account(), code, row.name(), row.type(), row.file())
                            : row)
                .toList());
  }

  private static Set<String> codes(Finance finance) {
    return finance.ledger.held.values().stream()
        .flatMap(entry -> entry.lines().stream())
        .map(BookEntry.Line::code)
        .collect(Collectors.toSet());
  }

  private static void assertNothingDiffers(Finance finance) {
    Parity parity = new Parity(finance.entity());
    finance
        .store
        .database()
        .inTransaction(
            tx -> finance.store.journalSums().booked(tx, Finance.ENTITY, Entity.Target.ODOO.name()))
        .forEach(parity::add);
    List<TieOut.Book> rows =
        parity.rows(
            Entity.Target.ODOO,
            finance.ledger.balances(finance.entity(), DAY.plusDays(1), leftOut -> {}));
    assertThat(rows)
        .isNotEmpty()
        .allSatisfy(row -> assertThat(row.difference().isZero()).as("%s", row).isTrue());
  }
}
