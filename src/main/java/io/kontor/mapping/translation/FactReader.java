package io.kontor.mapping.translation;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.document.Json;
import io.kontor.failure.RejectedFailure;
import io.kontor.money.Money;
import io.kontor.money.UnitPrice;
import io.kontor.sales.Customer;
import io.kontor.sales.Fact;
import io.kontor.sales.FactHead;
import io.kontor.sales.FactKind;
import io.kontor.sales.FactName;
import io.kontor.sales.LineKind;
import io.kontor.sales.OrderCancelled;
import io.kontor.sales.OrderKey;
import io.kontor.sales.OrderLine;
import io.kontor.sales.OrderLines;
import io.kontor.sales.OrderPlaced;
import io.kontor.sales.PaymentCaptured;
import io.kontor.sales.ReceiptRung;
import io.kontor.sales.Refunded;
import io.kontor.sales.SettlementReceived;
import io.kontor.sales.Shipped;
import io.kontor.sales.Tax;
import io.kontor.sales.TaxKey;
import io.kontor.sales.TaxScheme;
import io.kontor.sales.WrittenOff;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/**
 * Canonical JSON to facts. The JSON says neither entity nor channel: they are where the document
 * came from. Each field is read by name, so that what a fact is can be read here; {@link
 * FactWriter} writes what this reads.
 */
public final class FactReader {

  private FactReader() {}

  /**
   * Reads a fact that was recorded, whatever version of its schema it was written under.
   *
   * @throws RejectedFailure {@code invalid-fact} with everything that is wrong
   */
  public static Fact read(String json, String entity, String channel) {
    List<Finding> findings = new ArrayList<>();
    JsonNode tree = Json.read(json.getBytes(StandardCharsets.UTF_8));
    Optional<Fact> fact = read(Upcasts.toCurrent(tree), entity, channel, findings);
    if (!findings.isEmpty() || fact.isEmpty()) {
      throw new RejectedFailure(
          "invalid-fact",
          entity + "/" + channel + "/" + tree.path("externalId").asText("?"),
          String.join("; ", findings.stream().map(Finding::message).toList()));
    }
    return fact.get();
  }

  /** Reads a fact of the current version; it may be used only if nothing was found. */
  static Optional<Fact> read(JsonNode json, String entity, String channel, List<Finding> findings) {
    FactFields fields = new FactFields(json, "", findings);
    Optional<FactKind> kind = fields.word("fact", FactKind::of);
    if (kind.isEmpty()) {
      return Optional.empty();
    }
    try {
      FactHead head =
          new FactHead(
              new FactName(entity, channel, kind.get(), fields.text("externalId")),
              new OrderKey(entity, channel, fields.text("order")),
              fields.instant("revision"),
              fields.instant("occurredAt"));
      return Optional.of(fact(kind.get(), head, fields));
    } catch (IllegalArgumentException e) {
      findings.add(new Finding("invalid-fact", e.getMessage()));
      return Optional.empty();
    }
  }

  private static Fact fact(FactKind kind, FactHead head, FactFields fields) {
    return switch (kind) {
      case ORDER_PLACED -> orderPlaced(head, fields);
      case ORDER_LINES -> {
        Currency currency = fields.currency("currency");
        yield new OrderLines(head, fields.truth("taxIncluded"), lines(fields, currency));
      }
      case PAYMENT_CAPTURED -> {
        Currency currency = fields.currency("currency");
        yield new PaymentCaptured(
            head,
            fields.money("amount", currency),
            fields.text("gateway"),
            fields.truth("derived"),
            fields.optionalMoney("rounding", currency));
      }
      case SHIPPED ->
          new Shipped(
              head,
              fields.each(
                  "lines", line -> new Shipped.Part(line.text("line"), line.decimal("quantity"))),
              fields.optionalTruth("undated"));
      case REFUNDED -> refunded(head, fields);
      case ORDER_CANCELLED -> new OrderCancelled(head, fields.text("reason"));
      case WRITTEN_OFF ->
          new WrittenOff(
              head,
              fields.money("amount", fields.currency("currency")),
              fields.text("gateway"),
              fields.text("by"),
              fields.text("note"));
      case RECEIPT_RUNG -> receipt(head, fields);
      case SETTLEMENT_RECEIVED ->
          new SettlementReceived(
              head,
              fields.money("total", fields.currency("currency")),
              fields.instant("from"),
              fields.instant("to"),
              fields.instant("paidOn"),
              fields.count("lines"));
    };
  }

