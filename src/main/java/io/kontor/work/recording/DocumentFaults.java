package io.kontor.work.recording;

import io.kontor.mapping.Channel;
import io.kontor.mapping.translation.Fault;
import io.kontor.sales.FactKind;
import io.kontor.sales.FactName;
import io.kontor.store.RawOutcome;
import io.kontor.store.Store;
import io.kontor.store.Tx;
import java.util.List;
import java.util.Map;

/** What a transaction makes of documents that were not understood whole. */
final class DocumentFaults {

  /** What a mapping says of an order that the channel will send again once it is certain. */
  private static final String PENDING = "order-pending";

  private final Tx tx;
  private final Store store;
  private final FactChanges changes;
  private final RecordedItems items;

  DocumentFaults(Tx tx, Store store, FactChanges changes, RecordedItems items) {
    this.tx = tx;
    this.store = store;
    this.changes = changes;
    this.items = items;
  }

  /**
   * Puts a document's faults on the desk; a pending order that is known already was read after the
   * document that made it whole, and is none.
   *
   * @return whether the document waits
   */
  boolean toDesk(Translated document) {
    boolean waits = false;
    for (Fault fault : document.translation().faults()) {
      if (!fault.code().equals(PENDING) || !isPlaced(document.channel(), fault.reference())) {
        items.fault(document, fault);
        waits = true;
      }
    }
    if (!waits && !document.translation().faults().isEmpty()) {
      store.archive().decide(tx, Map.of(document.raw().id(), RawOutcome.RECORDED));
    }
    return waits;
  }

  private boolean isPlaced(Channel channel, String order) {
    FactName placed = new FactName(channel.entity(), channel.id(), FactKind.ORDER_PLACED, order);
    return changes.knows(placed) || store.facts().current(tx, List.of(placed)).containsKey(placed);
  }
}
