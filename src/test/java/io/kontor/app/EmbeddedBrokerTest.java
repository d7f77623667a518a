package io.kontor.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {

  @TempDir Path directory;

  @Test
  void one_that_has_stopped_by_itself_says_so_in_words() {
    EmbeddedBroker broker = EmbeddedBroker.start(directory, 10);
    assertThat(broker.probe().up()).isTrue();
    broker.close();

    assertThat(broker.probe().up()).isFalse();
    assertThat(broker.probe().message()).contains("the broker has stopped", "start the hub anew");
  }
}
