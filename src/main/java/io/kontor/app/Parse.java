package io.kontor.app;

import java.net.URI;
import java.time.Duration;
import java.time.LocalTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How values of settings are written; each throws a runtime exception on what it cannot read. */
final class Parse {

  private static final Pattern BROKERS =
      Pattern.compile("tcp://[^\\s,()]+|\\(tcp://[^\\s,()]+(,tcp://[^\\s,()]+)*\\)(\\?\\S+)?");

  private static final Pattern DURATION = Pattern.compile("(\\d+)(ms|s|m|h|d)");

  private Parse() {}

  /** Reads one kind of value. */
  @FunctionalInterface
  interface Reading<T> {
    T read(String text);
  }

  static Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(text);
    }
    long amount = Long.parseLong(matcher.group(1));
    Duration duration =
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(amount);
          case "s" -> Duration.ofSeconds(amount);
          case "m" -> Duration.ofMinutes(amount);
          case "h" -> Duration.ofHours(amount);
          default -> Duration.ofDays(amount);
        };
    if (duration.isZero()) {
      throw new IllegalArgumentException(text);
    }
    return duration;
  }

  static int number(String text, int least, int most) {
    int number = Integer.parseInt(text);
    if (number < least || number > most) {
      throw new IllegalArgumentException(text);
    }
    return number;
  }

  static boolean flag(String text) {
    if (text.equals("true") || text.equals("false")) {
      return text.equals("true");
    }
    throw new IllegalArgumentException(text);
  }

  static LocalTime time(String text) {
    return LocalTime.parse(text);
  }

  /**
   * One address or several, with parameters, as Artemis reads them; not by Artemis itself, whose
   * loggers would open their file before the settings say where.
   */
  static String brokerUrl(String text) {
    if (!text.isEmpty() && !BROKERS.matcher(text).matches()) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }

  static String httpUrl(String text) {
    URI uri = URI.create(text);
    if (uri.getHost() == null
        || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
      throw new IllegalArgumentException(text);
    }
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }
}
