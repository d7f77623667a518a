package io.kontor.work.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kontor.store.OnBothDatabases;
import io.kontor.store.StagedLine;
import io.kontor.store.TestDatabase;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;

/** The lines of a statement on their way into the database while the rest of it is read. */
class LineStagingTest {

  private static final String TOO_LONG = "9".repeat(201);

  @OnBothDatabases
  void every_line_is_staged_whether_or_not_its_chunk_is_full(TestDatabase db) throws SQLException {
    long lines = 2L * LineStaging.CHUNK + 1;
    try (LineStaging staging = staging(db, begin(db))) {
      for (long line = 1; line <= lines; line++) {
        staging.add(line(line, "order"));
      }
      assertThat(staging.finish()).isEqualTo(lines);
    }
    assertThat(staged(db)).isEqualTo(lines);
  }

  @OnBothDatabases
  void what_fails_in_one_chunk_is_said_before_the_next_is_staged(TestDatabase db)
      throws SQLException {
    try (LineStaging staging = staging(db, begin(db))) {
      for (long line = 1; line <= LineStaging.CHUNK; line++) {
        staging.add(line(line, line == 7 ? TOO_LONG : "order"));
      }
      assertThatThrownBy(staging::finish).hasMessageContaining("too long");
    }
    assertThat(staged(db)).isZero();
  }

  @OnBothDatabases
  void once_it_is_closed_nothing_comes_after_and_the_import_can_be_discarded(TestDatabase db)
      throws SQLException {
    long importId = begin(db);
    try (LineStaging staging = staging(db, importId)) {
      for (long line = 1; line <= LineStaging.CHUNK + 3L; line++) {
        staging.add(line(line, "order"));
      }
    }
    assertThat(staged(db)).isEqualTo(LineStaging.CHUNK);
    db.run(tx -> db.store.imports().discard(tx, importId));
    assertThat(staged(db)).isZero();
  }

  private static long begin(TestDatabase db) {
    return db.in(tx -> db.store.imports().begin(tx, "nordwind", "amazon-eu", "sha256:1"));
  }

  private static LineStaging staging(TestDatabase db, long importId) {
    return new LineStaging(db.store.database(), db.store.imports(), importId);
  }

  private static StagedLine line(long number, String order) {
    return new StagedLine(
        number,
        order,
        "SKU",
        BigDecimal.ONE,
        Instant.parse("2026-11-20T10:00:00Z"),
        LocalDate.of(2026, 11, 20),
        "Amazon.de",
        "Order/ItemPrice/Principal",
        new BigDecimal("10.00"));
  }

  private static long staged(TestDatabase db) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                db.settings.url(), db.settings.user(), db.settings.password());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM settlement_line")) {
      row.next();
      return row.getLong(1);
    }
  }
}
