package io.kontor.app;

import io.kontor.failure.TransientFailure;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ServerLocator;

/**
 * How much waits in a queue of an external Artemis, asked over a session of its own: JMS has no
 * question for it, and browsing would read every message. Thread-safe.
 */
final class BrokerDepth implements AutoCloseable {

  /** Whoever collects metrics does not wait for long; in milliseconds. */
  private static final long LONGEST_ANSWER = 4_000;

  private final Settings.Broker settings;
  private final SimpleString queue;
  private ServerLocator locator;
  private ClientSession session;

  BrokerDepth(Settings.Broker settings, String queue) {
    this.settings = settings;
    this.queue = SimpleString.of(queue);
  }

  /**
   * Messages in the queue, those on their way to a consumer among them.
   *
   * @throws TransientFailure if the broker does not answer
   */
  synchronized long messages() {
    try {
      if (session == null || session.isClosed()) {
        connect();
      }
      ClientSession.QueueQuery answer = session.queueQuery(queue);
      return answer.isExists() ? answer.getMessageCount() : 0;
    } catch (Exception e) {
      close();
      throw new TransientFailure(
          "broker-unreachable",
          settings.url(),
          "The broker does not say how much waits: " + e.getMessage(),
          e);
    }
  }

  private void connect() throws Exception {
    close();
    locator = ActiveMQClient.createServerLocator(settings.url()).setCallTimeout(LONGEST_ANSWER);
    session =
        locator
            .createSessionFactory()
            .createSession(
                settings.user(), settings.password().reveal(), false, true, true, false, 1);
  }

  @Override
  public synchronized void close() {
    try {
      if (session != null) {
        session.close();
      }
    } catch (ActiveMQException e) {
      System.getLogger(BrokerDepth.class.getName())
          .log(System.Logger.Level.DEBUG, "the session was gone already", e);
    }
    if (locator != null) {
      locator.close();
    }
    session = null;
    locator = null;
  }
}
