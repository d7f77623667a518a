package io.kontor.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.money.Currencies;
import io.kontor.money.Money;
import io.kontor.odoo.document.OdooOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads orders and their lines back from Odoo. */
final class OrderReader {

  private static final Duration DAY = Duration.ofDays(1);

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
    return references.records().read("sale.order", ids, fields, OrderReader::order);
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

  /**
   * When the goods of an order leave.
   *
   * @param promised if that is said: all moves of goods of the order have this deadline
   * @param expected what Odoo expects otherwise, counted from the order's date
   */
  record Leaving(Optional<Instant> promised, Optional<Instant> expected) {}

  /** When the goods of orders leave, by order: asked for by itself, since it takes Odoo long. */
  Map<Long, Leaving> leaving(Collection<Long> orders) {
    Map<Long, Leaving> leaving = new HashMap<>();
    if (!orders.isEmpty()) {
      client
          .searchRead(
              "sale.order",
              List.of(List.of("id", "in", orders)),
              List.of("commitment_date", "expected_date"),
              Contexts.QUIET)
          .forEach(
              record ->
                  leaving.put(
                      record.path("id").asLong(),
                      new Leaving(
                          instant(record.path("commitment_date")),
                          instant(record.path("expected_date")))));
    }
    return leaving;
  }

  private static Optional<Instant> instant(JsonNode value) {
    return Optional.of(Json.string(value)).filter(text -> !text.isEmpty()).map(OrderRows::instant);
  }

  /** The lines of the orders, by order. */
  Map<Long, LinesInOdoo> lines(Collection<Long> orders) {
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
    Map<Long, LinesInOdoo> lines = new HashMap<>();
    orders.forEach(
        order -> lines.put(order, new LinesInOdoo(new LinkedHashMap<>(), new ArrayList<>())));
    Map<Long, String> names = references.records().names(records.keySet(), "sale.order.line");
    records.forEach(
        (id, record) -> {
          LinesInOdoo ofOrder = lines.get(Json.reference(record.path("order_id")).orElseThrow());
          LineInOdoo line = line(names.getOrDefault(id, ""), record, taxField);
          if (line.externalId().isEmpty()) {
            ofOrder.others().add(line);
          } else {
            ofOrder.ours().put(line.externalId(), line);
          }
        });
    return lines;
  }

  /**
   * What of some orders has left the house or is invoiced, drafts among them: in words, by order.
   */
  Map<Long, String> fulfilled(Collection<Long> orders) {
    Map<Long, List<String>> fulfilled = new TreeMap<>();
    for (JsonNode line :
        client.searchRead(
            "sale.order.line",
            List.of(List.of("order_id", "in", orders)),
            List.of("order_id", "name", "qty_delivered", "qty_invoiced"),
            Contexts.QUIET)) {
      List<String> ofOrder =
          fulfilled.computeIfAbsent(
              Json.reference(line.path("order_id")).orElseThrow(), id -> new ArrayList<>());
      say(ofOrder, "delivered", line.path("qty_delivered"), line);
      say(ofOrder, "invoiced", line.path("qty_invoiced"), line);
    }
    Map<Long, String> words = new HashMap<>();
    fulfilled.forEach(
        (order, parts) -> {
          if (!parts.isEmpty()) {
            words.put(order, String.join(", ", parts));
          }
        });
    return words;
  }

  /**
   * The numbers of the posted invoices of those orders that have some, by external id, and of the
   * credit notes that a refund has. An invoice that a credit note took back counts no more.
   */
  Map<String, String> invoices(Collection<OrderInOdoo> orders) {
    if (orders.isEmpty()) {
      return Map.of();
    }
    Map<Long, List<Long>> byOrder = new HashMap<>();
    client
        .searchRead(
            "sale.order",
            List.of(List.of("id", "in", orders.stream().map(OrderInOdoo::odooId).toList())),
            List.of("invoice_ids"),
            Contexts.QUIET)
        .forEach(
            order -> byOrder.put(order.path("id").asLong(), Json.longs(order.path("invoice_ids"))));
    Set<Long> all = new TreeSet<>();
    byOrder.values().forEach(all::addAll);
    Map<Long, String> posted = postedInvoices(all);
    Map<String, String> invoices = new HashMap<>();
    for (OrderInOdoo order : orders) {
      String names =
          byOrder.getOrDefault(order.odooId(), List.of()).stream()
              .map(posted::get)
              .filter(Objects::nonNull)
              .sorted()
              .collect(Collectors.joining(", "));
      if (!names.isEmpty()) {
        invoices.put(order.externalId(), names);
      }
    }
    return invoices;
  }

  private Map<Long, String> postedInvoices(Set<Long> moves) {
    Map<Long, String> posted = new HashMap<>();
    if (!moves.isEmpty()) {
      client
          .searchRead(
              "account.move",
              List.of(
                  List.of("id", "in", moves),
                  List.of("state", "=", "posted"),
                  List.of("move_type", "in", List.of("out_invoice", "out_refund")),
                  List.of("reversed_entry_id", "=", false),
                  List.of("payment_state", "!=", "reversed")),
              List.of("name"),
              Contexts.QUIET)
          .forEach(move -> posted.put(move.path("id").asLong(), move.path("name").asText()));
    }
    return posted;
  }

  private static void say(List<String> parts, String what, JsonNode quantity, JsonNode line) {
    if (Json.decimal(quantity).signum() != 0) {
      parts.add(
          "%s %s of '%s'"
              .formatted(
                  what,
                  Json.decimal(quantity).stripTrailingZeros().toPlainString(),
                  line.path("name").asText().lines().findFirst().orElse("")));
    }
  }

  /**
   * Orders that are alive in Odoo under the references of these and that have no external id of
   * ours: somebody took it away. By our external id, each with Odoo's number.
   */
  Map<String, String> nameless(long company, List<OdooOrder> orders) {
    Map<String, OdooOrder> byReference = new HashMap<>();
    orders.forEach(order -> byReference.put(key(order.reference(), order.origin()), order));
    // The day before, so that Odoo reads the index of its dates and not every order.
    Instant from =
        orders.stream().map(OdooOrder::date).min(Instant::compareTo).orElseThrow().minus(DAY);
    Map<Long, JsonNode> found = new LinkedHashMap<>();
    client
        .searchRead(
            "sale.order",
            List.of(
                List.of("company_id", "=", company),
                List.of(
                    "client_order_ref",
                    "in",
                    orders.stream().map(OdooOrder::reference).distinct().toList()),
                List.of("date_order", ">=", OrderRows.dateTime(from)),
                List.of("state", "!=", "cancel")),
            List.of("name", "client_order_ref", "origin"),
            Contexts.ofCompany(company))
        .forEach(record -> found.put(record.path("id").asLong(), record));
    found.keySet().removeAll(references.records().names(found.keySet(), "sale.order").keySet());
    Map<String, String> nameless = new HashMap<>();
    for (JsonNode record : found.values()) {
      OdooOrder order =
          byReference.get(
              key(
                  Json.string(record.path("client_order_ref")),
                  Json.string(record.path("origin"))));
      if (order != null) {
        nameless.put(order.externalId(), record.path("name").asText());
      }
    }
    return nameless;
  }

  private static String key(String reference, String origin) {
    return origin + "\n" + reference;
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
