package io.kontor.flow;

import io.kontor.mapping.Consequence;
import io.kontor.work.delivery.Delivering;
import io.kontor.work.delivery.Sweeping;

/** What the outbound routes call: delivers one batch, and wakes whatever is still to do. */
public final class Deliveries {

  private final Delivering delivering;
  private final Sweeping sweeping;
  private final DeliveryTickets tickets;

  public Deliveries(Delivering delivering, Sweeping sweeping, DeliveryTickets tickets) {
    this.delivering = delivering;
    this.sweeping = sweeping;
    this.tickets = tickets;
  }

  /**
   * Delivers one batch of what is due. There may be more, so another ticket goes to the end of the
   * queue: a long backlog of orders does not keep a settlement waiting.
   *
   * @param word the consequence as {@code consequences.yaml} writes it
   * @return how many deliveries were claimed
   */
  public int deliver(String word) {
    Consequence consequence = Consequence.of(word);
    tickets.taken(consequence);
    int claimed = delivering.deliverDue(consequence);
    if (claimed > 0) {
      tickets.wake(consequence);
    }
    return claimed;
  }

  /** Wakes a worker for everything that is due. */
  public void sweep() {
    tickets.forgetWaiting();
    sweeping.due().forEach(tickets::wake);
  }
}
