package io.kontor.sandbox;

import java.util.List;
import java.util.Map;

/** An account belongs to companies; its code is unique in each. Odoo 18 shows the code too. */
final class Accounts extends Rules {

  @Override
  void beforeCreate(Env env, Map<String, Object> values) {
    if (!Values.truth(values.get("company_ids"))) {
      values.put("company_ids", List.of(env.company()));
    }
  }

  @Override
  void created(Env env, int id, Map<String, Object> values) {
    Row row = env.row("account.account", id);
    String code = env.text(row, "code");
    List<Integer> companies = env.ids(row, "company_ids");
    boolean taken =
        !code.isEmpty()
            && env.where("account.account", "code", code).stream()
                .anyMatch(
                    other ->
                        other.id() != id
                            && env.ids(other, "company_ids").stream()
                                .anyMatch(companies::contains));
    if (taken) {
      throw OdooFault.validation(
          "Account codes must be unique. You can't create accounts with these duplicate codes: "
              + code);
    }
  }

  @Override
  String displayName(Env env, Row row) {
    String code = env.text(row, "code");
    String name = env.text(row, "name");
    return env.version() == OdooVersion.V18 && !code.isEmpty() ? code + " " + name : name;
  }
}
