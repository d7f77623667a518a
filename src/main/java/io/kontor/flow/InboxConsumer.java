package io.kontor.flow;

import io.kontor.document.RawDocument;
import io.kontor.failure.FaultPoint;
import io.kontor.failure.TransientFailure;
import io.kontor.store.Database;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up to a batch of documents from the queue in one transacted session, sends them through the
 * route as one exchange whose body is {@code List<RawDocument>}, and commits the session only when
 * the exchange succeeded: the database commits first, the broker second.
 *
 * <p>When the database is at fault the session is rolled back, the thread pauses (twice as long
 * each time) and the broker delivers again, without limit. Any other failure is a document's: the
 * batch is offered again one by one within the same session, and the guilty one is refused.
 */
@ManagedResource(description = "Batching consumer of raw documents")
final class InboxConsumer extends DefaultConsumer {

  private static final Logger LOG = LoggerFactory.getLogger(InboxConsumer.class);
  private static final long FIRST_RECEIVE_MILLIS = 500;
  private static final long FIRST_PAUSE_MILLIS = 250;
  private static final long STOP_SECONDS = 20;

  /** A batch ends early here, so that a hundred big documents do not fill the memory. */
  private static final long BATCH_BYTES = 16L * 1024 * 1024;

  private final InboxEndpoint endpoint;
  private final AtomicLong documents = new AtomicLong();
  private final AtomicLong rollbacks = new AtomicLong();
  private ExecutorService threads;
  private volatile CountDownLatch stopped = new CountDownLatch(0);

  InboxConsumer(InboxEndpoint endpoint, Processor processor) {
    super(endpoint, processor);
    this.endpoint = endpoint;
  }

  @ManagedAttribute(description = "Documents acknowledged since the start")
  public long getDocuments() {
    return documents.get();
  }

  @ManagedAttribute(description = "Batches given back to the broker since the start")
  public long getRollbacks() {
    return rollbacks.get();
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    stopped = new CountDownLatch(1);
    threads =
        endpoint
            .getCamelContext()
            .getExecutorServiceManager()
            .newFixedThreadPool(this, "inbox-" + endpoint.getQueue(), endpoint.getConsumers());
    for (int i = 0; i < endpoint.getConsumers(); i++) {
      threads.execute(this::consumeUntilStopped);
    }
  }

  @Override
  protected void doStop() throws Exception {
    stopped.countDown();
    if (threads != null) {
      endpoint
          .getCamelContext()
          .getExecutorServiceManager()
          .shutdownGraceful(threads, TimeUnit.SECONDS.toMillis(STOP_SECONDS));
      threads = null;
    }
    super.doStop();
  }

  private boolean running() {
    return stopped.getCount() > 0;
  }

  private void consumeUntilStopped() {
    long pause = FIRST_PAUSE_MILLIS;
    while (running()) {
      try (Connection connection = endpoint.getComponent().broker().createConnection();
          Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
          MessageConsumer consumer =
              session.createConsumer(session.createQueue(endpoint.getQueue()))) {
        connection.start();
        while (running()) {
          if (consumeBatch(session, consumer)) {
            pause = FIRST_PAUSE_MILLIS;
          } else {
            pause = pauseLonger(pause);
          }
        }
      } catch (JMSException e) {
        if (running()) {
          LOG.warn("The broker is out of reach, next try in {} ms: {}", pause, e.toString());
          pause = pauseLonger(pause);
        }
      } catch (RuntimeException | Error e) {
        // Whatever it is, what is in the queue is still there, and a thread that ends here would
        // leave it there for good while the hub goes on accepting.
        if (running()) {
          LOG.error("A batch is given back to the broker, next try in {} ms", pause, e);
          pause = pauseLonger(pause);
        }
      }
    }
  }

  /** Returns false when the batch was given back to the broker. */
  private boolean consumeBatch(Session session, MessageConsumer consumer) throws JMSException {
    List<RawDocument> batch = receive(consumer);
    if (batch.isEmpty()) {
      return true;
    }
    if (!offer(batch)) {
      rollbacks.incrementAndGet();
      session.rollback();
      return false;
    }
    FaultPoint.BEFORE_BROKER_ACKNOWLEDGE.reached();
    session.commit();
    FaultPoint.AFTER_BROKER_ACKNOWLEDGE.reached();
    documents.addAndGet(batch.size());
    return true;
  }

  private List<RawDocument> receive(MessageConsumer consumer) throws JMSException {
    List<RawDocument> batch = new ArrayList<>(endpoint.getBatch());
    long bytes = 0;
    Message message = consumer.receive(FIRST_RECEIVE_MILLIS);
    while (message != null) {
      RawDocument document = InboxMessages.read(message);
      batch.add(document);
      bytes += document.body().length;
      boolean more = batch.size() < endpoint.getBatch() && bytes < BATCH_BYTES;
      message = more ? consumer.receiveNoWait() : null;
    }
    return batch;
  }

  private boolean offer(List<RawDocument> batch) {
    Exception failure = send(batch);
    if (failure == null) {
      return true;
    }
    if (failure instanceof TransientFailure later && !isInTheWay(later)) {
      LOG.warn("A batch of {} waits: {}", batch.size(), failure.getMessage());
      return false;
    }
    boolean all = true;
    for (RawDocument document : batch) {
      // What another transaction holds is of one order: the others do not wait for it.
      Exception alone = send(List.of(document));
      if (alone instanceof TransientFailure later) {
        LOG.warn("{} waits: {}", document.id(), later.getMessage());
        if (!isInTheWay(later)) {
          return false;
        }
        all = false;
      } else {
        all &= alone == null || refuse(document, alone);
      }
    }
    return all;
  }

  private static boolean isInTheWay(TransientFailure failure) {
    return failure.code().equals(Database.CONFLICT);
  }

  private boolean refuse(RawDocument document, Exception failure) {
    try {
      endpoint.getComponent().refusals().refuse(document, failure);
      return true;
    } catch (RuntimeException e) {
      LOG.error("{} could not be refused and waits", document.id(), e);
      return false;
    }
  }

  /** Sends the documents through the route and returns why that failed, or null. */
  private Exception send(List<RawDocument> documents) {
    Exchange exchange = createExchange(false);
    try {
      exchange.getMessage().setBody(documents);
      createUoW(exchange);
      getProcessor().process(exchange);
    } catch (Exception e) {
      exchange.setException(e);
    } finally {
      doneUoW(exchange);
    }
    Exception failure = exchange.getException();
    releaseExchange(exchange, false);
    return failure == null ? null : Causes.failure(failure);
  }

  /** Pauses, and says how long the next pause is. */
  private long pauseLonger(long millis) {
    pause(millis);
    return Math.min(millis * 2, endpoint.getLongestPause());
  }

  private void pause(long millis) {
    try {
      if (stopped.await(millis, TimeUnit.MILLISECONDS)) {
        LOG.debug("Stopped while waiting");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
