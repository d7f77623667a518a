package io.kontor.mapping.statement;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The dates of one statement. A time without a zone is in the layout's. A day without a time is ten
 * in the morning there: so early that it is the same day in Auckland, so late that it is in
 * Honolulu; its start would be the day before, and on a first the month before, for everybody who
 * lives west of the layout's zone. Not thread-safe: it remembers the last date, because many lines
 * in a row are of one moment.
 */
public final class StatementDates {

  private static final LocalTime OF_A_DAY = LocalTime.of(10, 0);

  /** In the afternoon, and no two of its numbers are the same. */
  private static final ZonedDateTime PROBE =
      ZonedDateTime.of(2001, 2, 3, 16, 5, 6, 0, ZoneOffset.UTC);

  private final List<DateTimeFormatter> formats = new ArrayList<>();
  private final ZoneId zone;
  private String lastText = "";
  private Optional<Instant> last = Optional.empty();

  StatementDates(StatementLayout.Dates dates) {
    this.zone = dates.zone();
    for (String pattern : dates.patterns()) {
      dates.languages().forEach(language -> formats.add(format(pattern, language)));
    }
  }

  /**
   * A format that takes names of months and zones in either case.
   *
   * @throws IllegalArgumentException if it is no pattern
   */
  public static DateTimeFormatter format(String pattern, Locale language) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern(pattern)
        .toFormatter(language);
  }

  /**
   * What of the patterns cannot be trusted: one that does not read what it writes forgets the day
   * or half of it, and of two that read one text as different days it cannot be told which is
   * meant.
   */
  public static Set<String> doubts(StatementLayout.Dates dates) {
    Set<String> doubts = new LinkedHashSet<>();
    for (Locale language : dates.languages()) {
      for (String pattern : dates.patterns()) {
        DateTimeFormatter format = format(pattern, language);
        String text = format.format(PROBE);
        if (!day(format, text).equals(Optional.of(PROBE.toLocalDate())) || !rereads(format, text)) {
          doubts.add(
              "'%s' writes %s as %s and cannot read that again: yyyy, MM and dd are the year, month and day, HH and mm the hour and minute, hh needs a"
                  .formatted(pattern, PROBE.toLocalDateTime(), text));
        }
        for (String other : dates.patterns()) {
          if (day(format(other, language), text)
              .filter(day -> !day.equals(PROBE.toLocalDate()))
              .isPresent()) {
            doubts.add(
                "%s is one day by '%s' and another by '%s': keep the one that the channel writes"
                    .formatted(text, pattern, other));
          }
        }
      }
    }
    return doubts;
  }

  private static Optional<LocalDate> day(DateTimeFormatter format, String text) {
    try {
      return Optional.of(LocalDate.from(format.parse(text)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static boolean rereads(DateTimeFormatter format, String text) {
    try {
      return format.format(time(format, text)).equals(text);
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static TemporalAccessor time(DateTimeFormatter format, String text) {
    return format.parseBest(text, ZonedDateTime::from, LocalDateTime::from, LocalDate::from);
  }

  /** The instant that a text means by the first pattern that fits, if one does. */
  Optional<Instant> parse(String text) {
    if (!text.equals(lastText)) {
      last = parsed(text);
      lastText = text;
    }
    return last;
  }

  private Optional<Instant> parsed(String text) {
    for (int i = 0; i < formats.size(); i++) {
      try {
        TemporalAccessor time = time(formats.get(i), text);
        formats.add(0, formats.remove(i)); // a file writes its dates in one way
        return Optional.of(instant(time));
      } catch (DateTimeException e) {
        // not this pattern
      }
    }
    return Optional.empty();
  }

  private Instant instant(TemporalAccessor time) {
    if (time instanceof ZonedDateTime zoned) {
      return zoned.toInstant();
    }
    return time instanceof LocalDateTime local
        ? local.atZone(zone).toInstant()
        : LocalDate.from(time).atTime(OF_A_DAY).atZone(zone).toInstant();
  }
}
