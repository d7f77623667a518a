package io.kontor.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.kontor.document.RawDocument;
import io.kontor.failure.TransientFailure;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.ResourceAllocationException;
import jakarta.jms.Session;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JmsInboxTest {

  private static final int MANY = 20;

  /** How many messages each transaction had. */
  private final BlockingQueue<Integer> transactions = new LinkedBlockingQueue<>();

  private final BlockingQueue<Throwable> refusals = new LinkedBlockingQueue<>();

  @Test
  void documents_that_come_while_one_is_on_its_way_are_sent_in_one_transaction() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch synced = new CountDownLatch(1);
    try (JmsInbox inbox =
        inbox(
            () -> {
              begun.countDown();
              synced.await();
              return null;
            })) {
      Thread first = put(inbox, 0);
      begun.await();
      List<Thread> others = IntStream.rangeClosed(1, MANY).mapToObj(i -> put(inbox, i)).toList();
      await().until(() -> others.stream().allMatch(JmsInboxTest::waits));

      synced.countDown();

      first.join();
      for (Thread other : others) {
        other.join();
      }
    }
    assertThat(transactions).containsExactly(1, MANY);
    assertThat(refusals).isEmpty();
  }

  @Test
  void every_document_of_a_transaction_that_the_broker_refuses_is_refused() throws Exception {
    try (JmsInbox inbox =
        inbox(
            () -> {
              throw new ResourceAllocationException("no more room");
            })) {
      for (Thread thread : IntStream.range(0, MANY).mapToObj(i -> put(inbox, i)).toList()) {
        thread.join();
      }
    }
    assertThat(refusals)
        .hasSize(MANY)
        .allSatisfy(
            refusal ->
                assertThat(refusal)
                    .isInstanceOf(TransientFailure.class)
                    .extracting(failure -> ((TransientFailure) failure).code())
                    .isEqualTo(JmsInbox.FULL));
  }

  private Thread put(JmsInbox inbox, int number) {
    RawDocument document =
        new RawDocument(
            "shopify", "order", String.valueOf(number), Instant.EPOCH, "", new byte[] {1});
    Thread thread =
        new Thread(
            () -> {
              Throwable refusal = catchThrowable(() -> inbox.put(document));
              if (refusal != null) {
                refusals.add(refusal);
              }
            });
    thread.start();
    return thread;
  }

  /** Whether a thread has put its document, and waits for the broker. */
  private static boolean waits(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .anyMatch(frame -> frame.getMethodName().equals("join"));
  }

  private JmsInbox inbox(Callable<?> commit) {
    AtomicInteger sent = new AtomicInteger();
    MessageProducer producer = fake(MessageProducer.class, Map.of("send", sent::incrementAndGet));
    Session session =
        fake(
            Session.class,
            Map.of(
                "createProducer",
                () -> producer,
                "createBytesMessage",
                () -> fake(BytesMessage.class, Map.of()),
                "commit",
                () -> {
                  transactions.add(sent.getAndSet(0));
                  return commit.call();
                }));
    Connection connection = fake(Connection.class, Map.of("createSession", () -> session));
    return new JmsInbox(
        fake(ConnectionFactory.class, Map.of("createConnection", () -> connection)),
        fake(Queue.class, Map.of()),
        () -> false);
  }

  /** One that does what is said by the methods' names, and nothing otherwise. */
  private static <T> T fake(Class<T> type, Map<String, Callable<?>> methods) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              Object answer = methods.getOrDefault(method.getName(), () -> null).call();
              return method.getReturnType() == void.class ? null : answer;
            }));
  }
}
