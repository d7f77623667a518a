package io.kontor.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kontor.document.RawDocument;
import io.kontor.ledger.Account;
import io.kontor.ledger.Posting;
import io.kontor.mapping.Consequence;
import io.kontor.money.Money;
import io.kontor.sales.OrderKey;
import io.kontor.store.Archive;
import io.kontor.store.Desk;
import io.kontor.store.OnBothDatabases;
import io.kontor.store.PostingBatch;
import io.kontor.store.RawOutcome;
import io.kontor.store.Settlement;
import io.kontor.store.SettlementImports;
import io.kontor.store.TestDatabase;
import io.kontor.store.WorkItem;
import io.kontor.store.WorkItems;
import io.kontor.work.desk.DeskWork;
import io.kontor.work.settlement.Reconciliation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

class ApprovalsTest {

  private static final LocalDate DAY = LocalDate.of(2026, 11, 19);

  @OnBothDatabases
  void who_had_the_night_run_does_not_approve_its_batch(TestDatabase db) {
    Finance finance = new Finance(db);
    finance.sell("1", DAY, "119.00");
    PostingBatch batch = finance.propose(DAY, Finance.MONA);

    assertThatThrownBy(
            () -> finance.approvals.approve(batch.id(), batch.hash(), Finance.MONA, "mine"))
        .hasMessageContaining("mona has work in batch " + batch.id());
    assertThat(finance.refusals(batch.id(), "approve-refused"))
        .containsExactly(
            "mona: mona has work in batch " + batch.id() + ": somebody else has to approve it");
    finance.approvals.approve(batch.id(), batch.hash(), Finance.CHRIS, "seen");
    assertThat(finance.find(batch.id()).checker()).contains("chris");
  }

  @OnBothDatabases
  void a_batch_that_changed_since_it_was_looked_at_is_not_approved(TestDatabase db) {
    Finance finance = new Finance(db);
    finance.sell("1", DAY, "119.00");
    finance.sell("2", DAY, "50.00");
    PostingBatch batch = finance.propose(DAY, Actor.HUB);
    finance.rejections.reject(batch.id(), Finance.MONA, "again");
    PostingBatch again = finance.propose(DAY, Actor.HUB);
    // The same entries on other days are another content.
    db.run(tx -> db.store.batches().reject(tx, again.id(), "x", ""));
    finance.periods.lock(Finance.ENTITY, YearMonth.of(2026, 10), Finance.CHRIS, "closed");
    finance.sell("3", LocalDate.of(2026, 10, 30), "10.00");
    PostingBatch other = finance.propose(DAY, Actor.HUB);

    assertThatThrownBy(() -> finance.approvals.approve(other.id(), batch.hash(), Finance.CHRIS, ""))
        .hasMessageContaining("look at it again");
    assertThat(finance.refusals(other.id(), "approve-refused"))
        .singleElement()
        .asString()
        .startsWith("chris: the content of batch " + other.id());
    assertThat(again.hash()).isEqualTo(batch.hash());
    assertThat(other.hash()).isNotEqualTo(batch.hash());
  }

  @OnBothDatabases
  void a_batch_is_approved_once(TestDatabase db) {
    Finance finance = new Finance(db);
    finance.sell("1", DAY, "119.00");
    PostingBatch batch = finance.propose(DAY, Actor.HUB);
    finance.approvals.approve(batch.id(), batch.hash(), Finance.CHRIS, "");

    assertThatThrownBy(() -> finance.approvals.approve(batch.id(), batch.hash(), Finance.MONA, ""))
        .hasMessageContaining("is approved already, by chris: nothing is posted twice");
    finance.posting(finance.ledger).deliverDue(Consequence.POST_TO_ODOO);
    assertThatThrownBy(() -> finance.rejections.reject(batch.id(), Finance.MONA, "no"))
        .hasMessageContaining("is posted already, by chris: it cannot be rejected any more");
    assertThat(finance.refusals(batch.id(), "approve-refused")).hasSize(1);
    assertThat(finance.refusals(batch.id(), "reject-refused")).hasSize(1);
  }

