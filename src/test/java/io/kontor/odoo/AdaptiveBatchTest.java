package io.kontor.odoo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

class AdaptiveBatchTest {

  private long now;
  private final AdaptiveBatch batch = new AdaptiveBatch(() -> now, 1, 50);

  private void send(int documents, long nanosPerDocument) {
    long startedAt = batch.now();
    now += documents * nanosPerDocument;
    batch.sent(documents, startedAt);
  }

  @Test
  void it_starts_at_ten() {
    assertThat(batch.size()).isEqualTo(10);
  }

  @Test
  void it_grows_while_the_time_per_document_falls() {
    send(10, 30);
    send(batch.size(), 25);
    send(batch.size(), 20);

    assertThat(batch.size()).isGreaterThan(20);
  }

  @Test
  void it_shrinks_when_the_time_per_document_rises() {
    send(10, 20);
    int before = batch.size();
    send(before, 40);

    assertThat(batch.size()).isLessThan(before);
  }

  @Test
  void it_shrinks_on_a_poison_row_and_never_below_one() {
    for (int i = 0; i < 10; i++) {
      batch.poisoned();
    }

    assertThat(batch.size()).isEqualTo(1);
  }

  @Test
  void a_few_documents_say_nothing_about_a_large_batch() {
    send(2, 1_000);

    assertThat(batch.size()).isEqualTo(10);
  }

  /** The times per order that a real server showed, in microseconds, by size of batch. */
  @Test
  void with_the_times_of_a_real_server_it_stays_where_that_is_fast() {
    IntToLongFunction measured =
        size -> {
          if (size < 5) {
            return 60_000;
          }
          return size < 10 ? 28_000 : 24_000 + Math.max(0, size - 25) * 350L;
        };

    for (int i = 0; i < 50; i++) {
      send(batch.size(), measured.applyAsLong(batch.size()));
    }

    assertThat(batch.size()).isBetween(8, 35);
  }

  @Test
  void after_poison_it_grows_again() {
    batch.poisoned();
    batch.poisoned();
    for (int i = 0; i < 20; i++) {
      send(batch.size(), 1_000 / batch.size());
    }

    assertThat(batch.size()).isGreaterThan(10);
  }

  @Test
  void where_small_batches_are_slow_it_turns_round() {
    send(10, 20);
    send(batch.size(), 40);
    int shrunk = batch.size();
    send(shrunk, 60);

    assertThat(batch.size()).isGreaterThan(shrunk);
  }
}
