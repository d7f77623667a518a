package io.kontor.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kontor.ledger.Account;
import io.kontor.ledger.JournalEntry;
import io.kontor.ledger.Posting;
import io.kontor.money.Money;
import io.kontor.store.Database;
import io.kontor.store.Journal;
import io.kontor.store.OnBothDatabases;
import io.kontor.store.PostingBatch;
import io.kontor.store.Store;
import io.kontor.store.TestDatabase;
import io.kontor.store.Tx;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What others commit between the moment a proposal begins and the moment it gets its turn. */
class ProposingMeanwhileTest {

  private static final LocalDate LATE = LocalDate.of(2026, 10, 30);
  private static final LocalDate DAY = LocalDate.of(2026, 11, 19);

  @OnBothDatabases
  void who_replays_meanwhile_is_a_maker_of_the_batch_that_takes_the_entries(TestDatabase db)
      throws Exception {
    new Finance(db).sell("1", DAY, "119.00");

    PostingBatch batch =
        proposeWhile(
            db,
            tx -> {
              db.store.replayable().replayed(tx, List.of(Finance.order("2")), Finance.CHRIS.name());
              db.store.journal().append(tx, List.of(entry("2")));
            });

    assertThat(batch.entries()).isEqualTo(2);
    assertThat(batch.makers()).contains("chris");
    assertThatThrownBy(
            () ->
                new Finance(db).approvals.approve(batch.id(), batch.hash(), Finance.CHRIS, "mine"))
        .hasMessageContaining("chris has work in batch");
  }

  @OnBothDatabases
  void a_period_that_is_closed_meanwhile_is_closed_for_the_batch(TestDatabase db) throws Exception {
    Finance finance = new Finance(db);
    finance.sell("1", LATE, "119.00");

    PostingBatch batch =
        proposeWhile(
            db,
            tx ->
                assertThat(
                        db.store
                            .periods()
                            .lock(tx, Finance.ENTITY, YearMonth.from(LATE), "chris", "VAT"))
                    .isTrue());

    assertThat(
            db.<List<LocalDate>, RuntimeException>in(
                tx -> db.store.contents().bookedDays(tx, batch.id())))
        .containsExactly(LocalDate.of(2026, 11, 1));
    finance.approvals.approve(batch.id(), batch.hash(), Finance.CHRIS, "");
  }

  /**
   * Proposes a batch while somebody else, who was first, does something; by then the proposal has
   * read all that it reads before it waits.
   */
  private static PostingBatch proposeWhile(TestDatabase db, Consumer<Tx> something)
      throws Exception {
    CountDownLatch first = new CountDownLatch(1);
    ExecutorService another = Executors.newSingleThreadExecutor();
    Interrupted clock = new Interrupted(db.clock);
    try (Database database = Database.open(db.settings, clock)) {
      Finance finance = new Finance(Store.of(database), clock, Optional.empty(), Set.of());
      Future<?>[] done = new Future<?>[1];
      clock.at =
          () -> {
            if (done[0] == null && isProposing(finance)) {
              done[0] =
                  another.submit(
                      () ->
                          db.run(
                              tx -> {
                                db.store.journal().seal(tx, Finance.ENTITY, 1);
                                first.countDown();
                                db.awaitBlocked();
                                something.accept(tx);
                              }));
              await(first);
            }
          };
      PostingBatch batch = finance.propose(DAY, Actor.HUB);
      done[0].get(1, TimeUnit.MINUTES);
      return batch;
    } finally {
      another.shutdownNow();
    }
  }

  private static boolean isProposing(Finance finance) {
    return finance.progress.running().stream().anyMatch(s -> s.what().startsWith("proposing"));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Journal.NewEntry entry(String order) {
    Money total = Money.of("20.00", "EUR");
    return new Journal.NewEntry(
        new JournalEntry(
            Finance.ENTITY,
            Finance.CHANNEL,
            DAY,
            "order " + order,
            "nordwind/shopify-eu/shipped/" + order,
            "shipped",
            "3f2a9c",
            List.of(
                Posting.debit(new Account("clearing:shopify-eu:paypal:EUR"), total),
                Posting.credit(new Account("revenue.goods:shopify-eu:de:19"), total))),
        Finance.order(order));
  }

  /** Is read at the beginning of every transaction, and then does something first. */
  private static final class Interrupted extends Clock {

    private final Clock clock;
    private Runnable at = () -> {};

    Interrupted(Clock clock) {
      this.clock = clock;
    }

    @Override
    public Instant instant() {
      at.run();
      return clock.instant();
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return clock.withZone(zone);
    }
  }
}