  @OnBothDatabases
  void who_edited_a_document_has_work_in_what_it_came_to(TestDatabase db) {
    Finance finance = new Finance(db);
    finance.sell("1", DAY, "1.00");
    RawDocument broken = raw("2", "{");
    db.run(
        tx ->
            db.store
                .archive()
                .addNew(tx, List.of(new Archive.NewDocument(broken, RawOutcome.WAITING))));
    long item = open(db, "not-json", "document 2", Optional.of(broken.id()));
    DeskWork desk =
        finance.desk(
            (edited, within) -> {
              finance.sell("2", DAY, "2.00", edited.id());
              db.run(
                  tx -> {
                    within.before(tx);
                    within.after(tx, true);
                  });
              return true;
            });
    db.clock.goOn(Duration.ofMinutes(1));

    desk.edit(item, "{}".getBytes(StandardCharsets.UTF_8), Finance.OLGA);
    PostingBatch batch = finance.propose(DAY, Actor.HUB);

    assertThat(batch.makers()).containsExactlyInAnyOrder("kontor", "olga");
    assertThatThrownBy(() -> finance.approvals.approve(batch.id(), batch.hash(), Finance.OLGA, ""))
        .hasMessageContaining("olga has work in batch");
    assertThat(finance.refusals(batch.id(), "approve-refused")).hasSize(1);
  }

  @OnBothDatabases
  void who_edited_a_document_has_work_in_it_wherever_the_hub_is_killed(TestDatabase db) {
    Finance finance = new Finance(db);
    RawDocument broken = raw("2", "{");
    db.run(
        tx ->
            db.store
                .archive()
                .addNew(tx, List.of(new Archive.NewDocument(broken, RawOutcome.WAITING))));
    long item = open(db, "not-json", "document 2", Optional.of(broken.id()));
    DeskWork desk =
        finance.desk(
            (edited, within) -> {
              finance.sell("2", DAY, "2.00", edited.id());
              db.run(
                  tx -> {
                    within.before(tx);
                    within.after(tx, true);
                  });
              throw new IllegalStateException("killed");
            });

    assertThatThrownBy(() -> desk.edit(item, "{}".getBytes(StandardCharsets.UTF_8), Finance.OLGA))
        .hasMessage("killed");

    assertThat(finance.propose(DAY, Actor.HUB).makers())
        .containsExactlyInAnyOrder("kontor", "olga");
  }

  @OnBothDatabases
  void who_edited_a_document_has_work_in_it_also_if_somebody_else_had_it_read(TestDatabase db) {
    Finance finance = new Finance(db);
    RawDocument broken = raw("2", "{");
    db.run(
        tx ->
            db.store
                .archive()
                .addNew(tx, List.of(new Archive.NewDocument(broken, RawOutcome.WAITING))));
    long item = open(db, "not-json", "document 2", Optional.of(broken.id()));
    List<RawDocument> read = new ArrayList<>();
    DeskWork desk =
        finance.desk(
            (edited, within) -> {
              read.add(edited);
              db.run(
                  tx -> {
                    within.before(tx);
                    within.after(tx, false);
                  });
              return false;
            });
    desk.edit(item, "{}".getBytes(StandardCharsets.UTF_8), Finance.OLGA);
    db.clock.goOn(Duration.ofMinutes(1));
    finance.sell("2", DAY, "2.00", read.get(0).id());

    assertThat(finance.propose(DAY, Actor.HUB).makers())
        .containsExactlyInAnyOrder("kontor", "olga");
  }

  @OnBothDatabases
  void who_edited_an_order_has_no_work_in_others_nor_in_what_was_booked_before(TestDatabase db) {
    Finance finance = new Finance(db);
    finance.sell("1", DAY, "1.00");
    db.clock.goOn(Duration.ofMinutes(1));
    db.run(
        tx ->
            db.store
                .makers()
                .onward(tx, List.of(Finance.order("1").toString()), "olga", "edit", tx.now()));
    db.clock.goOn(Duration.ofMinutes(1));
    finance.sell("2", DAY, "2.00");

    assertThat(finance.propose(DAY, Actor.HUB).makers()).containsExactly("kontor");
  }

  @OnBothDatabases
  void who_resolved_an_item_after_the_batch_was_proposed_cannot_approve_it(TestDatabase db) {
    Finance finance = new Finance(db);
    finance.sell("1", DAY, "119.00");
    PostingBatch batch = finance.propose(DAY, Actor.HUB);
    long item = open(db, "refund-above-captured", Finance.order("1").toString(), Optional.empty());
    db.clock.goOn(Duration.ofMinutes(1));
    finance
        .desk((document, within) -> true)
        .resolve(item, Finance.CHRIS, "written off, voucher 4711");

    assertThatThrownBy(() -> finance.approvals.approve(batch.id(), batch.hash(), Finance.CHRIS, ""))
        .hasMessageContaining("chris has work in batch");
    assertThat(finance.find(batch.id()).makers()).contains("chris");
  }

