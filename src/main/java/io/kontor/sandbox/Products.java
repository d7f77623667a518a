package io.kontor.sandbox;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A product template and its one variant; without a word about taxes it takes the company's. */
final class Products extends Rules {

  /** The context key under which a variant makes its own template. */
  static final String VARIANT_FOLLOWS = "sandbox_variant_follows";

  @Override
  void beforeCreate(Env env, Map<String, Object> values) {
    if (!values.containsKey("taxes_id")) {
      Integer owner = Values.ids(values.get("company_id")).stream().findFirst().orElse(null);
      Row company = env.row("res.company", owner == null ? env.company() : owner);
      List<Integer> taxes = new ArrayList<>();
      Integer sales = env.id(company, "account_sale_tax_id");
      if (sales != null) {
        taxes.add(sales);
      }
      values.put("taxes_id", taxes);
    }
    if (Values.truth(values.get("is_storable")) && "service".equals(values.get("type"))) {
      values.put("is_storable", false);
    }
  }

  @Override
  void created(Env env, int id, Map<String, Object> values) {
    if (!env.flag(VARIANT_FOLLOWS)) {
      env.create("product.product", Map.of("product_tmpl_id", id));
    }
  }

  @Override
  Object compute(Env env, Row row, String field) {
    List<Integer> variants = env.ids(row, "product_variant_ids");
    return switch (field) {
      case "product_variant_id" -> variants.isEmpty() ? null : variants.get(0);
      case "product_variant_count" -> variants.size();
      default ->
          variants.stream()
              .map(id -> env.decimal(env.row("product.product", id), field))
              .reduce(BigDecimal.ZERO, BigDecimal::add);
    };
  }

  @Override
  String displayName(Env env, Row row) {
    String code = env.text(row, "default_code");
    return (code.isEmpty() ? "" : "[" + code + "] ") + env.text(row, "name");
  }
}
