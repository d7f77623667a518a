package io.kontor.odoo;

import io.kontor.failure.Failure;
import io.kontor.odoo.document.OdooOrder;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Brings sales orders into Odoo, exactly once in effect: the same orders again change nothing.
 *
 * <p>Safe for several threads, if they deliver different orders; they share what was looked up and
 * the size of batches.
 */
public final class OdooOrders {

  private final OdooClient client;
  private final AdaptiveBatch batch;
  private final References references;

  public OdooOrders(OdooClient client, AdaptiveBatch batch) {
    this.client = client;
    this.batch = batch;
    this.references = new References(client, batch::now);
  }

  /** How many orders are best given at once, at this moment. */
  public int batchSize() {
    return batch.size();
  }

  /**
   * Creates, edits, confirms or cancels each order, as it is wanted.
   *
   * @param orders any number; of two with one external id the later one counts
   * @return an outcome for each external id, in the order given; failures are outcomes too, nothing
   *     is thrown
   */
  public List<DeliveryOutcome> deliver(List<OdooOrder> orders) {
    return Conversation.deliver(
        orders,
        rest -> evenly(rest.size()),
        company -> new OrderConversation(client, references, batch, company));
  }

  /** A size that leaves no small batch behind: 40 orders at most 18 a batch go 14, 13, 13. */
  private int evenly(int orders) {
    int batches = -Math.floorDiv(-orders, batch.size());
    return -Math.floorDiv(-orders, batches);
  }

  /**
   * What Odoo has under some external ids; what it has not is not in the map.
   *
   * @throws Failure where Odoo does not answer
   */
  public Map<String, OrderInOdoo> find(Collection<String> externalIds) {
    return new OrderReader(client, references).find(externalIds);
  }

  /**
   * The numbers of the posted invoices of those orders that have some, by external id.
   *
   * @throws Failure where Odoo does not answer
   */
  public Map<String, String> invoices(Collection<OrderInOdoo> orders) {
    return new OrderReader(client, references).invoices(orders);
  }
}
