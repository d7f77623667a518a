package io.kontor.mapping;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The dates of one statement. A time without a zone is UTC, a day is its start. Not thread-safe: it
 * remembers the last date, because many lines in a row are of one moment.
 */
final class StatementDates {

  private final List<DateTimeFormatter> formats = new ArrayList<>();
  private String lastText = "";
  private Optional<Instant> last = Optional.empty();

  StatementDates(List<String> patterns) {
    patterns.forEach(p -> formats.add(DateTimeFormatter.ofPattern(p, Locale.ENGLISH)));
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
        TemporalAccessor time =
            formats
                .get(i)
                .parseBest(text, ZonedDateTime::from, LocalDateTime::from, LocalDate::from);
        formats.add(0, formats.remove(i)); // a file writes its dates in one way
        return Optional.of(instant(time));
      } catch (DateTimeException e) {
        // not this pattern
      }
    }
    return Optional.empty();
  }

  private static Instant instant(TemporalAccessor time) {
    if (time instanceof ZonedDateTime zoned) {
      return zoned.toInstant();
    }
    return time instanceof LocalDateTime local
        ? local.toInstant(ZoneOffset.UTC)
        : LocalDate.from(time).atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
