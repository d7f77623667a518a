# v0 getOrderItems: the lines of an order, and how many units of each are sent. The document has no
# times of its own: those of its receipt stand in, and what is sent counts as sent when the order
# itself changed last.

def money_of($name): amount(.[$name]);

def item_lines:
  (.OrderItemId | tostring) as $id
  # Only what replaces something is sent without a price; what is not sent may still be pending.
  | if .ItemPrice == null and (.QuantityShipped // 0) == 0
    then reject("no-price"; "item \($id) has no ItemPrice and is not sent. If its order is pending, fetch its items again when it is not; if its order replaces an earlier one, it is free: enter an ItemPrice of 0.00") else . end
  | (.TaxCollection.Model == "MarketplaceFacilitator") as $collected
  | line($id; "goods"; .SellerSKU // "asin:\(.ASIN)"; .Title // ""; .QuantityOrdered | decimal; money_of("ItemPrice");
      money_of("PromotionDiscount"); money_subtract(money_of("ItemTax"); money_of("PromotionDiscountTax"))),
    charge_with($id; "shipping"; "shipping"; "Shipping"; money_of("ShippingPrice"); money_of("ShippingDiscount");
      money_subtract(money_of("ShippingTax"); money_of("ShippingDiscountTax"))),
    (.BuyerInfo // {} | charge_with($id; "gift-wrap"; "charge"; "Gift wrap"; money_of("GiftWrapPrice"); "0"; money_of("GiftWrapTax"))),
    charge_with($id; "cod-fee"; "charge"; "Cash on delivery"; money_of("CODFee"); money_of("CODFeeDiscount"); "0")
  | .collected = $collected;

def currencies:
  [.OrderItems[] | (.ItemPrice, .ItemTax, .ShippingPrice, .ShippingTax, .PromotionDiscount, .CODFee, .BuyerInfo.GiftWrapPrice)
    | .CurrencyCode? | select(. != null)] | unique;

def facts($order):
  $channel.arrival as $place
  | currencies as $priced
  | (if ($priced | length) > 0 then $priced else [no_money.CurrencyCode] end) as $currencies
  | [.OrderItems[] | select(.QuantityOrdered != 0) | item_lines] | taxed($place; $currencies[0]; owed != null) as $lines
  | $lines | length | select(. > 0)
  | { fact: "order-lines", externalId: $order, order: $order, currency: $currencies[0], taxIncluded: (owed != null), lines: ($lines | canonical) },
    ($lines | tax_faults($order; $place)),
    (select(($currencies | length) > 1) | fault($order; "mixed-currencies"; "the items are priced in \($currencies | join(" and ")): an order has one currency"));

def shipped($order):
  [.OrderItems[] | select((.QuantityShipped // 0) > 0)
    | {line: (.OrderItemId | tostring), quantity: (.QuantityShipped | decimal)}]
  | select(length > 0)
  | { fact: "shipped", externalId: "\($order):shipped", order: $order, undated: true, lines: . };

(if type == "object" and .response != null and .request != null then .response else . end)
| (if type == "object" and .payload != null then .payload else . end)
| if at("AmazonOrderId") == null or .OrderItems == null
  then refused_by_amazon, reject("not-order-items"; "this is no list of an Amazon order's items, which has AmazonOrderId and OrderItems: it holds \(found). An order is imported as document 'orders'; skip anything else, nothing is to be booked from it") else . end
| of_order(.AmazonOrderId; .AmazonOrderId as $order
    | facts($order), shipped($order),
      (select((.NextToken // "") != "") | fault($order; "incomplete-items"; "more items follow (NextToken): fetch all pages into one document")))
