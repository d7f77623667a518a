package io.kontor.sandbox;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Sales orders: totals from their lines, confirmed once, cancelled, locked. */
final class SaleOrders extends Rules {

  static final String TABLE = "sale.order";

  @Override
  void beforeCreate(Env env, Map<String, Object> values) {
    int company =
        Values.truth(values.get("company_id"))
            ? Values.ids(values.get("company_id")).get(0)
            : env.company();
    values.put("company_id", company);
    if (!Values.truth(values.get("name"))) {
      values.put("name", "S%05d".formatted(env.odoo().records().next("sequence:sale.order")));
    }
    if (!Values.truth(values.get("date_order"))) {
      values.put("date_order", env.odoo().now());
    }
    for (String address : List.of("partner_invoice_id", "partner_shipping_id")) {
      if (!Values.truth(values.get(address))) {
        values.put(address, orFalse(values.get("partner_id")));
      }
    }
    values.putIfAbsent("user_id", Env.USER);
    if (!Values.truth(values.get("warehouse_id"))) {
      env.sudo().where("stock.warehouse", "company_id", company).stream()
          .findFirst()
          .ifPresent(warehouse -> values.put("warehouse_id", warehouse.id()));
    }
    checkCompany(env, values, company, String.valueOf(values.get("name")));
  }

  private static Object orFalse(Object value) {
    return value == null ? (Object) false : value;
  }

  private static void checkCompany(Env env, Map<String, Object> values, int company, String name) {
    Map<String, String> fields =
        Map.of("warehouse_id", "stock.warehouse", "pricelist_id", "product.pricelist");
    fields.forEach(
        (field, model) -> {
          List<Integer> id = Values.ids(values.get(field));
          Row other = id.isEmpty() ? null : env.row(model, id.get(0));
          Integer owner = other == null ? null : env.id(other, "company_id");
          if (owner != null && owner != company) {
            throw CompanyWalls.crossing(env, name, company, env.model(TABLE).find(field), other);
          }
        });
  }

  @Override
  void beforeWrite(Env env, Row row, Map<String, Object> values) {
    // Even the same price list, which is what a second load of the whole order would write.
    if (values.containsKey("pricelist_id") && env.text(row, "state").equals("sale")) {
      throw OdooFault.user("You cannot change the pricelist of a confirmed order !");
    }
    int company =
        Values.truth(values.get("company_id"))
            ? Values.ids(values.get("company_id")).get(0)
            : env.id(row, "company_id");
    checkCompany(env, values, company, env.text(row, "name"));
  }

  /** The trap: a company on an existing order, even its own, resets the taxes of every line. */
  @Override
  void written(Env env, Row before, Map<String, Object> values) {
    if (values.containsKey("company_id")) {
      for (Row line : env.rows(env.row(TABLE, before.id()), "order_line")) {
        SaleOrderLines.resetTaxes(env, line);
      }
    }
    if (values.containsKey("commitment_date")) {
      new Deliveries(env).promise(before.id());
    }
  }

  @Override
  void beforeUnlink(Env env, Row row) {
    if (!Set.of("draft", "cancel").contains(env.text(row, "state"))) {
      throw OdooFault.user(
          "You can not delete a sent quotation or a confirmed sales order. You must first cancel"
              + " it.");
    }
  }

  @Override
  Object compute(Env env, Row row, String field) {
    return switch (field) {
      case "currency_id" -> currency(env, row);
      case "amount_untaxed" -> sum(env, row, TaxArithmetic::untaxed);
      case "amount_tax" -> sum(env, row, TaxArithmetic::tax);
      case "amount_total" -> sum(env, row, TaxArithmetic::total);
      case "expected_date" -> expected(env, row);
      case "invoice_status" -> OrderStatus.invoicing(env, row);
      default -> OrderStatus.delivery(env, row);
    };
  }

  private static Integer currency(Env env, Row order) {
    Row pricelist = env.to(order, "pricelist_id");
    return pricelist == null
        ? env.id(env.to(order, "company_id"), "currency_id")
        : env.id(pricelist, "currency_id");
  }

