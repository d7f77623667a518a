package io.kontor.work.night;

import io.kontor.failure.RejectedFailure;
import io.kontor.mapping.Entity;
import io.kontor.mapping.Mappings;
import io.kontor.store.Database;
import io.kontor.store.Desk;
import io.kontor.store.Nights;
import io.kontor.store.PostingBatch;
import io.kontor.store.WorkItem;
import io.kontor.work.Actor;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The nights of all entities: one for each business date, by each entity's own clock.
 *
 * <p>The row of the night is the truth: one that is done is not run again, one that was missed or
 * failed is caught up, the oldest first, and on several nodes one of them runs it. A night that
 * fails is on the desk until it succeeds.
 */
public final class Night implements Nightly {

  private static final Logger LOG = LoggerFactory.getLogger(Night.class);

  /** How many missed nights are caught up; older facts are in the newest batch all the same. */
  private static final int MOST_MISSED = 31;

  /** Somewhere on earth it is tomorrow; what is later than this is a slip of the pen. */
  private static final int DAYS_AHEAD = 7;

  private final Database database;
  private final Nights nights;
  private final Desk desk;
  private final BatchProposals proposals;
  private final Mappings mappings;
  private final LocalTime at;
  private final String owner;
  private final Clock clock;

  /**
   * @param at when a night is due, on the clock of its entity
   * @param owner this node
   */
  public Night(
      Database database,
      Nights nights,
      Desk desk,
      BatchProposals proposals,
      Mappings mappings,
      LocalTime at,
      String owner,
      Clock clock) {
    this.database = database;
    this.nights = nights;
    this.desk = desk;
    this.proposals = proposals;
    this.mappings = mappings;
    this.at = at;
    this.owner = owner;
    this.clock = clock;
  }

  /**
   * A night that is not done though it is due, or the next one.
   *
   * @param dueAt by the entity's clock
   */
  public record Due(String entity, LocalDate date, Instant dueAt) {}

  /** Where the nights of all entities stand. */
  public record Status(List<Nights.Night> nights, List<Due> missing, List<Due> next) {}

  /**
   * When an entity's clock wakes its night, as Quartz writes it: at its time, and an hour later,
   * which finds nothing to do but on the one day on which its time does not exist, because the
   * clock goes forward over it. Quartz leaves that day out.
   */
  public static String cron(LocalTime at) {
    return "%d %d %d,%d * * ?"
        .formatted(at.getSecond(), at.getMinute(), at.getHour(), at.plusHours(1).getHour());
  }

  @Override
  public void runMissing() {
    for (String entity : entities("")) {
      for (LocalDate date : missing(entity)) {
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
    LocalDate over = schedule(entity).lastOver(clock.instant());
    if (date.isAfter(over.plusDays(DAYS_AHEAD))) {
      throw new RejectedFailure(
          "date-in-future",
          date.toString(),
          "%s is ahead of us: the last day that is over for %s is %s"
              .formatted(date, entity, over));
    }
    if (date.isAfter(over) || isBeforeAll(entity, date)) {
      return proposals.propose(entity, date, maker);
    }
    String run = newRun();
    if (database.inTransaction(tx -> nights.begin(tx, entity, date, run, NightLease.LEASE))) {
      return run(entity, date, run, maker);
    }
    Nights.Night night = database.inTransaction(tx -> nights.find(tx, entity, date)).orElseThrow();
    if (night.state() != Nights.State.DONE) {
      throw new RejectedFailure(
          "night-running",
          entity + "/" + date,
          "the night of %s for %s has been running since %s, on %s; it ends by itself"
              .formatted(date, entity, night.startedAt(), night.owner()));
    }
    return proposals.propose(entity, date, maker);
  }

  /**
   * The entities that a person names.
   *
   * @param entity an entity, or blank for all of them
   * @throws RejectedFailure {@code unknown-entity} if there is none of this name
   */
  public List<String> entities(String entity) {
    List<String> all = mappings.entities().keySet().stream().sorted().toList();
    if (entity.isBlank()) {
      return all;
    }
    if (!all.contains(entity)) {
      throw new RejectedFailure(
          "unknown-entity",
          entity,
          "there is no entity '%s'; there are: %s".formatted(entity, String.join(", ", all)));
    }
    return List.of(entity);
  }

  /** The last business day that is over, by the entity's clock. */
  public LocalDate yesterday(String entity) {
    return schedule(entity).lastOver(clock.instant());
  }

  /** The nights that were run, the newest first within each entity; those that wait for it. */
  public Status status() {
    List<Nights.Night> all = new ArrayList<>();
    List<Due> missing = new ArrayList<>();
    List<Due> next = new ArrayList<>();
    for (String entity : entities("")) {
      all.addAll(database.inTransaction(tx -> nights.list(tx, entity, MOST_MISSED)));
      NightSchedule schedule = schedule(entity);
      missing(entity).forEach(day -> missing.add(new Due(entity, day, schedule.dueAt(day))));
      LocalDate coming = schedule.lastDue(clock.instant()).plusDays(1);
      next.add(new Due(entity, coming, schedule.dueAt(coming)));
    }
    return new Status(all, missing, next);
  }

  private boolean isBeforeAll(String entity, LocalDate date) {
    return date.isBefore(first(known(entity), schedule(entity).lastDue(clock.instant())))
        && database.inTransaction(tx -> nights.find(tx, entity, date)).isEmpty();
  }

  private SortedMap<LocalDate, Nights.Night> known(String entity) {
    SortedMap<LocalDate, Nights.Night> known = new TreeMap<>();
    database
        .inTransaction(tx -> nights.list(tx, entity, MOST_MISSED * 2))
        .forEach(night -> known.put(night.date(), night));
    return known;
  }

  /** The first night of all, but no more than a month back. */
  private static LocalDate first(SortedMap<LocalDate, Nights.Night> known, LocalDate last) {
    LocalDate earliest = last.minusDays(MOST_MISSED);
    LocalDate first = known.isEmpty() ? last : known.firstKey();
    return first.isBefore(earliest) ? earliest : first;
  }

  /** The nights that are due and not done, oldest first. */
  private List<LocalDate> missing(String entity) {
    LocalDate last = schedule(entity).lastDue(clock.instant());
    SortedMap<LocalDate, Nights.Night> known = known(entity);
    List<LocalDate> missing = new ArrayList<>();
    for (LocalDate date = first(known, last); !date.isAfter(last); date = date.plusDays(1)) {
      Nights.Night night = known.get(date);
      if (night == null || night.state() != Nights.State.DONE) {
        missing.add(date);
      }
    }
    return missing;
  }

  /** False if it failed, or if another is at it. */
  private boolean runIfFree(String entity, LocalDate date) {
    String run = newRun();
    if (!database.inTransaction(tx -> nights.begin(tx, entity, date, run, NightLease.LEASE))) {
      return database
          .inTransaction(tx -> nights.find(tx, entity, date))
          .filter(night -> night.state() == Nights.State.DONE)
          .isPresent();
    }
    try {
      run(entity, date, run, Actor.HUB);
      return true;
    } catch (RuntimeException e) {
      LOG.error(
          "The night of {} for {} failed; it is tried again within the hour", date, entity, e);
      return false;
    }
  }

  private List<PostingBatch> run(String entity, LocalDate date, String run, Actor maker) {
    NightLease lease = NightLease.hold(database, nights, entity, date, run);
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
        "the night of %s for %s failed: %s. It is tried again every hour; settle --date %s --entity %s runs it now"
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

  private NightSchedule schedule(String entity) {
    Entity keeper = mappings.entities().get(entity);
    return new NightSchedule(keeper.zone(), at);
  }
}
