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
import java.util.function.BooleanSupplier;
import org.apache.activemq.artemis.api.core.ActiveMQAddressFullException;

/**
 * The inbox as a durable JMS queue. Thread-safe; meant for a connection factory that pools, since
 * each document borrows a connection.
 */
public final class JmsInbox implements Inbox {

  /** The code of the failure when the queue is full. */
  public static final String FULL = "inbox-full";

  private final ConnectionFactory broker;
  private final Queue queue;
  private final BooleanSupplier full;

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

  @Override
  public void put(RawDocument document) {
    if (full.getAsBoolean()) {
      throw new TransientFailure(FULL, document.id(), "The inbox is full; try again later");
    }
    try (Connection connection = broker.createConnection();
        Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        MessageProducer producer = session.createProducer(queue)) {
      producer.setDeliveryMode(DeliveryMode.PERSISTENT);
      // A persistent send returns only when the broker has synced its journal.
      producer.send(InboxMessages.write(session, document));
    } catch (JMSException e) {
      if (isFull(e)) {
        throw new TransientFailure(FULL, document.id(), "The inbox is full; try again later", e);
      }
      throw new TransientFailure(
          "inbox-unreachable", document.id(), "The broker did not take the document: " + e, e);
    }
    FaultPoint.AFTER_ACCEPT.reached();
  }

  /** JMS has an exception for it; Artemis' address policy FAIL speaks by the cause of another. */
  private static boolean isFull(JMSException refused) {
    return refused instanceof ResourceAllocationException
        || Causes.find(refused, ActiveMQAddressFullException.class).isPresent();
  }
}
