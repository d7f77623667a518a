package io.kontor.sandbox.day;

import static io.kontor.sandbox.day.ShopifyPieces.address;
import static io.kontor.sandbox.day.ShopifyPieces.gid;
import static io.kontor.sandbox.day.ShopifyPieces.object;
import static io.kontor.sandbox.day.ShopifyPieces.put;
import static io.kontor.sandbox.day.ShopifyPieces.taxLines;
import static io.kontor.sandbox.day.ShopifyPieces.time;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes an order as Shopify's webhooks {@code orders/*} do. */
final class ShopifyOrderJson {

  private ShopifyOrderJson() {}

  static ObjectNode write(ShopifyShop shop, ShopifyOrder order) {
    Sale sale = order.sale();
    long id = Long.parseLong(sale.id());
    ObjectNode json = object();
    json.put("id", id);
    json.put("admin_graphql_api_id", gid("Order", id));
    json.put("app_id", 580111);
    json.put("buyer_accepts_marketing", false);
    json.put("cancel_reason", order.cancelledAt().isPresent() ? "customer" : null);
    json.put("cancelled_at", order.cancelledAt().map(ShopifyPieces::time).orElse(null));
    json.putNull("closed_at");
    json.put("confirmed", true);
    json.put("contact_email", sale.guest() ? null : sale.buyer().email());
    json.put("created_at", time(sale.placedAt()));
    json.put("currency", sale.currency().getCurrencyCode());
    current(json, order);
    codes(json, sale);
    json.put("email", sale.guest() ? "" : sale.buyer().email());
    json.put("estimated_taxes", false);
    json.put("financial_status", order.financialStatus());
    json.put("fulfillment_status", fulfilmentStatus(order));
    json.put("location_id", (Long) null);
    json.put("name", sale.reference());
    json.putNull("note");
    int number = Integer.parseInt(sale.reference().substring(1));
    json.put("number", number - 1000);
    json.put("order_number", number);
    json.put("order_status_url", "https://" + shop.domain() + "/orders/" + id + "/authenticate");
    gateways(json, order);
    json.put("presentment_currency", sale.currency().getCurrencyCode());
    json.put("processed_at", time(sale.placedAt()));
    json.put("source_name", "web");
    put(json, "subtotal_price", sale.subtotal());
    json.put("tags", "");
    json.put("tax_exempt", false);
    json.set("tax_lines", taxLines(summed(sale)));
    json.put("taxes_included", sale.taxIncluded());
    json.put("test", false);
    totals(json, order);
    json.put("updated_at", time(order.updatedAt()));
    json.putNull("user_id");
    if (sale.guest()) {
      json.putNull("customer");
    } else {
      json.set("customer", customer(sale));
    }
    json.set("billing_address", address(sale.buyer()));
    applications(json, sale);
    json.set("fulfillments", ShopifyLineJson.parcels(order));
    ArrayNode lines = json.putArray("line_items");
    sale.lines().forEach(line -> lines.add(ShopifyLineJson.lineItem(order, line, line.quantity())));
    json.putNull("payment_terms");
    ArrayNode refunds = json.putArray("refunds");
    order.refunds().forEach(refund -> refunds.add(ShopifyRefundJson.write(order, refund)));
    json.set("shipping_address", sale.freight().isPresent() ? address(sale.buyer()) : null);
    json.set("shipping_lines", ShopifyLineJson.shippingLines(sale));
    if (order.showsPayments()) {
      ArrayNode payments = json.putArray("transactions");
      order.payments().forEach(p -> payments.add(ShopifyRefundJson.transaction(order, p)));
      order.refunds().stream()
          .flatMap(refund -> refund.payments().stream())
          .forEach(p -> payments.add(ShopifyRefundJson.transaction(order, p)));
    }
    return json;
  }

  private static void current(ObjectNode json, ShopifyOrder order) {
    put(json, "current_subtotal_price", order.currentSubtotal());
    json.putNull("current_total_additional_fees_set");
    put(json, "current_total_discounts", order.sale().discounts());
    json.putNull("current_total_duties_set");
    put(json, "current_total_price", order.currentTotal());
    put(json, "current_total_tax", order.currentTax());
  }

  private static void totals(ObjectNode json, ShopifyOrder order) {
    Sale sale = order.sale();
    put(json, "total_discounts", sale.discounts());
    put(json, "total_line_items_price", sale.listed());
    json.put("total_outstanding", order.outstanding().plain());
    put(json, "total_price", sale.total());
    json.set("total_shipping_price_set", ShopifyPieces.set(sale.freightPaid()));
    put(json, "total_tax", sale.tax());
    json.put("total_tip_received", "0.00");
    json.put("total_weight", 250 * sale.lines().size());
  }

  private static void gateways(ObjectNode json, ShopifyOrder order) {
    ArrayNode names = json.putArray("payment_gateway_names");
    order.payments().stream().map(ShopifyOrder.Payment::gateway).distinct().forEach(names::add);
  }

  private static void codes(ObjectNode json, Sale sale) {
    ArrayNode codes = json.putArray("discount_codes");
    sale.discountCode()
        .ifPresent(
            discount ->
                codes
                    .addObject()
                    .put("code", discount.code())
                    .put("amount", sale.discounts().plain())
                    .put("type", discount.onFreight() ? "shipping" : "percentage"));
  }

  private static void applications(ObjectNode json, Sale sale) {
    ArrayNode applications = json.putArray("discount_applications");
    sale.discountCode()
        .ifPresent(
            discount ->
                applications
                    .addObject()
                    .put("target_type", discount.onFreight() ? "shipping_line" : "line_item")
                    .put("type", "discount_code")
                    .put("value", discount.percent() + ".0")
                    .put("value_type", "percentage")
                    .put("allocation_method", discount.onFreight() ? "each" : "across")
                    .put("target_selection", "all")
                    .put("code", discount.code()));
  }

  /** The order's own tax lines: one for each title, summed over the lines. */
  private static List<TaxPart> summed(Sale sale) {
    Map<String, TaxPart> byTitle = new LinkedHashMap<>();
    for (TaxPart tax : sale.taxes()) {
      byTitle.merge(
          tax.title() + tax.rate(),
          tax,
          (a, b) -> new TaxPart(a.title(), a.rate(), a.amount().plus(b.amount())));
    }
    return new ArrayList<>(byTitle.values());
  }

  private static String fulfilmentStatus(ShopifyOrder order) {
    if (order.fulfilments().isEmpty()) {
      return null;
    }
    return order.sale().lines().stream().allMatch(line -> order.open(line) == 0)
        ? "fulfilled"
        : "partial";
  }

  private static ObjectNode customer(Sale sale) {
    Buyer buyer = sale.buyer();
    ObjectNode customer = object();
    customer.put("id", buyer.id());
    customer.put("email", buyer.email());
    customer.put("created_at", time(sale.placedAt()));
    customer.put("updated_at", time(sale.placedAt()));
    customer.put("first_name", buyer.first());
    customer.put("last_name", buyer.last());
    customer.put("state", "disabled");
    customer.put("verified_email", true);
    customer.put("tax_exempt", false);
    customer.put("currency", sale.currency().getCurrencyCode());
    customer.put("admin_graphql_api_id", gid("Customer", buyer.id()));
    ObjectNode home = address(buyer);
    home.put("id", buyer.id() + 1);
    home.put("customer_id", buyer.id());
    home.put("country_name", buyer.place().countryName());
    home.put("default", true);
    customer.set("default_address", home);
    return customer;
  }
}
