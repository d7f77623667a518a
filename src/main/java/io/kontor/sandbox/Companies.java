package io.kontor.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A new company belongs to the user who makes it, and has a partner at once; its currency is one
 * that is used.
 */
final class Companies extends Rules {

  @Override
  void beforeCreate(Env env, Map<String, Object> values) {
    if (!Values.truth(values.get("currency_id"))) {
      Row current = env.find("res.company", env.company());
      values.put("currency_id", current == null ? 1 : env.id(current, "currency_id"));
    }
  }

  /** A lock as it holds for the user: the first day there is where nothing is locked. */
  @Override
  Object compute(Env env, Row row, String field) {
    String lock = env.text(row, field.substring("user_".length()));
    return lock.isEmpty() ? "1-01-01" : lock;
  }

  @Override
  void created(Env env, int id, Map<String, Object> values) {
    Env system = env.sudo();
    Row user = env.find("res.users", Env.USER);
    if (user != null) {
      List<Integer> companies = new ArrayList<>(env.ids(user, "company_ids"));
      companies.add(id);
      system.write("res.users", user.id(), Map.of("company_ids", companies));
    }
    Row company = system.find("res.company", id);
    system.write("res.currency", system.id(company, "currency_id"), Map.of("active", true));
    String name = String.valueOf(values.get("name"));
    int partner = system.create("res.partner", Map.of("name", name, "is_company", true));
    system.write("res.company", id, Map.of("partner_id", partner));
    // Only the first company of a database gets a warehouse from Odoo 19; 18 gives one to each.
    if (id > 1 && env.version() != OdooVersion.V18) {
      return;
    }
    String code =
        id == 1 ? "WH" : name.replaceAll("[^A-Za-z0-9]", "").toUpperCase(java.util.Locale.ROOT);
    Map<String, Object> warehouse =
        Map.of(
            "name", name, "code", code.substring(0, Math.min(5, code.length())), "company_id", id);
    system.create("stock.warehouse", warehouse);
  }
}
