package io.kontor.sandbox;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps an order's transfers in step with the quantities on its confirmed lines.
 *
 * <p>The trap: moves are merged only if they have one deadline, which is the order's promise, or
 * counted from its date. Where the date was set back since, units that are taken off the order are
 * still sent, and their return is awaited.
 */
final class Deliveries {

  private final Env env;

  Deliveries(Env env) {
    this.env = env.sudo();
  }

  /** Moves what the line orders beyond, or less than, what its moves already carry. */
  void follow(int lineId) {
    Row line = env.row("sale.order.line", lineId);
    Row product = env.to(line, "product_id");
    if (product == null || env.text(product, "type").equals("service")) {
      return;
    }
    BigDecimal ordered = env.decimal(line, "product_uom_qty");
    BigDecimal difference = ordered.subtract(carried(line));
    if (difference.signum() > 0) {
      more(line, difference);
    } else if (difference.signum() < 0) {
      less(line, difference.negate());
    }
  }

  /** What the line's moves take to the customer, less what they bring back. */
  private BigDecimal carried(Row line) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Row move : env.rows(line, "move_ids")) {
      if (!env.text(move, "state").equals("cancel")) {
        BigDecimal demand = env.decimal(move, "product_uom_qty");
        sum = outgoing(move) ? sum.add(demand) : sum.subtract(demand);
      }
    }
    return sum;
  }

  /** What was promised is the deadline of all moves of an order. */
  void promise(int orderId) {
    Row order = env.row(SaleOrders.TABLE, orderId);
    for (Row line : env.rows(order, "order_line")) {
      for (Row move : env.rows(line, "move_ids")) {
        env.write(StockMoves.TABLE, move.id(), Map.of("date_deadline", deadline(line)));
      }
    }
  }

  private String deadline(Row line) {
    Row order = env.to(line, "order_id");
    String promised = env.text(order, "commitment_date");
    return promised.isEmpty() ? env.text(order, "expected_date") : promised;
  }

  private boolean takes(Row line, Row move) {
    return StockMoves.open(env, move)
        && outgoing(move)
        && env.text(move, "date_deadline").equals(deadline(line));
  }

  private boolean outgoing(Row move) {
    return env.text(env.to(move, "location_dest_id"), "usage").equals("customer");
  }

  private void more(Row line, BigDecimal quantity) {
    Row open =
        env.rows(line, "move_ids").stream()
            .filter(move -> takes(line, move))
            .findFirst()
            .orElse(null);
    if (open == null) {
      StockMoves.assign(env, move(line, picking(line, true), quantity, true));
    } else {
      env.write(
          StockMoves.TABLE,
          open.id(),
          Map.of("product_uom_qty", env.decimal(open, "product_uom_qty").add(quantity)));
      StockMoves.assign(env, open.id());
    }
  }

  private void less(Row line, BigDecimal quantity) {
    BigDecimal rest = quantity;
    for (Row move : env.rows(line, "move_ids")) {
      if (rest.signum() > 0 && takes(line, move)) {
        BigDecimal demand = env.decimal(move, "product_uom_qty");
        BigDecimal taken = rest.min(demand);
        rest = rest.subtract(taken);
        shrink(move, demand.subtract(taken));
      }
    }
    if (rest.signum() > 0) {
      StockMoves.assign(env, move(line, picking(line, false), rest, false));
    }
  }

  private void shrink(Row move, BigDecimal demand) {
    if (demand.signum() == 0) {
      StockMoves.cancel(env, move.id());
      return;
    }
    env.write(
        StockMoves.TABLE,
        move.id(),
        Map.of("product_uom_qty", demand, "quantity", env.decimal(move, "quantity").min(demand)));
    StockMoves.assign(env, move.id());
  }

  /** The order's open transfer in that direction, or a new one. */
  private int picking(Row line, boolean out) {
    Row order = env.to(line, "order_id");
    String code = out ? "outgoing" : "incoming";
    for (Row picking : env.rows(order, "picking_ids")) {
      boolean open = !List.of("done", "cancel").contains(env.text(picking, "state"));
      if (open && env.text(picking, "picking_type_code").equals(code)) {
        return picking.id();
      }
    }
    Row warehouse = env.to(order, "warehouse_id");
    String name = env.text(order, "name");
    String reference = env.text(order, "client_order_ref");
    boolean both = env.version() == OdooVersion.V18 && !reference.isEmpty();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("picking_type_id", env.id(warehouse, out ? "out_type_id" : "in_type_id"));
    values.put("origin", both ? name + " - " + reference : name);
    values.put("sale_id", order.id());
    values.put("partner_id", env.id(order, "partner_shipping_id"));
    values.put("location_id", from(warehouse, out));
    values.put("location_dest_id", from(warehouse, !out));
    return env.create(Pickings.TABLE, values);
  }

  private int move(Row line, int picking, BigDecimal quantity, boolean out) {
    Row transfer = env.row(Pickings.TABLE, picking);
    Row warehouse = env.to(env.to(line, "order_id"), "warehouse_id");
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("picking_id", picking);
    values.put("origin", env.text(transfer, "origin"));
    values.put("company_id", env.id(transfer, "company_id"));
    values.put("product_id", env.id(line, "product_id"));
    values.put("product_uom_qty", quantity);
    values.put("state", "confirmed");
    values.put("sale_line_id", line.id());
    values.put("warehouse_id", warehouse.id());
    values.put("location_id", from(warehouse, out));
    values.put("location_dest_id", from(warehouse, !out));
    values.put("date", env.odoo().now());
    values.put("date_deadline", deadline(line));
    return env.create(StockMoves.TABLE, values);
  }

  private int from(Row warehouse, boolean ours) {
    return ours ? env.id(warehouse, "lot_stock_id") : Warehouses.customers(env);
  }
}
