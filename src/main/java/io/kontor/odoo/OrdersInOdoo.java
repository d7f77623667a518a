package io.kontor.odoo;

import io.kontor.odoo.document.OdooOrder;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What Odoo has of the orders of a batch, as it was read last. Used by one thread.
 *
 * <p>Who changes orders says so, by reading them again.
 */
final class OrdersInOdoo {

  private final OrderReader reader;
  private final Map<String, OrderInOdoo> orders = new HashMap<>();
  private final Map<Long, LinesInOdoo> lines = new HashMap<>();

  OrdersInOdoo(OrderReader reader) {
    this.reader = reader;
  }

  /** Looks up which orders exist. */
  void find(Collection<OdooOrder> wanted) {
    orders.putAll(reader.find(wanted.stream().map(OdooOrder::externalId).toList()));
  }

  /** Reads orders that are there for certain: by external id, those that were just created. */
  void read(Map<String, Long> ids) {
    if (!ids.isEmpty()) {
      orders.putAll(reader.read(ids));
    }
  }

  void readAgain(Collection<OdooOrder> existing) {
    read(existing.stream().collect(Collectors.toMap(OdooOrder::externalId, this::id)));
  }

  void readLines(List<OdooOrder> existing) {
    lines.putAll(reader.lines(ids(existing)));
  }

  boolean has(OdooOrder order) {
    return orders.containsKey(order.externalId());
  }

  OrderInOdoo of(OdooOrder order) {
    return orders.get(order.externalId());
  }

  long id(OdooOrder order) {
    return of(order).odooId();
  }

  List<Long> ids(List<OdooOrder> existing) {
    return existing.stream().map(this::id).toList();
  }

  /** An order's lines; none where they were not read. */
  LinesInOdoo lines(OdooOrder order) {
    return lines.getOrDefault(id(order), LinesInOdoo.NONE);
  }
}
