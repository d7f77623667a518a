package io.kontor.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.kontor.work.intake.TakenFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TakenFilesTest {

  private static final Instant LIMIT = Instant.parse("2026-06-30T12:00:00Z");

  @TempDir private Path inbox;

  @Test
  void files_that_were_taken_in_or_set_aside_go_when_their_time_is_over() throws IOException {
    Path old = file("shop/orders/done/20260601-080000000-day.json");
    Path oldFailed = file("shop/orders/failed/20260601-080000000-day.json");
    Path recent = file("shop/orders/done/20260715-080000000-day.json");
    Path waiting = file("shop/orders/20260601-080000000-day.json");
    Path foreign = file("shop/orders/done/notes.txt");

    assertThat(new TakenFiles(inbox).discardBefore(LIMIT)).isEqualTo(2);
    assertThat(old).doesNotExist();
    assertThat(oldFailed).doesNotExist();
    assertThat(recent).exists();
    assertThat(waiting).exists();
    assertThat(foreign).exists();
    assertThat(new TakenFiles(inbox.resolve("none")).discardBefore(LIMIT)).isZero();
  }

  private Path file(String name) throws IOException {
    Path file = inbox.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "{}");
  }
}
