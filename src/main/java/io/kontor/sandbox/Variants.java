package io.kontor.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;

/** A variant: what it is, its template knows; what there is of it, the stock knows. */
final class Variants extends Rules {

  @Override
  void beforeCreate(Env env, Map<String, Object> values) {
    if (!Values.truth(values.get("product_tmpl_id"))) {
      Map<String, Object> template = new LinkedHashMap<>(values);
      Model known = env.model("product.template");
      template.keySet().removeIf(name -> !known.has(name));
      int id = env.with(Products.VARIANT_FOLLOWS, true).create("product.template", template);
      values.clear();
      values.put("product_tmpl_id", id);
    }
  }

  @Override
  Object compute(Env env, Row row, String field) {
    StockLevel level = StockLevel.of(env, row);
    return switch (field) {
      case "qty_available" -> level.onHand();
      case "free_qty" -> level.free();
      case "incoming_qty" -> level.incoming();
      case "outgoing_qty" -> level.outgoing();
      default -> level.onHand().add(level.incoming()).subtract(level.outgoing());
    };
  }

  @Override
  String displayName(Env env, Row row) {
    String code = env.text(row, "default_code");
    return (code.isEmpty() ? "" : "[" + code + "] ") + env.text(row, "name");
  }
}
