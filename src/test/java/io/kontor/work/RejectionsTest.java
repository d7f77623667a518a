package io.kontor.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kontor.ledger.BookEntry;
import io.kontor.mapping.Consequence;
import io.kontor.mapping.Entity;
import io.kontor.money.Money;
import io.kontor.store.Deliveries;
import io.kontor.store.Delivery;
import io.kontor.store.DeliveryState;
import io.kontor.store.OnBothDatabases;
import io.kontor.store.PostingBatch;
import io.kontor.store.TestDatabase;
import io.kontor.store.WantedDelivery;
import io.kontor.store.WorkItem;
import io.kontor.store.WorkItems;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An approved batch that the books do not take is taken back, as long as they have nothing of it.
 */
class RejectionsTest {

  private static final LocalDate DAY = LocalDate.of(2026, 11, 19);

  @OnBothDatabases
  void an_approved_batch_that_the_books_refuse_is_rejected_and_proposed_anew(TestDatabase db) {
    Finance finance = new Finance(db);
    PostingBatch batch = refused(finance);
    assertThat(open(db)).hasSize(1);

    finance.rejections.reject(batch.id(), Finance.MONA, "the year is closed for good");

    assertThat(finance.find(batch.id()).state()).isEqualTo(PostingBatch.State.REJECTED);
    assertThat(open(db)).isEmpty();
    finance.ledger.refusal = Optional.empty();
    PostingBatch anew = finance.propose(DAY, Actor.HUB);
    finance.approvals.approve(anew.id(), anew.hash(), Finance.CHRIS, "looked");
    finance.posting(finance.ledger).deliverDue(Consequence.POST_TO_ODOO);
    finance.posting(finance.ledger).deliverDue(Consequence.POST_TO_ODOO);
    assertThat(finance.find(anew.id()).state()).isEqualTo(PostingBatch.State.POSTED);
    assertThat(finance.ledger.held.keySet()).allMatch(name -> name.startsWith(anew.id() + "/"));
    assertThat(finance.refusals(batch.id(), "reject"))
        .containsExactly("mona: the year is closed for good");
  }

  @OnBothDatabases
  void what_the_books_have_a_part_of_is_not_rejected(TestDatabase db) {
    Finance finance = new Finance(db);
    PostingBatch other = refused(finance);
    finance.rejections.reject(other.id(), Finance.MONA, "again");
    finance.ledger.refusal = Optional.empty();
    PostingBatch batch = finance.propose(DAY, Actor.HUB);
    finance.approvals.approve(batch.id(), batch.hash(), Finance.CHRIS, "looked");
    finance.posting(finance.ledger).deliverDue(Consequence.POST_TO_ODOO);
    // As where Odoo took some of its moves and refused the next.
    BookEntry part = finance.ledger.held.values().iterator().next();
    db.run(tx -> db.store.batches().lost(tx, batch.id(), "ODOO"));

    assertThatThrownBy(() -> finance.rejections.reject(batch.id(), Finance.MONA, "again"))
        .hasMessageContaining(
            "the odoo book of nordwind has a part of batch %s: %s"
                .formatted(batch.id(), part.reference()));

    finance.ledger.held.clear();
    finance.rejections.reject(batch.id(), Finance.MONA, "deleted there");
    assertThat(finance.find(batch.id()).state()).isEqualTo(PostingBatch.State.REJECTED);
  }

  @OnBothDatabases
  void what_is_being_posted_is_not_rejected(TestDatabase db) {
    Finance finance = new Finance(db);
    PostingBatch batch = approved(finance);
    db.run(
        tx ->
            db.store
                .claiming()
                .claim(tx, Consequence.POST_TO_ODOO, 1, "node", Duration.ofMinutes(5)));

    assertThatThrownBy(() -> finance.rejections.reject(batch.id(), Finance.MONA, "no"))
        .hasMessageContaining("is approved and being posted");

    assertThat(finance.refusals(batch.id(), "reject-refused")).hasSize(1);
    assertThat(delivery(db, batch).state()).isEqualTo(DeliveryState.SENDING);
  }

  @OnBothDatabases
  void an_approved_batch_that_nobody_has_begun_to_post_is_never_posted(TestDatabase db) {
    Finance finance = new Finance(db);
    PostingBatch batch = approved(finance);

    finance.rejections.reject(batch.id(), Finance.MONA, "too early");
    finance.posting(finance.ledger).deliverDue(Consequence.POST_TO_ODOO);

    assertThat(finance.ledger.calls).isZero();
    assertThat(delivery(db, batch).state()).isEqualTo(DeliveryState.SKIPPED);
    boolean again = db.in(tx -> db.store.deliveries().retry(tx, delivery(db, batch).id()));
    assertThat(again).isFalse();
  }