  /** When its goods should leave, without a promise: at once, counted from the order's date. */
  private static Object expected(Env env, Row order) {
    String state = env.text(order, "state");
    if (state.equals("cancel") || env.ids(order, "order_line").isEmpty()) {
      return false;
    }
    return state.equals("sale") ? env.text(order, "date_order") : env.odoo().now();
  }

  private static BigDecimal sum(Env env, Row order, Function<TaxArithmetic, BigDecimal> part) {
    return env.rows(order, "order_line").stream()
        .map(line -> part.apply(SaleOrderLines.amounts(env, line)))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  @Override
  void methods(Methods methods) {
    methods.onRecords("action_confirm", List.of(), (env, ids, arguments) -> confirm(env, ids));
    methods.onRecords("action_cancel", List.of(), (env, ids, arguments) -> cancel(env, ids));
    methods.onRecords(
        "action_draft",
        List.of(),
        (env, ids, arguments) -> {
          for (int id : ids) {
            if (env.text(env.row(TABLE, id), "state").equals("cancel")) {
              env.write(TABLE, id, Map.of("state", "draft"));
            }
          }
          return true;
        });
    methods.onRecords("action_lock", List.of(), (env, ids, arguments) -> lock(env, ids, true));
    methods.onRecords("action_unlock", List.of(), (env, ids, arguments) -> lock(env, ids, false));
  }

  private static Object lock(Env env, List<Integer> ids, boolean locked) {
    ids.forEach(id -> env.write(TABLE, id, Map.of("locked", locked)));
    return null;
  }

  private static Object confirm(Env env, List<Integer> ids) {
    for (int id : ids) {
      Row order = env.row(TABLE, id);
      if (!Set.of("draft", "sent").contains(env.text(order, "state"))) {
        throw OdooFault.user("Some orders are not in a state requiring confirmation.");
      }
      boolean nameless =
          env.rows(order, "order_line").stream()
              .anyMatch(
                  line ->
                      env.text(line, "display_type").isEmpty()
                          && env.id(line, "product_id") == null);
      if (nameless) {
        throw OdooFault.user(
            "Some order lines are missing a product, you need to correct them before going"
                + " further.");
      }
    }
    Deliveries deliveries = new Deliveries(env);
    for (int id : ids) {
      env.write(TABLE, id, Map.of("state", "sale", "date_order", env.odoo().now()));
      env.ids(env.row(TABLE, id), "order_line").forEach(deliveries::follow);
    }
    return true;
  }

  /** On Odoo 18 a confirmed order answers with a wizard and stays as it is, unless told not to. */
  private static Object cancel(Env env, List<Integer> ids) {
    for (int id : ids) {
      if (env.truth(env.row(TABLE, id), "locked")) {
        throw OdooFault.user("You cannot cancel a locked order. Please unlock it first.");
      }
    }
    boolean drafts =
        ids.stream().allMatch(id -> env.text(env.row(TABLE, id), "state").equals("draft"));
    if (env.version() == OdooVersion.V18 && !drafts && !env.flag("disable_cancel_warning")) {
      return cancelWizard(ids);
    }
    for (int id : ids) {
      env.ids(env.row(TABLE, id), "picking_ids")
          .forEach(picking -> Pickings.cancel(env.sudo(), picking));
      env.write(TABLE, id, Map.of("state", "cancel"));
    }
    return true;
  }

  private static Map<String, Object> cancelWizard(List<Integer> ids) {
    Map<String, Object> context = new LinkedHashMap<>();
    context.put("default_order_id", ids.get(0));
    context.put("mark_so_as_canceled", true);
    Map<String, Object> action = new LinkedHashMap<>();
    action.put("name", "Cancel Sales Order");
    action.put("view_mode", "form");
    action.put("res_model", "sale.order.cancel");
    action.put("view_id", 1);
    action.put("type", "ir.actions.act_window");
    action.put("context", context);
    action.put("target", "new");
    return action;
  }
}
