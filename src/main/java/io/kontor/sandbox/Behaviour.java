package io.kontor.sandbox;

import java.util.HashMap;
import java.util.Map;

/** Which model has rules of its own. */
final class Behaviour {

  private Behaviour() {}

  static Map<String, Rules> rules() {
    Map<String, Rules> rules = new HashMap<>();
    rules.put("ir.model.data", new ExternalIds());
    rules.put("res.company", new Companies());
    rules.put("res.users", new Users());
    rules.put("res.partner", new Partners());
    rules.put("product.category", new NestedNames("parent_id", " / "));
    rules.put("product.template", new Products());
    rules.put("product.product", new Variants());
    rules.put("product.pricelist", new Pricelists());
    rules.put("account.tax", new Taxes());
    rules.put("account.account", new Accounts());
    rules.put("account.chart.template", new ChartTemplates());
    rules.put("account.move", new AccountMoves());
    rules.put("account.move.line", new AccountMoveLines());
    rules.put("stock.location", new NestedNames("location_id", "/"));
    rules.put("stock.warehouse", new Warehouses());
    rules.put("stock.quant", new Quants());
    rules.put("stock.picking", new Pickings());
    rules.put("stock.move", new StockMoves());
    rules.put("sale.order", new SaleOrders());
    rules.put("sale.order.line", new SaleOrderLines());
    return rules;
  }
}
