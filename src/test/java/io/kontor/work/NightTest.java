package io.kontor.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kontor.WallClock;
import io.kontor.failure.TransientFailure;
import io.kontor.store.Nights;
import io.kontor.store.OnBothDatabases;
import io.kontor.store.PostingBatch;
import io.kontor.store.TestDatabase;
import io.kontor.store.WorkItem;
import io.kontor.store.WorkItems;
import io.kontor.work.night.Night;
import io.kontor.work.night.NightCalendar;
import io.kontor.work.night.NightSchedule;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.quartz.CronExpression;

class NightTest {

  private static final LocalDate DAY = LocalDate.of(2026, 11, 19);

  /** A Friday morning in Berlin, and the middle of the night in New York. */
  private static final Instant MORNING = Instant.parse("2026-11-20T08:00:00Z");

  private final WallClock clock = new WallClock(MORNING);

  @OnBothDatabases
  void a_night_is_run_once_and_a_second_run_does_nothing(TestDatabase db) {
    Finance finance = finance(db);
    finance.sell("1", DAY, "119.00");
    AtomicInteger runs = new AtomicInteger();
    finance.matching = (entity, maker) -> runs.incrementAndGet();
    Night night = finance.night("node-1");

    night.runMissing();
    finance.sell("2", DAY, "5.00");
    night.runMissing();
    finance.night("node-2").runMissing();

    assertThat(runs).hasValue(2); // each entity once
    assertThat(batches(finance)).hasSize(1);
    assertThat(rows(db, Finance.ENTITY))
        .singleElement()
        .returns(DAY, Nights.Night::date)
        .returns(Nights.State.DONE, Nights.Night::state)
        .returns(1, Nights.Night::attempts)
        .returns("1 batches proposed by kontor", Nights.Night::note);
  }

  @OnBothDatabases
  void missed_nights_are_caught_up_once_each(TestDatabase db) {
    Finance finance = finance(db);
    finance.night("node").runMissing();
    clock.set(MORNING.plus(Duration.ofDays(4)));
    for (int day = 1; day <= 4; day++) {
      finance.sell("order " + day, DAY.plusDays(day), "1.00");
    }
    assertThat(finance.calendar().status().missing())
        .filteredOn(due -> due.entity().equals(Finance.ENTITY))
        .extracting(NightCalendar.Due::date)
        .containsExactly(DAY.plusDays(1), DAY.plusDays(2), DAY.plusDays(3), DAY.plusDays(4));

    finance.night("node").runMissing();
    finance.night("node").runMissing();

    assertThat(rows(db, Finance.ENTITY))
        .extracting(Nights.Night::date)
        .containsExactly(DAY.plusDays(4), DAY.plusDays(3), DAY.plusDays(2), DAY.plusDays(1), DAY);
    assertThat(rows(db, Finance.ENTITY)).allSatisfy(row -> assertThat(row.attempts()).isEqualTo(1));
    assertThat(batches(finance))
        .extracting(PostingBatch::date)
        .containsExactly(DAY.plusDays(1), DAY.plusDays(2), DAY.plusDays(3), DAY.plusDays(4));
    assertThat(finance.calendar().status().missing()).isEmpty();
  }

  @OnBothDatabases
  void a_night_that_fails_is_on_the_desk_keeps_others_running_and_is_tried_again(TestDatabase db) {
    Finance finance = finance(db);
    finance.sell("1", DAY, "119.00");
    finance.matching =
        (entity, maker) -> {
          if (entity.equals(Finance.ENTITY)) {
            throw new TransientFailure("matching", entity, "the disk is full");
          }
        };
    finance.night("node").runMissing();

    assertThat(rows(db, Finance.ENTITY))
        .singleElement()
        .returns(Nights.State.FAILED, Nights.Night::state)
        .satisfies(row -> assertThat(row.note()).contains("the disk is full"));
    assertThat(rows(db, "northwind"))
        .extracting(Nights.Night::state)
        .containsExactly(Nights.State.DONE);
    assertThat(items(db))
        .singleElement()
        .returns(WorkItem.Team.OPERATIONS, WorkItem::team)
        .returns("night-failed", WorkItem::code)
        .returns("night/nordwind/2026-11-19", WorkItem::subject)
        .satisfies(item -> assertThat(item.message()).contains("the disk is full"));
    assertThat(finance.calendar().status().missing()).hasSize(1);

    finance.matching = (entity, maker) -> {};
    finance.night("node").runMissing();
    assertThat(rows(db, Finance.ENTITY))
        .singleElement()
        .returns(Nights.State.DONE, Nights.Night::state)
        .returns(2, Nights.Night::attempts);
    assertThat(items(db)).isEmpty();
    assertThat(batches(finance)).hasSize(1);
  }

