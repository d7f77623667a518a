package io.kontor.sandbox;

import java.util.List;

/** How far an order is shipped and invoiced. */
final class OrderStatus {

  private OrderStatus() {}

  /** What is invoiced: {@code no}, {@code to invoice} or {@code invoiced}. */
  static String invoicing(Env env, Row order) {
    if (!env.text(order, "state").equals("sale")) {
      return "no";
    }
    List<Row> lines = env.rows(order, "order_line");
    if (lines.stream().anyMatch(line -> env.decimal(line, "qty_to_invoice").signum() != 0)) {
      return "to invoice";
    }
    boolean all =
        !lines.isEmpty()
            && lines.stream()
                .allMatch(
                    line ->
                        env.decimal(line, "qty_invoiced").signum() != 0
                            && env.decimal(line, "qty_invoiced")
                                    .compareTo(env.decimal(line, "product_uom_qty"))
                                >= 0);
    return all ? "invoiced" : "no";
  }

  /** What is shipped; null while nothing is to be. */
  static Object delivery(Env env, Row order) {
    List<String> states =
        env.rows(order, "picking_ids").stream()
            .map(picking -> env.text(picking, "state"))
            .filter(state -> !state.equals("cancel"))
            .toList();
    if (states.isEmpty()) {
      return null;
    }
    if (states.stream().allMatch("done"::equals)) {
      return "full";
    }
    if (!states.contains("done")) {
      return "pending";
    }
    boolean delivered =
        env.rows(order, "order_line").stream()
            .anyMatch(line -> env.decimal(line, "qty_delivered").signum() != 0);
    return delivered ? "partial" : "started";
  }
}
