package io.kontor.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.failure.RejectedFailure;
import io.kontor.failure.TransientFailure;
import io.kontor.mapping.Consequence;
import io.kontor.mapping.Entity;
import io.kontor.store.Journal;
import io.kontor.store.JournalSums;
import io.kontor.store.OnBothDatabases;
import io.kontor.store.PostingBatch;
import io.kontor.store.TestDatabase;
import io.kontor.work.proof.Parity;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * Sales are recorded, nights run on two nodes, batches are approved, rejected and posted, a month
 * is closed and opened, all of it at once and at random: every entry is posted once, on an open
 * day.
 */
class EverybodyAtOnceTest {

  private static final LocalDate DAY = LocalDate.of(2026, 11, 19);
  private static final YearMonth OCTOBER = YearMonth.of(2026, 10);
  private static final int ROUNDS = 40;
  private static final Set<PostingBatch.State> UNPOSTED =
      EnumSet.of(
          PostingBatch.State.PROPOSED, PostingBatch.State.WAITING, PostingBatch.State.APPROVED);

  @OnBothDatabases
  void every_entry_is_posted_once_whatever_happens_at_the_same_time(TestDatabase db)
      throws Exception {
    Finance finance = new Finance(db);
    Random random = new Random(20261127);
    List<LocalDate> days = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      days.add(DAY.minusDays(random.nextInt(40)));
    }
    List<Boolean> rejected = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      rejected.add(random.nextInt(3) == 0);
    }

    atOnce(
        i -> finance.sell("o" + i, days.get(i), "11.90"),
        i -> finance.proposals().propose(Finance.ENTITY, DAY, Actor.HUB),
        i -> new Finance(db).proposals().propose(Finance.ENTITY, DAY, Actor.HUB),
        i -> {
          if (rejected.get(i)) {
            reject(finance);
          } else {
            approve(finance);
          }
        },
        i -> finance.posting(finance.ledger).deliverDue(Consequence.POST_TO_ODOO),
        i -> {
          finance.periods.lock(Finance.ENTITY, OCTOBER, Finance.CHRIS, "closed");
          finance.periods.unlock(Finance.ENTITY, OCTOBER, Finance.CHRIS, "opened");
        });

    finance.proposals().propose(Finance.ENTITY, DAY, Actor.HUB);
    approve(finance);
    // What lost to another transaction is tried again after a while.
    db.clock.goOn(Finance.POLICY.lease().plus(Finance.POLICY.longestPause()));
    while (finance.posting(finance.ledger).deliverDue(Consequence.POST_TO_ODOO) > 0) {
      // the next one
    }
    posted(db, finance);
  }

  private static void posted(TestDatabase db, Finance finance) {
    List<JournalSums.Unbatched> left =
        db.in(tx -> db.store.journalSums().unbatched(tx, Finance.ENTITY, DAY.plusYears(1)));
    assertThat(left).isEmpty();
    List<PostingBatch> batches = finance.approvals.list(EnumSet.allOf(PostingBatch.State.class));
    assertThat(batches)
        .extracting(PostingBatch::state)
        .isSubsetOf(PostingBatch.State.POSTED, PostingBatch.State.REJECTED);
    assertThat(
            batches.stream()
                .filter(batch -> batch.state() == PostingBatch.State.POSTED)
                .mapToLong(PostingBatch::entries)
                .sum())
        .isEqualTo(ROUNDS);
    Journal.ChainCheck chain = db.in(tx -> db.store.journal().verifyChain(tx, Finance.ENTITY));
    assertThat(chain.broken()).isEmpty();
    assertThat(chain.checked()).isEqualTo(ROUNDS);
    Parity parity = new Parity(finance.entity());
    db.in(tx -> db.store.journalSums().booked(tx, Finance.ENTITY, "ODOO")).forEach(parity::add);
    assertThat(
            parity.rows(
                Entity.Target.ODOO,
                finance.ledger.balances(finance.entity(), DAY.plusYears(1), out -> {})))
        .isNotEmpty()
        .allSatisfy(row -> assertThat(row.difference().isZero()).as("%s", row).isTrue());
  }

  /** Approves what waits; another may have decided, or changed it, meanwhile. */
  private static void approve(Finance finance) {
    for (PostingBatch batch : finance.approvals.pending()) {
      finance.approvals.approve(batch.id(), batch.hash(), Finance.CHRIS, "");
    }
  }

  /** Rejects what waits, and what is approved and not posted yet. */
  private static void reject(Finance finance) {
    for (PostingBatch batch : finance.approvals.list(UNPOSTED)) {
      finance.rejections.reject(batch.id(), Finance.MONA, "at random");
    }
  }

  private static void atOnce(IntConsumer... people) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(people.length);
    try {
      List<Future<?>> done = new ArrayList<>();
      for (IntConsumer person : people) {
        done.add(threads.submit(() -> act(person)));
      }
      for (Future<?> each : done) {
        each.get(5, TimeUnit.MINUTES);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** What is refused, or in the way of another, is what a person would see and leave. */
  private static void act(IntConsumer person) {
    for (int i = 0; i < ROUNDS; i++) {
      try {
        person.accept(i);
      } catch (RejectedFailure e) {
        assertThat(e.code())
            .isIn(
                "batch-decided",
                "batch-changed",
                "batch-in-books",
                "delivery-under-way",
                "period-locked",
                "period-in-use",
                "period-open");
      } catch (TransientFailure e) {
        assertThat(e.code()).isEqualTo("database-conflict");
      }
    }
  }
}
