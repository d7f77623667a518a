package io.kontor.sandbox.day;

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

/** Writes the lines of a Shopify order, and the parcels and freight that carry them. */
final class ShopifyLineJson {

  private ShopifyLineJson() {}

  static ArrayNode parcels(ShopifyOrder order) {
    ArrayNode parcels = array();
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
    return parcels;
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

  static ArrayNode shippingLines(Sale sale) {
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
