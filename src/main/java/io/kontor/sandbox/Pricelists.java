package io.kontor.sandbox;

import java.util.Map;

/** A pricelist has a currency, the company's unless told otherwise. */
final class Pricelists extends Rules {

  @Override
  void beforeCreate(Env env, Map<String, Object> values) {
    if (!Values.truth(values.get("currency_id"))) {
      values.put("currency_id", env.id(env.row("res.company", env.company()), "currency_id"));
    }
  }

  @Override
  String displayName(Env env, Row row) {
    Row currency = env.to(row, "currency_id");
    return env.text(row, "name") + " (" + env.text(currency, "name") + ")";
  }
}