  @OnBothDatabases
  void a_night_by_hand_counts_and_takes_only_what_has_come_since(TestDatabase db) {
    Finance finance = finance(db);
    finance.sell("1", DAY, "119.00");
    Night night = finance.night("node");

    assertThat(night.settle(Finance.ENTITY, DAY, Finance.MONA)).hasSize(1);
    assertThat(night.settle(Finance.ENTITY, DAY, Finance.MONA)).isEmpty();
    finance.sell("2", DAY, "5.00");
    assertThat(night.settle(Finance.ENTITY, DAY, Finance.MONA)).hasSize(1);
    night.runMissing();

    assertThat(rows(db, Finance.ENTITY))
        .singleElement()
        .returns(1, Nights.Night::attempts)
        .returns("1 batches proposed by mona", Nights.Night::note);
    // A day that is not over may be settled, but its night is still to come.
    finance.sell("3", DAY.plusDays(1), "5.00");
    assertThat(night.settle(Finance.ENTITY, DAY.plusDays(1), Finance.MONA)).hasSize(1);
    assertThat(rows(db, Finance.ENTITY)).hasSize(1);
    assertThatThrownBy(() -> night.settle(Finance.ENTITY, DAY.plusYears(1), Finance.MONA))
        .hasMessageContaining("the last day that is over for nordwind is 2026-11-19");
  }

  @OnBothDatabases
  void a_night_by_hand_of_long_ago_makes_no_night_since_overdue(TestDatabase db) {
    Finance finance = finance(db);
    LocalDate before = DAY.minusYears(1);
    finance.sell("1", before, "119.00");
    Night night = finance.night("node");

    assertThat(night.settle(Finance.ENTITY, before, Finance.MONA)).hasSize(1);

    assertThat(finance.calendar().status().missing())
        .filteredOn(due -> due.entity().equals(Finance.ENTITY))
        .extracting(NightCalendar.Due::date)
        .containsExactly(DAY);
    night.runMissing();
    assertThat(night.settle(Finance.ENTITY, DAY.minusDays(9), Finance.MONA)).isEmpty();
    assertThat(finance.calendar().status().missing()).isEmpty();
  }

  @OnBothDatabases
  void two_nodes_at_the_same_moment_run_one_night(TestDatabase db) throws Exception {
    Finance finance = finance(db);
    finance.sell("1", DAY, "119.00");
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch both = new CountDownLatch(2);
    finance.matching = (entity, maker) -> runs.addAndGet(entity.equals(Finance.ENTITY) ? 1 : 0);
    ExecutorService nodes = Executors.newFixedThreadPool(2);
    List<Future<?>> done = new ArrayList<>();
    for (String node : List.of("node-1", "node-2")) {
      done.add(
          nodes.submit(
              () -> {
                Night night = finance.night(node);
                both.countDown();
                both.await(10, TimeUnit.SECONDS);
                night.runMissing();
                return null;
              }));
    }
    for (Future<?> each : done) {
      each.get(60, TimeUnit.SECONDS);
    }
    nodes.shutdown();

    assertThat(runs).hasValue(1);
    assertThat(batches(finance)).hasSize(1);
    assertThat(rows(db, Finance.ENTITY))
        .singleElement()
        .returns(1, Nights.Night::attempts)
        .returns(Nights.State.DONE, Nights.Night::state);
  }

  @OnBothDatabases
  void a_running_night_is_not_run_by_hand_too(TestDatabase db) {
    Finance finance = finance(db);
    boolean begun =
        db.in(
            tx ->
                db.store
                    .nights()
                    .begin(tx, Finance.ENTITY, DAY, "another", Duration.ofMinutes(15)));
    assertThat(begun).isTrue();

    assertThatThrownBy(() -> finance.night("node").settle(Finance.ENTITY, DAY, Finance.MONA))
        .hasMessageContaining("has been running since")
        .hasMessageContaining("on another");
  }

  @OnBothDatabases
  void each_business_date_has_one_night_where_berlin_goes_forward(TestDatabase db)
      throws ParseException {
    oneNightADate(db, "nordwind", LocalDate.of(2026, 3, 29));
  }

  @OnBothDatabases
  void each_business_date_has_one_night_where_berlin_goes_back(TestDatabase db)
      throws ParseException {
    oneNightADate(db, "nordwind", LocalDate.of(2026, 10, 25));
  }

