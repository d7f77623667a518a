package io.kontor.mapping.translation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kontor.document.Json;
import io.kontor.money.Money;
import io.kontor.sales.Customer;
import io.kontor.sales.Fact;
import io.kontor.sales.OrderCancelled;
import io.kontor.sales.OrderLine;
import io.kontor.sales.OrderLines;
import io.kontor.sales.OrderPlaced;
import io.kontor.sales.PaymentCaptured;
import io.kontor.sales.ReceiptRung;
import io.kontor.sales.Refunded;
import io.kontor.sales.SettlementReceived;
import io.kontor.sales.Shipped;
import io.kontor.sales.Tax;
import io.kontor.sales.WrittenOff;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;

/**
 * Facts to canonical JSON: one fact, one text. Keys are sorted, instants are UTC, amounts are
 * decimal strings at their currency's scale; so equal facts are equal texts, whatever document and
 * mapping they came from.
 */
public final class FactWriter {

  private FactWriter() {}

  /** The canonical text of a fact, as {@code mappings/schema/<kind>.v<n>.json} describes it. */
  public static String write(Fact fact) {
    return text(tree(fact));
  }

  static String text(ObjectNode canonical) {
    try {
      return Json.mapper().writeValueAsString(canonical);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }

  static ObjectNode tree(Fact fact) {
    String kind = fact.name().kind().word();
    ObjectNode json = object();
    json.put("fact", kind);
    json.put("version", Upcasts.current(kind));
    json.put("externalId", fact.name().externalId());
    json.put("order", fact.order().order());
    json.put("revision", fact.revision().toString());
    json.put("occurredAt", fact.occurredAt().toString());
    if (fact instanceof OrderPlaced placed) {
      orderPlaced(json, placed);
    } else if (fact instanceof OrderLines lines) {
      currency(json, lines.lines().get(0).gross().currency());
      json.put("taxIncluded", lines.taxIncluded());
      lines(json, lines.lines());
    } else if (fact instanceof PaymentCaptured captured) {
      amount(json, captured.amount());
      json.put("gateway", captured.gateway());
      json.put("derived", captured.derived());
      captured.rounding().ifPresent(rest -> json.put("rounding", rest.plain()));
    } else if (fact instanceof Shipped shipped) {
      shipped(json, shipped);
    } else if (fact instanceof Refunded refunded) {
      refunded(json, refunded);
    } else if (fact instanceof OrderCancelled cancelled) {
      json.put("reason", cancelled.reason());
    } else if (fact instanceof ReceiptRung receipt) {
      receipt(json, receipt);
    } else if (fact instanceof WrittenOff off) {
      amount(json, off.amount());
      json.put("gateway", off.gateway());
      json.put("by", off.by());
      json.put("note", off.note());
    } else if (fact instanceof SettlementReceived settlement) {
      settlement(json, settlement);
    }
    return json;
  }

  private static void orderPlaced(ObjectNode json, OrderPlaced placed) {
    json.put("reference", placed.reference());
    currency(json, placed.currency());
    json.put("taxIncluded", placed.taxIncluded());
    json.put("warehouse", placed.warehouse());
    json.put("total", placed.total().plain());
    json.put("linesFollow", placed.linesFollow());
    lines(json, placed.lines());
    Customer customer = placed.customer();
    json.putObject("customer")
        .put("externalId", customer.externalId())
        .put("name", customer.name())
        .put("email", customer.email())
        .put("street", customer.street())
        .put("city", customer.city())
        .put("postcode", customer.postcode())
        .put("country", customer.country());
  }

  private static void lines(ObjectNode json, List<OrderLine> lines) {
    ArrayNode array = json.putArray("lines");
    for (OrderLine line : lines) {
      ObjectNode node =
          array
              .addObject()
              .put("externalId", line.externalId())
              .put("kind", line.kind().word())
              .put("sku", line.sku())
              .put("title", line.title())
              .put("quantity", plain(line.quantity()))
              .put("unitPrice", line.unitPrice().value().toPlainString())
              .put("discount", line.discount().plain())
              .put("gross", line.gross().plain());
      taxes(node, line.taxes());
      if (!line.goesWith().isEmpty()) {
        node.put("goesWith", line.goesWith());
      }
    }
  }

  private static void taxes(ObjectNode line, List<Tax> taxes) {
    ArrayNode array = line.putArray("taxes");
    for (Tax tax : taxes) {
      array
          .addObject()
          .put("country", tax.key().country())
          .put("rate", plain(tax.key().rate()))
          .put("scheme", tax.key().scheme().word())
          .put("amount", tax.amount().plain());
    }
  }

  private static void shipped(ObjectNode json, Shipped shipped) {
    if (shipped.undated()) {
      json.put("undated", true);
    }
    ArrayNode array = json.putArray("lines");
    for (Shipped.Part part : shipped.lines()) {
      array.addObject().put("line", part.line()).put("quantity", plain(part.quantity()));
    }
  }

  private static void refunded(ObjectNode json, Refunded refunded) {
    amount(json, refunded.amount());
    json.put("gateway", refunded.gateway());
    refunded.rounding().ifPresent(rest -> json.put("rounding", rest.plain()));
    ArrayNode array = json.putArray("parts");
    for (Refunded.Part part : refunded.parts()) {
      ObjectNode node =
          array
              .addObject()
              .put("line", part.line())
              .put("sku", part.sku())
              .put("title", part.title())
              .put("quantity", plain(part.quantity()))
              .put("goods", part.goods().word())
              .put("gross", part.gross().plain());
      part.tax().ifPresent(tax -> node.put("tax", tax.plain()));
    }
  }

  private static void receipt(ObjectNode json, ReceiptRung receipt) {
    json.put("store", receipt.store());
    json.put("till", receipt.till());
    json.put("businessDay", receipt.businessDay().toString());
    currency(json, receipt.currency());
    json.put("taxIncluded", receipt.taxIncluded());
    json.put("voided", receipt.voided());
    ArrayNode lines = json.putArray("lines");
    for (ReceiptRung.Line line : receipt.lines()) {
      ObjectNode node =
          lines
              .addObject()
              .put("externalId", line.externalId())
              .put("kind", line.kind().word())
              .put("sku", line.sku())
              .put("title", line.title())
              .put("quantity", plain(line.quantity()))
              .put("gross", line.gross().plain());
      taxes(node, line.taxes());
    }
    ArrayNode tenders = json.putArray("tenders");
    for (ReceiptRung.Tender tender : receipt.tenders()) {
      tenders.addObject().put("kind", tender.kind().word()).put("amount", tender.amount().plain());
    }
  }

  private static void settlement(ObjectNode json, SettlementReceived settlement) {
    currency(json, settlement.total().currency());
    json.put("total", settlement.total().plain());
    json.put("from", settlement.from().toString());
    json.put("to", settlement.to().toString());
    json.put("paidOn", settlement.paidOn().toString());
    json.put("lines", settlement.lines());
  }

  private static void amount(ObjectNode json, Money amount) {
    currency(json, amount.currency());
    json.put("amount", amount.plain());
  }

  private static void currency(ObjectNode json, Currency currency) {
    json.put("currency", currency.getCurrencyCode());
  }

  private static String plain(BigDecimal value) {
    return FactFields.plain(value).toPlainString();
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