  @OnBothDatabases
  void a_book_that_was_never_sent_it_is_asked_too_for_this_may_be_an_older_backup(TestDatabase db) {
    Finance finance = new Finance(db);
    PostingBatch batch = approved(finance);
    db.in(tx -> finance.entries.of(tx, batch, Entity.Target.ODOO))
        .forEach(entry -> finance.ledger.held.put(entry.reference(), entry));

    assertThatThrownBy(() -> finance.rejections.reject(batch.id(), Finance.MONA, "again"))
        .hasMessageContaining("the odoo book of nordwind has a part of batch " + batch.id());
  }

  @OnBothDatabases
  void books_that_cannot_be_asked_are_in_the_audit_log(TestDatabase db) {
    Finance finance = new Finance(db);
    PostingBatch batch = refused(finance);
    finance.ledger.away = true;

    assertThatThrownBy(() -> finance.rejections.reject(batch.id(), Finance.MONA, "again"))
        .hasMessageContaining("does not answer");

    assertThat(finance.refusals(batch.id(), "reject-refused")).hasSize(1);
    assertThat(finance.find(batch.id()).state()).isEqualTo(PostingBatch.State.APPROVED);
  }

  @OnBothDatabases
  void what_a_person_took_back_is_not_approved_by_itself(TestDatabase db) {
    Finance finance = new Finance(db, Optional.of(Money.of("10000.00", "EUR")), Set.of());
    PostingBatch first = approved(finance);
    finance.posting(finance.ledger).deliverDue(Consequence.POST_TO_ODOO);
    db.clock.goOn(Duration.ofMinutes(1));
    finance.sell("2", DAY.plusDays(1), "50.00");
    PostingBatch batch = finance.propose(DAY.plusDays(1), Actor.HUB);
    assertThat(batch.checker()).contains("kontor");
    db.clock.goOn(Duration.ofMinutes(1));
    finance.rejections.reject(batch.id(), Finance.CHRIS, "wrong rate");

    PostingBatch again = finance.propose(DAY.plusDays(1), Actor.HUB);

    assertThat(finance.find(first.id()).state()).isEqualTo(PostingBatch.State.POSTED);
    assertThat(again.state()).isEqualTo(PostingBatch.State.WAITING);
    assertThat(again.reasons())
        .containsExactly(
            "batch %s before it was rejected by chris (wrong rate)".formatted(batch.id()));
  }

  @OnBothDatabases
  void who_wrote_the_chart_does_not_approve_it_after_somebody_took_it_back(TestDatabase db) {
    Finance before = new Finance(db);
    before.sell("1", DAY, "119.00");
    Finance finance = before.withChart(chart -> chart, "olga");
    PostingBatch batch = finance.propose(DAY, Actor.HUB);
    finance.approvals.approve(batch.id(), batch.hash(), Finance.CHRIS, "looked");
    finance.rejections.reject(batch.id(), Finance.CHRIS, "wrong code");

    PostingBatch again = finance.propose(DAY, Actor.HUB);

    assertThatThrownBy(
            () -> finance.approvals.approve(again.id(), again.hash(), Finance.OLGA, "mine"))
        .hasMessageContaining("olga has work in batch");
  }

  private static PostingBatch approved(Finance finance) {
    finance.sell("1", DAY, "119.00");
    PostingBatch batch = finance.propose(DAY, Actor.HUB);
    finance.approvals.approve(batch.id(), batch.hash(), Finance.CHRIS, "looked");
    return batch;
  }

  private static PostingBatch refused(Finance finance) {
    PostingBatch batch = approved(finance);
    finance.ledger.refusal = Optional.of("the account is of another type there");
    finance.posting(finance.ledger).deliverDue(Consequence.POST_TO_ODOO);
    return batch;
  }

  private static Delivery delivery(TestDatabase db, PostingBatch batch) {
    String id = WantedDelivery.id(Consequence.POST_TO_ODOO, batch.id());
    return db.in(tx -> new Deliveries().find(tx, id)).orElseThrow();
  }

  private static List<WorkItem> open(TestDatabase db) {
    return db.in(tx -> db.store.workItems().list(tx, WorkItems.Filter.open(), 0, 9));
  }
}
