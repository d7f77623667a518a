package io.kontor.odoo;

import io.kontor.failure.Failure;
import io.kontor.failure.TransientFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    this.references = new References(client);
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
    Map<String, OdooOrder> wanted = new LinkedHashMap<>();
    orders.forEach(order -> wanted.put(order.externalId(), order));
    Map<OdooCompany, List<OdooOrder>> byCompany = new LinkedHashMap<>();
    wanted
        .values()
        .forEach(
            order -> byCompany.computeIfAbsent(order.company(), c -> new ArrayList<>()).add(order));
    Map<String, DeliveryOutcome> outcomes = new LinkedHashMap<>();
    Optional<Failure> broken = Optional.empty();
    for (Map.Entry<OdooCompany, List<OdooOrder>> entry : byCompany.entrySet()) {
      List<OdooOrder> rest = entry.getValue();
      while (!rest.isEmpty()) {
        int size = Math.min(rest.size(), batch.size());
        List<OdooOrder> chunk = rest.subList(0, size);
        rest = rest.subList(size, rest.size());
        if (broken.isPresent()) {
          notSent(chunk, broken.get(), outcomes);
        } else {
          OrderConversation conversation =
              new OrderConversation(client, references, batch, entry.getKey());
          outcomes.putAll(conversation.hold(chunk));
          broken = conversation.brokenOff();
        }
      }
    }
    return wanted.keySet().stream().map(outcomes::get).toList();
  }

  /**
   * What Odoo has under an external id: the answer to a delivery in doubt.
   *
   * @throws Failure where Odoo does not answer, or not with an order
   */
  public Optional<OrderInOdoo> locate(String externalId) {
    return Optional.ofNullable(
        new OrderReader(client, references).find(List.of(externalId)).get(externalId));
  }

  private static void notSent(
      List<OdooOrder> orders, Failure reason, Map<String, DeliveryOutcome> outcomes) {
    for (OdooOrder order : orders) {
      outcomes.put(
          order.externalId(),
          new DeliveryOutcome.Later(
              order.externalId(),
              new TransientFailure(
                  reason.code(),
                  order.externalId(),
                  "not sent, because the call before it failed: " + reason.getMessage(),
                  reason)));
    }
  }
}
