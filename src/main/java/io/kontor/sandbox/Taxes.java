package io.kontor.sandbox;

import java.util.List;
import java.util.Map;

/** A tax belongs to a group, and its price inclusion follows the company unless it says so. */
final class Taxes extends Rules {

  @Override
  void beforeCreate(Env env, Map<String, Object> values) {
    List<Integer> owner = Values.ids(values.get("company_id"));
    int company = owner.isEmpty() ? env.company() : owner.get(0);
    values.put("company_id", company);
    if (!Values.truth(values.get("tax_group_id"))) {
      values.put(
          "tax_group_id",
          env.where("account.tax.group", "company_id", company).stream()
              .findFirst()
              .map(Row::id)
              .orElseGet(
                  () ->
                      env.create(
                          "account.tax.group", Map.of("name", "Tax", "company_id", company))));
    }
    boolean taken =
        env.where("account.tax", "company_id", company).stream()
            .anyMatch(
                tax ->
                    tax.get("name").equals(values.get("name"))
                        && tax.get("type_tax_use").equals(values.get("type_tax_use")));
    if (taken) {
      throw OdooFault.validation(
          "Tax names must be unique!\n- %s in %s"
              .formatted(values.get("name"), env.sudo().displayName("res.company", company)));
    }
  }

  @Override
  void created(Env env, int id, Map<String, Object> values) {
    TaxRepartition.spread(env.sudo(), env.row("account.tax", id));
  }

  @Override
  Object compute(Env env, Row row, String field) {
    if (field.endsWith("_repartition_line_ids")) {
      return TaxRepartition.lines(env, row, field.substring(0, field.indexOf('_')));
    }
    String override = env.text(row, "price_include_override");
    String effective =
        override.isEmpty()
            ? env.text(env.to(row, "company_id"), "account_price_include")
            : override;
    return effective.equals("tax_included");
  }
}
