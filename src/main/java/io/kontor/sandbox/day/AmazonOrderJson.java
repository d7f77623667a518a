package io.kontor.sandbox.day;

import static io.kontor.sandbox.day.ShopifyPieces.array;
import static io.kontor.sandbox.day.ShopifyPieces.object;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kontor.money.Money;
import io.kontor.sandbox.day.AmazonOrder.Item;
import io.kontor.sandbox.day.AmazonOrder.State;
import io.kontor.sandbox.day.AmazonOrder.Status;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;

/** Writes pages of the Selling Partner API's {@code searchOrders}, version 2026-01-01. */
final class AmazonOrderJson {

  /** An order and what it was when the page was made. */
  record Seen(AmazonOrder order, State state) {}

  private AmazonOrderJson() {}

  static ObjectNode page(List<Seen> orders, String nextToken, Instant lastUpdatedBefore) {
    ObjectNode page = object();
    ArrayNode list = page.putArray("orders");
    orders.forEach(seen -> list.add(order(seen.order(), seen.state())));
    if (!nextToken.isEmpty()) {
      page.putObject("pagination").put("nextToken", nextToken);
    }
    page.put("lastUpdatedBefore", time(lastUpdatedBefore));
    return page;
  }

  private static ObjectNode order(AmazonOrder order, State state) {
    boolean pending = state.status() == Status.PENDING;
    ObjectNode json = object();
    json.put("orderId", order.id());
    json.put("createdTime", time(order.placedAt()));
    json.put("lastUpdatedTime", time(state.at()));
    ArrayNode programs = json.putArray("programs");
    if (order.byAmazon()) {
      programs.add("PRIME");
    }
    json.putObject("salesChannel")
        .put("channelName", "AMAZON")
        .put("marketplaceId", "ATVPDKIKX0DER")
        .put("marketplaceName", "Amazon.com");
    if (!pending) {
      buyer(json, order);
      ObjectNode proceeds = json.putObject("proceeds");
      proceeds.set("grandTotal", money(order.total()));
      proceeds.set("breakdowns", breakdowns(order));
    }
    ObjectNode fulfilment = json.putObject("fulfillment");
    fulfilment.put("fulfillmentStatus", state.status().name());
    fulfilment.put("fulfilledBy", order.byAmazon() ? "AMAZON" : "MERCHANT");
    fulfilment.put("fulfillmentServiceLevel", "STANDARD");
    fulfilment
        .putObject("shipByWindow")
        .put("earliestDateTime", time(order.placedAt()))
        .put("latestDateTime", time(order.placedAt().plus(2, ChronoUnit.DAYS)));
    ArrayNode items = json.putArray("orderItems");
    for (int i = 0; i < order.items().size(); i++) {
      items.add(item(order.items().get(i), state, i < state.shippedItems()));
    }
    if (!order.byAmazon() && state.shippedItems() > 0) {
      json.set("packages", packages(order, state));
    }
    return json;
  }

  private static void buyer(ObjectNode json, AmazonOrder order) {
    Place place = order.buyer().place();
    ObjectNode buyer = json.putObject("buyer").put("buyerName", order.buyer().name());
    ObjectNode address = json.putObject("recipient").putObject("deliveryAddress");
    if (!order.byAmazon()) {
      buyer.put("buyerEmail", "b" + order.id().replace("-", "") + "@marketplace.amazon.com");
      address.put("name", order.buyer().name());
      address.put("addressLine1", order.buyer().street());
    }
    address.put("city", place.city());
    address.put("districtOrCounty", place.county());
    address.put("stateOrRegion", place.state());
    address.put("postalCode", place.postcode());
    address.put("countryCode", place.country());
    address.put("addressType", "RESIDENTIAL");
  }

  private static ArrayNode breakdowns(AmazonOrder order) {
    ArrayNode breakdowns = array();
    breakdown(breakdowns, "ITEM", sum(order, Item::price));
    breakdown(breakdowns, "SHIPPING", sum(order, Item::shipping));
    breakdown(breakdowns, "DISCOUNT", sum(order, Item::promotion).negated());
    breakdown(breakdowns, "TAX", sum(order, Item::taxes));
    return breakdowns;
  }

