# What v0 and 2026-01-01 have in common.

# A tax that Amazon states, on one line. It states no rate: it collects and remits the tax itself
# wherever facilitatedIn says so, and elsewhere the rate would have to be guessed.
def taxes($amount; $place):
  if money_is_zero($amount) then []
  elif $place == null then reject("no-country";
    "tax is charged but neither the order's address nor arrival in mappings/channels/\($channel.id)/channel.yaml says where the goods arrive")
  else [facilitated($place) + {amount: $amount}] end;

def tax_faults($order; $place):
  select(any(.[]; .taxes | length > 0) and $place != null and (is_facilitated($place) | not))
  | fault($order; "tax-not-facilitated";
      "Amazon states tax for \($place), without its rate, and the channel does not say that Amazon collects it there: add \($place) to facilitatedIn in mappings/channels/\($channel.id)/channel.yaml, if it does");

def line($id; $kind; $sku; $title; $quantity; $total; $discount; $tax; $place):
  { externalId: $id, kind: $kind, sku: $sku, title: $title, quantity: $quantity,
    unitPrice: unit_price($total; $quantity), discount: $discount, taxes: taxes($tax; $place) };

def charge($id; $kind; $title; $total; $discount; $tax; $place):
  select(($total | above_zero) or ($tax | above_zero))
  | line($id; $kind; ""; $title; "1"; $total; $discount; $tax; $place);

# Amazon settles what it charges for an item along with the item.
def charge_with($item; $suffix; $kind; $title; $total; $discount; $tax; $place):
  charge("\($item):\($suffix)"; $kind; $title; $total; $discount; $tax; $place) + {goesWith: $item};

def priced($currency): map(. + {gross: gross(false; $currency)});

def street($lines): [$lines[] | select(. != null and . != "")] | join(", ");

# An answer of the API that says no, in the place of a document.
def refused_by_amazon:
  (if at("response") != null then .response else . end | at("errors")) as $errors
  | select(($errors | type) == "array")
  | reject("refused-by-amazon"; "Amazon refused the request, \([$errors[] | "\(at("code") // "no code"): \(at("message") // "no reason given")"] | join("; ")): this is its answer, not a document; fetch the document again");

def pending($order):
  reject("order-pending";
    "the order is pending: Amazon has not authorised its payment and states no total yet. Nothing is to be done: it comes again when it can be sent, and then this closes by itself");

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
