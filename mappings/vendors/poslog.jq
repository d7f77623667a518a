# What the tills of every vendor that write POSLog have in common, in whichever of its ways they do; every
# vendor's own rules stand in its folder.

def pos_flag($name): (.[$name] // "false") | ascii_downcase | is_one_of(["true", "1"]);

# What a transaction is: RetailTransaction, ControlTransaction, TenderControlTransaction, …
def pos_kinds: [keys_unsorted[] | select(endswith("Transaction")) | split(":") | .[-1]];

def pos_store: [(.BusinessUnit[0]? | objects | child("UnitID")), child("RetailStoreID")] | map(select(. != "")) | .[0] // "";

# The business day may stand in an element of its own.
def pos_business_day:
  ([child("BusinessDayDate"), (.BusinessDayDate[0]? | objects | child("Date"))] | map(select(. != "")) | .[0] // "")
  # 2026-11-20, 20261120, or with a time or an offset that a day does not need
  | if test("^[0-9]{8}$") then "\(.[0:4])-\(.[4:6])-\(.[6:8])" elif test("^[0-9]{4}-[0-9]{2}-[0-9]{2}([TZ+ -].*)?$") then .[0:10] else . end;

# Tills that know no business day, such as a web shop's, close a receipt on the day it belongs to.
def pos_day($times):
  pos_business_day
  | if . != "" then . else [try ([$times[] | select(. != "")] | select(length > 0) | instant(.[0]; $channel.zone) | day_in($channel.zone)) catch ""][0] // "" end;

# The number of a transaction, which names its receipt together with day, store and till.
def pos_number:
  [child("SequenceNumber"), child("TransactionID"), child("ReceiptNumber")] | map(select(. != "")) | .[0]
  // reject("no-number"; "a transaction has neither a SequenceNumber nor a TransactionID: have the till export it again");

def pos_name($day): [$day, pos_store, child("WorkstationID"), pos_number] | map(select(. != "")) | join("-");

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
  elif (pos_kinds | length) == 0 then
    select([child("SequenceNumber"), child("TransactionID"), child("ReceiptNumber")] == ["", "", ""] or any(.. | objects; .Amount != null))
    | reject("not-a-transaction"; "a <Transaction> is of no kind that a POSLog has, such as RetailTransaction: it holds \(found). Skip it if it is from something else than a till, nothing is booked from it")
  elif pos_without_sale then empty
  else
    ([.TenderControlTransaction[]? | objects | keys_unsorted[] | select(startswith("@") | not)] | join(", ")) as $parts
    | fault(pos_name(pos_business_day); "not-a-sale";
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

# A line or tender that was voided where it stands is left out, or it is there to take another one
# off, by its negative amount or by stating that one's again: that by which the receipt adds up counts.
def pos_not_voided: map(select(.void != true));
def pos_voids_take_off(negated): map(if .void == true and (.amount // .gross | above_zero) then negated else . end);

def pos_line_void: pos_flag("@VoidFlag") or pos_flag("@CancelFlag") or pos_flag("@DeleteFlag");

# The first of some times, of which one must be there.
def pos_time($texts):
  [$texts[] | select(. != "")][0]
  | if . == null then reject("no-time"; "the transaction does not say when it was closed: have the till export it again")
    else instant(.; $channel.zone) end;

# The currency that the receipt states, wherever it does. XXX stands where there is none.
def pos_currency:
  [child("CurrencyCode"),
    (.RetailTransaction[0] | objects
      | (.Total[]?, .LineItem[]?.Tender[]?.Amount[0]?, (.LineItem[]? | (.Sale[]?, .Return[]?) | .ExtendedAmount[0]?))
      | objects | (."@CurrencyCode", ."@Currency"))]
  | map(select(. != null and . != "" and . != "XXX")) | .[0] // $channel.currencies[0];

# In a list, or what fails later would be taken for a day that is none.
def pos_is_day: [try (instant(.; "UTC") | true) catch false][0];

# What names a receipt, and what must be known of it before anything else.
def pos_head($times; $day):
  { order: pos_name($day), store: pos_store, till: child("WorkstationID"), $day, currency: pos_currency,
    closed: pos_time($times), voided: pos_voided }
  | if .day | (test("^[0-9]{4}-[0-9]{2}-[0-9]{2}$") and pos_is_day) | not then reject("no-business-day"; "the receipt has no BusinessDayDate that is a day (it says \(.day)), so it is not known to which day it belongs: enter the day as <BusinessDayDate>2026-01-31</BusinessDayDate>, or have the till export it again")
    elif .store == "" then reject("no-store"; "the receipt names no store (RetailStoreID or BusinessUnit): have the till export it again")
    elif .till == "" then reject("no-till"; "the receipt names no till (WorkstationID): have the till export it again")
    else . end;

# A receipt is booked on its business day, whatever the clock said: what was rung after midnight, or in
# another zone, at the day's last moment, and what was rung before it at its first.
def within_day($day):
  day_in($channel.zone) as $on
  | if $on == $day then .
    elif $on > $day then instant($day + "T23:59:59"; $channel.zone)
    else instant($day + "T00:00:00"; $channel.zone) end;

# One receipt: reading makes {lines, tenders, taxIncluded, voided}, or faults, of {head, sale}.
def pos_receipt(times; reading):
  . as $transaction
  | [times] as $times
  | pos_day($times) as $day
  | of_order(pos_name($day); pos_head($times; $day) as $head
    | { head: $head,
        sale: ($transaction | .TransactionLink as $links | .RetailTransaction[0] | if type == "object" then . else {} end
          | .TransactionLink += ($links // [])) }
    | reading
    | if .fault != null then . else
        { fact: "receipt-rung", externalId: $head.order, order: $head.order, revision: $head.closed,
          occurredAt: ($head.closed | within_day($head.day)),
          store: $head.store, till: $head.till, businessDay: $head.day, currency: $head.currency } + . end);

# What the receipt itself says a total is; null where it does not say it.
def pos_total($type):
  [.Total[]? | select(type == "object" and ."@TotalType" == $type) | chars | select(. != "")] | .[0];

# Items ------------------------------------------------------------------------------------------

# What a vendor has added, under whichever prefix the document declares for it.
def added($name): .[[keys_unsorted[] | select(endswith(":" + $name))][0] // $name] // .["@" + $name];
def added_text($name): added($name) | if type == "array" then .[0] else . end | chars;

# Lines are named by their numbers, or by their places where the till numbers several alike or none.
def pos_numbered(number):
  map(number) as $numbers
  | if ($numbers | unique | length) == length and all($numbers[]; . != "") then .
    else [range(0; length) as $i | .[$i] | number = ($i + 1 | tostring)] end;

# The amount of an item as it stands, or else its price by its quantity.
def pos_amount($currency):
  [child("ExtendedAmount"), child("ActualSalesUnitPrice"), child("RegularSalesUnitPrice")] as $stated
  | (child("Quantity") | if . == "" then "1" else decimal end) as $quantity
  | if $stated[0] != "" then $stated[0] | decimal
    else ([$stated[1:][] | select(. != "")][0] // "0") as $price | money_multiply($price; $quantity; $currency) end;

# What was taken off the price, which the amount may or may not know yet.
def pos_discount:
  (child("ExtendedDiscountAmount") | money) as $whole
  | if money_is_zero($whole) | not then money_abs($whole)
    else money_sum([.RetailPriceModifier[]?.Amount[]? | select((objects | ."@Action") as $action | $action == null or $action == "Subtract") | chars | money | money_abs(.)]) end;

def pos_kind:
  (."@ItemType" // "" | split(":") | .[-1] // "") as $type
  | if $type | is_one_of(["GiftCard", "GiftCertificate", "StoredValue"]) then "gift-card"
    # A negative item (a deposit returned, a coupon) takes off the total and is no piece of stock.
    elif ($type | endswith("NegativeItem")) or ($type | test("Deposit|Coupon|^Fee$")) then "charge"
    else "goods" end;

def pos_sku: [child("ItemID"), (.POSIdentity[0]? | objects | child("POSItemID"))] | map(select(. != "")) | .[0] // "";

def pos_title: [child("Description"), (.ItemID[0]? | objects | ."@Name")] | map(select(. != null and . != "")) | .[0] // "";

def paid_out: if . != null and above_zero then money_negate(.) else . end;

# Goods that take money off came back, whatever sign their quantity has.
def pos_came_back($amount): if (above_zero) and ($amount | above_zero | not) and (money_is_zero($amount) | not) then money_negate(.) else . end;

# Rounding ---------------------------------------------------------------------------------------

def pos_is_rounding: ."@TenderType" // "" | test("rounding"; "i");

# What coins could not pay, as often as it is stated: with the tenders, as one, or as a total.
def pos_roundings:
  [ [.LineItem[]?.Tender[]? | objects | select(pos_is_rounding) | child("Amount")],
    [.LineItem[]? | (.Tender[]?, .TenderChange[]?) | objects | child("Rounding")],
    [.LineItem[]?.Rounding[]? | if type == "object" and .Amount != null then child("Amount") else chars end],
    [.Total[]? | objects | select(."@TotalType" // "" | test("rounding"; "i")) | chars] ]
  | map(map(money) | money_sum(.) | money_abs(.)) | unique | map(select(money_is_zero(.) | not));

# The totals that the lines may come to: the stated one, or that before it was rounded.
def pos_targets($total; $roundings): [$total] + [$roundings[] | money_add($total; .), money_subtract($total; .)];

# Coins cannot pay every total: what they leave is a tender of its own, where the receipt says so.
def pos_rounded($total; $roundings):
  money_subtract($total; money_sum(map(.amount))) as $rest
  | if any($roundings[]; money_compare(money_abs($rest); .) == 0)
    then . + [{kind: "cash-rounding", amount: $rest}] else . end;

# Tenders ----------------------------------------------------------------------------------------

def pos_tender_kind($unnamed):
  (."@TenderType" // "" | split(":") | .[-1] // "" | ascii_downcase) as $type
  | if $type == "" then $unnamed
    else { cash: "cash", creditdebit: "card", credit: "card", debit: "card", creditcard: "card", debitcard: "card",
      giftcard: "gift-card", giftcertificate: "gift-card", storedvalue: "gift-card", storedfund: "gift-card",
      storecredit: "gift-card", voucher: "gift-card" }[$type] // "other" end;

# Tenders as they are written, and change where it stands on a line of its own.
def pos_written_tenders:
  [.LineItem[]? | pos_line_void as $void
    | ( .Tender[]? | objects | select(pos_is_rounding | not)
        | { void: ($void or pos_line_void), kind: pos_tender_kind("other"), amount: (child("Amount") | money), refund: (."@TypeCode" == "Refund"),
            change: money_sum([.TenderChange[]? | child("Amount") | money]), cashback: (child("Cashback") | money) } ),
      ( .TenderChange[]? | objects | if .TenderChange != null then .TenderChange[] else . end
        | { void: $void, kind: pos_tender_kind("cash"), amount: (child("Amount") | money | money_negate(money_abs(.))), refund: false,
            change: "0", cashback: "0" } )];

# Whether a refund is written with its sign, change is repeated in the tender that it was given on, a
# card paid for cash in hand: the reading by which the tenders come to the total counts.
def pos_readings_of_tenders:
  [., pos_not_voided, pos_voids_take_off(.amount |= money_negate(.))]
  | [.[] | ., map(if .refund and (.amount | above_zero) then .amount = money_negate(.amount) else . end)]
  | [.[] | ., map(., (select((.change | above_zero) and ((.amount | above_zero) or money_is_zero(.amount))) | {kind: "cash", amount: money_negate(.change)}))]
  | [.[] | ., map(., (select(.cashback // "0" | above_zero) | {kind: "cash", amount: money_negate(.cashback)}))];

def pos_without_zeros: map({kind, amount} | select(money_is_zero(.amount) | not));

# All tenders go out where all the lines came back, whatever the till calls them.
def pos_tenders($total; $roundings):
  pos_written_tenders as $written
  | ($written | pos_readings_of_tenders) as $readings
  | first(pos_targets($total; $roundings)[] as $target
      | ($readings[], (if $target | above_zero then empty else $readings[] | map(.amount = money_negate(.amount)) end))
      | select(money_compare(money_sum(map(.amount)); $target) == 0))
    // $readings[0]
  | pos_without_zeros | pos_rounded($total; $roundings);

# What stands in for a total that is not stated: what was paid, or that before it was rounded.
def pos_tendered($roundings):
  (pos_written_tenders | pos_readings_of_tenders | map(money_sum(map(.amount))) | unique) as $tendered
  | $tendered + [$tendered[] | pos_targets(.; $roundings)[1:][]];

def pos_one_currency($currency):
  [.LineItem[]?.Tender[]? | objects | .Amount[0]? | objects | ."@Currency", ."@CurrencyCode"
    | select(. != null and . != "" and . != "XXX" and . != $currency)] | unique
  | select(length > 0)
  | reject("foreign-tender"; "the receipt is in \($currency), but a tender is stated in \(join(", ")): enter what it came to in \($currency), or book the receipt by hand and skip this");

# Faults -----------------------------------------------------------------------------------------

# Whether the tenders pay what the lines come to, and that is what the receipt states.
def pos_adds_up($total; $grand; $tenders; $roundings):
  money_compare($total; money_sum([$tenders[].amount])) == 0
  and ($grand == null or any(pos_targets($grand; $roundings)[]; money_compare(.; $total) == 0));

# Line items that are not read are named where the receipt does not add up: they may be the reason.
def pos_unread($order; $read):
  [.LineItem[]? | objects | keys_unsorted[] | select((startswith("@") or contains(":") or is_one_of(["SequenceNumber", "Sale", "Return",
    "Tender", "TenderChange", "Tax", "Discount", "Rounding", "BeginDateTime", "EndDateTime", "DateTime", "ScanData", "ItemLink"] + $read)) | not)] | unique
  | select(length > 0)
  | fault($order; "unread-line-items";
      "the receipt does not add up and has line items that are not read: \(join(", ")); say in the till's vendor's poslog.jq what they mean, or book the receipt by hand and skip this");

# What the receipt states must be what its lines come to.
def pos_differs($order; $what; $stated; $computed; $currency):
  select($stated != null and money_compare($stated; $computed) != 0)
  | fault($order; "total-differs";
      "the lines come to a \($what) of \($computed) \($currency), the receipt states \($stated): it does not add up, have the till export it again");

def pos_tenders_differ($order; $total; $tenders; $currency):
  money_sum([$tenders[].amount]) as $tendered
  | select(money_compare($tendered; $total) != 0)
  | fault($order; "tenders-differ";
      "the lines come to \($total) \($currency), the tenders to \($tendered) \($currency): the receipt does not add up, correct it or have the till export it again");

# Why a receipt does not add up. What may explain it goes first.
def pos_faults($order; $total; $grand; $tenders; $roundings; $currency; $read):
  pos_unread($order; $read),
  ( select($grand != null and all(pos_targets($grand; $roundings)[]; money_compare(.; $total) != 0))
    | pos_differs($order; "total"; $grand; $total; $currency) ),
  pos_tenders_differ($order; $total; $tenders; $currency);

# Whether the receipt says that it is free of tax.
def pos_exempt:
  any(.. | objects; .TaxExemption != null or (."@TaxExemptFlag" // "" | ascii_downcase | is_one_of(["true", "1"])))
  or any(.LineItem[]?.Tax[]? | objects | child("Reason"), child("ReasonCode"); test("exempt"; "i"))
  or any(pos_total("TransactionTaxExemptAmount"); . != null and (money_is_zero(.) | not));

# Every line was taken back before anything was paid: nothing was sold, and the receipt is kept.
# Lines that come to less than nothing take back another receipt.
def pos_taken_back($items; $sum):
  ($sum | above_zero) and all($items[]; .void)
  and money_is_zero(pos_written_tenders | pos_not_voided | money_sum(map(.amount)));
