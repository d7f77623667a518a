package io.kontor.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kontor.ledger.BookEntry;
import io.kontor.mapping.Consequence;
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
    finance.sell("1", DAY, "119.00");
    PostingBatch batch = finance.propose(DAY, Actor.HUB);
    finance.approvals.approve(batch.id(), batch.hash(), Finance.CHRIS, "looked");
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
    finance.sell("1", DAY, "119.00");
    PostingBatch batch = finance.propose(DAY, Actor.HUB);
    finance.approvals.approve(batch.id(), batch.hash(), Finance.CHRIS, "looked");

    finance.rejections.reject(batch.id(), Finance.MONA, "too early");
    finance.posting(finance.ledger).deliverDue(Consequence.POST_TO_ODOO);

    assertThat(finance.ledger.calls).isZero();
    assertThat(delivery(db, batch).state()).isEqualTo(DeliveryState.SKIPPED);
    boolean again = db.in(tx -> db.store.deliveries().retry(tx, delivery(db, batch).id()));
    assertThat(again).isFalse();
  }

  private static PostingBatch refused(Finance finance) {
    finance.sell("1", DAY, "119.00");
    PostingBatch batch = finance.propose(DAY, Actor.HUB);
    finance.approvals.approve(batch.id(), batch.hash(), Finance.CHRIS, "looked");
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
