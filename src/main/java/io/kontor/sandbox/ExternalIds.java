package io.kontor.sandbox;

import java.util.List;
import java.util.Map;

/**
 * External ids: {@code module.name} in {@code ir.model.data}, the key of every idempotent write.
 */
final class ExternalIds extends Rules {

  private static final String TABLE = "ir.model.data";

  @Override
  Object compute(Env env, Row row, String field) {
    return row.get("module") + "." + row.get("name");
  }

  @Override
  String displayName(Env env, Row row) {
    return row.get("module") + "." + row.get("name");
  }

  /** The entry of an external id, or null. */
  static Row find(Env env, String externalId) {
    int dot = externalId.indexOf('.');
    String module = dot < 0 ? "__import__" : externalId.substring(0, dot);
    String name = externalId.substring(dot + 1);
    return env.where(TABLE, "name", name).stream()
        .filter(row -> module.equals(row.get("module")))
        .findFirst()
        .orElse(null);
  }

  /** The record of a model that an external id names, if both still exist; else null. */
  static Integer resolve(Env env, String externalId, String model) {
    Row entry = find(env, externalId);
    if (entry == null || env.find(String.valueOf(entry.get("model")), target(entry)) == null) {
      return null;
    }
    if (!model.equals(entry.get("model"))) {
      throw OdooFault.value(
          "Invalid external ID %s: expected model '%s', found '%s'"
              .formatted(externalId, model, entry.get("model")));
    }
    return target(entry);
  }

  /** Gives a record an external id, or points an existing one to it. */
  static void name(Env env, String externalId, String model, int id) {
    Row entry = find(env, externalId);
    Env system = env.sudo();
    if (entry != null) {
      system.write(TABLE, entry.id(), Map.of("model", model, "res_id", id));
      return;
    }
    int dot = externalId.indexOf('.');
    system.create(
        TABLE,
        Map.of(
            "module",
            dot < 0 ? "__import__" : externalId.substring(0, dot),
            "name",
            externalId.substring(dot + 1),
            "model",
            model,
            "res_id",
            id));
  }

  static void forget(Env env, String model, int id) {
    List<Row> entries =
        env.odoo().records().where(TABLE, "res_id", id).stream()
            .map(entry -> env.row(TABLE, entry))
            .filter(row -> model.equals(row.get("model")))
            .toList();
    entries.forEach(row -> env.odoo().records().remove(row));
  }

  private static Integer target(Row entry) {
    return entry.get("res_id") instanceof Integer id ? id : null;
  }
}
