package io.kontor.sandbox;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Order lines and their traps: what is computed falls back to the product whenever a write does not
 * name it.
 */
final class SaleOrderLines extends Rules {

  static final String TABLE = "sale.order.line";

  /** The field of a line's taxes. */
  static String taxField(OdooVersion version) {
    return version == OdooVersion.V18 ? "tax_id" : "tax_ids";
  }

  @Override
  void beforeCreate(Env env, Map<String, Object> values) {
    List<Integer> product = Values.ids(values.get("product_id"));
    if (product.isEmpty()) {
      if (!Values.truth(values.get("display_type"))) {
        throw OdooFault.validation("Missing required fields on accountable sale order line.");
      }
      return;
    }
    Row row = env.row("product.product", product.get(0));
    if (!Values.truth(values.get("name"))) {
      values.put("name", env.displayName("product.product", row.id()));
    }
    if (!values.containsKey("price_unit")) {
      values.put("price_unit", env.decimal(row, "list_price"));
    }
    String taxes = taxField(env.version());
    if (!values.containsKey(taxes)) {
      Row order = env.row(SaleOrders.TABLE, Values.ids(values.get("order_id")).get(0));
      values.put(taxes, defaultTaxes(env, row, env.id(order, "company_id")));
    }
  }

  @Override
  void created(Env env, int id, Map<String, Object> values) {
    followDelivery(env, id);
  }

  @Override
  void beforeWrite(Env env, Row row, Map<String, Object> values) {
    checkLocked(env, row, values);
    checkDelivered(env, row, values);
    boolean productNamed = Values.truth(values.get("product_id"));
    boolean priced = values.containsKey("price_unit");
    Row product =
        productNamed
            ? env.row("product.product", Values.ids(values.get("product_id")).get(0))
            : env.to(row, "product_id");
    if (product == null) {
      return;
    }
    if (!priced && (productNamed || values.containsKey("product_uom_qty"))) {
      values.put("price_unit", env.decimal(product, "list_price"));
    }
    String taxes = taxField(env.version());
    boolean blank = values.containsKey(taxes) && !Values.truth(values.get(taxes));
    if (productNamed && (blank || !values.containsKey(taxes))) {
      values.put(taxes, defaultTaxes(env, product, env.id(row, "company_id")));
    }
    if (productNamed && !Values.truth(values.get("name"))) {
      values.put("name", env.displayName("product.product", product.id()));
    }
  }

  private static void checkDelivered(Env env, Row row, Map<String, Object> values) {
    if (values.containsKey("product_uom_qty")
        && env.text(row, "state").equals("sale")
        && Values.decimal(values.get("product_uom_qty")).compareTo(delivered(env, row)) < 0
        && delivered(env, row).signum() > 0) {
      throw OdooFault.user(
          "The ordered quantity of a sale order line cannot be decreased below the amount already"
              + " delivered. Instead, create a return in your inventory.");
    }
    boolean other =
        values.containsKey("product_id")
            && !List.of(env.id(row, "product_id")).equals(Values.ids(values.get("product_id")));
    if (other && env.text(row, "state").equals("sale")) {
      throw OdooFault.user("You cannot modify the product of this order line.");
    }
  }

  private static void checkLocked(Env env, Row row, Map<String, Object> values) {
    if (!env.truth(env.to(row, "order_id"), "locked")) {
      return;
    }
    Set<String> closed =
        Set.of(
            "product_id",
            "name",
            "price_unit",
            "product_uom",
            "product_uom_id",
            "product_uom_qty",
            "tax_id",
            "tax_ids",
            "discount");
    List<String> labels = new ArrayList<>();
    for (String name : values.keySet()) {
      if (closed.contains(name)) {
        labels.add(env.model(TABLE).find(name).label());
      }
    }
    if (!labels.isEmpty()) {
      throw OdooFault.user(
          "It is forbidden to modify the following fields in a locked order:\n"
              + String.join("\n", labels));
    }
  }

  @Override
  void written(Env env, Row before, Map<String, Object> values) {
    if (values.containsKey("product_uom_qty")) {
      followDelivery(env, before.id());
    }
  }

  @Override
  void beforeUnlink(Env env, Row row) {
    if (env.text(row, "state").equals("sale") && env.text(row, "display_type").isEmpty()) {
      throw OdooFault.user(
          "Once a sales order is confirmed, you can't remove one of its lines (we need to track if"
              + " something gets invoiced or delivered).\n"
              + "                Set the quantity to 0 instead.");
    }
  }

  private static void followDelivery(Env env, int id) {
    if (env.text(env.row(TABLE, id), "state").equals("sale")) {
      new Deliveries(env).follow(id);
    }
  }

  @Override
  Object compute(Env env, Row row, String field) {
    return switch (field) {
      case "price_subtotal" -> amounts(env, row).untaxed();
      case "price_tax" -> amounts(env, row).tax();
      case "price_total" -> amounts(env, row).total();
      case "qty_delivered" -> delivered(env, row);
      default -> toInvoice(env, row);
    };
  }

  @Override
  String displayName(Env env, Row row) {
    Row order = env.to(row, "order_id");
    Row product = env.to(row, "product_id");
    String what =
        product == null
            ? env.text(row, "name").lines().findFirst().orElse("")
            : env.displayName("product.product", product.id());
    Row partner = env.to(order, "partner_id");
    return "%s - %s (%s)"
        .formatted(env.text(order, "name"), what, partner == null ? "" : env.text(partner, "name"));
  }

  static TaxArithmetic amounts(Env env, Row line) {
    Row currency = env.find("res.currency", env.id(line, "currency_id"));
    return TaxArithmetic.of(
        env,
        env.decimal(line, "product_uom_qty"),
        env.decimal(line, "price_unit"),
        env.decimal(line, "discount"),
        env.rows(line, taxField(env.version())),
        currency == null ? 2 : env.decimal(currency, "decimal_places").intValue());
  }

  static void resetTaxes(Env env, Row line) {
    Row product = env.to(line, "product_id");
    if (product != null) {
      Row order = env.to(line, "order_id");
      List<Integer> taxes = defaultTaxes(env, product, env.id(order, "company_id"));
      env.odoo().records().put(line.with(Map.of(taxField(env.version()), taxes)));
    }
  }

  private static List<Integer> defaultTaxes(Env env, Row product, Integer company) {
    return env.rows(product, "taxes_id").stream()
        .filter(tax -> env.id(tax, "company_id").equals(company))
        .map(Row::id)
        .toList();
  }

  private static BigDecimal delivered(Env env, Row line) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Row move : env.rows(line, "move_ids")) {
      if (env.text(move, "state").equals("done")) {
        boolean out = env.text(env.to(move, "location_dest_id"), "usage").equals("customer");
        BigDecimal quantity = env.decimal(move, "quantity");
        sum = out ? sum.add(quantity) : sum.subtract(quantity);
      }
    }
    return sum;
  }

  private static BigDecimal toInvoice(Env env, Row line) {
    if (!env.text(line, "state").equals("sale")) {
      return BigDecimal.ZERO;
    }
    Row product = env.to(line, "product_id");
    boolean byDelivery = product != null && env.text(product, "invoice_policy").equals("delivery");
    BigDecimal due = byDelivery ? delivered(env, line) : env.decimal(line, "product_uom_qty");
    return due.subtract(env.decimal(line, "qty_invoiced"));
  }
}
