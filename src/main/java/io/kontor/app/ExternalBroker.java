package io.kontor.app;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import java.util.Map;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/**
 * An Artemis of its own. Its address settings must say {@code address-full-policy: FAIL} and {@code
 * max-delivery-attempts: -1} for the inbox, so that it refuses when full and never gives up.
 */
final class ExternalBroker extends Broker {

  private final String url;

  private ExternalBroker(ActiveMQConnectionFactory connections, String url) {
    super(connections);
    this.url = url;
  }

  static ExternalBroker reach(Settings.Broker settings) {
    return new ExternalBroker(
        new ActiveMQConnectionFactory(
            settings.url(), settings.user(), settings.password().reveal()),
        settings.url());
  }

  @Override
  boolean full() {
    return false;
  }

  /** An external broker's depth is its own console's business. */
  @Override
  long waiting() {
    return 0;
  }

  @Override
  Probe probe() {
    try (Connection connection = connections().createConnection()) {
      connection.start();
      return Probe.up("reachable", Map.of("url", url));
    } catch (JMSException e) {
      return Probe.down("not reachable: " + e.getMessage(), Map.of("url", url));
    }
  }
}
