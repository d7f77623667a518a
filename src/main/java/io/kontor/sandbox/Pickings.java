package io.kontor.sandbox;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Transfers: carried out whole or in part, with a back order for the rest. */
final class Pickings extends Rules {

  static final String TABLE = "stock.picking";

  @Override
  void beforeCreate(Env env, Map<String, Object> values) {
    Row type = env.row("stock.picking.type", Values.ids(values.get("picking_type_id")).get(0));
    Row warehouse = env.to(type, "warehouse_id");
    String prefix = env.text(warehouse, "code") + "/" + env.text(type, "sequence_code");
    int next = env.odoo().records().next("sequence:" + type.id() + ":" + prefix);
    values.put("name", "%s/%05d".formatted(prefix, next));
    values.putIfAbsent("company_id", env.id(warehouse, "company_id"));
    values.putIfAbsent("scheduled_date", env.odoo().now());
  }

  @Override
  Object compute(Env env, Row row, String field) {
    List<String> states =
        env.rows(row, "move_ids").stream().map(move -> env.text(move, "state")).toList();
    if (states.isEmpty()) {
      return "draft";
    }
    if (states.stream().allMatch("cancel"::equals)) {
      return "cancel";
    }
    if (states.stream().allMatch(state -> state.equals("cancel") || state.equals("done"))) {
      return "done";
    }
    boolean any =
        states.stream()
            .anyMatch(state -> state.equals("assigned") || state.equals("partially_available"));
    return any ? "assigned" : "confirmed";
  }

  @Override
  void methods(Methods methods) {
    methods.onRecords("button_validate", List.of(), (env, ids, arguments) -> validate(env, ids));
    methods.onRecords(
        "action_assign",
        List.of(),
        (env, ids, arguments) -> {
          ids.forEach(id -> openMoves(env, id).forEach(move -> StockMoves.assign(env, move.id())));
          return true;
        });
    methods.onRecords(
        "action_cancel",
        List.of(),
        (env, ids, arguments) -> {
          ids.forEach(id -> cancel(env, id));
          return true;
        });
  }

  static void cancel(Env env, int id) {
    openMoves(env, id).forEach(move -> StockMoves.cancel(env, move.id()));
  }

  static List<Row> openMoves(Env env, int id) {
    return env.rows(env.row(TABLE, id), "move_ids").stream()
        .filter(move -> StockMoves.open(env, move))
        .toList();
  }

  private static Object validate(Env env, List<Integer> ids) {
    for (int id : ids) {
      boolean nothing =
          openMoves(env, id).stream().allMatch(move -> env.decimal(move, "quantity").signum() == 0);
      if (nothing) {
        throw OdooFault.user(
            "You cannot validate a transfer if no quantities are reserved. To force the transfer,"
                + " encode quantities.");
      }
    }
    if (!env.flag("skip_backorder") && ids.stream().anyMatch(id -> leavesRest(env, id))) {
      return backOrderWizard(ids);
    }
    ids.forEach(id -> carryOut(env, id));
    return true;
  }

  private static boolean leavesRest(Env env, int id) {
    List<Row> moves = openMoves(env, id);
    List<Row> picked = picked(env, moves);
    return moves.stream()
        .anyMatch(
            move ->
                !picked.contains(move)
                    || env.decimal(move, "quantity").compareTo(env.decimal(move, "product_uom_qty"))
                        < 0);
  }

  /** The picked moves; when none is marked, all that have a quantity. */
  private static List<Row> picked(Env env, List<Row> moves) {
    List<Row> marked = moves.stream().filter(move -> env.truth(move, "picked")).toList();
    List<Row> taken = marked.isEmpty() ? moves : marked;
    return taken.stream().filter(move -> env.decimal(move, "quantity").signum() > 0).toList();
  }

  private static void carryOut(Env env, int id) {
    List<Row> moves = openMoves(env, id);
    List<Row> picked = picked(env, moves);
    List<Integer> rest =
        new ArrayList<>(
            moves.stream().filter(move -> !picked.contains(move)).map(Row::id).toList());
    for (Row move : picked) {
      BigDecimal lacking =
          env.decimal(move, "product_uom_qty").subtract(env.decimal(move, "quantity"));
      if (lacking.signum() > 0) {
        rest.add(split(env, move, lacking));
      }
      StockMoves.carryOut(env, move.id());
    }
    env.write(TABLE, id, Map.of("date_done", env.odoo().now()));
    if (!rest.isEmpty()) {
      int backOrder = backOrder(env, env.row(TABLE, id));
      for (int move : rest) {
        env.write(StockMoves.TABLE, move, Map.of("picking_id", backOrder));
        StockMoves.assign(env, move);
      }
    }
  }

  private static int split(Env env, Row move, BigDecimal quantity) {
    Map<String, Object> values = new LinkedHashMap<>(move.values());
    values.keySet().removeAll(List.of("create_date", "write_date", "picked", "quantity"));
    values.put("product_uom_qty", quantity);
    values.put("state", "confirmed");
    return env.create(StockMoves.TABLE, values);
  }

  private static int backOrder(Env env, Row picking) {
    Map<String, Object> values = new LinkedHashMap<>(picking.values());
    values
        .keySet()
        .removeAll(
            List.of("create_date", "write_date", "date_done", "name", "carrier_tracking_ref"));
    values.put("backorder_id", picking.id());
    return env.create(TABLE, values);
  }

  private static Map<String, Object> backOrderWizard(List<Integer> ids) {
    Map<String, Object> context = new LinkedHashMap<>();
    context.put("default_show_transfers", ids.size() > 1);
    context.put("default_pick_ids", ids.stream().map(id -> List.of(4, id)).toList());
    Map<String, Object> action = new LinkedHashMap<>();
    action.put("name", "Create Backorder?");
    action.put("type", "ir.actions.act_window");
    action.put("view_mode", "form");
    action.put("res_model", "stock.backorder.confirmation");
    action.put("target", "new");
    action.put("context", context);
    return action;
  }
}
