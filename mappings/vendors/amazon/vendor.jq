# What v0 and 2026-01-01 have in common.

# The rates of the countries where the seller owes the tax: mappings/channels/<channel>/order-taxes.csv.
def owed: $channel.tables["order-taxes"];

# Amazon states a tax but no rate: it is the one that makes that tax of that price. Amazon rounds
# each unit, so it may be off by a cent a unit.
def rate_of($tax; $price; $quantity; $place; $currency; $included):
  owed[$place] as $row
  | [$row.rates | split(" ")[] | select(. != "")
      | {rate: ., off: (if $included then tax_within($price; .; $currency) else tax_upon($price; .; $currency) end
          | money_abs(money_subtract($tax; .)))}]
  | reduce .[1:][] as $other (.[0]; if money_compare($other.off; .off) < 0 then $other else . end)
  | if . != null and money_compare(.off; money_multiply(from_minor_units("1"; $currency); $quantity; $currency)) <= 0 then .rate
    else reject("tax-rate-unclear";
      "Amazon states \($tax) \($currency) of tax \(if $included then "in" else "on" end) a price of \($price) for country \($place), and none of its rates in mappings/channels/\($channel.id)/order-taxes.csv (\($row.rates)) makes that: add the rate, if it is one") end;

# The tax of a line, where Amazon states one. Where the item or facilitatedIn says so, Amazon collects
# and remits it; elsewhere the seller owes it.
def taxes($tax; $collected; $place; $currency; $included):
  if money_is_zero($tax) then []
  elif $place == null then reject("no-country";
    "tax is charged, but this document has no address and mappings/channels/\($channel.id)/channel.yaml no arrival: set that, or take in orders of the version 2026-01-01, which name where the goods arrive")
  elif ($collected or is_facilitated($place) | not) and owed[$place] != null
  then [{country: $place, rate: rate_of($tax; gross(true; $currency); .quantity; $place; $currency; $included), scheme: owed[$place].scheme, amount: $tax}]
  else [facilitated($place) + {amount: $tax}] end;

def tax_faults($order; $place):
  select(any(.[]; (.collected | not) and any(.taxes[]; .scheme == "facilitated")) and $place != null and (is_facilitated($place) | not))
  | fault($order; "tax-not-facilitated";
      "Amazon states tax for country \($place), without its rate, and it is not known who owes it: if Amazon collects it there, add \($place) to facilitatedIn in mappings/channels/\($channel.id)/channel.yaml; if the seller owes it, add \($place) with its rates and scheme to order-taxes.csv beside it (country,rates,scheme)");

# What a line costs and how it is taxed is known when its currency and the place of arrival are.
def line($id; $kind; $sku; $title; $quantity; $total; $discount; $tax):
  { externalId: $id, kind: $kind, sku: $sku, title: $title, quantity: $quantity,
    unitPrice: unit_price($total; $quantity), discount: $discount, tax: $tax };

def charge($id; $kind; $title; $total; $discount; $tax):
  select(($total | above_zero) or ($tax | above_zero))
  | line($id; $kind; ""; $title; "1"; $total; $discount; $tax);

# Amazon settles what it charges for an item along with the item.
def charge_with($item; $suffix; $kind; $title; $total; $discount; $tax):
  charge("\($item):\($suffix)"; $kind; $title; $total; $discount; $tax) + {goesWith: $item};

# Only where the seller owes the tax may prices contain it: then they alone come to the total.
def prices_hold_tax($total; $currency):
  owed != null and money_compare(money_sum([.[] | gross(true; $currency)]); $total) == 0;

def taxed($place; $currency; $included):
  map(.taxes = taxes(.tax; .collected; $place; $currency; $included) | del(.tax) | . + {gross: gross($included; $currency)});

# The lines as the canonical fact has them.
def canonical: map(del(.collected));

def street($lines): [$lines[] | select(. != null and . != "")] | join(", ");

# An answer of the API that says no, in the place of a document.
def refused_by_amazon:
  (if at("response") != null then .response else . end | at("errors")) as $errors
  | select(($errors | type) == "array")
  | reject("refused-by-amazon"; "Amazon refused the request, \([$errors[] | "\(at("code") // "no code"): \(at("message") // "no reason given")"] | join("; ")): this is its answer, not a document; fetch the document again");

def pending($order):
  reject("order-pending";
    "the order is pending: Amazon has not authorised its payment yet. Nothing is to be done: it comes again when it can be sent, and then this closes by itself");

# Sent by Amazon, sold elsewhere: the shop that sold it tells of the sale.
def sent_for_another_channel:
  reject("sent-for-another-channel";
    "the order was not placed at Amazon, which only sent it (multi-channel fulfilment): the shop where it was placed reports the sale. Nothing is to be booked from this, skip it");

# Amazon writes true as a word, too.
def is_true: . == true or . == "true";

# What states no price has none: in the currency of the channel, where that is only one.
def no_money: {CurrencyCode: (if ($channel.currencies | length) == 1 then $channel.currencies[0] else
    reject("no-currency"; "the order states no amount, so its currency is not known, and the channel has several: enter the order's total with its currency") end), Amount: "0.00"};

def amount($money): $money.Amount // $money.amount | money;
