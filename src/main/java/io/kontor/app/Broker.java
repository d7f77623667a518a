package io.kontor.app;

import io.kontor.flow.JmsInbox;
import jakarta.jms.ConnectionFactory;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQDestination;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;

/**
 * The message broker: an Artemis in this process with its journal under the data directory, or an
 * external one by settings.
 */
public abstract sealed class Broker implements AutoCloseable
    permits EmbeddedBroker, ExternalBroker {

  /** The queue of raw documents. */
  public static final String INBOX = "kontor.inbox";

  /** The queue of tickets that wake delivery workers. */
  public static final String DELIVERIES = "kontor.deliveries";

  static final String DEAD_LETTERS = "kontor.dead-letters";
  static final String EXPIRED = "kontor.expired";

  private static final int CONNECTIONS = 4;
  private static final int PRODUCERS = 4;

  private final JmsPoolConnectionFactory pool;
  private final JmsInbox inbox;

  Broker(ActiveMQConnectionFactory connections) {
    // No message of ours is a Java object; to read one is to run what its sender chose.
    connections.setDeserializationDenyList("*");
    pool = new JmsPoolConnectionFactory();
    pool.setConnectionFactory(connections);
    pool.setMaxConnections(CONNECTIONS);
    // A producer of a queue asks the broker for it once; an anonymous one with every message.
    pool.setUseAnonymousProducers(false);
    pool.setExplicitProducerCacheSize(PRODUCERS);
    inbox = new JmsInbox(pool, ActiveMQDestination.createQueue(INBOX), this::full);
  }

  /**
   * Starts or reaches the broker that the settings name.
   *
   * @param directory where an embedded broker keeps its journal
   */
  public static Broker open(Settings settings, Path directory) {
    return settings.broker().embedded()
        ? EmbeddedBroker.start(directory, settings.inbox().limit())
        : ExternalBroker.reach(settings.broker());
  }

  /** Pooled connections: borrow, use, close. */
  public ConnectionFactory connections() {
    return pool;
  }

  /** Whether the inbox takes no more at the moment. */
  abstract boolean full();

  /**
   * Tells once, from whichever thread notices, why the broker has ended by itself for good. One
   * outside this process is waited for, however long it takes.
   */
  abstract void onEnd(Consumer<String> told);

  /** Whether it works, and how much waits where that is known. */
  abstract Probe probe();

  /** The inbox on this broker. */
  JmsInbox inbox() {
    return inbox;
  }

  /**
   * How many documents wait in the inbox.
   *
   * @throws io.kontor.failure.TransientFailure if the broker cannot be asked now
   */
  abstract long waiting();

  @Override
  public void close() {
    inbox.close();
    pool.stop();
  }
}
