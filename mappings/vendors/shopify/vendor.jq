# Amounts in the shop's own currency: that is the one we book.
def shop($set; $plain): $set.shop_money.amount // $plain | money;

# An answer of the API that says no, in the place of a document.
def refused_by_shop:
  at("errors") as $errors
  | select($errors != null)
  | reject("refused-by-shop"; "the shop refused the request, \($errors | tostring): this is its answer, not a document; fetch the document again");

# Where goods arrive, as taxes name it: de, us-ky.
def place:
  (.country_code // "" | ascii_downcase) as $country
  | if $country == "" then null
    elif ($country == "us" or $country == "ca") and (.province_code // "") != ""
    then $country + "-" + (.province_code | ascii_downcase)
    else $country end;

# An item without a SKU is named in a way that a person recognises, never by a default product.
def sku:
  if (.sku // "") != "" then .sku
  elif .variant_id != null then "variant:\(.variant_id)"
  elif .product_id != null then "product:\(.product_id)"
  else "title:" + slug(.title // .name // "") end;

# One tax line, or nothing where it says 0.00 (exempt): {country, rate, scheme, amount}.
def tax($place):
  shop(.price_set; .price) as $amount
  | select(money_is_zero($amount) | not)
  | if $place == null then
      reject("no-country";
        "the order is taxed but names no delivery address, so it is not known where the tax is owed: add the address in the shop, or, if the channel hands its goods over in a shop, set arrival in mappings/channels/\($channel.id)/channel.yaml")
    elif .channel_liable == true or is_facilitated($place) then facilitated($place)
    elif .rate == null then reject("no-tax-rate"; "the tax '\(.title // "")' states no rate")
    else {country: $place, rate: percent(.rate), scheme: scheme($place)} end
  | . + {amount: $amount};

def taxes($place): [.tax_lines[]? | tax($place)] | by_key;

# The shop's test mode: no money was moved, and nothing was sold.
def is_test: .test == true or any(.transactions[]?; .test == true);

# Who took a payment, or paid it back. What is paid out of a liability of ours has one name: gift cards,
# Shopify's own or those that gateways in channel.yaml call gift-card, and store credit.
def gateway_of:
  slug(. // "") | if . == "shopify_store_credit" or $channel.gateways[.] == "gift-card" then "gift_card" else . end;

# What coins could not pay of a payment or a refund: it is in no amount.
def cash_rounding: .amount_rounding | if type == "object" then .shop_money.amount // .amount else . end | money;

def with_rounding($rounding): if money_is_zero($rounding) then . else .rounding = $rounding end;

# Refunds ---------------------------------------------------------------------------------------

# The payments that a refund really made.
def payments_back: [.transactions[]? | select((.kind // "refund") == "refund" and (.status // "success") == "success")];

# What an adjustment is for. Its kind is going out of use: what is refunded of shipping then stands in
# refund_shipping_lines, and all that is left here are discrepancies.
def adjusts: .kind // "refund_discrepancy";

# Money given back has a negative sign in adjustments; what was kept of it, a positive one. The tax is
# beside the amount in every shop, and a later adjustment may take an earlier one back.
def adjustment($kind):
  [.order_adjustments[]? | select(adjusts == $kind)
    | {amount: money_negate(shop(.amount_set; .amount)), tax: money_negate(shop(.tax_amount_set; .tax_amount))}]
  | {gross: money_sum(map(.amount, .tax)), tax: money_sum(map(.tax))};

# The tax of refunded shipping: stated, or that of its shipping line, by the rates of that. Null where
# neither says it.
def shipping_tax($included):
  shop(.subtotal_amount_set; null) as $subtotal
  | .subtotal_amount_set.shop_money.currency_code as $currency
  | if .tax_amount_set != null then shop(.tax_amount_set; null)
    elif (.tax_lines // [] | length) > 0 then money_sum([.tax_lines[] | shop(.price_set; .price)])
    elif .shipping_line.tax_lines == null then null
    else percent(money_sum([.shipping_line.tax_lines[] | select(shop(.price_set; .price) | above_zero) | .rate])) as $rate
      | if $included then tax_within($subtotal; $rate; $currency) else tax_upon($subtotal; $rate; $currency) end
    end;

def goods($restock):
  if .restock_type == "return" then "returned"
  elif .restock_type == "cancel" then "cancelled"
  elif .restock_type == "legacy_restock" or (.restock_type == null and $restock == true) then "returned"
  # never sent, and not to be sent any more
  elif .restock_type == "no_restock" and .line_item.fulfillable_quantity == 0 and .line_item.fulfillment_status == null
    and .quantity == .line_item.quantity then "cancelled"
  else "kept" end;

# Units that are not restocked stay on their order unless the refund took them off, or was of money:
# while no payment of it has succeeded, it is neither.
def refunded_items($included):
  .restock as $restock
  | ((payments_back | length) == 0 and any(.transactions[]?; (.kind // "refund") == "refund")) as $unpaid
  | [.refund_line_items[]?
    | shop(.subtotal_set; .subtotal) as $subtotal
    | shop(.total_tax_set; .total_tax) as $tax
    | { line: (.line_item_id // .line_item.id | tostring), sku: (if .line_item == null then "" else .line_item | sku end),
        title: (.line_item.name // .line_item.title // ""),
        quantity: (if $unpaid and .restock_type == "no_restock" then "0" else .quantity | decimal end),
        goods: goods($restock), tax: $tax,
        gross: (if $included then $subtotal else money_add($subtotal; $tax) end) }];

def refunded_shipping($included):
  (if any(.order_adjustments[]?; adjusts == "shipping_refund") then [adjustment("shipping_refund")]
   else [.refund_shipping_lines[]?
     | shop(.subtotal_amount_set; null) as $subtotal
     | shipping_tax($included) as $tax
     | {gross: (if $included then $subtotal else money_add($subtotal; $tax // "0") end)} + if $tax == null then {} else {tax: $tax} end]
   end)
  | map(select(.gross | above_zero)
    | {line: "shipping", sku: "", title: "Shipping", quantity: "0", goods: "kept"} + .);

# Duties and fees are lines of their order; what names no duty is for none in particular.
def refunded_charges:
  def charge($line; $title): select(above_zero) | {line: $line, sku: "", title: $title, quantity: "0", goods: "kept", gross: .};
  ([.duties[]? | select(.duty_id != null)] as $duties
    | if ($duties | length) > 0 then $duties[] | .duty_id as $duty | shop(.amount_set; null) | charge("duties:\($duty)"; "Duties")
      else shop(.total_duties_set; null) | charge(""; "Duties") end),
  (shop(.total_additional_fees_set; null) | charge("additional-fees"; "Additional fees"));

# What is refunded, at what it is worth. What was paid back stands in the refund's amount: the rest was
# kept, as a restocking fee or because it pays for something else of the order.
def parts($included): [refunded_items($included)[], refunded_shipping($included)[], refunded_charges];

def worth($included): money_sum([parts($included)[].gross]);

# What was kept of the worth; below zero what was given beside it.
def kept: adjustment("refund_discrepancy").gross | money_negate(.);

def worth_less_kept($included): if kept | above_zero then money_subtract(worth($included); kept) else worth($included) end;

# Whether the refunded prices contain the tax. A refund alone does not say it, but what was paid
# back, or the items' rates, do.
def prices_include_tax($amount; $currency):
  money_sum([(.refund_line_items[]? | shop(.total_tax_set; .total_tax)),
    (.refund_shipping_lines[]? | shipping_tax(true) // "0")]) as $tax
  | money_sum([.order_adjustments[]? | shop(.tax_amount_set; .tax_amount)]) as $adjusted
  | if money_is_zero($tax) and money_is_zero($adjusted) then true
    else
      worth_less_kept(true) as $with
      | worth_less_kept(false) as $without
      | (money_compare($amount; $with) == 0) as $is_with
      | (money_compare($amount; $without) == 0) as $is_without
      | if $is_with != $is_without then $is_with
        # no price is with a tax, so both come to the same
        elif money_compare($with; $without) == 0 then true
        else
          [.refund_line_items[]? | (shop(.subtotal_set; .subtotal)) as $subtotal
            | percent(money_sum([.line_item.tax_lines[]? | .rate])) as $rate
            | shop(.total_tax_set; .total_tax) as $stated
            | { in: money_abs(money_subtract($stated; tax_within($subtotal; $rate; $currency))),
                on: money_abs(money_subtract($stated; tax_upon($subtotal; $rate; $currency))) }] as $off
          | money_sum([$off[].in]) as $in | money_sum([$off[].on]) as $on
          | if money_compare($in; $on) < 0 then true
            elif money_compare($on; $in) < 0 then false
            else reject("prices-unclear";
              "it cannot be told whether the refunded prices contain the tax: send the order's own document, which says it") end
        end
    end;

# The document as the buyer saw it: what stands for the shop's money is then the buyer's.
def as_presented: walk(if type == "object" and .presentment_money != null then .shop_money = .presentment_money else . end);

# What was paid back in the buyer's currency came to the parts' worth in the shop's, if it is all of them.
def paid_back($amount; $in; $included; $currency):
  (as_presented
    | (if $included == null then prices_include_tax($amount; $in) else $included end) as $included
    | {included: $included, sum: worth_less_kept($included)}) as $presented
  | if money_compare($presented.sum; $amount) == 0
    then {included: $presented.included, amount: worth_less_kept($presented.included)}
    else reject("payment-currency";
      "refund \(.id) was paid back as \($amount) \($in), the shop's currency is \($currency), and it is not stated what that came to: find the refund in the shop and enter its transactions in \($currency)") end;

# One refund. $included is null where only the refund is known.
def refund($order; $included; $currency):
  (if is_test
   then reject("test-order"; "the refund is a test: it was made in the shop's test mode, no money was moved. Nothing is to be booked from it, skip this; where the whole shop is there to try things out, let is_test of mappings/vendors/shopify/vendor.jq be false") else . end)
  | payments_back as $paid
  # A payment succeeds as of the time at which it was made: while it is pending, the refund is older.
  | any(.transactions[]?; .kind == "refund" and .status == "pending") as $pending
  | (.refund_line_items[0].subtotal_set.shop_money.currency_code // $currency // $paid[0].currency) as $currency
  | ($paid[0].currency // $currency) as $in
  | if any($paid[]; (.currency // $in) != $in)
    then reject("mixed-currencies"; "refund \(.id) was paid back in more than one currency: enter its transactions in one") else . end
  | ([$paid[].gateway | gateway_of] | unique) as $gateways
  | if ($gateways | length) > 1
    then reject("several-gateways"; "refund \(.id) was paid back through \($gateways | join(" and ")), and a refund is booked through one: enter it as one refund for each, with an id of its own, its transactions and its share of the lines") else . end
  | money_sum([$paid[].amount]) as $amount
  | (if $in != $currency then paid_back($amount; $in; $included; $currency)
     else {amount: $amount, included: (if $included == null then prices_include_tax($amount; $currency) else $included end)} end) as $back
  | { fact: "refunded", externalId: (.id | tostring), order: $order,
      revision: (latest([.created_at, .processed_at, ($paid[] | .processed_at // .created_at)])
        | if $pending then second_before else . end),
      occurredAt: (.processed_at // .created_at),
      currency: $currency, amount: $back.amount,
      gateway: ($gateways[0] // ""),
      parts: parts($back.included) }
  | with_rounding(money_sum([$paid[] | cash_rounding]));