  /** Adds an amount that is not zero; returns the node, so that details can be added. */
  private static ObjectNode breakdown(ArrayNode into, String type, Money amount) {
    ObjectNode node = object();
    if (!amount.isZero()) {
      into.add(node);
      node.put("type", type);
      node.set("subtotal", money(amount));
    }
    return node;
  }

  private static ObjectNode item(Item item, State state, boolean shipped) {
    ObjectNode json = object();
    json.put("orderItemId", item.id());
    json.put("quantityOrdered", item.quantity());
    json.putArray("programs");
    ObjectNode product = json.putObject("product");
    product.put("asin", item.asin());
    product.put("title", item.product().name());
    product.put("sellerSku", item.product().sku());
    product.putObject("condition").put("conditionType", "NEW").put("conditionSubtype", "NEW");
    if (state.status() != Status.PENDING) {
      product.putObject("price").set("unitPrice", money(item.unitPrice()));
      proceeds(json, item);
    }
    if (item.promotion().isPositive()) {
      json.putObject("promotion")
          .putArray("breakdowns")
          .addObject()
          .put("promotionId", item.promotionId());
    }
    if (state.status() == Status.CANCELLED) {
      json.putObject("cancellation")
          .putObject("cancellationExecution")
          .put("cancelledBy", "BUYER")
          .put("cancelReason", "Order created by mistake");
    }
    int units = shipped ? item.quantity() : 0;
    boolean open = state.status() != Status.CANCELLED;
    json.putObject("fulfillment")
        .put("quantityFulfilled", units)
        .put("quantityUnfulfilled", open ? item.quantity() - units : 0);
    if (item.taxes().isPositive()) {
      json.putObject("tax")
          .putArray("taxCollections")
          .addObject()
          .put("model", "MARKETPLACE_FACILITATOR")
          .put("responsibleParty", "Amazon Services, Inc.");
    }
    return json;
  }

  private static void proceeds(ObjectNode json, Item item) {
    ObjectNode proceeds = json.putObject("proceeds");
    proceeds.set("proceedsTotal", money(item.total()));
    ArrayNode breakdowns = proceeds.putArray("breakdowns");
    breakdown(breakdowns, "ITEM", item.price());
    breakdown(breakdowns, "SHIPPING", item.shipping());
    detail(
        breakdown(breakdowns, "DISCOUNT", item.promotion().negated()),
        "ITEM",
        item.promotion().negated());
    ObjectNode tax = breakdown(breakdowns, "TAX", item.taxes());
    detail(tax, "ITEM", item.tax());
    detail(tax, "SHIPPING", item.shippingTax());
  }

  private static void detail(ObjectNode breakdown, String subtype, Money amount) {
    if (!amount.isZero()) {
      breakdown
          .withArray("/detailedBreakdowns")
          .addObject()
          .put("subtype", subtype)
          .set("value", money(amount));
    }
  }

  private static ArrayNode packages(AmazonOrder order, State state) {
    ArrayNode packages = array();
    String shipped = time(state.shippedAt().orElseThrow());
    ObjectNode parcel = packages.addObject();
    parcel.put("packageReferenceId", "1");
    parcel.put("createdTime", shipped);
    parcel.putObject("packageStatus").put("status", "SHIPPED").put("detailedStatus", "DROPPED_OFF");
    parcel.put("carrier", "UPS");
    parcel.put("shipTime", shipped);
    parcel.put("shippingService", "UPS Ground");
    parcel.put("trackingNumber", "1Z" + order.id().replace("-", ""));
    ArrayNode items = parcel.putArray("packageItems");
    order.items().stream()
        .limit(state.shippedItems())
        .forEach(
            item ->
                items.addObject().put("orderItemId", item.id()).put("quantity", item.quantity()));
    return packages;
  }

  private static Money sum(AmazonOrder order, Function<Item, Money> amount) {
    return Money.sum(order.items().stream().map(amount).toList(), AmazonOrder.USD);
  }

  private static ObjectNode money(Money amount) {
    return object()
        .put("amount", amount.plain())
        .put("currencyCode", amount.currency().getCurrencyCode());
  }

  static String time(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
