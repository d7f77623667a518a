package io.kontor.sandbox;

import java.math.BigDecimal;
import java.util.Map;

/** Moves of goods: what they reserve is kept in step with the quantity written on them. */
final class StockMoves extends Rules {

  static final String TABLE = "stock.move";

  @Override
  void beforeWrite(Env env, Row row, Map<String, Object> values) {
    if ("done".equals(row.get("state")) && values.containsKey("product_uom_qty")) {
      throw OdooFault.user("Quantities are already done.");
    }
    if (values.containsKey("quantity") && open(env, row)) {
      BigDecimal delta =
          Values.decimal(values.get("quantity")).subtract(env.decimal(row, "quantity"));
      holdBack(env, row, delta);
    }
  }

  @Override
  String displayName(Env env, Row row) {
    Row product = env.to(row, "product_id");
    String code = env.text(product, "default_code");
    String origin = env.text(row, "origin");
    return (origin.isEmpty() ? "" : origin + "/")
        + (code.isEmpty() ? "" : code + ": ")
        + env.text(env.to(row, "location_id"), "name")
        + ">"
        + env.text(env.to(row, "location_dest_id"), "name");
  }

  /** Whether the move is neither done nor cancelled. */
  static boolean open(Env env, Row move) {
    String state = env.text(move, "state");
    return !state.equals("done") && !state.equals("cancel");
  }

  /** Whether the move takes tracked goods out of a location of ours. */
  static boolean reserves(Env env, Row move) {
    return env.truth(env.to(move, "product_id"), "is_storable")
        && env.text(env.to(move, "location_id"), "usage").equals("internal");
  }

  /** Reserves what the move still lacks, as far as there is any. */
  static void assign(Env env, int id) {
    Row move = env.row(TABLE, id);
    BigDecimal demand = env.decimal(move, "product_uom_qty");
    BigDecimal held = env.decimal(move, "quantity");
    BigDecimal lacking = demand.subtract(held);
    if (reserves(env, move)) {
      BigDecimal available =
          Quants.available(env, env.id(move, "product_id"), env.id(move, "location_id"));
      lacking = lacking.min(available.max(BigDecimal.ZERO));
    }
    BigDecimal quantity = held.add(lacking);
    String state =
        quantity.compareTo(demand) >= 0
            ? "assigned"
            : quantity.signum() > 0 ? "partially_available" : "confirmed";
    env.write(TABLE, id, Map.of("quantity", quantity, "state", state));
  }

  /** Gives back what the move reserved and ends it. */
  static void cancel(Env env, int id) {
    Row move = env.row(TABLE, id);
    if (open(env, move)) {
      env.write(TABLE, id, Map.of("quantity", BigDecimal.ZERO, "state", "cancel"));
    }
  }

  /** Carries out the move with the quantity written on it. */
  static void carryOut(Env env, int id) {
    Row move = env.row(TABLE, id);
    BigDecimal quantity = env.decimal(move, "quantity");
    Integer product = env.id(move, "product_id");
    if (env.truth(env.to(move, "product_id"), "is_storable")) {
      holdBack(env, move, quantity.negate());
      Quants.move(env, product, env.id(move, "location_id"), quantity.negate());
      Quants.move(env, product, env.id(move, "location_dest_id"), quantity);
    }
    env.write(
        TABLE,
        id,
        Map.of(
            "state",
            "done",
            "product_uom_qty",
            quantity,
            "picked",
            true,
            "date",
            env.odoo().now()));
  }

  private static void holdBack(Env env, Row move, BigDecimal delta) {
    if (reserves(env, move) && delta.signum() != 0) {
      Quants.reserve(env, env.id(move, "product_id"), env.id(move, "location_id"), delta);
    }
  }
}
