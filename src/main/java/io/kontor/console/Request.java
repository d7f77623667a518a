package io.kontor.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kontor.failure.RejectedFailure;
import io.kontor.work.Actor;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What somebody asks for.
 *
 * @param path the segments after {@code /api}
 * @param query parameters, decoded
 * @param roles what the actor may do: {@code operator}, {@code finance}, {@code engineer}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared by value
record Request(
    String method,
    List<String> path,
    Map<String, String> query,
    byte[] body,
    Actor actor,
    Set<String> roles) {

  private static final ObjectMapper JSON = new ObjectMapper();

  Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name)).filter(value -> !value.isBlank());
  }

  /** Whether a page is wanted, rather than JSON. */
  boolean isForPage() {
    return switch (parameter("format").orElse("json")) {
      case "json" -> false;
      case "html" -> true;
      default -> throw new IllegalArgumentException("the formats are json and html");
    };
  }

  /** A field of the JSON body; empty if it is not there. */
  String field(String name) {
    if (body.length == 0) {
      return "";
    }
    try {
      JsonNode tree = JSON.readTree(body);
      return tree.path(name).asText("");
    } catch (JsonProcessingException e) {
      throw new RejectedFailure(
          "not-json", "body", "the body is not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory can be read", e);
    }
  }

  /** An amount of the JSON body, as a decimal string. */
  Optional<BigDecimal> amount(String name) {
    String text = field(name);
    if (text.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new BigDecimal(text));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'%s' is not an amount such as 12.50".formatted(text), e);
    }
  }

  /** A text as a part of a URL. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** A day as people write it. */
  static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("'%s' is not a day such as 2026-11-20".formatted(text), e);
    }
  }

  /** A month as people write it. */
  static YearMonth month(String text) {
    try {
      return YearMonth.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("'%s' is not a month such as 2026-11".formatted(text), e);
    }
  }

  String required(String name) {
    String value = field(name);
    if (value.isBlank()) {
      throw new RejectedFailure(
          "field-missing", name, "the body needs a field '%s'".formatted(name));
    }
    return value;
  }

  /**
   * Refuses who may not.
   *
   * @throws NotAllowedException if the actor has none of these roles
   */
  void needs(String... anyOf) {
    for (String role : anyOf) {
      if (roles.contains(role)) {
        return;
      }
    }
    throw new NotAllowedException(actor, String.join(" or ", anyOf));
  }
}
