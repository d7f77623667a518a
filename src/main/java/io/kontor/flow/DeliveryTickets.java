package io.kontor.flow;

import io.kontor.mapping.Consequence;
import io.kontor.work.Tickets;
import java.util.EnumSet;
import java.util.Set;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts tickets on the delivery queue, at most one waiting per consequence: a second one would wake
 * nobody whom the first does not. Thread-safe.
 */
public final class DeliveryTickets implements Tickets {

  /** The header of a ticket that names its consequence. */
  public static final String CONSEQUENCE = "consequence";

  private static final Logger LOG = LoggerFactory.getLogger(DeliveryTickets.class);

  private final ProducerTemplate template;
  private final String endpoint;
  private final Set<Consequence> waiting = EnumSet.noneOf(Consequence.class);

  public DeliveryTickets(ProducerTemplate template, String endpoint) {
    this.template = template;
    this.endpoint = endpoint;
  }

  @Override
  public void wake(Consequence consequence) {
    synchronized (waiting) {
      if (!waiting.add(consequence)) {
        return;
      }
    }
    try {
      template.sendBodyAndHeader(endpoint, consequence.word(), CONSEQUENCE, consequence.word());
    } catch (RuntimeException e) {
      taken(consequence);
      LOG.warn("No ticket for {}; the sweeper will find it: {}", consequence.word(), e.toString());
    }
  }

  /** A worker has the ticket in hand: what becomes due from now on needs another one. */
  void taken(Consequence consequence) {
    synchronized (waiting) {
      waiting.remove(consequence);
    }
  }

  /** Lets the sweeper try again where the broker lost a ticket. */
  void forgetWaiting() {
    synchronized (waiting) {
      waiting.clear();
    }
  }
}