  @OnBothDatabases
  void each_business_date_has_one_night_where_new_york_goes_forward(TestDatabase db)
      throws ParseException {
    oneNightADate(db, "northwind", LocalDate.of(2026, 3, 8));
  }

  @OnBothDatabases
  void each_business_date_has_one_night_where_new_york_goes_back(TestDatabase db)
      throws ParseException {
    oneNightADate(db, "northwind", LocalDate.of(2026, 11, 1));
  }

  /** Has Quartz's own reckoning wake the night over five days, the change in their middle. */
  private void oneNightADate(TestDatabase db, String entity, LocalDate change)
      throws ParseException {
    Finance finance = finance(db);
    List<Instant> runs = new ArrayList<>();
    finance.matching =
        (settled, maker) -> {
          if (settled.equals(entity)) {
            runs.add(clock.instant());
          }
        };
    ZoneId zone = finance.mappings.entities().get(entity).zone();
    CronExpression cron = new CronExpression(NightCalendar.cron(LocalTime.of(2, 0)));
    cron.setTimeZone(TimeZone.getTimeZone(zone));
    Instant until = change.plusDays(3).atTime(12, 0).atZone(zone).toInstant();
    Date fire = Date.from(change.minusDays(2).atTime(12, 0).atZone(zone).toInstant());
    for (fire = cron.getNextValidTimeAfter(fire);
        fire.toInstant().isBefore(until);
        fire = cron.getNextValidTimeAfter(fire)) {
      clock.set(fire.toInstant());
      finance.night("node").runMissing();
      finance.night("node").runMissing();
    }

    assertThat(rows(db, entity))
        .extracting(Nights.Night::date)
        .containsExactly(
            change.plusDays(2),
            change.plusDays(1),
            change,
            change.minusDays(1),
            change.minusDays(2));
    assertThat(rows(db, entity))
        .allSatisfy(row -> assertThat(row.state()).isEqualTo(Nights.State.DONE))
        .allSatisfy(row -> assertThat(row.attempts()).isEqualTo(1));
    NightSchedule schedule = new NightSchedule(zone, LocalTime.of(2, 0));
    assertThat(runs)
        .containsExactly(
            schedule.dueAt(change.minusDays(2)),
            schedule.dueAt(change.minusDays(1)),
            schedule.dueAt(change),
            schedule.dueAt(change.plusDays(1)),
            schedule.dueAt(change.plusDays(2)));
  }

  @Test
  void a_night_is_due_when_its_time_has_come_on_the_clock_of_the_entity() {
    NightSchedule berlin = new NightSchedule(ZoneId.of("Europe/Berlin"), LocalTime.of(2, 0));
    // 02:00 does not exist: the clock goes from 02:00 to 03:00.
    assertThat(berlin.dueAt(LocalDate.of(2026, 3, 28)))
        .isEqualTo(Instant.parse("2026-03-29T01:00:00Z"));
    // 02:00 exists twice: the second of them.
    assertThat(berlin.dueAt(LocalDate.of(2026, 10, 24)))
        .isEqualTo(Instant.parse("2026-10-25T01:00:00Z"));
    assertThat(berlin.lastDue(Instant.parse("2026-10-25T00:30:00Z")))
        .isEqualTo(LocalDate.of(2026, 10, 23));
    NightSchedule newYork = new NightSchedule(ZoneId.of("America/New_York"), LocalTime.of(2, 0));
    assertThat(newYork.dueAt(LocalDate.of(2026, 3, 7)))
        .isEqualTo(Instant.parse("2026-03-08T07:00:00Z"));
    assertThat(newYork.dueAt(LocalDate.of(2026, 10, 31)))
        .isEqualTo(Instant.parse("2026-11-01T07:00:00Z"));
    assertThat(newYork.lastDue(Instant.parse("2026-11-01T06:30:00Z")))
        .isEqualTo(LocalDate.of(2026, 10, 30));
    assertThat(newYork.lastOver(Instant.parse("2026-11-01T06:30:00Z")))
        .isEqualTo(LocalDate.of(2026, 10, 31));
  }

  private Finance finance(TestDatabase db) {
    return new Finance(db.store, clock, Optional.empty(), Set.of());
  }

  private static List<Nights.Night> rows(TestDatabase db, String entity) {
    return db.in(tx -> db.store.nights().list(tx, entity, 1000));
  }

  private static List<PostingBatch> batches(Finance finance) {
    return finance.approvals.pending();
  }

  private static List<WorkItem> items(TestDatabase db) {
    return db.in(tx -> db.store.workItems().list(tx, WorkItems.Filter.open(), 0, 10));
  }
}
