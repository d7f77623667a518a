# One transaction of NCR's POSLog. All lines carry a sign: a void is a negative line that is added,
# change is a negative tender (and repeated in TenderChange), a reward is a negative line item.

def items: [.LineItem[]? | .SequenceNumber[0] as $number | (.Sale[]?, .Return[]?) as $item
  | { void: pos_line_void, number: ($number | chars), item: $item,
      returned: (.Return != null),
      amount: ($item | child("ExtendedAmount") | money),
      discount: ($item | child("ExtendedDiscountAmount") | money) }];

# Rewards that change the total. A promotion is listed item by item ("detailed") and as a summary:
# one of the two counts.
def rewards:
  [.LineItem[]?.LoyaltyReward[]? | select(child("acs:RewardCategory") == "Monetary")
    | { promotion: (child("PromotionID") + "/" + child("EventID")), detailed: (."@acs:detailedData" == "true"),
        amount: (child("acs:ExtendedRewardAmount") | money),
        item: (."acs:RewardBasis"[0]? // {} | child("acs:ItemID")), step: child("acs:OperatorSequenceReference") }]
  | (map(select(.detailed) | .promotion) | unique) as $detailed
  | map(select(.detailed or (.promotion as $p | any($detailed[]; . == $p) | not)));

# A discount of the whole receipt, where one stands as a line item of its own.
def discounts: [.LineItem[]?.Discount[]? | {amount: (child("Amount") | money | money_abs(.) | money_negate(.)), item: "", step: "-"}];

# The line that a reward is for: the same item at the same step, else the item, else the step.
def rewarded($lines; $reward):
  [range(0; $lines | length) as $i | $lines[$i].item | select(child("ItemID") == $reward.item and child("acs:OperatorSequence") == $reward.step) | $i][0]
  // [range(0; $lines | length) as $i | $lines[$i] | select((.item | child("ItemID")) == $reward.item and (.amount | above_zero)) | $i][0]
  // [range(0; $lines | length) as $i | $lines[$i].item | select(child("acs:OperatorSequence") == $reward.step) | $i][0];

def with_rewards($rewards; $currency):
  reduce $rewards[] as $reward (.;
    . as $lines
    | rewarded($lines; $reward) as $i
    | if money_is_zero($reward.amount) then .
      elif $i != null then .[$i].amount = money_add(.[$i].amount; $reward.amount)
      else money_allocate($reward.amount; map(.amount); $currency) as $shares
        | [range(0; length) as $j | .[$j] | .amount = money_add(.amount; $shares[$j])]
      end);

# A tax stands for the whole receipt, on the lines flagged for it. Its percentage is "for validation
# purposes only" (tax by taxable amount), so the rate comes from mappings/channels/<channel>/taxes.csv.
def tax_key($store; $currency):
  (."@acs:TaxID" // "") as $id
  | ($channel.tables.taxes["\($store):\($id)"] // $channel.tables.taxes[$id]
    // reject("unknown-tax"; "tax \($id) of store \($store) is not in mappings/channels/\($channel.id)/taxes.csv: add the row \($store):\($id) with its country and rate (here \(child("Percent")) % came out)")) as $row
  | (child("TaxableAmount") | money) as $taxable
  | (child("Amount") | money) as $amount
  # Exempt: a taxable amount is stated, and no tax was charged on it.
  | (money_is_zero($amount) and (.TaxExemption != null or (child("Reason") | test("exempt"; "i")))) as $exempt
  | if ($exempt | not) and money_compare(money_abs(money_subtract(tax_upon($taxable; $row.rate; $currency); $amount)); "0.01") > 0
    then reject("tax-rate-differs"; "tax \($id) of store \($store) came to \($amount) on \($taxable), which is not the \($row.rate) % of mappings/channels/\($channel.id)/taxes.csv: correct the rate there")
    else {id: $id, amount: $amount, key: {country: $row.country, rate: $row.rate, scheme: "domestic"}} end;

def taxed($tax; $currency):
  ([.[] | .item."acs:Itemizers"[0] | type == "object" and ."@Tax\($tax.id)" == "true"]) as $flags
  | (any($flags[]; .)) as $flagged
  | [range(0; length) as $i | if $flags[$i] or ($flagged | not) then .[$i].amount else "0" end] as $weights
  | (if money_is_zero($tax.amount) then map("0")
     elif money_is_zero(money_sum($weights)) then reject("tax-unplaced"; "a tax of \($tax.amount) is on lines that come to nothing: have the till export the receipt again")
     else money_allocate($tax.amount; $weights; $currency) end) as $shares
  | [range(0; length) as $i | .[$i]
    | if money_is_zero($shares[$i]) then . else .taxes += [$tax.key + {amount: $shares[$i]}] end];

def line:
  .item as $item
  | ($item."@ItemType" // "") as $type
  | { externalId: .number, title: ($item | child("Description")), quantity: ($item | child("Quantity") | if . == "" then "1" else decimal end),
      gross: money_sum([.amount, .taxes[].amount]), taxes: (.taxes | by_key) }
  # A negative item (a deposit returned, a coupon) takes off the total and is no piece of stock.
  | if ($type | endswith("NegativeItem")) then . + {kind: "charge", sku: ""}
    elif ($type | is_one_of(["GiftCard", "GiftCertificate", "StoredValue"])) then . + {kind: "gift-card", sku: ""}
    else . + {kind: "goods", sku: ($item | child("ItemID") | if . == "" then ($item.POSIdentity[0]? // {} | child("POSItemID")) else . end)} end;

# Returns and refunds are written with either sign: the one by which the receipt adds up counts.
def signed($grand; $tax; $rewards; $currency):
  . as $items
  | (money_sum($rewards | map(.amount)) | money_add(.; $tax)) as $more
  | [ $items,
      ($items | pos_not_voided),
      ($items | map(if .returned and (.amount | above_zero) then . + {amount: money_negate(.amount)} else . end)),
      ($items | pos_not_voided | map(if .returned and (.amount | above_zero) then . + {amount: money_negate(.amount)} else . end)),
      ($items | map(. + {amount: money_subtract(.amount; .discount)})),
      ($items | pos_not_voided | map(. + {amount: money_subtract(.amount; .discount)})) ]
  | (map(select(money_compare(money_add(money_sum(map(.amount)); $more); $grand) == 0)) | .[0]) // .[0]
  | map(if .returned and (.amount | above_zero | not) and (.item | child("Quantity") | money | above_zero)
        then .item.Quantity = [money_negate(.item | child("Quantity"))] else . end);

def tenders($grand):
  [.LineItem[]? | pos_line_void as $void | .Tender[]?
    | {void: ($void or pos_line_void), kind: pos_tender_kind, amount: (child("Amount") | money), refund: (."@TypeCode" == "Refund"),
     cashback: (child("Cashback") | money), change: ([.TenderChange[]? | child("Amount") | money] | money_sum(.))}] as $tenders
  | [ $tenders,
      ($tenders | pos_not_voided),
      ($tenders | map(if .refund and (.amount | above_zero) then . + {amount: money_negate(.amount)} else . end)),
      ($tenders | map(., (select((.amount | above_zero) and (.change | above_zero)) | {kind: "cash", amount: money_negate(.change)}))),
      # Cash that was paid out on top of a card's purchase.
      ($tenders | map(., (select(.cashback | above_zero) | {kind: "cash", amount: money_negate(.cashback)}))) ]
  | (map(select(money_compare(money_sum(map(.amount)); $grand) == 0)) | .[0]) // .[0]
  | map({kind, amount} | select(money_is_zero(.amount) | not));

# Everything goes back, and all money is paid out: whatever signs the amounts have, they are negative.
def is_refund:
  [.LineItem[]? | (.Sale[]?, .Return[]?)] as $items
  | [.LineItem[]?.Tender[]? | select(child("Amount") | money | money_is_zero(.) | not)] as $tenders
  | ($items | length) > 0 and all(.LineItem[]?; .Sale == null)
    and ($tenders | length) > 0 and all($tenders[]; ."@TypeCode" == "Refund");

def paid_out: if . != null and above_zero then money_negate(.) else . end;

# What the tenders come to stands in for a total that is not stated.
def tendered: money_sum([.LineItem[]?.Tender[]? | child("Amount") | money]);

def tax_within_lines:
  select(any(.LineItem[]? | (.Sale[]?, .Return[]?).Tax[]?; child("Amount") | money | money_is_zero(.) | not))
  | reject("tax-within-lines"; "the receipt states tax within its lines, which is not read: say in the till's vendor's poslog.jq what it means, or book the receipt by hand and skip this");

def receipt($order; $store; $currency; $voided):
  .RetailTransaction[0] as $sale
  | $sale
  | is_refund as $refund
  | (if $voided then [] else [.LineItem[]?.Tax[]? | tax_key($store; $currency)] end
    | if $refund then map(.amount |= paid_out) else . end) as $taxes
  | money_sum($taxes | map(.amount)) as $tax
  | (pos_total("TransactionGrandAmount") | if $refund then paid_out else . end) as $grand
  | (tendered | if $refund then paid_out else . end) as $tendered
  | (items | map(.amount) | money_sum(. + [$tax])) as $before
  | rewards as $rewards
  | ($rewards + discounts) as $less
  | (if $grand != null and money_compare(money_sum([$before, $less[].amount]); $grand) == 0 then $less else $rewards end) as $rewards
  | (items | signed($grand // $tendered; $tax; $rewards; $currency) | with_rewards($rewards; $currency) | map(. + {taxes: []})) as $items
  | (reduce $taxes[] as $one ($items; taxed($one; $currency)) | map(line)) as $lines
  | (tenders($grand // money_sum([$lines[].gross])) | pos_rounded($lines; $sale | pos_total("RoundingAmount") // "0")) as $tenders
  | (pos_total("TransactionTaxAmount") | if $refund then paid_out else . end) as $stated_tax
  | (select(($voided or ($taxes | length) > 0) | not) | tax_within_lines),
    ($sale | pos_post_void($lines)),
    ( select(($lines | length) > 0 or ($tenders | length) > 0)
      | {store: $store, lines: $lines, tenders: $tenders, voided: $voided} ),
    ( select($voided | not)
      | ($sale | pos_unread($order; $lines; $tenders)),
        pos_differs($order; "total"; $grand; money_sum([$lines[].gross]); $currency),
        pos_differs($order; "tax"; $stated_tax; $tax; $currency) );

def rung:
  child("RetailStoreID") as $store
  | child("WorkstationID") as $till
  | child("BusinessDayDate") as $day
  | (child("CurrencyCode") | if . == "" then $channel.currencies[0] else . end) as $currency
  | "\($day)-\($store)-\($till)-\(pos_number)" as $order
  | pos_time([child("EndDateTime"), (.RetailTransaction[0] | child("ReceiptDateTime")), child("BeginDateTime")]) as $closed
  | pos_voided as $voided
  | of_order($order; receipt($order; $store; $currency; $voided)
      | if .fault != null then . else
          { fact: "receipt-rung", externalId: $order, order: $order, revision: $closed, occurredAt: $closed,
            till: $till, businessDay: $day, currency: $currency, taxIncluded: false } + . end);

pos_sale | if .fault != null then . else rung end
