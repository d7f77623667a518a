# Orders: v0 (the lines follow as document order-items) and 2026-01-01 (with items).

def v0: .payload | if .Orders != null then .Orders[] else . end;

def unwrapped: if type == "object" and .response != null and .request != null then .response else . end;

def orders:
  unwrapped
  | if type == "array" then .[]
    elif type != "object" then empty
    elif .payload != null then v0
    elif .order != null then .order
    elif .orders != null then .orders[]
    elif .Orders != null then .Orders[]
    elif .AmazonOrderId != null or .orderId != null then .
    else empty end;

def not_an_order:
  refused_by_amazon,
  reject("not-an-order";
    "this is no Amazon order, with its id, times and status: it holds \(unwrapped | if at("payload") != null then .payload else . end | found). Items on their own are imported as document 'order-items'; fetch an order that a notification names; skip anything else, nothing is to be booked from it");

# v0 --------------------------------------------------------------------------------------------

def v0_placed($order):
  { fact: "order-placed", externalId: $order, order: $order, reference: $order,
    revision: .LastUpdateDate, occurredAt: .PurchaseDate, currency: .OrderTotal.CurrencyCode,
    taxIncluded: false, warehouse: ($channel.tables.warehouses[.FulfillmentChannel // ""].warehouse // ""), linesFollow: true, lines: [],
    customer: (.ShippingAddress as $address | {
      externalId: "guest", name: ($address.Name // .BuyerInfo.BuyerName // ""), email: (.BuyerInfo.BuyerEmail // ""),
      street: street([$address.AddressLine1, $address.AddressLine2, $address.AddressLine3]),
      city: ($address.City // ""), postcode: ($address.PostalCode // ""),
      country: country_of($address.CountryCode; $address.StateOrRegion) }),
    total: amount(.OrderTotal) };

# What replaces an earlier order costs the buyer nothing, and states no total, or one of nothing.
def v0_replacement: .IsReplacementOrder | is_true;

def v0_facts:
  .AmazonOrderId as $order
  | if .SalesChannel // "" | ascii_downcase | startswith("non-amazon") then sent_for_another_channel
    # of what was called off nothing is left, neither a total nor units: it keeps what it had before
    elif .OrderStatus == "Canceled" and (amount(.OrderTotal) | money_is_zero(.)) then empty
    elif .OrderStatus == "Pending" or .OrderStatus == "PendingAvailability" then pending($order)
    elif .OrderTotal != null then v0_placed($order)
    elif v0_replacement then .OrderTotal = no_money | v0_placed($order)
    else reject("no-total"; "the order has status \(.OrderStatus) but no OrderTotal, and is no replacement of another one: fetch it again; if it still has none, enter it") end,
    ( select(.OrderStatus == "Canceled")
      | { fact: "order-cancelled", externalId: $order, order: $order, revision: .LastUpdateDate,
          occurredAt: .LastUpdateDate, reason: "" } );

# 2026-01-01 ------------------------------------------------------------------------------------

def part($type): [.proceeds.breakdowns[]? | select(.type == $type) | amount(.subtotal)] | money_sum(.);

# How much of a category (tax, discount) is for one of the parts; undivided, it is for the item.
def share($type; $subtype):
  [.proceeds.breakdowns[]? | select(.type == $type)
    | if (.detailedBreakdowns // [] | length) > 0
      then .detailedBreakdowns[] | select(.subtype == $subtype) | amount(.value)
      else select($subtype == "ITEM") | amount(.subtotal) end]
  | money_sum(.);

# A discount may be written with either sign; the tax on it lowers that of what was discounted.
def discount($subtype): share("DISCOUNT"; $subtype) | money_abs(.);
def discount_tax($subtype):
  ["ITEM", "SHIPPING", "GIFT_WRAP", "COD_FEE", "OTHER"] as $parts
  | [.proceeds.breakdowns[]? | select(.type == "DISCOUNT") | .subtotal | .currencyCode][0] as $currency
  | [discount($parts[])] as $discounts
  | (share("TAX"; "DISCOUNT") | money_abs(.)) as $tax
  | if $subtype == "ITEM" and all($discounts[1:][]; money_is_zero(.)) then $tax
    elif all($discounts[]; money_is_zero(.)) then "0"
    else money_allocate($tax; $discounts; $currency)[$parts | index($subtype)] end;
def tax($subtype): money_subtract(share("TAX"; $subtype); discount_tax($subtype));

# What replaces an earlier order costs the buyer nothing: it states no proceeds, or some of nothing.
def is_replacement: any(.associatedOrders[]?; .associationType == "REPLACEMENT_ORIGINAL_ID");

def item_lines($free):
  (.orderItemId | tostring) as $id
  | (.quantityOrdered | decimal) as $quantity
  | if .proceeds.breakdowns == null and ($free | not)
    then reject("no-proceeds"; "item \($id) has no proceeds: fetch the order with includedData=PROCEEDS") else . end
  | any(.tax.taxCollections[]?; .model == "MARKETPLACE_FACILITATOR") as $collected
  | line($id; "goods"; .product.sellerSku // "asin:\(.product.asin)"; .product.title // ""; $quantity;
      part("ITEM"); discount("ITEM"); tax("ITEM")),
    charge_with($id; "shipping"; "shipping"; "Shipping"; part("SHIPPING"); discount("SHIPPING"); tax("SHIPPING")),
    charge_with($id; "gift-wrap"; "charge"; "Gift wrap"; part("GIFT_WRAP"); discount("GIFT_WRAP"); tax("GIFT_WRAP")),
    charge_with($id; "cod-fee"; "charge"; "Cash on delivery"; part("COD_FEE"); discount("COD_FEE"); tax("COD_FEE")),
    charge_with($id; "other"; "charge"; "Other"; part("OTHER"); discount("OTHER"); tax("OTHER"))
  | .collected = $collected;

def lines:
  is_replacement as $free
  | [ (.orderItems[]? | select(.quantityOrdered != 0) | item_lines($free)),
    (part("DELIVERY_TIP") | select(above_zero) | charge("delivery-tip"; "charge"; "Delivery tip"; .; "0"; "0")) ];

def placed($order; $lines; $included):
  .recipient.deliveryAddress as $address
  | { fact: "order-placed", externalId: $order, order: $order, reference: $order,
      revision: .lastUpdatedTime, occurredAt: .createdTime, currency: .proceeds.grandTotal.currencyCode,
      taxIncluded: $included, warehouse: ($channel.tables.warehouses[.fulfillment.fulfilledBy // ""].warehouse // ""),
      linesFollow: false, lines: $lines,
      customer: { externalId: "guest", name: ($address.name // .buyer.buyerName // ""), email: (.buyer.buyerEmail // ""),
        street: street([$address.addressLine1, $address.addressLine2, $address.addressLine3]),
        city: ($address.city // ""), postcode: ($address.postalCode // ""),
        country: country_of($address.countryCode; $address.stateOrRegion) },
      total: amount(.proceeds.grandTotal) };

# Quantities are cumulative: one fact, of which the newest revision counts.
def shipped($order):
  [.orderItems[]? | select((.fulfillment.quantityFulfilled // 0) > 0)
    | {line: (.orderItemId | tostring), quantity: (.fulfillment.quantityFulfilled | decimal)}] as $sent
  | select(($sent | length) > 0)
  | { fact: "shipped", externalId: "\($order):shipped", order: $order, revision: .lastUpdatedTime,
      occurredAt: ([.packages[]?.shipTime | select(. != null)] | if length > 0 then latest(.) else null end),
      lines: $sent }
  | .occurredAt = (.occurredAt // .revision);

def facts:
  .orderId as $order
  | (.recipient.deliveryAddress.countryCode // $channel.arrival | if . == null then . else ascii_downcase end) as $place
  | (if is_replacement and .proceeds.grandTotal == null and ((.fulfillment.fulfillmentStatus // "") | startswith("PENDING") or . == "CANCELLED" | not)
     then .proceeds.grandTotal = (no_money | {currencyCode: .CurrencyCode, amount: .Amount}) else . end)
  | if .salesChannel.channelName // "" | ascii_downcase | startswith("non") then sent_for_another_channel
    elif (.fulfillment.fulfillmentStatus // "") | startswith("PENDING") then pending($order)
    elif .proceeds.grandTotal != null then
      .proceeds.grandTotal.currencyCode as $currency
      | amount(.proceeds.grandTotal) as $total
      | lines as $untaxed
      | ($untaxed | prices_hold_tax($total; $currency)) as $included
      | ($untaxed | taxed($place; $currency; $included)) as $lines
      | placed($order; $lines | canonical; $included), ($lines | tax_faults($order; $place))
    elif .fulfillment.fulfillmentStatus == "CANCELLED" then empty
    else reject("no-proceeds"; "the order states no proceeds: fetch it with includedData=PROCEEDS; if Amazon has none for it, enter what the buyer paid for it, or skip it") end,
    shipped($order),
    ( select(.fulfillment.fulfillmentStatus == "CANCELLED")
      | { fact: "order-cancelled", externalId: $order, order: $order, revision: .lastUpdatedTime,
          occurredAt: .lastUpdatedTime, reason: "" } );

[orders] as $orders
| if ($orders | length) == 0 and . != [] and ([at("orders"), (at("payload") | at("Orders")), (at("response") | at("orders"))] | all(. == null))
  then not_an_order else $orders[] end
| if at("AmazonOrderId") != null and .PurchaseDate != null and .OrderStatus != null then of_order(.AmazonOrderId; v0_facts)
  elif at("orderId") != null and .createdTime != null then of_order(.orderId; facts)
  else of_order(""; not_an_order) end
