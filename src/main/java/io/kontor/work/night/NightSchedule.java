package io.kontor.work.night;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * When the night of a business date is due: at a time of the next day, by the clock of the entity.
 * Where that time does not exist because the clock goes forward, the night is due when it has gone
 * forward; where it exists twice, at the second, as Quartz has it.
 */
public record NightSchedule(ZoneId zone, LocalTime at) {

  public Instant dueAt(LocalDate date) {
    return ZonedDateTime.of(date.plusDays(1), at, zone).withLaterOffsetAtOverlap().toInstant();
  }

  /** The newest business date whose night is due. */
  public LocalDate lastDue(Instant now) {
    LocalDate today = LocalDate.ofInstant(now, zone);
    LocalDate yesterday = today.minusDays(1);
    return dueAt(yesterday).isAfter(now) ? yesterday.minusDays(1) : yesterday;
  }

  /** The last business day that is over, whether its night is due or not. */
  public LocalDate lastOver(Instant now) {
    return LocalDate.ofInstant(now, zone).minusDays(1);
  }
}
