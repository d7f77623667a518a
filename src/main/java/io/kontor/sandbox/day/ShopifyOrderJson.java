package io.kontor.sandbox.day;

import static io.kontor.sandbox.day.ShopifyPieces.address;
import static io.kontor.sandbox.day.ShopifyPieces.allocations;
import static io.kontor.sandbox.day.ShopifyPieces.array;
import static io.kontor.sandbox.day.ShopifyPieces.gid;
import static io.kontor.sandbox.day.ShopifyPieces.object;
import static io.kontor.sandbox.day.ShopifyPieces.put;
import static io.kontor.sandbox.day.ShopifyPieces.taxLines;
import static io.kontor.sandbox.day.ShopifyPieces.time;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kontor.money.Money;
import io.kontor.sandbox.day.Sale.Line;
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
    parcels(json, order);
    ArrayNode lines = json.putArray("line_items");
    sale.lines().forEach(line -> lines.add(lineItem(order, line, line.quantity())));
    json.putNull("payment_terms");
    ArrayNode refunds = json.putArray("refunds");
    order.refunds().forEach(refund -> refunds.add(ShopifyRefundJson.write(order, refund)));
    json.set("shipping_address", sale.freight().isPresent() ? address(sale.buyer()) : null);
    json.set("shipping_lines", shippingLines(sale));
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

  private static void parcels(ObjectNode json, ShopifyOrder order) {
    ArrayNode parcels = json.putArray("fulfillments");
    for (ShopifyOrder.Fulfilment parcel : order.fulfilments()) {
      ObjectNode node = parcels.addObject();
      node.put("id", parcel.id());
      node.put("admin_graphql_api_id", gid("Fulfillment", parcel.id()));
      node.put("created_at", time(parcel.at()));
      node.put("location_id", 71_390_330L);
      node.put("name", order.sale().reference() + "." + parcel.number());
      node.put("order_id", Long.parseLong(order.sale().id()));
      node.putObject("origin_address");
      node.putObject("receipt");
      node.put("service", "manual");
      node.putNull("shipment_status");
      node.put("status", "success");
      node.put("tracking_company", "Other");
      node.put("tracking_number", "T" + parcel.id());
      node.putArray("tracking_numbers").add("T" + parcel.id());
      node.put("updated_at", time(parcel.at()));
      ArrayNode lines = node.putArray("line_items");
      parcel.lines().forEach(part -> lines.add(lineItem(order, part.line(), part.quantity())));
    }
  }

  /** A line item; inside a fulfilment or a refund, {@code quantity} is that of the part. */
  static ObjectNode lineItem(ShopifyOrder order, Line line, int quantity) {
    Product product = line.product();
    ObjectNode json = object();
    json.put("id", line.id());
    json.put("admin_graphql_api_id", gid("LineItem", line.id()));
    json.put("current_quantity", line.quantity() - order.removed(line));
    json.put("fulfillable_quantity", order.open(line));
    json.put("fulfillment_service", product.isGiftCard() ? "gift_card" : "manual");
    json.put("fulfillment_status", lineStatus(order, line));
    json.put("gift_card", product.isGiftCard());
    json.put("grams", product.isGiftCard() ? 0 : 250);
    json.put("name", product.name());
    put(json, "price", line.price());
    json.put("product_exists", true);
    long productId = Long.parseLong(product.gtin().substring(4));
    json.put("product_id", 8_000_000_000L + productId);
    json.putArray("properties");
    json.put("quantity", quantity);
    json.put("requires_shipping", !product.isGiftCard());
    json.put("sku", product.sku());
    json.put("taxable", !product.isGiftCard());
    json.put("title", product.name());
    // an order-wide code stands in the allocations; total_discount is a line's own, and zero here
    put(json, "total_discount", Money.zero(line.price().currency()));
    json.put("variant_id", 9_000_000_000L + productId);
    json.put("variant_inventory_management", product.isGiftCard() ? null : "shopify");
    json.putNull("variant_title");
    json.put("vendor", "Northwind");
    json.set("tax_lines", taxLines(line.taxes()));
    json.set("duties", array());
    json.set("discount_allocations", allocations(line.discount()));
    return json;
  }

  private static String lineStatus(ShopifyOrder order, Line line) {
    int sent = order.sent(line);
    return sent == 0 ? null : sent < line.quantity() ? "partial" : "fulfilled";
  }

  private static ArrayNode shippingLines(Sale sale) {
    ArrayNode lines = array();
    sale.freight()
        .ifPresent(
            freight -> {
              ObjectNode line = lines.addObject();
              line.put("id", freight.id());
              line.putNull("carrier_identifier");
              line.put("code", freight.title());
              put(line, "discounted_price", freight.discounted());
              line.put("is_removed", false);
              line.putNull("phone");
              put(line, "price", freight.price());
              line.putNull("requested_fulfillment_service_id");
              line.put("source", "shopify");
              line.put("title", freight.title());
              line.set("tax_lines", taxLines(freight.taxes()));
              line.set("discount_allocations", allocations(freight.discount()));
            });
    return lines;
  }
}
