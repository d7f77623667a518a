package io.kontor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kontor.document.RawDocument;
import io.kontor.failure.TransientFailure;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.ObjectMessage;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {

  /** More than the two files that the journal begins with hold. */
  private static final int MOST_DOCUMENTS = 1_000;

  private static final int BYTES = 50_000;
  private static final int CALLERS = 16;

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
  void one_whose_journal_cannot_be_read_does_not_start() throws Exception {
    EmbeddedBroker.start(directory, 10).close();
    try (Stream<Path> files = Files.list(directory.resolve("journal"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".amq")).toList()) {
        byte[] garbage = new byte[Math.toIntExact(Files.size(file))];
        Arrays.fill(garbage, (byte) 'x');
        Files.write(file, garbage);
      }
    }
    assertThatThrownBy(() -> EmbeddedBroker.start(directory, 10))
        .hasMessageContaining("its journal cannot be read")
        .hasMessageContaining("restore it from a backup");
  }

  @Test
  void an_object_that_somebody_put_into_a_queue_is_never_made() throws Exception {
    EmbeddedBroker broker = EmbeddedBroker.start(directory, 10);
    try (Connection connection = broker.connections().createConnection();
        Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE)) {
      connection.start();
      Queue queue = session.createQueue(Broker.DELIVERIES);
      session.createProducer(queue).send(session.createObjectMessage(new Trap()));
      ObjectMessage message = (ObjectMessage) session.createConsumer(queue).receive(10_000);

      assertThatThrownBy(message::getObject).isInstanceOf(JMSException.class);
      assertThat(Trap.SPRUNG).isFalse();
    } finally {
      broker.close();
    }
  }

  /** Does something as soon as it is read. */
  private static final class Trap implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final AtomicBoolean SPRUNG = new AtomicBoolean();

    private void readObject(ObjectInputStream in) {
      SPRUNG.set(true);
    }
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

  @Test
  void documents_that_come_at_the_same_time_are_each_taken_once() throws Exception {
    EmbeddedBroker broker = EmbeddedBroker.start(directory, Long.MAX_VALUE);
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    try {
      List<Callable<Void>> calls =
          IntStream.range(0, MOST_DOCUMENTS).mapToObj(number -> call(broker, number)).toList();
      for (Future<Void> answer : callers.invokeAll(calls)) {
        answer.get();
      }
      assertThat(externalIds(broker))
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, MOST_DOCUMENTS).mapToObj(String::valueOf).toList());
    } finally {
      callers.shutdownNow();
      broker.close();
    }
  }

  @Test
  void each_that_waits_for_a_broker_that_has_stopped_is_told() throws Exception {
    EmbeddedBroker broker = EmbeddedBroker.start(directory, Long.MAX_VALUE);
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    broker.close();
    try {
      List<Callable<Void>> calls =
          IntStream.range(0, CALLERS).mapToObj(number -> call(broker, number)).toList();
      for (Future<Void> answer : callers.invokeAll(calls)) {
        assertThat(answer)
            .failsWithin(Duration.ofMinutes(1))
            .withThrowableOfType(ExecutionException.class)
            .withCauseInstanceOf(TransientFailure.class);
      }
    } finally {
      callers.shutdownNow();
    }
  }

  private static Callable<Void> call(EmbeddedBroker broker, int number) {
    return () -> {
      broker.inbox().put(document(number, new byte[1]));
      return null;
    };
  }

  private static List<String> externalIds(EmbeddedBroker broker) throws JMSException {
    List<String> ids = new ArrayList<>();
    try (Connection connection = broker.connections().createConnection();
        Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        QueueBrowser browser = session.createBrowser(session.createQueue(Broker.INBOX))) {
      connection.start();
      Enumeration<?> messages = browser.getEnumeration();
      while (messages.hasMoreElements()) {
        ids.add(((Message) messages.nextElement()).getStringProperty("externalId"));
      }
    }
    return ids;
  }

  private static RawDocument document(int number, byte[] body) {
    return new RawDocument("shop", "orders", String.valueOf(number), Instant.EPOCH, "", body);
  }

  /** What is refused while the broker ends is no document that was taken. */
  private static void put(EmbeddedBroker broker, int number) {
    byte[] body = new byte[BYTES];
    try {
      broker.inbox().put(document(number, body));
    } catch (TransientFailure refused) {
      assertThat(refused.code()).isEqualTo("inbox-unreachable");
    }
  }
}
