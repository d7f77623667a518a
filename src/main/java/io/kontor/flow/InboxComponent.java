package io.kontor.flow;

import io.kontor.work.desk.Refusals;
import io.kontor.work.intake.Inbox;
import jakarta.jms.ConnectionFactory;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/**
 * The durable queue of raw documents as a Camel component: {@code inbox:<queue>?batch=&consumers=}.
 *
 * <p>As a producer it takes a {@link io.kontor.document.RawDocument}; as a consumer it hands over
 * lists of them, each list under one broker session.
 */
public final class InboxComponent extends DefaultComponent {

  private final ConnectionFactory broker;
  private final Inbox inbox;
  private final Refusals refusals;

  public InboxComponent(ConnectionFactory broker, Inbox inbox, Refusals refusals) {
    this.broker = broker;
    this.inbox = inbox;
    this.refusals = refusals;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String queue, Map<String, Object> parameters)
      throws Exception {
    InboxEndpoint endpoint = new InboxEndpoint(uri, this, queue);
    setProperties(endpoint, parameters);
    return endpoint;
  }

  ConnectionFactory broker() {
    return broker;
  }

  Inbox inbox() {
    return inbox;
  }

  Refusals refusals() {
    return refusals;
  }
}
