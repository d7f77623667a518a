package io.kontor.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;

/** A warehouse brings its locations and its two operations. */
final class Warehouses extends Rules {

  @Override
  void beforeCreate(Env env, Map<String, Object> values) {
    int company =
        Values.truth(values.get("company_id"))
            ? Values.ids(values.get("company_id")).get(0)
            : env.company();
    values.put("company_id", company);
    boolean taken =
        env.sudo().where("stock.warehouse", "company_id", company).stream()
            .anyMatch(other -> other.get("code").equals(values.get("code")));
    if (taken) {
      throw OdooFault.validation("The short name of the warehouse must be unique per company!");
    }
  }

  @Override
  void created(Env env, int id, Map<String, Object> values) {
    Env system = env.sudo();
    Integer company = Values.ids(values.get("company_id")).get(0);
    int view =
        system.create(
            "stock.location",
            Map.of("name", values.get("code"), "usage", "view", "company_id", company));
    int stock =
        system.create(
            "stock.location", Map.of("name", "Stock", "location_id", view, "company_id", company));
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("view_location_id", view);
    parts.put("lot_stock_id", stock);
    parts.put("in_type_id", type(system, id, company, "Receipts", "incoming", "IN"));
    parts.put("out_type_id", type(system, id, company, "Delivery Orders", "outgoing", "OUT"));
    system.write("stock.warehouse", id, parts);
  }

  private static int type(
      Env env, int warehouse, int company, String name, String code, String prefix) {
    return env.create(
        "stock.picking.type",
        Map.of(
            "name", name,
            "code", code,
            "sequence_code", prefix,
            "warehouse_id", warehouse,
            "company_id", company));
  }

  /** The location of customers, which all companies share. */
  static int customers(Env env) {
    return ExternalIds.resolve(env, "stock.stock_location_customers", "stock.location");
  }
}
