package io.kontor.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kontor.ledger.BookEntry;
import io.kontor.mapping.Consequence;
import io.kontor.mapping.Entity;
import io.kontor.store.JournalFilter;
import io.kontor.store.OnBothDatabases;
import io.kontor.store.PostingBatch;
import io.kontor.store.StoredEntry;
import io.kontor.store.TestDatabase;
import io.kontor.store.WorkItem;
import io.kontor.store.WorkItems;
import io.kontor.work.batch.Books;
import io.kontor.work.batch.PeriodLocks;
import io.kontor.work.proof.Parity;
import io.kontor.work.proof.TieOut;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class PeriodsTest {

  private static final YearMonth OCTOBER = YearMonth.of(2026, 10);
  private static final LocalDate LATE = LocalDate.of(2026, 10, 30);
  private static final LocalDate DAY = LocalDate.of(2026, 11, 19);

  @OnBothDatabases
  void a_late_fact_of_a_locked_period_is_booked_on_the_first_open_day(TestDatabase db) {
    Finance finance = new Finance(db);
    finance.sell("1", LATE, "119.00");
    finance.sell("2", DAY, "20.00");
    finance.periods.lock(Finance.ENTITY, OCTOBER, Finance.CHRIS, "VAT return sent");

    PostingBatch batch = finance.propose(DAY, Actor.HUB);
    finance.approvals.approve(batch.id(), batch.hash(), Finance.CHRIS, "");
    finance.posting(finance.ledger).deliverDue(Consequence.POST_TO_ODOO);

    assertThat(batch.reasons())
        .contains("1 entries are of a locked period and booked on the first open day");
    BookEntry late = finance.ledger.held.get(batch.id() + "/2026-10-30");
    assertThat(late.date()).isEqualTo(LocalDate.of(2026, 11, 1));
    assertThat(late.narration())
        .isEqualTo(
            "shopify-eu of 2026-10-30 (of 2026-10-30, booked on 2026-11-01 because its period is"
                + " locked)");
    assertThat(finance.find(batch.id()).state()).isEqualTo(PostingBatch.State.POSTED);
    List<StoredEntry> journal = new ArrayList<>();
    db.run(
        tx -> db.store.journal().stream(tx, JournalFilter.all().batch(batch.id()), journal::add));
    assertThat(journal)
        .extracting(stored -> stored.entry().date())
        .containsExactlyInAnyOrder(LATE, DAY);
    // The books and the subledger agree in the month in which it is booked.
    Parity parity = new Parity(finance.entity());
    db.in(tx -> db.store.journalSums().booked(tx, Finance.ENTITY, "ODOO")).forEach(parity::add);
    List<TieOut.Book> rows =
        parity.rows(
            Entity.Target.ODOO,
            finance.ledger.balances(finance.entity(), DAY.plusYears(1), out -> {}));
    assertThat(rows).isNotEmpty();
    assertThat(rows)
        .allSatisfy(
            row -> {
              assertThat(row.period()).isEqualTo(YearMonth.of(2026, 11));
              assertThat(row.difference().isZero()).isTrue();
              assertThat(row.subledger().isZero()).isFalse();
            });
  }

  @OnBothDatabases
  void parity_is_seen_by_month_and_account(TestDatabase db) {
    Finance finance = new Finance(db);
    finance.sell("1", LATE, "119.00");
    finance.sell("2", DAY, "20.00");
    PostingBatch batch = finance.propose(DAY, Actor.HUB);
    finance.approvals.approve(batch.id(), batch.hash(), Finance.CHRIS, "");
    finance.posting(finance.ledger).deliverDue(Consequence.POST_TO_ODOO);
    BookEntry october = finance.ledger.held.get(batch.id() + "/2026-10-30");
    // Somebody moves the entry to another month: the year's total still agrees.
    finance.ledger.held.put(
        october.reference(),
        new BookEntry(
            october.reference(), DAY, october.narration(), october.currency(), october.lines()));

    Parity parity = new Parity(finance.entity());
    db.in(tx -> db.store.journalSums().booked(tx, Finance.ENTITY, "ODOO")).forEach(parity::add);

    assertThat(
            parity
                .rows(
                    Entity.Target.ODOO,
                    finance.ledger.balances(finance.entity(), DAY.plusYears(1), out -> {}))
                .stream()
                .filter(row -> !row.difference().isZero())
                .map(row -> row.period() + " " + row.account() + " " + row.difference()))
        .hasSize(4)
        .anySatisfy(row -> assertThat(row).startsWith("2026-10 ").endsWith("-119.00 EUR"))
        .anySatisfy(row -> assertThat(row).startsWith("2026-11 ").endsWith(" 119.00 EUR"));
  }

  @OnBothDatabases
  void a_batch_that_books_into_a_period_locked_meanwhile_is_refused_and_says_what_to_do(
      TestDatabase db) {
    Finance finance = new Finance(db);
    finance.sell("1", LATE, "119.00");
    PostingBatch batch = finance.propose(DAY, Actor.HUB);
    PeriodLocks.Locked locked =
        finance.periods.lock(Finance.ENTITY, OCTOBER, Finance.MONA, "closed");

    assertThat(locked.unposted()).isEqualTo(1);
    String why =
        "2026-10 of nordwind is locked, and batch %s books entries on 2026-10-30: reject it and run settle; its late facts are then booked on 2026-11-01, the first open day, with their own date in the text"
            .formatted(batch.id());
    assertThatThrownBy(() -> finance.approvals.approve(batch.id(), batch.hash(), Finance.CHRIS, ""))
        .hasMessageContaining(why);
    assertThat(finance.refusals(batch.id(), "approve-refused")).containsExactly("chris: " + why);

    finance.rejections.reject(batch.id(), Finance.CHRIS, "locked");
    PostingBatch moved = finance.propose(DAY, Actor.HUB);
    assertThat(moved.hash()).isNotEqualTo(batch.hash());
    finance.approvals.approve(moved.id(), moved.hash(), Finance.CHRIS, "");
    finance.posting(finance.ledger).deliverDue(Consequence.POST_TO_ODOO);
    assertThat(finance.find(moved.id()).state()).isEqualTo(PostingBatch.State.POSTED);
  }

  @OnBothDatabases
  void an_approved_batch_is_not_posted_into_a_locked_period(TestDatabase db) {
    Finance finance = new Finance(db);
    finance.sell("1", LATE, "119.00");
    PostingBatch batch = finance.propose(DAY, Actor.HUB);
    finance.approvals.approve(batch.id(), batch.hash(), Finance.CHRIS, "");

    assertThatThrownBy(() -> finance.periods.lock(Finance.ENTITY, OCTOBER, Finance.MONA, ""))
        .hasMessageContaining("approved and not posted everywhere: " + batch.id());
    assertThat(finance.refusals("nordwind/2026-10", "lock-refused")).hasSize(1);
    // As if it had been locked by another hand.
    db.run(tx -> db.store.periods().lock(tx, Finance.ENTITY, OCTOBER, "root", ""));
    finance.posting(finance.ledger).deliverDue(Consequence.POST_TO_ODOO);

    assertThat(finance.ledger.calls).isZero();
    assertThat(finance.refusals(batch.id(), "post-refused"))
        .singleElement()
        .asString()
        .isEqualTo(
            "kontor: ODOO: 2026-10 of nordwind is locked, and the approved batch %s books entries on 2026-10-30: unlock it (periods unlock nordwind 2026-10 --note …), retry, and lock it again when the batch is posted"
                .formatted(batch.id()));
    assertThat(items(db)).extracting(WorkItem::code).containsExactly(Books.PERIOD_LOCKED);
  }

  @OnBothDatabases
  void what_the_books_have_closed_since_the_night_is_not_approved(TestDatabase db) {
    Finance finance = new Finance(db);
    finance.sell("1", LATE, "119.00");
    PostingBatch batch = finance.propose(DAY, Actor.HUB);
    finance.ledger.closed = Optional.of(LocalDate.of(2026, 11, 15));

    assertThatThrownBy(() -> finance.approvals.approve(batch.id(), batch.hash(), Finance.CHRIS, ""))
        .hasMessageContaining("reject it and run settle")
        .hasMessageContaining("booked on 2026-11-16, the first open day");

    finance.rejections.reject(batch.id(), Finance.CHRIS, "locked");
    PostingBatch moved = finance.propose(DAY, Actor.HUB);
    finance.approvals.approve(moved.id(), moved.hash(), Finance.CHRIS, "");
    finance.posting(finance.ledger).deliverDue(Consequence.POST_TO_ODOO);
    assertThat(finance.find(moved.id()).state()).isEqualTo(PostingBatch.State.POSTED);
  }

  @OnBothDatabases
  void an_approved_batch_is_posted_as_soon_as_the_books_have_opened_its_period(TestDatabase db) {
    Finance finance = new Finance(db);
    finance.sell("1", LATE, "119.00");
    PostingBatch batch = finance.propose(DAY, Actor.HUB);
    finance.approvals.approve(batch.id(), batch.hash(), Finance.CHRIS, "");
    finance.ledger.closed = Optional.of(LocalDate.of(2026, 11, 15));
    finance.posting(finance.ledger).deliverDue(Consequence.POST_TO_ODOO);
    long item = items(db).get(0).id();

    // Now we know ourselves that it is closed, and say who closed it.
    retry(finance, item);
    assertThat(finance.ledger.calls).isEqualTo(1);
    assertThat(items(db))
        .extracting(WorkItem::message)
        .containsExactly(
            "nordwind has closed the ODOO book through 2026-11-15, and the approved batch %s books entries on 2026-10-30: open the period there and retry"
                .formatted(batch.id()));

    finance.ledger.closed = Optional.empty();
    retry(finance, item);
    assertThat(finance.find(batch.id()).state()).isEqualTo(PostingBatch.State.POSTED);
    assertThat(items(db)).isEmpty();
  }

  private static void retry(Finance finance, long item) {
    finance
        .desk(
            (raw, within) -> {
              throw new AssertionError("a delivery is no document");
            })
        .retry(item, Finance.MONA);
    finance.posting(finance.ledger).deliverDue(Consequence.POST_TO_ODOO);
  }

  @OnBothDatabases
  void what_the_books_have_closed_themselves_is_refused_and_heeded_from_then_on(TestDatabase db) {
    Finance finance = new Finance(db);
    finance.sell("1", LATE, "119.00");
    PostingBatch batch = finance.propose(DAY, Actor.HUB);
    finance.approvals.approve(batch.id(), batch.hash(), Finance.CHRIS, "");
    finance.ledger.closed = Optional.of(LocalDate.of(2026, 11, 15));
    finance.posting(finance.ledger).deliverDue(Consequence.POST_TO_ODOO);

    assertThat(finance.ledger.held).isEmpty();
    assertThat(finance.refusals(batch.id(), "post-refused"))
        .containsExactly("kontor: ODOO: closed through 2026-11-15");
    assertThat(items(db)).extracting(WorkItem::code).containsExactly(Books.PERIOD_LOCKED);
    finance.sell("2", LATE, "5.00");
    PostingBatch next = finance.propose(DAY, Actor.HUB);
    List<LocalDate> days = db.in(tx -> db.store.contents().bookedDays(tx, next.id()));
    assertThat(days).containsExactly(LocalDate.of(2026, 11, 16));
    assertThat(finance.periods.list())
        .flatExtracting(PeriodLocks.Closed::bookLocks)
        .anySatisfy(lock -> assertThat(lock.through()).contains(LocalDate.of(2026, 11, 15)));
  }

  @OnBothDatabases
  void an_entry_whose_first_open_day_is_to_come_waits_for_it(TestDatabase db) {
    Finance finance = new Finance(db);
    finance.ledger.closed = Optional.of(LocalDate.of(2026, 11, 30));
    finance.sell("1", DAY, "119.00");

    assertThat(finance.proposals().propose(Finance.ENTITY, DAY, Actor.HUB)).isEmpty();
    List<PostingBatch> december =
        finance.proposals().propose(Finance.ENTITY, LocalDate.of(2026, 12, 1), Actor.HUB);
    assertThat(december).extracting(PostingBatch::entries).containsExactly(1L);
  }

  @OnBothDatabases
  void whoever_locks_a_month_is_told_of_earlier_ones_that_are_open(TestDatabase db) {
    Finance finance = new Finance(db);
    for (int month = 7; month <= 9; month++) {
      finance.sell("order of " + month, LocalDate.of(2026, month, 15), "1.00");
    }
    finance.periods.lock(Finance.ENTITY, YearMonth.of(2026, 8), Finance.MONA, "");

    assertThat(finance.periods.lock(Finance.ENTITY, OCTOBER, Finance.MONA, "").openBefore())
        .containsExactly(YearMonth.of(2026, 7), YearMonth.of(2026, 9));
  }

  @OnBothDatabases
  void a_period_is_locked_and_opened_once_and_only_when_it_is_over(TestDatabase db) {
    Finance finance = new Finance(db);
    finance.periods.lock(Finance.ENTITY, OCTOBER, Finance.MONA, "closed");

    assertThatThrownBy(() -> finance.periods.lock(Finance.ENTITY, OCTOBER, Finance.MONA, ""))
        .hasMessageContaining("2026-10 is locked already");
    assertThatThrownBy(
            () -> finance.periods.lock(Finance.ENTITY, YearMonth.of(2026, 11), Finance.MONA, ""))
        .hasMessageContaining("2026-11 is not over");
    assertThatThrownBy(() -> finance.periods.lock("nobody", OCTOBER, Finance.MONA, ""))
        .hasMessageContaining("there are: nordwind, northwind");
    finance.periods.unlock(Finance.ENTITY, OCTOBER, Finance.CHRIS, "a correction");
    assertThatThrownBy(() -> finance.periods.unlock(Finance.ENTITY, OCTOBER, Finance.CHRIS, ""))
        .hasMessageContaining("2026-10 of nordwind is not locked");

    assertThat(finance.acts("nordwind/2026-10"))
        .extracting(act -> act.who() + " " + act.what())
        .containsExactly("mona lock", "mona lock-refused", "chris unlock", "chris unlock-refused");
    assertThat(finance.refusals("nordwind/2026-11", "lock-refused")).hasSize(1);
  }

  private static List<WorkItem> items(TestDatabase db) {
    return db.in(tx -> db.store.workItems().list(tx, WorkItems.Filter.open(), 0, 10));
  }
}
