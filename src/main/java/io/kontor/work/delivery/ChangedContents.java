package io.kontor.work.delivery;

import io.kontor.failure.Failure;
import io.kontor.mapping.Mappings;
import io.kontor.store.Database;
import io.kontor.store.Store;
import io.kontor.store.Tx;
import io.kontor.store.WantedDelivery;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Finds what Odoo was told otherwise than it would be told now: another tax or product in the
 * catalog changes no fact.
 */
public final class ChangedContents {

  private final Store store;
  private final OdooContents contents;

  public ChangedContents(Store store, Mappings mappings) {
    this.store = store;
    this.contents = new OdooContents(store.facts(), store.receipts(), mappings);
  }

  /**
   * Those of these deliveries that were sent, and whose content is another by today's mappings. One
   * that they cannot say at all is among them: who delivers it says why on the desk.
   */
  public List<WantedDelivery> among(Tx tx, Collection<WantedDelivery> deliveries) {
    Map<String, String> hashes =
        store.deliveries().sentHashes(tx, deliveries.stream().map(WantedDelivery::id).toList());
    return deliveries.stream()
        .filter(delivery -> hashes.containsKey(delivery.id()))
        .filter(delivery -> !hashes.get(delivery.id()).equals(hash(tx, delivery)))
        .toList();
  }

  private String hash(Tx tx, WantedDelivery delivery) {
    try {
      return OdooContents.hash(contents.of(tx, OdooContents.Of.wanted(delivery)));
    } catch (Failure e) {
      if (Database.isDatabaseAtFault(e)) {
        throw e;
      }
      return e.code();
    }
  }
}
