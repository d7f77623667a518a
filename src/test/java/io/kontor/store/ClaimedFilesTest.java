package io.kontor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kontor.document.RawDocument;
import io.kontor.work.intake.ClaimChecks;
import io.kontor.work.intake.ClaimChecksInDatabase;
import io.kontor.work.intake.ClaimChecksOnDisk;
import io.kontor.work.intake.TakenFiles;
import io.kontor.work.night.Retention;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;

/** Large files in the database, and beside them those on the disk. */
class ClaimedFilesTest {

  private static final Duration KEPT = Duration.ofDays(400);
  private static final Duration LONGER = KEPT.plusDays(1);

  @TempDir Path directory;

  @OnBothDatabases
  void a_file_comes_out_as_it_went_in_whatever_its_length(TestDatabase db) throws Exception {
    for (int length :
        List.of(0, 1, ClaimedFiles.PIECE - 1, ClaimedFiles.PIECE, 3 * ClaimedFiles.PIECE + 7)) {
      byte[] content = content(length);
      ClaimChecks.Claimed claimed = inDatabase(db).store(file(content));

      try (InputStream in = inDatabase(db).open(claimed.name())) {
        assertThat(in.readAllBytes()).as("of %d bytes", length).isEqualTo(content);
        assertThat(in.read()).isEqualTo(-1);
      }
      try (InputStream in = inDatabase(db).open(claimed.name())) {
        assertThat(in.read()).isEqualTo(length == 0 ? -1 : Byte.toUnsignedInt(content[0]));
      }
    }
  }

  @OnBothDatabases
  void the_same_file_is_kept_once_however_many_hand_it_in_at_the_same_time(TestDatabase db)
      throws Exception {
    Path file = file(content(2 * ClaimedFiles.PIECE));
    ExecutorService nodes = Executors.newFixedThreadPool(4);
    List<Future<ClaimChecks.Claimed>> claims = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      claims.add(nodes.submit(() -> inDatabase(db).store(file)));
    }
    nodes.shutdown();
    for (Future<ClaimChecks.Claimed> claim : claims) {
      assertThat(claim.get(60, TimeUnit.SECONDS)).isEqualTo(claims.get(0).get());
    }

    assertThat(rows(db, "claim_check")).isEqualTo(1);
    assertThat(rows(db, "claim_check_draft")).isZero();
    assertThat(rows(db, "claim_check_chunk")).isEqualTo(3);
  }

  @OnBothDatabases
  void a_file_that_is_not_there_is_named(TestDatabase db) {
    String name = "0".repeat(64);
    assertThatThrownBy(() -> inDatabase(db).open(name))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining(name);
    assertThatThrownBy(() -> inDatabase(db).open("../../etc/passwd"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @OnBothDatabases
  void what_was_never_finished_is_not_seen_and_goes_when_nobody_can_be_writing_it(TestDatabase db) {
    ClaimedFiles files = db.store.files();
    db.run(tx -> files.add(tx, files.begin(tx), 0, content(10)));
    db.clock.goOn(Duration.ofHours(5));
    inDatabase(db).discardDrafts();
    assertThat(rows(db, "claim_check_chunk")).isEqualTo(1);

    db.clock.goOn(Duration.ofHours(2));
    inDatabase(db).discardDrafts();
    assertThat(rows(db, "claim_check_chunk")).isZero();
    assertThat(rows(db, "claim_check_draft")).isZero();
  }

  @OnBothDatabases
  void a_file_is_kept_as_long_as_its_document_in_the_database(TestDatabase db) throws Exception {
    aFileIsKeptAsLongAsItsDocument(db, inDatabase(db));
    assertThat(rows(db, "claim_check_chunk")).isEqualTo(1);
  }

  @OnBothDatabases
  void a_file_is_kept_as_long_as_its_document_on_the_disk(TestDatabase db) throws Exception {
    aFileIsKeptAsLongAsItsDocument(db, onDisk(db));
  }

  private void aFileIsKeptAsLongAsItsDocument(TestDatabase db, ClaimChecks claims)
      throws Exception {
    String recorded = document(db, claims, RawOutcome.RECORDED);
    String waiting = document(db, claims, RawOutcome.WAITING);
    String orphan = claims.store(file(content(5))).name();
    age();
    Retention retention =
        new Retention(db.store, claims, new TakenFiles(directory.resolve("inbox")), KEPT, db.clock);

    retention.purge();
    for (String name : List.of(recorded, waiting, orphan)) {
      claims.open(name).close();
    }

    db.clock.goOn(LONGER);
    assertThat(retention.purge()).isEqualTo(1);
    claims.open(waiting).close();
    for (String gone : List.of(recorded, orphan)) {
      assertThatThrownBy(() -> claims.open(gone)).isInstanceOf(NoSuchFileException.class);
    }
  }

  private static String document(TestDatabase db, ClaimChecks claims, RawOutcome outcome)
      throws IOException {
    Path file = Files.createTempFile("claim", ".txt");
    Files.writeString(file, outcome.word());
    ClaimChecks.Claimed claimed = claims.store(file);
    Files.delete(file);
    RawDocument raw =
        new RawDocument(
            "amazon",
            "settlement",
            "sha256:" + claimed.sha256(),
            db.clock.instant(),
            "claim",
            claimed.name().getBytes(StandardCharsets.UTF_8));
    db.run(tx -> db.store.archive().addNew(tx, List.of(new Archive.NewDocument(raw, outcome))));
    return claimed.name();
  }

  /** Files on the disk are as old as the database's clock says. */
  private void age() throws IOException {
    if (Files.notExists(directory.resolve("claims"))) {
      return;
    }
    try (var files = Files.list(directory.resolve("claims"))) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, FileTime.from(TestDatabase.START));
      }
    }
  }

  private static ClaimChecks inDatabase(TestDatabase db) {
    return new ClaimChecksInDatabase(db.store.database(), db.store.files(), db.store.archive());
  }

  private ClaimChecks onDisk(TestDatabase db) {
    return new ClaimChecksOnDisk(
        directory.resolve("claims"), db.store.database(), db.store.archive());
  }

  private static long rows(TestDatabase db, String table) {
    return db.in(tx -> tx.count("SELECT COUNT(*) FROM " + table));
  }

  private Path file(byte[] content) throws IOException {
    return Files.write(Files.createTempFile(directory, "file", ".txt"), content);
  }

  private static byte[] content(int length) {
    byte[] content = new byte[length];
    new Random(length).nextBytes(content);
    return content;
  }
}