  private static OrderPlaced orderPlaced(FactHead head, FactFields fields) {
    Currency currency = fields.currency("currency");
    FactFields customer = fields.object("customer");
    return new OrderPlaced(
        head,
        fields.text("reference"),
        currency,
        fields.truth("taxIncluded"),
        new Customer(
            customer.text("externalId"),
            customer.text("name"),
            customer.text("email"),
            customer.text("street"),
            customer.text("city"),
            customer.text("postcode"),
            customer.text("country")),
        fields.text("warehouse"),
        lines(fields, currency),
        fields.money("total", currency),
        fields.truth("linesFollow"));
  }

  private static List<OrderLine> lines(FactFields fields, Currency currency) {
    return fields.each("lines", line -> line(line, currency));
  }

  private static OrderLine line(FactFields line, Currency currency) {
    LineKind kind = line.word("kind", LineKind::of).orElse(LineKind.GOODS);
    BigDecimal quantity = line.decimal("quantity");
    UnitPrice unitPrice = line.unitPrice("unitPrice", currency);
    Money discount = line.money("discount", currency);
    Money gross = line.money("gross", currency);
    return new OrderLine(
        line.text("externalId"),
        kind,
        line.text("sku"),
        line.text("title"),
        quantity,
        unitPrice,
        discount,
        gross,
        taxes(line, currency),
        line.optionalText("goesWith"));
  }

  private static List<Tax> taxes(FactFields line, Currency currency) {
    return line.each(
        "taxes",
        tax ->
            new Tax(
                new TaxKey(
                    tax.text("country"),
                    tax.decimal("rate"),
                    tax.word("scheme", TaxScheme::of).orElse(TaxScheme.DOMESTIC)),
                tax.money("amount", currency)));
  }

  private static Refunded refunded(FactHead head, FactFields fields) {
    Currency currency = fields.currency("currency");
    return new Refunded(
        head,
        fields.money("amount", currency),
        fields.text("gateway"),
        fields.each(
            "parts",
            part ->
                new Refunded.Part(
                    part.text("line"),
                    part.text("sku"),
                    part.text("title"),
                    part.decimal("quantity"),
                    part.word("goods", Refunded.Goods::of).orElse(Refunded.Goods.KEPT),
                    part.money("gross", currency),
                    part.optionalMoney("tax", currency))),
        fields.optionalMoney("rounding", currency));
  }

  private static ReceiptRung receipt(FactHead head, FactFields fields) {
    Currency currency = fields.currency("currency");
    return new ReceiptRung(
        head,
        fields.text("store"),
        fields.text("till"),
        fields.day("businessDay"),
        currency,
        fields.truth("taxIncluded"),
        fields.each(
            "lines",
            line ->
                new ReceiptRung.Line(
                    line.text("externalId"),
                    line.word("kind", LineKind::of).orElse(LineKind.GOODS),
                    line.text("sku"),
                    line.text("title"),
                    line.decimal("quantity"),
                    line.money("gross", currency),
                    taxes(line, currency))),
        fields.each(
            "tenders",
            tender ->
                new ReceiptRung.Tender(
                    tender
                        .word("kind", ReceiptRung.TenderKind::of)
                        .orElse(ReceiptRung.TenderKind.OTHER),
                    tender.money("amount", currency))),
        fields.truth("voided"));
  }
}
