package io.kontor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kontor.document.RawDocument;
import io.kontor.failure.TransientFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {

  /** More than the two files that the journal begins with hold. */
  private static final int MOST_DOCUMENTS = 1_000;

  private static final int BYTES = 50_000;

  @TempDir Path directory;

  @Test
  void one_that_has_stopped_by_itself_says_so_in_words() {
    EmbeddedBroker broker = EmbeddedBroker.start(directory, 10);
    assertThat(broker.probe().up()).isTrue();
    broker.close();

    assertThat(broker.probe().up()).isFalse();
    assertThat(broker.probe().message()).contains("the broker has stopped", "start the hub anew");
  }

  @Test
  void one_that_cannot_write_its_journal_tells_why_it_ends() throws Exception {
    EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"), Long.MAX_VALUE);
    try {
      CompletableFuture<String> end = new CompletableFuture<>();
      broker.onEnd(end::complete);
      // The journal goes on in a new file when one is full, and where that should be is nothing.
      Files.move(directory.resolve("broker/journal"), directory.resolve("elsewhere"));
      for (int i = 0; i < MOST_DOCUMENTS && !end.isDone(); i++) {
        put(broker, i);
      }
      assertThat(end)
          .succeedsWithin(Duration.ofMinutes(1))
          .asString()
          .contains("could not write its journal in " + directory.resolve("broker"))
          .contains("make room on the disk");
      await().until(() -> !broker.probe().up());
      assertThat(broker.full()).isFalse();
    } finally {
      broker.close();
    }
  }

  /** What is refused while the broker ends is no document that was taken. */
  private static void put(EmbeddedBroker broker, int number) {
    byte[] body = new byte[BYTES];
    try {
      broker
          .inbox()
          .put(new RawDocument("shop", "orders", String.valueOf(number), Instant.EPOCH, "", body));
    } catch (TransientFailure refused) {
      assertThat(refused.code()).isEqualTo("inbox-unreachable");
    }
  }
}
