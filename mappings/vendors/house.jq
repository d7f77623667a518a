# What every mapping may use, beside the functions that compute exactly (io.kontor.mapping.JqFunctions).
# A mapping sees its document as input, and $channel: the settings of channel.yaml, the entity's
# zone, and the code tables that lie beside channel.yaml.

# Ends the order (or, outside an order, the document) with a reason that a person can act on.
def reject($code; $message): error({code: $code, message: $message});

# Notes a fault of an order and goes on, so that everything that is wrong can be said at once.
def fault($order; $code; $message): {order: $order, fault: {code: $code, message: $message}};

# What a document that is something else holds.
def found: if . == {} or . == [] then "nothing" elif type == "object" then keys_unsorted | join(", ") else type end;

# Facts of one order: what rejects one order does not stop the others of the document.
def of_order(id; facts): (id | tostring) as $order | try facts catch {order: $order, fault: .};

def is_one_of($words): . as $word | any($words[]; . == $word);

# A field of whatever it may be: null where there is none.
def at($name): if type == "object" then .[$name] else null end;

def text: if . == null then "" else tostring end;

# An amount that may be absent, where absent means nothing.
def money: if . == null or . == "" then "0" else decimal end;

def above_zero: money_compare(.; "0") > 0;

# What the buyer pays for a line {unitPrice, quantity, discount, taxes}: as the channel states it.
def gross($included; $currency):
  money_sum([money_multiply(.unitPrice; .quantity; $currency), money_negate(.discount)]
    + (if $included then [] else [.taxes[].amount] end));

# Taxes of one key are one tax.
def by_key:
  if length < 2 then .
  else group_by([.country, .rate, .scheme]) | map(.[0] + {amount: money_sum(map(.amount))})
  end;

# A tax that the channel itself collects and remits: its rate and region are the channel's affair.
def facilitated($place): {country: ($place | split("-")[0]), rate: "0", scheme: "facilitated"};

# Whether the channel collects the tax there: a country stands for all of its regions.
def is_facilitated($place):
  ($place | split("-")[0]) as $country
  | any($channel.facilitatedIn[]; . == $place or . == $country);

# Under which scheme a tax is owed: mappings/channels/<channel>/schemes.csv, where there is one.
def scheme($place):
  if $channel.tables.schemes == null then "domestic"
  else $channel.tables.schemes[$place].scheme
    // reject("unknown-tax-scheme";
      "\($place) is not in mappings/channels/\($channel.id)/schemes.csv: add it with the scheme under which its tax is owed")
  end;

