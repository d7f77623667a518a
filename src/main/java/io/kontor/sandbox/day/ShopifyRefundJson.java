package io.kontor.sandbox.day;

import static io.kontor.sandbox.day.ShopifyPieces.gid;
import static io.kontor.sandbox.day.ShopifyPieces.number;
import static io.kontor.sandbox.day.ShopifyPieces.object;
import static io.kontor.sandbox.day.ShopifyPieces.set;
import static io.kontor.sandbox.day.ShopifyPieces.time;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kontor.sandbox.day.ShopifyOrder.Adjustment;
import io.kontor.sandbox.day.ShopifyOrder.Payment;
import io.kontor.sandbox.day.ShopifyOrder.Refund;
import io.kontor.sandbox.day.ShopifyOrder.RefundLine;

/**
 * Writes a refund as the webhook {@code refunds/create} does; the order repeats it word for word.
 *
 * <p>What was paid back is the lines (with their tax, which the subtotal contains if prices do)
 * less the adjustments, which are negative and whose tax comes on top. The line item inside a
 * refund line is the order's line as it stands when the document is written.
 */
final class ShopifyRefundJson {

  private ShopifyRefundJson() {}

  static ObjectNode write(ShopifyOrder order, Refund refund) {
    ObjectNode json = object();
    json.put("id", refund.id());
    json.put("admin_graphql_api_id", gid("Refund", refund.id()));
    json.put("created_at", time(refund.at()));
    json.put("note", refund.note());
    json.put("order_id", Long.parseLong(order.sale().id()));
    json.put("processed_at", time(refund.at()));
    json.put(
        "restock", refund.lines().stream().anyMatch(line -> !line.restock().equals("no_restock")));
    json.set("total_duties_set", set(order.zero()));
    json.putNull("user_id");
    ArrayNode adjustments = json.putArray("order_adjustments");
    refund.adjustments().forEach(a -> adjustments.add(adjustment(order, refund, a)));
    ArrayNode payments = json.putArray("transactions");
    refund.payments().forEach(payment -> payments.add(transaction(order, payment)));
    ArrayNode lines = json.putArray("refund_line_items");
    refund.lines().forEach(line -> lines.add(line(order, line)));
    json.putArray("duties");
    return json;
  }

  private static ObjectNode adjustment(ShopifyOrder order, Refund refund, Adjustment adjustment) {
    ObjectNode json = object();
    json.put("id", adjustment.id());
    json.put("order_id", Long.parseLong(order.sale().id()));
    json.put("refund_id", refund.id());
    json.put("amount", adjustment.amount().plain());
    json.put("tax_amount", adjustment.tax().plain());
    json.put("kind", adjustment.kind());
    json.put(
        "reason",
        adjustment.kind().equals("shipping_refund") ? "Shipping refund" : "Refund discrepancy");
    json.set("amount_set", set(adjustment.amount()));
    json.set("tax_amount_set", set(adjustment.tax()));
    return json;
  }

  private static ObjectNode line(ShopifyOrder order, RefundLine line) {
    ObjectNode json = object();
    json.put("id", line.id());
    json.put("line_item_id", line.line().id());
    json.put("location_id", line.restock().equals("no_restock") ? null : 71_390_330L);
    json.put("quantity", line.quantity());
    json.put("restock_type", line.restock());
    json.put("subtotal", number(line.subtotal()));
    json.set("subtotal_set", set(line.subtotal()));
    json.put("total_tax", number(line.tax()));
    json.set("total_tax_set", set(line.tax()));
    json.set("line_item", ShopifyLineJson.lineItem(order, line.line(), line.line().quantity()));
    return json;
  }

  static ObjectNode transaction(ShopifyOrder order, Payment payment) {
    boolean success = payment.status().equals("success");
    ObjectNode json = object();
    json.put("id", payment.id());
    json.put("admin_graphql_api_id", gid("OrderTransaction", payment.id()));
    json.put("amount", payment.amount().plain());
    json.put("authorization", success ? "A" + payment.id() : null);
    json.put("created_at", time(payment.at()));
    json.put("currency", payment.amount().currency().getCurrencyCode());
    json.putNull("device_id");
    json.put("error_code", success ? null : "card_declined");
    json.put("gateway", payment.gateway());
    json.put("kind", payment.kind());
    json.putNull("location_id");
    json.put("message", success ? "Transaction approved" : "The card was declined");
    json.put("order_id", Long.parseLong(order.sale().id()));
    json.put("parent_id", payment.parent().orElse(null));
    json.put("payment_id", "c" + payment.id() + ".1");
    json.put("processed_at", time(payment.at()));
    json.putObject("receipt");
    json.put("source_name", "web");
    json.put("status", payment.status());
    json.set("total_unsettled_set", ShopifyPieces.unsettled(order.zero()));
    json.put("test", false);
    json.putNull("user_id");
    return json;
  }
}
