package io.kontor.work.night;

import io.kontor.failure.RejectedFailure;
import io.kontor.mapping.Entity;
import io.kontor.mapping.Mappings;
import io.kontor.store.Database;
import io.kontor.store.Nights;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which nights were run, are due and come next, by each entity's own clock. */
public final class NightCalendar {

  /** How many missed nights are caught up; older facts are in the newest batch all the same. */
  private static final int MOST_MISSED = 31;

  private final Database database;
  private final Nights nights;
  private final Mappings mappings;
  private final LocalTime at;
  private final Clock clock;

  /**
   * @param at when a night is due, on the clock of its entity
   */
  public NightCalendar(
      Database database, Nights nights, Mappings mappings, LocalTime at, Clock clock) {
    this.database = database;
    this.nights = nights;
    this.mappings = mappings;
    this.at = at;
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

  /**
   * The entities that a person names.
   *
   * @param entity an entity, or blank for all of them
   * @throws RejectedFailure {@code unknown-entity} if there is none of this name
   */
  public List<String> entities(String entity) {
    return entity.isBlank()
        ? mappings.entities().keySet().stream().sorted().toList()
        : List.of(mappings.requireEntity(entity).id());
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

  /** Whether a night was never due, because the first one came after it. */
  boolean isBeforeAll(String entity, LocalDate date) {
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
  List<LocalDate> missing(String entity) {
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

  private NightSchedule schedule(String entity) {
    Entity keeper = mappings.entities().get(entity);
    return new NightSchedule(keeper.zone(), at);
  }
}