# XML: the text of the first child of that name; every child stands in a list.
def chars: if type == "object" then (."#text" // "") elif . == null then "" else . end;
def child($name): .[$name][0] | chars;

# POSLog (every vendor's own rules stand in its folder) -------------------------------------------

def pos_flag($name): (.[$name] // "false") | is_one_of(["true", "1"]);

# What a transaction is: RetailTransaction, ControlTransaction, TenderControlTransaction, …
def pos_kinds: [keys_unsorted[] | select(endswith("Transaction")) | split(":") | .[-1]];

# Sign-ons, days opened and closed, counts, stock, fuel; and money that only changes its place within
# the shop (floats, pick-ups, the till's settlement). What was paid in or out for a reason is not.
def pos_without_sale:
  all(pos_kinds[]; is_one_of(["ControlTransaction", "InventoryControlTransaction", "BusinessEODTransaction",
    "ForeCourtTransaction", "TenderControlTransaction"]))
  and all(.TenderControlTransaction[]? | objects | keys_unsorted[]; test("Paid") | not);

# Only sales are recorded. Training is left out, and so is what moves no money over the counter;
# what is neither is a person's, because it may be money.
def pos_sale:
  if pos_flag("@TrainingModeFlag") then empty
  elif (.RetailTransaction | length) > 1 then
    reject("several-receipts"; "transaction \(child("SequenceNumber")) holds \(.RetailTransaction | length) receipts: have the till export each as a transaction of its own")
  elif .RetailTransaction != null then .
  elif (pos_kinds | length) == 0 or pos_without_sale then empty
  else
    ([.TenderControlTransaction[]? | objects | keys_unsorted[] | select(startswith("@") | not)] | join(", ")) as $parts
    | fault("\(child("BusinessDayDate"))-\(child("RetailStoreID"))-\(child("WorkstationID"))-\(child("SequenceNumber"))"; "not-a-sale";
        "the transaction is a \(pos_kinds | join(", "))\(if $parts == "" then "" else " (\($parts))" end), which is not booked from the till's export: book it by hand if it moved money, then skip this")
  end;

# A receipt that was called off has no effect, and is kept.
def pos_voided:
  pos_flag("@CancelFlag") or pos_flag("@SuspendedFlag") or pos_flag("@VoidedFlag")
  or any(.RetailTransaction[0] | if type == "object" then ."@TransactionStatus", (.TransactionStatus[0]? | chars) else empty end
      | select(. != null); is_one_of(["Voided", "Void", "PostVoided", "Canceled", "Cancelled", "Aborted", "Failed", "InProcess",
          "Started", "Suspended", "SuspendedDeleted", "SuspendedRetrieved"]));

# A void after the receipt was closed takes back another one. Where all its amounts are negative it
# is the reversal itself; else it only names what it takes back.
def pos_post_void($lines):
  select(any(.TransactionLink[]?; ."@ReasonCode" | is_one_of(["Void", "Voided", "PostVoid", "PostVoided"])))
  | select(($lines | length) == 0 or any($lines[]; .gross | above_zero))
  | (.TransactionLink[0]) as $link
  | reject("post-void";
      "the transaction takes back receipt \($link | child("SequenceNumber")) of till \($link | child("WorkstationID")) without amounts of its own: enter the lines and tenders of that receipt here with negative amounts, then it is taken back");

# Line items that are not read are named where the receipt does not add up: they may be the reason.
def pos_unread($order; $lines; $tenders):
  [.LineItem[]? | keys_unsorted[] | select((startswith("@") or contains(":") or is_one_of(["SequenceNumber", "Sale", "Return",
    "Tender", "TenderChange", "Tax", "LoyaltyReward", "Discount", "BeginDateTime", "EndDateTime"])) | not)] | unique
  | select(length > 0 and money_compare(money_sum([$lines[].gross]); money_sum([$tenders[].amount])) != 0)
  | fault($order; "unread-line-items";
      "the receipt does not add up and has line items that are not read: \(join(", ")); say in the till's vendor's poslog.jq what they mean, or book the receipt by hand and skip this");

# A line or tender that was voided where it stands is left out, or it is there to take another one
# off by its negative amount: that by which the receipt adds up counts.
def pos_not_voided: map(select(.void != true));

def pos_line_void: pos_flag("@VoidFlag") or pos_flag("@CancelFlag");

# The number of a transaction, which names its receipt together with day, store and till.
def pos_number:
  [child("SequenceNumber"), child("TransactionID")] | map(select(. != "")) | .[0]
  // reject("no-number"; "a transaction has neither a SequenceNumber nor a TransactionID: have the till export it again");

# The first of some times, of which one must be there.
def pos_time($texts):
  [$texts[] | select(. != "")][0]
  | if . == null then reject("no-time"; "a transaction does not say when it was closed: have the till export it again")
    else instant(.; $channel.zone) end;

# What the receipt itself says a total is; null where it does not say it.
def pos_total($type):
  [.Total[]? | select(type == "object" and ."@TotalType" == $type) | chars | select(. != "")] | .[0];

def pos_tender_kind:
  { Cash: "cash", CreditDebit: "card", Credit: "card", Debit: "card", CreditCard: "card", DebitCard: "card",
    GiftCard: "gift-card", GiftCertificate: "gift-card", StoredValue: "gift-card", StoredFund: "gift-card",
    StoreCredit: "gift-card", Voucher: "gift-card" }[."@TenderType" // ""]
  // "other";

# What the receipt states must be what its lines come to.
def pos_differs($order; $what; $stated; $computed; $currency):
  select($stated != null and money_compare($stated; $computed) != 0)
  | fault($order; "total-differs";
      "the lines come to a \($what) of \($computed) \($currency), the receipt states \($stated): it does not add up, have the till export it again");

# Coins cannot pay every total: what they leave is a tender of its own, where the receipt says so.
def pos_rounded($lines; $stated):
  money_subtract(money_sum([$lines[].gross]); money_sum(map(.amount))) as $rest
  | if (money_is_zero($rest) | not) and money_compare(money_abs($rest); money_abs($stated)) == 0
    then . + [{kind: "cash-rounding", amount: $rest}] else . end;