  @OnBothDatabases
  void what_was_answered_before_the_batch_was_proposed_is_shown_to_the_checker(TestDatabase db) {
    Finance finance = new Finance(db);
    finance.sell("1", DAY, "119.00");
    long item = open(db, "order-differs", Finance.order("1").toString(), Optional.empty());
    db.clock.goOn(Duration.ofMinutes(1));
    finance.desk((document, within) -> true).resolve(item, Finance.MONA, "6.00 written off");

    PostingBatch batch = finance.propose(DAY, Actor.HUB);

    assertThat(batch.reasons())
        .anyMatch(
            reason ->
                reason.startsWith("order-differs (item 1, resolved by mona: 6.00 written off): "));
  }

  @OnBothDatabases
  void who_takes_a_finding_off_finance_has_work_in_what_it_is_about(TestDatabase db) {
    Finance finance = new Finance(db);
    finance.sell("1", DAY, "119.00");
    long item = open(db, "refund-above-captured", Finance.order("1").toString(), Optional.empty());

    finance.desk((document, within) -> true).assign(item, WorkItem.Team.OPERATIONS, Finance.MONA);
    PostingBatch batch = finance.propose(DAY, Actor.HUB);

    assertThat(batch.reasons()).noneMatch(reason -> reason.contains("refund-above-captured"));
    assertThat(batch.makers()).containsExactlyInAnyOrder("kontor", "mona");
  }

  @OnBothDatabases
  void who_has_settlements_matched_by_hand_has_work_in_them_whoever_gets_to_it(TestDatabase db) {
    Finance finance = new Finance(db);
    OrderKey settlement = Finance.order("settlement-7");
    unexplained(db, settlement);
    // Another node has it already, and goes on when mona's run is over, or killed.
    db.run(tx -> db.store.deliveries().want(tx, List.of(Reconciliation.wanted(settlement))));
    db.run(
        tx ->
            assertThat(
                    db.store
                        .claiming()
                        .claim(tx, Consequence.RECONCILE, 1, "another", Duration.ofHours(1)))
                .hasSize(1));
    finance.matching = finance.reconciliation()::again;
    assertThat(finance.proposals().propose(Finance.ENTITY, DAY, Finance.MONA)).isEmpty();
    finance.append(
        settlement,
        "nordwind/shopify-eu/settlement-received/settlement-7",
        DAY,
        Posting.debit(new Account("bank"), Money.of("5.00", "EUR")),
        Posting.credit(new Account("cash"), Money.of("5.00", "EUR")));

    PostingBatch batch = finance.propose(DAY, Actor.HUB);

    assertThat(batch.makers()).containsExactlyInAnyOrder("kontor", "mona");
  }

  private static void unexplained(TestDatabase db, OrderKey settlement) {
    SettlementImports imports = db.store.imports();
    db.run(
        tx -> {
          long importId = imports.begin(tx, settlement.entity(), settlement.channel(), "s");
          imports.complete(
              tx,
              new Settlement(
                  settlement.entity(),
                  settlement.channel(),
                  settlement.order(),
                  "hash",
                  importId,
                  "unexplained",
                  tx.now(),
                  tx.now(),
                  Optional.empty(),
                  Money.of("0.00", "EUR"),
                  0,
                  "shopify-eu/settlement/7"));
        });
  }

  @OnBothDatabases
  void who_wrote_the_mappings_does_not_approve_the_first_batch_made_with_them(TestDatabase db) {
    Finance finance = new Finance(db, Optional.empty(), Set.of("olga"));
    finance.sell("1", DAY, "119.00");
    PostingBatch first = finance.propose(DAY, Actor.HUB);
    assertThatThrownBy(() -> finance.approvals.approve(first.id(), first.hash(), Finance.OLGA, ""))
        .hasMessageContaining("olga has work in batch");
    finance.approvals.approve(first.id(), first.hash(), Finance.CHRIS, "");

    finance.sell("2", DAY.plusDays(1), "20.00");
    PostingBatch second = finance.propose(DAY.plusDays(1), Actor.HUB);
    finance.approvals.approve(second.id(), second.hash(), Finance.OLGA, "");
    assertThat(finance.find(second.id()).checker()).contains("olga");
  }

