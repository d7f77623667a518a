# Refunds on their own: refunds/create, or the list of an order's refunds.

def refunds:
  if type == "array" then .[]
  elif type != "object" then empty
  elif .refund != null then .refund
  elif .order_id != null then .
  elif .total_price == null and .refunds != null then .refunds[]
  else empty end;

def not_a_refund:
  refused_by_shop,
  reject("not-a-refund";
    "this is no Shopify refund, which has an id, an order_id and its refund_line_items or transactions: it holds \(found). An order is imported as document 'orders'; skip anything else, nothing is to be booked from it");

def is_refund: at("id") != null and at("order_id") != null and (.refund_line_items != null or (.transactions | type) == "array");

[refunds] as $refunds
| if ($refunds | length) == 0 and . != [] and (at("total_price") != null or at("refunds") == null)
  then not_a_refund else $refunds[] end
| (at("id") // "" | tostring) as $id
| of_order(at("order_id") // ""; if is_refund then . else not_a_refund end
    | (.order_id | tostring) as $order
    | refund($order; null; if ($channel.currencies | length) == 1 then $channel.currencies[0] else null end))
# Each refund is a fact of its own: a later one does not settle what was wrong with this one.
| if .fault != null then . + {fact: "refunded", externalId: $id} else . end
