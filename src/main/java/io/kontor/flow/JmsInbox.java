package io.kontor.flow;

import io.kontor.document.RawDocument;
import io.kontor.failure.FaultPoint;
import io.kontor.failure.TransientFailure;
import io.kontor.work.intake.Inbox;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.ResourceAllocationException;
import jakarta.jms.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.apache.activemq.artemis.api.core.ActiveMQAddressFullException;

/**
 * The inbox as a durable JMS queue. Documents that come at the same time are sent in one
 * transaction, since what a send costs is mostly the waiting for the broker's disk: while one group
 * is on its way the next one gathers, and a document that comes alone waits for nobody.
 * Thread-safe; meant for a connection factory that pools, since each group borrows a connection.
 */
public final class JmsInbox implements Inbox, AutoCloseable {

  /** The code of the failure when the queue is full. */
  public static final String FULL = "inbox-full";

  /** So many that the disk is no longer what is waited for, so few that nobody waits long. */
  private static final int LARGEST_GROUP = 64;

  private final ConnectionFactory broker;
  private final Queue queue;
  private final BooleanSupplier full;
  private final BlockingQueue<Sending> waiting = new LinkedBlockingQueue<>();
  private final ExecutorService sender = Executors.newSingleThreadExecutor(JmsInbox::thread);

  /** A document on its way; the outcome is empty when the broker has it on its disk. */
  private record Sending(RawDocument document, CompletableFuture<Void> outcome) {}

  /**
   * @param queue known by its name alone, so that a document costs no round trip to look it up
   * @param full whether the queue takes no more at the moment; an external broker says so itself,
   *     by its address policy
   */
  public JmsInbox(ConnectionFactory broker, Queue queue, BooleanSupplier full) {
    this.broker = broker;
    this.queue = queue;
    this.full = full;
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "kontor-inbox-sender");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void put(RawDocument document) {
    if (full.getAsBoolean()) {
      throw new TransientFailure(FULL, document.id(), "The inbox is full; try again later");
    }
    Sending sending = new Sending(document, new CompletableFuture<>());
    waiting.add(sending);
    try {
      sender.execute(this::sendWaiting);
    } catch (RejectedExecutionException e) {
      throw new TransientFailure("inbox-closed", document.id(), "The hub is stopping", e);
    }
    try {
      sending.outcome().join();
    } catch (CompletionException e) {
      throw refused(document, e.getCause());
    }
    FaultPoint.AFTER_ACCEPT.reached();
  }

  /** Nothing is left to send where an earlier group took along what this was called for. */
  private void sendWaiting() {
    List<Sending> group = new ArrayList<>();
    waiting.drainTo(group, LARGEST_GROUP);
    if (group.isEmpty()) {
      return;
    }
    try {
      send(group);
      group.forEach(sending -> sending.outcome().complete(null));
    } catch (Throwable e) {
      // Whoever waits is told, whatever it was.
      group.forEach(sending -> sending.outcome().completeExceptionally(e));
    }
  }

  private void send(List<Sending> group) throws JMSException {
    try (Connection connection = broker.createConnection();
        Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
        MessageProducer producer = session.createProducer(queue)) {
      producer.setDeliveryMode(DeliveryMode.PERSISTENT);
      for (Sending sending : group) {
        producer.send(InboxMessages.write(session, sending.document()));
      }
      // Returns only when the broker has synced its journal.
      session.commit();
    }
  }

  private static TransientFailure refused(RawDocument document, Throwable cause) {
    return isFull(cause)
        ? new TransientFailure(FULL, document.id(), "The inbox is full; try again later", cause)
        : new TransientFailure(
            "inbox-unreachable",
            document.id(),
            "The broker did not take the document: " + cause,
            cause);
  }

  /** JMS has an exception for it; Artemis' address policy FAIL speaks by the cause of another. */
  private static boolean isFull(Throwable refused) {
    return refused instanceof ResourceAllocationException
        || Causes.find(refused, ActiveMQAddressFullException.class).isPresent();
  }

  /** Sends what has been put; takes no more. */
  @Override
  public void close() {
    sender.shutdown();
  }
}
