package io.kontor.ledger;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * On which days an entity's books take entries.
 *
 * @param locked months that are closed
 * @param lockedThrough the last day that a set of books outside has closed, if it has closed any
 */
public record OpenDays(Set<YearMonth> locked, Optional<LocalDate> lockedThrough) {

  /** Everything is open. */
  public static final OpenDays ALL = new OpenDays(Set.of(), Optional.empty());

  public OpenDays {
    locked = Set.copyOf(locked);
  }

  public boolean isOpen(LocalDate day) {
    return !locked.contains(YearMonth.from(day)) && lockedThrough.map(day::isAfter).orElse(true);
  }

  /**
   * The day on which something of {@code day} is booked: the day itself, or the first one after it
   * that is open.
   */
  public LocalDate firstFrom(LocalDate day) {
    LocalDate open =
        lockedThrough.filter(last -> !day.isAfter(last)).map(last -> last.plusDays(1)).orElse(day);
    while (locked.contains(YearMonth.from(open))) {
      open = YearMonth.from(open).plusMonths(1).atDay(1);
    }
    return open;
  }

  /** The earliest of these days that is not open. */
  public Optional<LocalDate> firstClosed(Collection<LocalDate> days) {
    return days.stream().filter(day -> !isOpen(day)).min(LocalDate::compareTo);
  }
}
