package io.kontor.store;

import java.util.List;
import java.util.Locale;

/** What a URL of the embedded database must say for our SQL and our promises to hold. */
final class EmbeddedUrl {

  /**
   * PostgreSQL's syntax, names and null order; every commit written before it returns; locks waited
   * for as long as PostgreSQL does here; the database closed by us and not by a hook of its own
   * that runs while the hub still drains.
   */
  private static final List<String> REQUIRED =
      List.of(
          "MODE=PostgreSQL",
          "DATABASE_TO_LOWER=TRUE",
          "DEFAULT_NULL_ORDERING=HIGH",
          "WRITE_DELAY=0",
          "DB_CLOSE_ON_EXIT=FALSE");

  static final String OPTIONS =
      ";" + String.join(";", REQUIRED) + ";LOCK_TIMEOUT=10000;QUERY_CACHE_SIZE=256";

  private EmbeddedUrl() {}

  static boolean is(String url) {
    return url.startsWith("jdbc:h2:");
  }

  /**
   * Checks that nothing is missing.
   *
   * @throws IllegalArgumentException naming all that is missing
   */
  static void check(String url) {
    List<String> given = List.of(url.toLowerCase(Locale.ROOT).split(";"));
    List<String> missing =
        REQUIRED.stream().filter(o -> !given.contains(o.toLowerCase(Locale.ROOT))).toList();
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "the URL of the embedded database must carry " + String.join(";", missing));
    }
  }
}
