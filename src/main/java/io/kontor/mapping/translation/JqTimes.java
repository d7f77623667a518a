package io.kontor.mapping.translation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/** Times as documents write them. What is none, or a zone that there is not, ends the order. */
final class JqTimes {

  private static final JsonNode UTC = TextNode.valueOf(ZoneOffset.UTC.getId());

  private JqTimes() {}

  /** The zone counts where the text has no offset. */
  static Instant instant(JsonNode text, JsonNode zone) throws JsonQueryException {
    String time = text.asText("").strip();
    try {
      return OffsetDateTime.parse(time).toInstant();
    } catch (DateTimeException e) {
      return local(time, zone.asText("UTC"));
    }
  }

  private static Instant local(String time, String name) throws JsonQueryException {
    ZoneId zone = zone(name);
    try {
      return time.length() == "2000-01-01".length()
          ? LocalDate.parse(time).atStartOfDay(zone).toInstant()
          : LocalDateTime.parse(time.replace(' ', 'T')).atZone(zone).toInstant();
    } catch (DateTimeException e) {
      throw JqFunction.rejected(
          "not-a-time", "'%s' is not a time; correct the document".formatted(time));
    }
  }

  /** It is the mapping that says it, or a document that the mapping believes. */
  private static ZoneId zone(String name) throws JsonQueryException {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new JsonQueryException(
          "'%s' is not a time zone; zones are named as Europe/Berlin is".formatted(name), e);
    }
  }

  static Instant secondBefore(JsonNode text) throws JsonQueryException {
    return instant(text, UTC).minusSeconds(1);
  }

  /** The day that it is in a zone at some time. */
  static LocalDate dayIn(JsonNode text, JsonNode zone) throws JsonQueryException {
    return LocalDate.ofInstant(instant(text, UTC), zone(zone.asText()));
  }

  /** Nulls do not count. */
  static Instant latest(JsonNode times) throws JsonQueryException {
    Instant latest = Instant.MIN;
    for (JsonNode time : times) {
      if (!time.isNull()) {
        Instant instant = instant(time, UTC);
        latest = instant.isAfter(latest) ? instant : latest;
      }
    }
    if (latest.equals(Instant.MIN)) {
      throw JqFunction.rejected("not-a-time", "the document states no time; correct it");
    }
    return latest;
  }
}
