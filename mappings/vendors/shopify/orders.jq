# An order as the shop states it now: the order itself, what was paid, sent, paid back, called off.

def orders:
  if type == "array" then .[]
  elif type != "object" then empty
  elif .order != null then .order
  elif .orders != null then .orders[]
  elif .total_price != null then .
  else empty end;

# Lines -----------------------------------------------------------------------------------------

# Allocations carry what the whole order was discounted by, too; old documents only have their own.
def discount:
  if (.discount_allocations // [] | length) > 0
  then money_sum([.discount_allocations[] | shop(.amount_set; .amount)])
  else shop(.total_discount_set; .total_discount) end;

def is_tip($tips):
  .tip != null
  or (($tips | above_zero) and .product_id == null and .variant_id == null
    and money_compare(.price | money; $tips) == 0 and ((.title // .name // "") | ascii_downcase) == "tip");

def item($place; $tips):
  { externalId: (.id | tostring),
    kind: (if .gift_card == true then "gift-card" elif is_tip($tips) then "charge" else "goods" end),
    title: (.name // .title // ""), quantity: (.quantity | decimal),
    unitPrice: shop(.price_set; .price), discount: discount, taxes: taxes($place),
    taxable: (.taxable != false) }
  + {sku: (if is_tip($tips) then "" else sku end)};

def charge($id; $kind; $title; $price; $discount; $taxes):
  { externalId: $id, kind: $kind, sku: "", title: $title, quantity: "1", unitPrice: $price,
    discount: $discount, taxes: $taxes, taxable: true };

# The first shipping line is named "shipping", because refunds of shipping do not say which.
def shipping($place):
  [.shipping_lines[]? | select(.is_removed != true) | select(shop(.price_set; .price) | above_zero)]
  | range(0; length) as $i | .[$i]
  | (if (.discount_allocations // [] | length) > 0 then money_sum([.discount_allocations[] | shop(.amount_set; .amount)])
     elif .discounted_price_set != null or .discounted_price != null
     then money_subtract(shop(.price_set; .price); shop(.discounted_price_set; .discounted_price))
     else "0" end) as $discount
  | charge(if $i == 0 then "shipping" else "shipping:\(.id // $i)" end; "shipping"; .title // .code // "Shipping";
      shop(.price_set; .price); $discount; taxes($place));

def other_charges($place; $tips):
  ( select(($tips | above_zero) and (any(.line_items[]?; is_tip($tips)) | not))
    | charge("tip"; "charge"; "Tip"; $tips; "0"; []) ),
  ( .line_items[]? | .id as $line | .duties[]?
    # The amounts of a duty stand in itself; in other documents it has a price as lines have.
    | charge("duties:\(.id // $line)"; "charge"; "Duties"; shop(.price_set // .; .price); "0"; taxes($place)) ),
  ( (.original_total_additional_fees_set // .current_total_additional_fees_set) as $fees
    | shop($fees; null) | select(above_zero)
    | charge("additional-fees"; "charge"; "Additional fees"; .; "0"; []) );

def base($currency): money_subtract(money_multiply(.unitPrice; .quantity; $currency); .discount);

# Old documents state a discount of the order that stands on no line: split over what it can be for.
def spread_discount($total; $on_shipping; $currency):
  . as $lines
  | money_subtract($total; money_sum(map(.discount))) as $rest
  | (if $on_shipping then "shipping" else "goods" end) as $kind
  | map(if .kind == $kind then base($currency) else "0" end) as $weights
  | if ($rest | above_zero | not) or money_compare($rest; money_sum($weights)) > 0 then .
    else money_allocate($rest; $weights; $currency) as $shares
    | [range(0; length) as $i | $lines[$i] + {discount: money_add($lines[$i].discount; $shares[$i])}]
    end;

# Old documents state the taxes of the order only: split over the taxable lines.
def spread_taxes($taxes; $currency):
  if any(.[]; .taxes | length > 0) or ($taxes | length) == 0 then .
  else . as $lines
    | map(if .taxable and .kind != "gift-card" then base($currency) else "0" end) as $weights
    | reduce $taxes[] as $tax ($lines;
        money_allocate($tax.amount; $weights; $currency) as $shares
        | [range(0; length) as $i | .[$i]
          | if money_is_zero($shares[$i]) then . else .taxes += [$tax + {amount: $shares[$i]}] end])
  end;

def lines($place; $currency):
  (.taxes_included == true) as $included
  | shop(.total_tip_received_set; .total_tip_received) as $tips
  | shop(.total_discounts_set; .total_discounts) as $discounts
  | ((.discount_codes // []) as $codes | ($codes | length) > 0 and all($codes[]; .type == "shipping")) as $on_shipping
  | taxes($place) as $taxes
  | [(.line_items[]? | select(.quantity != 0) | item($place; $tips)), shipping($place), other_charges($place; $tips)]
  | spread_discount($discounts; $on_shipping; $currency)
  | spread_taxes($taxes; $currency)
  | map(.gross = gross($included; $currency) | del(.taxable));

# Facts -----------------------------------------------------------------------------------------

def customer($address):
  (.customer // {}) as $customer
  | { externalId: ($customer.id // "guest" | tostring),
      name: ($address.name // ([$customer.first_name, $customer.last_name] | map(select(. != null)) | join(" "))),
      email: (.email // .contact_email // $customer.email // ""),
      street: ([$address.address1, $address.address2] | map(select(. != null and . != "")) | join(", ")),
      city: ($address.city // ""), postcode: ($address.zip // ""),
      country: country_of($address.country_code; $address.province_code) };

# What is not shipped is taxed where the buyer is billed; what names no address, where the channel
# hands its goods over.
def arrival:
  (.shipping_address | place)
  // (if [.line_items[]?] | length > 0 and all(.[]; .requires_shipping == false) then .billing_address | place else null end)
  // $channel.arrival;

def current_total: if .current_total_price_set == null and .current_total_price == null then null
  else shop(.current_total_price_set; .current_total_price) end;

# What a refund took off the order: what it is for, or the money where that is more.
def taken_off(worth):
  worth as $worth
  | money_sum(payments_back | map(.amount)) as $paid
  | if money_compare($worth; $paid) > 0 then $worth else $paid end;

# total_price stays what it was when the order was placed. Lines that an edit added since then count
# where the current total says so: it is what all lines come to, less what refunds took off. What a
# refund kept may have paid for the new lines.
def total($lines; $currency):
  (.taxes_included == true) as $included
  | shop(.total_price_set; .total_price) as $stated
  | money_sum($lines | map(.gross)) as $sum
  | current_total as $current
  | if $current != null and money_compare($sum; $stated) != 0
      and any([.refunds[]? | taken_off(worth($included))], [.refunds[]? | taken_off(worth_less_kept($included))];
        money_compare(money_sum([$current] + .); $sum) == 0)
    then $sum else $stated end;

def placed($order; $currency):
  arrival as $place
  | lines($place; $currency) as $lines
  | { fact: "order-placed", externalId: $order, order: $order, reference: (.name // "" | text),
      revision: (.updated_at // .created_at), occurredAt: (.created_at // .processed_at),
      currency: $currency, taxIncluded: (.taxes_included == true), warehouse: "", linesFollow: false,
      customer: customer(.shipping_address // .billing_address // .customer.default_address),
      lines: $lines, total: total($lines; $currency) };

def money_back: [.refunds[]? | payments_back[]];

# What an order came to that was edited after it was placed: total_price stays what it was then. The
# units that an edit takes off are a refund of no money; a refund of money changes nothing here, also
# where the current total is less by more than it paid back, because some of it was kept.
def edited($total; $currency):
  (current_total // $total) as $current
  | (.taxes_included == true) as $included
  | money_sum([money_back[].amount | money]) as $back
  | [.refunds[]? | select(payments_back | length > 0) | taken_off(worth($included))] as $taken_off
  | if money_compare($current; $total) == 0
      or money_compare(money_add($current; $back); $total) == 0
      or money_compare(money_sum([$current] + $taken_off); $total) == 0
      or any(money_back[]; (.currency // $currency) != $currency)
    then null
    else money_subtract(money_add($current; $back); .total_outstanding // "0" | money) end;

# What coins could not pay of the order, which is in no total.
def rounding_of_payments: shop(.total_cash_rounding_payment_adjustment_set; null);

# The channel says "paid" but not by which payments: one capture stands in for them.
def derived($order; $currency):
  shop(.total_price_set; .total_price) as $total
  | edited($total; $currency) as $edited
  | (.financial_status // "") as $status
  | (if $edited != null and ($status | is_one_of(["paid", "partially_paid", "partially_refunded", "refunded"])) then $edited
     # what went back of an order that was paid in part is all that was paid, or more is still owed
     elif $status == "refunded" and (money_back | length) > 0 and all(money_back[]; (.currency // $currency) == $currency)
     then money_sum([money_back[].amount | money]) as $back | if money_compare($back; $total) < 0 then $back else $total end
     elif $status == "partially_refunded" and (.total_outstanding // "0" | money | above_zero)
     then money_subtract($total; .total_outstanding)
     elif $status == "paid" or $status == "partially_refunded" or $status == "refunded" then $total
     elif $status == "partially_paid" then
       if .total_outstanding == null
       then reject("captured-unclear"; "the order is partially paid but neither its transactions nor total_outstanding say how much: send it again with its transactions")
       else money_subtract($total; .total_outstanding) end
     else "0" end) as $amount
  | select($amount | above_zero)
  | rounding_of_payments as $rounding
  | ([.payment_gateway_names[]? | gateway_of | select(. != "")] | unique) as $gateways
  | if ($gateways | length) > 1
    then reject("gateways-unclear"; "the order was paid by \($gateways | join(" and ")), and it is not stated how much by each: fetch the order with its transactions and take that in instead")
    else { fact: "payment-captured", externalId: "\($order):paid", order: $order,
      revision: (.updated_at // .created_at), occurredAt: (.processed_at // .created_at),
      currency: $currency, amount: $amount, gateway: ($gateways[0] // (.gateway | gateway_of)), derived: true }
      | with_rounding($rounding) end;

# What a payment came to in the shop's currency. A buyer may have paid in another one; then the
# document states it for the payment, or for the order where one payment covers all of it.
def paid($order; $currency):
  (.currency // $currency) as $in
  | if $in == $currency then .amount | money
    elif .amount_set.shop_money.currency_code == $currency then .amount_set.shop_money.amount | money
    elif $order.total_price_set.presentment_money.currency_code == $in
      and money_compare(.amount | money; $order.total_price_set.presentment_money.amount | money) == 0
    then $order.total_price_set.shop_money.amount | money
    else reject("payment-currency";
      "payment \(.id) is of \(.amount) \($in), the order is in \($currency), and it is not stated what that came to: find the payment in the shop and enter its amount in \($currency), or take it out if it is not this order's") end;

def is_payment: (.kind == "sale" or .kind == "capture") and .status == "success";

# Cash that was handed back on a payment. Where it does not say on which, it is that of its gateway
# which was last and is enough for it: with it there was too much.
def change($payment):
  .transactions as $all
  | [$all[] | select(.kind == "change" and .status == "success")
      | .gateway as $gateway | .amount as $amount
      | select(if .parent_id != null then .parent_id == $payment.id
          else [$all[] | select(is_payment and .gateway == $gateway)] as $paid
            | ([$paid[] | select(money_compare(.amount; $amount) > 0)] | if length > 0 then .[-1] else $paid[-1] end | .id) == $payment.id end)
      | $amount | money] | money_sum(.);

# Each payment states its rounding, or the order does for them all: then it is of the last in cash.
def rounding_of($payment):
  if any(.transactions[]; .amount_rounding != null) then $payment | cash_rounding
  elif [.transactions[] | select(is_payment and .gateway == "cash") | .id][-1] == $payment.id then rounding_of_payments
  else "0" end;

# A payment of nothing is none: a free order has one, and so has one that was wholly handed back.
def captured($order; $currency):
  if (.transactions // [] | length) == 0 then derived($order; $currency)
  else . as $document
    | .transactions[] | select(is_payment)
    | . as $payment
    | money_subtract(paid($document; $currency); $document | change($payment)) as $amount
    | select(money_is_zero($amount) | not)
    | { fact: "payment-captured", externalId: (.id | tostring), order: $order,
        revision: (.processed_at // .created_at), occurredAt: (.processed_at // .created_at),
        currency: $currency, amount: $amount, gateway: (.gateway | gateway_of), derived: false }
    | with_rounding($document | rounding_of($payment))
  end;

# A fulfilment that names no lines means everything where the order is wholly sent in one.
def sent($order; $count):
  if (.line_items // [] | length) > 0
  then [.line_items[] | select(.quantity != 0) | {line: (.id | tostring), quantity: (.quantity | decimal)}]
  elif $order.fulfillment_status == "fulfilled" and $count == 1
  then [$order.line_items[]? | select(.quantity != 0) | {line: (.id | tostring), quantity: (.quantity | decimal)}]
  else reject("shipment-without-lines";
    "fulfilment \(.id) names no lines, and the order is not wholly sent in one: send the order again with the lines of its fulfilments") end;

def shipped($id):
  . as $order
  | ([.fulfillments[]? | select(.status == "success")] | length) as $count
  | .fulfillments[]? | select(.status == "success" or .status == "cancelled")
  | { fact: "shipped", externalId: (.id | tostring), order: $id,
      revision: (.updated_at // .created_at // $order.updated_at), occurredAt: (.created_at // $order.updated_at),
      lines: (if .status == "cancelled" then [] else sent($order; $count) end) };

def cancelled($order):
  select(.cancelled_at != null)
  | { fact: "order-cancelled", externalId: $order, order: $order, revision: .cancelled_at,
      occurredAt: .cancelled_at, reason: (.cancel_reason | text) };

def facts:
  (if is_test
   then reject("test-order"; "the order is a test: it was placed in the shop's test mode, no money was moved. Nothing is to be booked from it, skip this; where the whole shop is there to try things out, let is_test of mappings/vendors/shopify/vendor.jq be false") else . end)
  | (.id | tostring) as $order
  | (.currency // .total_price_set.shop_money.currency_code
     // reject("no-currency"; "the order does not say in which currency its total is: enter it as currency")) as $currency
  | (.taxes_included == true) as $included
  | placed($order; $currency), captured($order; $currency), shipped($order),
    (.refunds[]? | refund($order; $included; $currency)), cancelled($order);

def not_an_order:
  refused_by_shop,
  reject("not-an-order";
    "this is no Shopify order, which has an id, a total_price and a created_at: it holds \(found). A refund is imported as document 'refunds'; shipments and payments come with their orders; skip anything else, nothing is to be booked from it");

# Drafts and checkouts look like orders, but nobody has placed them.
def is_placed: .abandoned_checkout_url == null and .invoice_url == null;

[orders] as $orders
| if ($orders | length) == 0 and . != [] and at("orders") == null
  then not_an_order else $orders[] end
| if at("id") == null or at("total_price") == null or .created_at == null then of_order(""; not_an_order)
  elif is_placed | not
  then of_order(.id; reject("not-placed"; "this is a draft order or an abandoned checkout, which nobody has placed: if it is, its order comes by itself. Nothing is to be booked from it, skip this"))
  else of_order(.id; facts) end
