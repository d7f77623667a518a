package io.kontor.store;

import java.nio.file.Path;

/**
 * Where the database is.
 *
 * @param url a JDBC URL of H2 or PostgreSQL
 * @param poolSize the most connections held at once
 */
public record DatabaseSettings(String url, String user, String password, int poolSize) {

  /** The embedded database in a file; {@code .mv.db} is added to its name. */
  public static DatabaseSettings embedded(Path file, int poolSize) {
    return new DatabaseSettings(
        "jdbc:h2:file:" + file.toAbsolutePath() + EmbeddedUrl.OPTIONS, "sa", "", poolSize);
  }

  /** Without the password, so that it may be logged. */
  @Override
  public String toString() {
    return "%s as %s, pool of %d".formatted(url, user, poolSize);
  }
}
