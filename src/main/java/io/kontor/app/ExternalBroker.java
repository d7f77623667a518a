package io.kontor.app;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/**
 * An Artemis of its own. Its address settings must say {@code address-full-policy: FAIL} and {@code
 * max-delivery-attempts: -1} for the inbox, so that it refuses when full and never gives up.
 */
final class ExternalBroker extends Broker {

  private final String url;
  private final BrokerDepth depth;

  private ExternalBroker(ActiveMQConnectionFactory connections, Settings.Broker settings) {
    super(connections);
    this.url = settings.url();
    this.depth = new BrokerDepth(settings, INBOX);
  }

  static ExternalBroker reach(Settings.Broker settings) {
    return new ExternalBroker(
        new ActiveMQConnectionFactory(
            settings.url(), settings.user(), settings.password().reveal()),
        settings);
  }

  @Override
  boolean full() {
    return false;
  }

  @Override
  void onEnd(Consumer<String> told) {}

  @Override
  long waiting() {
    return depth.messages();
  }

  @Override
  Probe probe() {
    try (Connection connection = connections().createConnection()) {
      connection.start();
      return Probe.up("reachable", Map.of("url", address()));
    } catch (JMSException e) {
      return Probe.down("not reachable: " + e.getMessage(), Map.of("url", address()));
    }
  }

  /** Health is open to all, and the parameters of the URL hold the passwords of key stores. */
  private String address() {
    return url.replaceFirst("\\?.*", "");
  }

  @Override
  public void close() {
    depth.close();
    super.close();
  }
}
