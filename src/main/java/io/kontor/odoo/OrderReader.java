package io.kontor.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.money.Currencies;
import io.kontor.money.Money;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads orders and their lines back from Odoo. */
final class OrderReader {

  private final OdooClient client;
  private final References references;

  OrderReader(OdooClient client, References references) {
    this.client = client;
    this.references = references;
  }

  /** The orders that exist, by external id. */
  Map<String, OrderInOdoo> find(Collection<String> externalIds) {
    Map<String, Long> ids = references.records().ids(externalIds, "sale.order");
    return ids.isEmpty() ? Map.of() : read(ids);
  }

  /** Orders by external id, whose database ids are known; one deleted meanwhile is not there. */
  Map<String, OrderInOdoo> read(Map<String, Long> ids) {
    // A locked order is a state of its own until 16, a field of its own since.
    boolean hasLocked = client.major() >= 17;
    List<String> fields =
        new ArrayList<>(List.of("name", "state", "date_order", "amount_total", "currency_id"));
    if (hasLocked) {
      fields.add("locked");
    }
    Map<Long, JsonNode> records = new HashMap<>();
    client
        .searchRead(
            "sale.order", List.of(List.of("id", "in", ids.values())), fields, Contexts.QUIET)
        .forEach(record -> records.put(record.path("id").asLong(), record));
    Map<String, OrderInOdoo> orders = new LinkedHashMap<>();
    ids.forEach(
        (externalId, id) -> {
          JsonNode record = records.get(id);
          if (record != null) {
            orders.put(externalId, order(externalId, record));
          }
        });
    return orders;
  }

  private static OrderInOdoo order(String externalId, JsonNode record) {
    String state = record.path("state").asText();
    return new OrderInOdoo(
        externalId,
        record.path("id").asLong(),
        record.path("name").asText(),
        state,
        OrderRows.instant(record.path("date_order").asText()),
        record.path("locked").asBoolean() || state.equals("done"),
        Money.rounded(
            Json.decimal(record.path("amount_total")),
            Currencies.of(Json.referenceName(record.path("currency_id")))));
  }

  /** Kontor's lines of the orders, by order and external id; others' lines are not among them. */
  Map<Long, Map<String, LineInOdoo>> lines(Collection<Long> orders) {
    Map<Long, JsonNode> records = new LinkedHashMap<>();
    String taxField = client.taxField();
    client
        .searchRead(
            "sale.order.line",
            List.of(List.of("order_id", "in", orders)),
            List.of(
                "order_id",
                "product_id",
                "name",
                "product_uom_qty",
                "price_unit",
                "discount",
                taxField),
            Contexts.QUIET)
        .forEach(record -> records.put(record.path("id").asLong(), record));
    Map<Long, Map<String, LineInOdoo>> lines = new HashMap<>();
    orders.forEach(order -> lines.put(order, new LinkedHashMap<>()));
    references
        .records()
        .names(records.keySet(), "sale.order.line")
        .forEach(
            (id, externalId) -> {
              JsonNode record = records.get(id);
              long order = Json.reference(record.path("order_id")).orElseThrow();
              lines.get(order).put(externalId, line(externalId, record, taxField));
            });
    return lines;
  }

  private static LineInOdoo line(String externalId, JsonNode record, String taxField) {
    return new LineInOdoo(
        record.path("id").asLong(),
        externalId,
        Json.reference(record.path("product_id")).orElse(0L),
        Json.string(record.path("name")),
        Json.decimal(record.path("product_uom_qty")),
        Json.decimal(record.path("price_unit")),
        Json.decimal(record.path("discount")),
        new HashSet<>(Json.longs(record.path(taxField))));
  }
}
