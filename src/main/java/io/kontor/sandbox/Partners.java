package io.kontor.sandbox;

import java.util.Map;

/** A contact is shown with its company, and needs a name. */
final class Partners extends Rules {

  @Override
  void beforeCreate(Env env, Map<String, Object> values) {
    boolean contact = "contact".equals(values.getOrDefault("type", "contact"));
    if (contact && !Values.truth(values.get("name"))) {
      throw OdooFault.validation("Contacts require a name");
    }
  }

  @Override
  Object compute(Env env, Row row, String field) {
    return displayName(env, row);
  }

  @Override
  String displayName(Env env, Row row) {
    Row parent = env.to(row, "parent_id");
    String name = env.text(row, "name");
    return parent == null ? name : env.text(parent, "name") + ", " + name;
  }
}
