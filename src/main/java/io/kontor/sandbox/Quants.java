package io.kontor.sandbox;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** How much of a product lies in a location, and how much of that is promised. */
final class Quants extends Rules {

  private static final String TABLE = "stock.quant";

  @Override
  void beforeCreate(Env env, Map<String, Object> values) {
    if (values.containsKey("inventory_quantity")) {
      if (!env.flag("inventory_mode")) {
        throw OdooFault.user("Quant's creation is restricted, you can't do this operation.");
      }
      values.put("inventory_quantity_set", true);
    }
    Row product = env.row("product.product", Values.ids(values.get("product_id")).get(0));
    if (!env.truth(product, "is_storable")) {
      throw OdooFault.validation("Quants cannot be created for consumables or services.");
    }
  }

  @Override
  void beforeWrite(Env env, Row row, Map<String, Object> values) {
    if (values.containsKey("inventory_quantity")) {
      values.put("inventory_quantity_set", true);
    }
  }

  @Override
  Object compute(Env env, Row row, String field) {
    return env.decimal(row, "quantity").subtract(env.decimal(row, "reserved_quantity"));
  }

  @Override
  String displayName(Env env, Row row) {
    return env.displayName("stock.location", env.id(row, "location_id"));
  }

  @Override
  void methods(Methods methods) {
    methods.onRecords(
        "action_apply_inventory",
        List.of(),
        (env, ids, arguments) -> {
          for (int id : ids) {
            Row quant = env.row(TABLE, id);
            Row same = first(env, env.id(quant, "product_id"), env.id(quant, "location_id"));
            BigDecimal counted = env.decimal(quant, "inventory_quantity");
            set(env, same, "quantity", counted);
            env.write(TABLE, id, Map.of("inventory_quantity_set", false, "inventory_quantity", 0));
          }
          return null;
        });
  }

  /** What can still be promised of a product in a location. */
  static BigDecimal available(Env env, int product, int location) {
    return env.sudo().where(TABLE, "product_id", product).stream()
        .filter(quant -> env.id(quant, "location_id") == location)
        .map(quant -> env.decimal(quant, "available_quantity"))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  static void reserve(Env env, int product, int location, BigDecimal quantity) {
    add(env, product, location, "reserved_quantity", quantity);
  }

  static void move(Env env, int product, int location, BigDecimal quantity) {
    add(env, product, location, "quantity", quantity);
  }

  private static void add(Env env, int product, int location, String field, BigDecimal quantity) {
    Row quant = first(env, product, location);
    if (quant == null) {
      int id = env.sudo().create(TABLE, Map.of("product_id", product, "location_id", location));
      quant = env.row(TABLE, id);
    }
    set(env, quant, field, env.decimal(quant, field).add(quantity));
  }

  private static Row first(Env env, int product, int location) {
    return env.sudo().where(TABLE, "product_id", product).stream()
        .filter(quant -> env.id(quant, "location_id") == location)
        .findFirst()
        .orElse(null);
  }

  private static void set(Env env, Row quant, String field, BigDecimal quantity) {
    env.sudo().write(TABLE, quant.id(), Map.of(field, quantity));
  }
}
