package io.kontor.work.night;

import io.kontor.failure.RejectedFailure;
import io.kontor.store.Database;
import io.kontor.store.Desk;
import io.kontor.store.Nights;
import io.kontor.store.PostingBatch;
import io.kontor.store.WorkItem;
import io.kontor.work.Actor;
import io.kontor.work.HeldLease;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the nights of all entities: one for each business date of the {@link NightCalendar}.
 *
 * <p>The row of the night is the truth: one that is done is not run again, one that was missed or
 * failed is caught up, the oldest first, and on several nodes one of them runs it. A night that
 * fails is on the desk until it succeeds.
 */
public final class Night implements Nightly {

  private static final Logger LOG = LoggerFactory.getLogger(Night.class);

  /** Somewhere on earth it is tomorrow; what is later than this is a slip of the pen. */
  private static final int DAYS_AHEAD = 7;

  /** A node that is gone is noticed after this time. */
  private static final Duration LEASE = Duration.ofMinutes(3);

  private final Database database;
  private final Nights nights;
  private final Desk desk;
  private final BatchProposals proposals;
  private final NightCalendar calendar;
  private final String owner;

  /**
   * @param owner this node
   */
  public Night(
      Database database,
      Nights nights,
      Desk desk,
      BatchProposals proposals,
      NightCalendar calendar,
      String owner) {
    this.database = database;
    this.nights = nights;
    this.desk = desk;
    this.proposals = proposals;
    this.calendar = calendar;
    this.owner = owner;
  }

  @Override
  public void runMissing() {
    for (String entity : calendar.entities("")) {
      for (LocalDate date : calendar.missing(entity)) {
        if (!runIfFree(entity, date)) {
          // The nights after it would only take its work with them.
          break;
        }
      }
    }
  }

  /**
   * Runs one night by hand. What a night has done is not done again, so a second run proposes only
   * what has come since. The night of a day that is over counts as run, unless it is before the
   * first one: the nights since then were never due.
   *
   * @param date the business date: entries up to it are taken
   * @return the batches that were proposed
   * @throws RejectedFailure if the date is far ahead, or if the night is running
   */
  public List<PostingBatch> settle(String entity, LocalDate date, Actor maker) {
    LocalDate over = calendar.yesterday(entity);
    if (date.isAfter(over.plusDays(DAYS_AHEAD))) {
      throw new RejectedFailure(
          "date-in-future",
          date.toString(),
          "%s is more than %d days ahead: the last day that is over for %s is %s"
              .formatted(date, DAYS_AHEAD, entity, over));
    }
    if (date.isAfter(over) || calendar.isBeforeAll(entity, date)) {
      return proposals.propose(entity, date, maker);
    }
    String run = newRun();
    if (database.inTransaction(tx -> nights.begin(tx, entity, date, run, LEASE))) {
      return run(entity, date, run, maker);
    }
    Nights.Night night = database.inTransaction(tx -> nights.find(tx, entity, date)).orElseThrow();
    if (night.state() != Nights.State.DONE) {
      throw new RejectedFailure(
          "night-running",
          entity + "/" + date,
          "the night of %s for %s has been running since %s, on %s; if that one is gone, another takes it over within a quarter of an hour"
              .formatted(date, entity, night.startedAt(), night.owner()));
    }
    return proposals.propose(entity, date, maker);
  }

  /** False if it failed, or if another is at it. */
  private boolean runIfFree(String entity, LocalDate date) {
    String run = newRun();
    if (!database.inTransaction(tx -> nights.begin(tx, entity, date, run, LEASE))) {
      return database
          .inTransaction(tx -> nights.find(tx, entity, date))
          .filter(night -> night.state() == Nights.State.DONE)
          .isPresent();
    }
    try {
      run(entity, date, run, Actor.HUB);
      return true;
    } catch (RuntimeException e) {
      LOG.error("The night of {} for {} failed; it is tried again in ten minutes", date, entity, e);
      return false;
    }
  }

  private List<PostingBatch> run(String entity, LocalDate date, String run, Actor maker) {
    HeldLease lease =
        HeldLease.hold(
            "The night of %s for %s".formatted(date, entity),
            LEASE,
            () -> database.inTransaction(tx -> nights.renew(tx, entity, date, run, LEASE)));
    try {
      List<PostingBatch> proposed = proposals.propose(entity, date, maker);
      String note = "%d batches proposed by %s".formatted(proposed.size(), maker);
      finish(entity, date, run, Nights.State.DONE, note);
      return proposed;
    } catch (RuntimeException e) {
      finish(entity, date, run, Nights.State.FAILED, String.valueOf(e.getMessage()));
      throw e;
    } finally {
      lease.close();
    }
  }

  private void finish(String entity, LocalDate date, String run, Nights.State state, String note) {
    String key = "night:%s:%s".formatted(entity, date);
    database.run(
        tx -> {
          if (!nights.finish(tx, entity, date, run, state, note)) {
            LOG.warn("The night of {} for {} was taken over by another node", date, entity);
          } else if (state == Nights.State.DONE) {
            desk.resolveKeys(tx, List.of(key), "it ran after all: " + note);
          } else {
            desk.open(tx, List.of(failed(entity, date, note, key)));
          }
        });
    database.sync();
  }

  private static Desk.NewItem failed(String entity, LocalDate date, String note, String key) {
    return new Desk.NewItem(
        WorkItem.Team.OPERATIONS,
        "night-failed",
        entity,
        "",
        "night/%s/%s".formatted(entity, date),
        "the night of %s for %s failed: %s. It is tried again every ten minutes; settle --date %s --entity %s runs it now"
            .formatted(date, entity, note, date, entity),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        key);
  }

  /** Of two runs on one node only one is the owner. */
  private String newRun() {
    return runsOf(owner) + UUID.randomUUID();
  }

  /** What the names of a node's runs begin with. */
  static String runsOf(String node) {
    return node + "/";
  }
}
