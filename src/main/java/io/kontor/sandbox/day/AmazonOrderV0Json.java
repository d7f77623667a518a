package io.kontor.sandbox.day;

import static io.kontor.sandbox.day.AmazonOrderJson.time;
import static io.kontor.sandbox.day.ShopifyPieces.object;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kontor.money.Money;
import io.kontor.sandbox.day.AmazonOrder.Item;
import io.kontor.sandbox.day.AmazonOrder.State;
import java.time.temporal.ChronoUnit;

/** Writes the replies of the older {@code getOrder} and {@code getOrderItems}: two documents. */
final class AmazonOrderV0Json {

  private AmazonOrderV0Json() {}

  static ObjectNode order(AmazonOrder order, State state) {
    ObjectNode json = object();
    ObjectNode payload = json.putObject("payload");
    payload.put("AmazonOrderId", order.id());
    payload.put("PurchaseDate", time(order.placedAt()));
    payload.put("LastUpdateDate", time(state.at()));
    payload.put("OrderStatus", state.status().olderWord());
    payload.put("FulfillmentChannel", order.byAmazon() ? "AFN" : "MFN");
    payload.put("SalesChannel", "Amazon.com");
    payload.put("ShipServiceLevel", "Std US D2D Dom");
    payload.set("OrderTotal", money(order.total()));
    payload.put("NumberOfItemsShipped", order.unitsShipped(state));
    payload.put("NumberOfItemsUnshipped", order.units() - order.unitsShipped(state));
    payload.put("PaymentMethod", "Other");
    payload.putArray("PaymentMethodDetails").add("Standard");
    payload.put("IsReplacementOrder", false);
    payload.put("MarketplaceId", "ATVPDKIKX0DER");
    payload.put("ShipmentServiceLevelCategory", "Standard");
    payload.put("OrderType", "StandardOrder");
    payload.put("EarliestShipDate", time(order.placedAt()));
    payload.put("LatestShipDate", time(order.placedAt().plus(2, ChronoUnit.DAYS)));
    payload.put("IsBusinessOrder", false);
    payload.put("IsPrime", order.byAmazon());
    payload.put("IsGlobalExpressEnabled", false);
    payload.put("IsPremiumOrder", false);
    payload.put("IsSoldByAB", false);
    payload.put("IsIBA", false);
    Place place = order.buyer().place();
    payload
        .putObject("ShippingAddress")
        .put("Name", order.buyer().name())
        .put("AddressLine1", order.buyer().street())
        .put("City", place.city())
        .put("StateOrRegion", place.state())
        .put("PostalCode", place.postcode())
        .put("CountryCode", place.country());
    payload
        .putObject("BuyerInfo")
        .put("BuyerEmail", "b" + order.id().replace("-", "") + "@marketplace.amazon.com")
        .put("BuyerName", order.buyer().name());
    payload.putObject("AutomatedShippingSettings").put("HasAutomatedShippingSettings", false);
    return json;
  }

  static ObjectNode items(AmazonOrder order, State state) {
    ObjectNode json = object();
    ObjectNode payload = json.putObject("payload");
    payload.put("AmazonOrderId", order.id());
    ArrayNode items = payload.putArray("OrderItems");
    for (int i = 0; i < order.items().size(); i++) {
      items.add(item(order.items().get(i), i < state.shippedItems()));
    }
    return json;
  }

  private static ObjectNode item(Item item, boolean shipped) {
    ObjectNode json = object();
    json.put("ASIN", item.asin());
    json.put("OrderItemId", item.id());
    json.put("SellerSKU", item.product().sku());
    json.put("Title", item.product().name());
    json.put("QuantityOrdered", item.quantity());
    json.put("QuantityShipped", shipped ? item.quantity() : 0);
    json.putObject("ProductInfo").put("NumberOfItems", "1");
    json.set("ItemPrice", money(item.price()));
    json.set("ItemTax", money(item.tax()));
    if (item.shipping().isPositive()) {
      json.set("ShippingPrice", money(item.shipping()));
      json.set("ShippingTax", money(item.shippingTax()));
    }
    json.set("PromotionDiscount", money(item.promotion()));
    if (item.promotion().isPositive()) {
      json.putArray("PromotionIds").add(item.promotionId());
    }
    json.put("IsGift", "false");
    json.put("ConditionId", "New");
    json.put("ConditionSubtypeId", "New");
    json.put("IsTransparency", false);
    if (item.taxes().isPositive()) {
      json.putObject("TaxCollection")
          .put("Model", "MarketplaceFacilitator")
          .put("ResponsibleParty", "Amazon Services, Inc.");
    }
    return json;
  }

  private static ObjectNode money(Money amount) {
    return object()
        .put("CurrencyCode", amount.currency().getCurrencyCode())
        .put("Amount", amount.plain());
  }
}