  @OnBothDatabases
  void a_batch_waits_for_what_is_new_in_it(TestDatabase db) {
    Finance finance = new Finance(db);
    finance.sell("1", DAY, "119.00");
    PostingBatch first = finance.propose(DAY, Actor.HUB);
    assertThat(first.reasons()).containsExactly("it is the first batch of channel shopify-eu");
    finance.approvals.approve(first.id(), first.hash(), Finance.CHRIS, "");

    finance.sell("2", DAY.plusDays(1), "20.00");
    PostingBatch plain = finance.propose(DAY.plusDays(1), Actor.HUB);
    assertThat(plain.reasons()).isEmpty();
    assertThat(plain.state()).isEqualTo(PostingBatch.State.PROPOSED);
    finance.approvals.approve(plain.id(), plain.hash(), Finance.CHRIS, "");

    finance.sell("3", DAY.minusDays(5), "7.00", "raw-3", "suspense");
    open(db, "unknown-code", Finance.order("3").toString(), Optional.empty());
    open(db, "unknown-code", Finance.order("other").toString(), Optional.empty());
    PostingBatch odd = finance.propose(DAY.plusDays(2), Actor.HUB);

    assertThat(odd.state()).isEqualTo(PostingBatch.State.WAITING);
    assertThat(odd.reasons())
        .satisfiesExactly(
            reason -> assertThat(reason).isEqualTo("suspense moves by -7.00 EUR"),
            reason -> assertThat(reason).startsWith("unknown-code (item 1): "),
            reason ->
                assertThat(reason)
                    .isEqualTo("the channel never moved these accounts before: suspense"),
            reason ->
                assertThat(reason)
                    .isEqualTo(
                        "1 of its entries came late, of 2026-11-14 to 2026-11-14: a batch up to 2026-11-20 is approved"));
  }

  @OnBothDatabases
  void a_small_batch_without_a_reason_is_approved_by_itself_where_the_entity_says_so(
      TestDatabase db) {
    Finance finance = new Finance(db, Optional.of(Money.of("100.00", "EUR")), Set.of());
    finance.sell("1", DAY, "10.00");
    PostingBatch first = finance.propose(DAY, Actor.HUB);
    assertThat(first.state()).isEqualTo(PostingBatch.State.WAITING);
    finance.approvals.approve(first.id(), first.hash(), Finance.CHRIS, "");

    finance.sell("2", DAY.plusDays(1), "60.00");
    finance.sell("3", DAY.plusDays(1), "40.00");
    PostingBatch small = finance.propose(DAY.plusDays(1), Actor.HUB);
    assertThat(small.state()).isEqualTo(PostingBatch.State.APPROVED);
    assertThat(small.checker()).contains("kontor");
    assertThat(finance.refusals(small.id(), "approve"))
        .singleElement()
        .asString()
        .contains("kontor: hash " + small.hash())
        .contains("approved by itself: debits of [100.00 EUR], the limit is 100.00 EUR");
    assertThat(finance.posting(finance.ledger).deliverDue(Consequence.POST_TO_ODOO)).isEqualTo(1);

    finance.sell("4", DAY.plusDays(2), "100.01");
    assertThat(finance.propose(DAY.plusDays(2), Actor.HUB).state())
        .isEqualTo(PostingBatch.State.PROPOSED);
    finance.sell("5", DAY.plusDays(3), "1.00");
    assertThat(finance.propose(DAY.plusDays(3), Finance.MONA).state())
        .isEqualTo(PostingBatch.State.PROPOSED);
  }

  private static RawDocument raw(String id, String body) {
    return new RawDocument(
        Finance.CHANNEL,
        "orders",
        id,
        TestDatabase.START,
        "application/json",
        body.getBytes(StandardCharsets.UTF_8));
  }

  private static long open(
      TestDatabase db, String code, String subject, Optional<String> document) {
    db.run(
        tx ->
            db.store
                .desk()
                .open(
                    tx,
                    List.of(
                        new Desk.NewItem(
                            WorkItem.Team.FINANCE,
                            code,
                            Finance.ENTITY,
                            Finance.CHANNEL,
                            subject,
                            "something about " + subject,
                            document,
                            Optional.empty(),
                            Optional.empty(),
                            code + subject))));
    return db.in(tx -> db.store.workItems().list(tx, WorkItems.Filter.open(), 0, 100)).stream()
        .filter(item -> item.subject().equals(subject))
        .findFirst()
        .orElseThrow()
        .id();
  }
}
