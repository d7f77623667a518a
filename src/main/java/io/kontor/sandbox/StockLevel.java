package io.kontor.sandbox;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What there is of a product in the warehouses that a call sees, or in the one that its context
 * names.
 */
record StockLevel(BigDecimal onHand, BigDecimal free, BigDecimal incoming, BigDecimal outgoing) {

  private static final Set<String> OPEN =
      Set.of("waiting", "confirmed", "partially_available", "assigned");

  static StockLevel of(Env env, Row product) {
    Set<Integer> inside = locations(env);
    BigDecimal onHand = BigDecimal.ZERO;
    BigDecimal reserved = BigDecimal.ZERO;
    for (Row quant : env.where("stock.quant", "product_id", product.id())) {
      if (inside.contains(env.id(quant, "location_id"))) {
        onHand = onHand.add(env.decimal(quant, "quantity"));
        reserved = reserved.add(env.decimal(quant, "reserved_quantity"));
      }
    }
    BigDecimal incoming = BigDecimal.ZERO;
    BigDecimal outgoing = BigDecimal.ZERO;
    boolean counted = env.truth(product, "is_storable");
    for (Row move : env.where("stock.move", "product_id", product.id())) {
      if (!counted || !OPEN.contains(env.text(move, "state"))) {
        continue;
      }
      boolean from = inside.contains(env.id(move, "location_id"));
      boolean to = inside.contains(env.id(move, "location_dest_id"));
      BigDecimal demand = env.decimal(move, "product_uom_qty");
      if (from && !to) {
        outgoing = outgoing.add(demand);
      } else if (to && !from) {
        incoming = incoming.add(demand);
      }
    }
    return new StockLevel(onHand, onHand.subtract(reserved), incoming, outgoing);
  }

  private static Set<Integer> locations(Env env) {
    List<Integer> named = Values.ids(env.context().get("warehouse_id"));
    List<Integer> warehouses = named.isEmpty() ? env.search("stock.warehouse", List.of()) : named;
    Set<Integer> inside = new HashSet<>();
    for (int id : warehouses) {
      Row warehouse = env.row("stock.warehouse", id);
      within(env, env.id(warehouse, "view_location_id"), inside);
    }
    return inside;
  }

  private static void within(Env env, int location, Set<Integer> inside) {
    inside.add(location);
    env.where("stock.location", "location_id", location)
        .forEach(child -> within(env, child.id(), inside));
  }
}
