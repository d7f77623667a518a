package io.kontor.sandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a tax is spread: one base line and one tax line for invoices, and for refunds. */
final class TaxRepartition {

  private static final String TABLE = "account.tax.repartition.line";

  private TaxRepartition() {}

  /** Gives a new tax its lines; tax goes to the company's account for it, if there is one. */
  static void spread(Env env, Row tax) {
    Integer company = env.id(tax, "company_id");
    String code = env.text(tax, "type_tax_use").equals("purchase") ? "131000" : "251000";
    Integer account =
        env.where("account.account", "code", code).stream()
            .filter(row -> env.ids(row, "company_ids").contains(company))
            .findFirst()
            .map(Row::id)
            .orElse(null);
    for (String document : List.of("invoice", "refund")) {
      for (String part : List.of("base", "tax")) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("tax_id", tax.id());
        values.put("document_type", document);
        values.put("repartition_type", part);
        values.put("factor_percent", 100);
        if (part.equals("tax")) {
          values.put("account_id", account);
        }
        env.create(TABLE, values);
      }
    }
  }

  /** The ids of a tax's lines for invoices or refunds. */
  static List<Integer> lines(Env env, Row tax, String document) {
    return env.where(TABLE, "tax_id", tax.id()).stream()
        .filter(row -> row.get("document_type").equals(document))
        .map(Row::id)
        .toList();
  }

  /** The line that carries a tax's amount on invoices or refunds. */
  static Row ofTax(Env env, Row tax, String document) {
    return env.where(TABLE, "tax_id", tax.id()).stream()
        .filter(row -> row.get("document_type").equals(document))
        .filter(row -> row.get("repartition_type").equals("tax"))
        .findFirst()
        .orElseThrow();
  }
}
