package io.kontor.sandbox.day;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kontor.money.Money;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The shapes that recur in Shopify's documents. */
final class ShopifyPieces {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX");

  private ShopifyPieces() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  static byte[] bytes(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With the shop's offset and without fractions: {@code 2026-11-20T09:14:22-05:00}. */
  static String time(ZonedDateTime at) {
    return TIME.format(at.truncatedTo(ChronoUnit.SECONDS));
  }

  static String gid(String type, long id) {
    return "gid://shopify/" + type + "/" + id;
  }

  /** {@code {shop_money, presentment_money}}: the buyer here sees the shop's own currency. */
  static ObjectNode set(Money amount) {
    ObjectNode set = object();
    set.set("shop_money", money(amount, "currency_code"));
    set.set("presentment_money", money(amount, "currency_code"));
    return set;
  }

  /** The one set that says {@code currency} where all others say {@code currency_code}. */
  static ObjectNode unsettled(Money amount) {
    ObjectNode set = object();
    set.set("presentment_money", money(amount, "currency"));
    set.set("shop_money", money(amount, "currency"));
    return set;
  }

  private static ObjectNode money(Money amount, String currencyField) {
    return object()
        .put("amount", amount.plain())
        .put(currencyField, amount.currency().getCurrencyCode());
  }

  /** A field and its {@code _set}. */
  static void put(ObjectNode into, String field, Money amount) {
    into.put(field, amount.plain());
    into.set(field + "_set", set(amount));
  }

  /**
   * A JSON number as Ruby's floats are written, {@code 102.0}: refund lines have their subtotal and
   * tax so, and nothing else has.
   */
  static BigDecimal number(Money amount) {
    BigDecimal plain = amount.amount().stripTrailingZeros();
    return plain.scale() < 1 ? plain.setScale(1) : plain;
  }

  static ArrayNode taxLines(List<TaxPart> taxes) {
    ArrayNode lines = array();
    for (TaxPart tax : taxes) {
      ObjectNode line = lines.addObject();
      line.put("channel_liable", false);
      line.put("price", tax.amount().plain());
      line.set("price_set", set(tax.amount()));
      line.put("rate", tax.rate().stripTrailingZeros());
      line.put("title", tax.title());
    }
    return lines;
  }

  static ArrayNode allocations(Money discount) {
    ArrayNode allocations = array();
    if (discount.isPositive()) {
      ObjectNode allocation = allocations.addObject();
      allocation.put("amount", discount.plain());
      allocation.set("amount_set", set(discount));
      allocation.put("discount_application_index", 0);
    }
    return allocations;
  }

  static ObjectNode address(Buyer buyer) {
    Place place = buyer.place();
    ObjectNode address = object();
    address.put("first_name", buyer.first());
    address.put("address1", buyer.street());
    address.putNull("phone");
    address.put("city", place.city());
    address.put("zip", place.postcode());
    address.put("province", place.stateName().isEmpty() ? null : place.stateName());
    address.put("country", place.countryName());
    address.put("last_name", buyer.last());
    address.putNull("address2");
    address.putNull("company");
    address.putNull("latitude");
    address.putNull("longitude");
    address.put("name", buyer.name());
    address.put("country_code", place.country());
    address.put("province_code", place.state().isEmpty() ? null : place.state());
    return address;
  }
}
