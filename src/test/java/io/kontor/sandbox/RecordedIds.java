package io.kontor.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.Map;

/** Which of our ids stands for which recorded one, by model; learned from answers. */
final class RecordedIds {

  private static final Map<String, String> TARGETS =
      Map.ofEntries(
          Map.entry("product_id", "product.product"),
          Map.entry("location_id", "stock.location"),
          Map.entry("lot_stock_id", "stock.location"),
          Map.entry("warehouse_id", "stock.warehouse"),
          Map.entry("company_id", "res.company"),
          Map.entry("currency_id", "res.currency"),
          Map.entry("country_id", "res.country"),
          Map.entry("account_id", "account.account"),
          Map.entry("journal_id", "account.journal"),
          Map.entry("tax_id", "account.tax"),
          Map.entry("tax_ids", "account.tax"),
          Map.entry("taxes_id", "account.tax"),
          Map.entry("sale_id", "sale.order"),
          Map.entry("sale_line_id", "sale.order.line"),
          Map.entry("backorder_id", "stock.picking"),
          Map.entry("picking_id", "stock.picking"),
          Map.entry("res_id", "sale.order"),
          Map.entry("move_ids", "stock.move"));

  private final Map<String, Map<Integer, Integer>> ours = new HashMap<>();

  static boolean isReference(String field) {
    return TARGETS.containsKey(field);
  }

  static String target(String field, String model) {
    return field.equals("id") ? model : TARGETS.get(field);
  }

  /** Notes that one of our ids stands for a recorded one; false if another does already. */
  boolean learn(String model, int recorded, int actual) {
    Integer known =
        ours.computeIfAbsent(model, name -> new HashMap<>()).putIfAbsent(recorded, actual);
    return known == null || known == actual;
  }

  int ours(String model, int recorded) {
    return ours.getOrDefault(model, Map.of()).getOrDefault(recorded, recorded);
  }

  /** A recorded request's arguments with our ids in place of the recorded ones. */
  ObjectNode translate(String model, ObjectNode arguments) {
    ObjectNode copy = arguments.deepCopy();
    if (copy.has("ids")) {
      copy.set("ids", ids(model, copy.get("ids")));
    }
    if (copy.has("domain")) {
      copy.set("domain", domain(model, copy.withArray("domain")));
    }
    if (copy.has("vals_list")) {
      copy.withArray("vals_list").forEach(values -> values(model, (ObjectNode) values));
    }
    if (copy.has("data")) {
      cells(copy.withArray("fields"), copy.withArray("data"));
    }
    return copy;
  }

  ArrayNode ids(String model, JsonNode recorded) {
    ArrayNode ids = Wire.MAPPER.createArrayNode();
    recorded.forEach(id -> ids.add(ours(model, id.asInt())));
    return ids;
  }

  void values(String model, ObjectNode values) {
    for (Map.Entry<String, JsonNode> entry : values.properties()) {
      if (isReference(entry.getKey()) && entry.getValue().isInt()) {
        entry.setValue(
            IntNode.valueOf(ours(target(entry.getKey(), model), entry.getValue().asInt())));
      }
    }
  }

  private ArrayNode domain(String model, ArrayNode domain) {
    for (JsonNode leaf : domain) {
      if (!leaf.isArray()) {
        continue;
      }
      String path = leaf.get(0).asText();
      String target = target(path.substring(path.lastIndexOf('.') + 1), model);
      JsonNode value = leaf.get(2);
      if (target != null && value.isInt()) {
        ((ArrayNode) leaf).set(2, IntNode.valueOf(ours(target, value.asInt())));
      } else if (target != null && value.isArray()) {
        ((ArrayNode) leaf).set(2, ids(target, value));
      }
    }
    return domain;
  }

  private void cells(ArrayNode fields, ArrayNode data) {
    for (int column = 0; column < fields.size(); column++) {
      String[] path = fields.get(column).asText().split("/", -1);
      if (!path[path.length - 1].equals(".id")) {
        continue;
      }
      String target = TARGETS.get(path[path.length - 2]);
      for (JsonNode row : data) {
        String cell = row.get(column).asText();
        if (!cell.isEmpty()) {
          int id = ours(target, Integer.parseInt(cell));
          ((ArrayNode) row).set(column, TextNode.valueOf(String.valueOf(id)));
        }
      }
    }
  }
}
