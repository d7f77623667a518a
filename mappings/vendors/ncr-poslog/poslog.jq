# One transaction of NCR's POSLog. All lines carry a sign: a void is a negative line that is added,
# change is a negative tender (and repeated in TenderChange), a reward is a negative line item.

def items($currency):
  [.LineItem[]? | objects | (.SequenceNumber[0] | chars) as $number | pos_line_void as $void | (.Return != null) as $returned
    | (.Sale[]?, .Return[]?) | objects
    | { void: $void, number: $number, item: ., returned: $returned, amount: pos_amount($currency), discount: pos_discount }]
  | pos_numbered(.number);

# Rewards that change the total. A promotion is listed item by item ("detailed") and as a summary:
# one of the two counts.
def rewards:
  [.LineItem[]?.LoyaltyReward[]? | select(added_text("RewardCategory") == "Monetary")
    | { promotion: (child("PromotionID") + "/" + child("EventID")), detailed: (added_text("detailedData") == "true"),
        amount: (added_text("ExtendedRewardAmount") | money),
        item: ([added("RewardBasis") | if type == "array" then .[0] else . end | objects | added_text("ItemID")][0] // ""), step: added_text("OperatorSequenceReference") }]
  | (map(select(.detailed) | .promotion) | unique) as $detailed
  | map(select(.detailed or (.promotion as $p | any($detailed[]; . == $p) | not)));

# A discount of the whole receipt, where one stands as a line item of its own.
def discounts: [.LineItem[]? | objects | .Discount[]? | {amount: (child("Amount") | money | money_abs(.) | money_negate(.)), item: "", step: "-"}];

# The line that a reward is for: the same item at the same step, else the item, else the step.
def rewarded($lines; $reward):
  [range(0; $lines | length) as $i | $lines[$i].item | select(child("ItemID") == $reward.item and added_text("OperatorSequence") == $reward.step) | $i][0]
  // [range(0; $lines | length) as $i | $lines[$i] | select((.item | child("ItemID")) == $reward.item and (.amount | above_zero)) | $i][0]
  // [range(0; $lines | length) as $i | $lines[$i].item | select(added_text("OperatorSequence") == $reward.step) | $i][0];

def with_rewards($rewards; $currency):
  reduce $rewards[] as $reward (.;
    . as $lines
    | rewarded($lines; $reward) as $i
    | if money_is_zero($reward.amount) or length == 0 then .
      elif $i != null then .[$i].amount = money_add(.[$i].amount; $reward.amount)
      else money_allocate($reward.amount; map(.amount); $currency) as $shares
        | [range(0; length) as $j | .[$j] | .amount = money_add(.amount; $shares[$j])]
      end);

# Taxes -------------------------------------------------------------------------------------------

def tax_id: (added_text("TaxID") | select(. != "")) // ([child("TaxRuleID"), child("TaxGroupID"), child("TaxAuthority")] | map(select(. != "")) | .[0]) // "";

def tax:
  { id: tax_id, amount: (child("Amount") | money), taxable: (child("TaxableAmount") | if . == "" then null else decimal end), percent: child("Percent"),
    included: ([.TaxableAmount[0]? | objects | pos_flag("@TaxIncludedInTaxableAmountFlag")] == [true]),
    exempt: (.TaxExemption != null or (child("Reason") | test("exempt"; "i"))), lines: 1 };

def item_taxes: [.Tax[]? | objects | tax];

# Taxes of the whole receipt as line items of their own; where there are none, those that stand
# within the lines, which a voided or a returned line takes back.
def taxes($items; $currency):
  [.LineItem[]? | objects | .Tax[]? | objects | tax] as $own
  | if ($own | length) > 0 then $own
    else
      [$items[] | .amount as $of | .item | item_taxes[] | .taxable = (.taxable // $of)
        | if $of | above_zero or money_is_zero(.) then . else .amount |= paid_out | .taxable |= paid_out end]
      | group_by(.id)
      | map(.[0] + { amount: money_multiply(money_sum(map(.amount)); "1"; $currency), taxable: money_sum(map(.taxable)),
          included: all(.[]; .included), exempt: all(.[]; .exempt), lines: length })
    end;

# A tax that has no name is the one of the store that has its percentage.
def unnamed($store):
  (.percent | if . == "" then "0" else . end) as $percent
  | [$channel.tables.taxes | to_entries[] | select((.key | startswith("\($store):")) and money_compare(.value.rate; $percent) == 0) | .value | {country, rate}] | unique
  | if length == 1 then .[0]
    else reject("unknown-tax"; "a tax of store \($store) names no TaxID, and mappings/channels/\($channel.id)/taxes.csv has not one tax of \($percent) % there: add the store's tax of that rate, or have the till name its taxes") end;

# A tax stands for the whole receipt, on the lines flagged for it. Its percentage is "for validation
# purposes only" (tax by taxable amount), so the rate comes from mappings/channels/<channel>/taxes.csv.
def keyed($store; $currency):
  . as $tax
  | (if .id == "" then unnamed($store) else null end
    // $channel.tables.taxes["\($store):\(.id)"] // $channel.tables.taxes[.id]
    // reject("unknown-tax"; "tax \(.id) of store \($store) is not in mappings/channels/\($channel.id)/taxes.csv: add the row \($store):\(.id) with its country and rate (here \(.percent) % came out)")) as $row
  # Exempt: a taxable amount is stated, and no tax was charged on it.
  | (money_is_zero(.amount) and .exempt) as $exempt
  # Where prices contain the tax, tills state the price as taxable, or what it comes to without the tax.
  | (if .taxable == null then [.amount]
     else [tax_upon(.taxable; $row.rate; $currency), (select(.included) | tax_within(.taxable; $row.rate; $currency))] end) as $computed
  | if ($exempt | not)
      and all($computed[]; money_compare(money_abs(money_subtract(.; $tax.amount)); money_multiply(from_minor_units("1"; $currency); $tax.lines; $currency)) > 0)
    then reject("tax-rate-differs"; "tax \(.id) of store \($store) came to \(.amount) on \(.taxable), which is not the \($row.rate) % of mappings/channels/\($channel.id)/taxes.csv: correct the rate there")
    else {id, amount: money_multiply(.amount; "1"; $currency), key: {country: $row.country, rate: $row.rate, scheme: "domestic"}} end;

# What a line bears of a tax: what it states itself, or, where no line does, what is flagged for it.
def weights($tax):
  [.[] | .amount as $amount | .item | [item_taxes[] | select(.id == $tax.id) | .amount] | money_sum(.)
    | if $amount | above_zero then . else paid_out end] as $stated
  | ([.[] | .item | added("Itemizers") | if type == "array" then .[0] else . end | type == "object" and ."@Tax\($tax.id)" == "true"]) as $flags
  | if any($stated[]; money_is_zero(.) | not) then $stated
    else [range(0; length) as $i | if $flags[$i] or (any($flags[]; .) | not) then .[$i].amount else "0" end] end;

def taxed($tax; $currency):
  weights($tax) as $weights
  | (if money_is_zero($tax.amount) then map("0")
     elif money_is_zero(money_sum($weights)) then reject("tax-unplaced"; "a tax of \($tax.amount) is on lines that come to nothing: have the till export the receipt again")
     else money_allocate($tax.amount; $weights; $currency) end) as $shares
  | [range(0; length) as $i | .[$i]
    | if money_is_zero($shares[$i]) then . else .taxes += [$tax.key + {amount: $shares[$i]}] end];

# What the lines come to --------------------------------------------------------------------------

# Returns and refunds are written with either sign, an amount before or after its discount: the
# reading by which the receipt adds up counts.
def readings:
  [., pos_not_voided, pos_voids_take_off(.amount |= money_negate(.))]
  | [.[] | ., map(if .returned and (.amount | above_zero) then .amount = money_negate(.amount) else . end)]
  | . + map(map(if .amount | above_zero then .amount = money_subtract(.amount; .discount) else .amount = money_add(.amount; .discount) end));

# The lines as they come to the total, less rewards, and less discounts where only then they do. Tax
# comes on top, unless the receipt says that it is within and only then they do.
def read($sale; $targets; $refund; $currency):
  . as $items
  | ($sale | rewards) as $rewards
  | ($sale | discounts) as $discounts
  | ($sale | pos_total("TransactionTaxAmount") | if $refund then paid_out else . end) as $stated
  | readings as $readings
  | [ $readings[] as $items | ($sale | taxes($items; $currency)) as $taxes
      | (if $refund then $taxes | map(.amount |= paid_out | .taxable |= paid_out) else $taxes end) as $taxes
      | {items: $items, taxes: $taxes, tax: (if ($taxes | length) > 0 then money_multiply(money_sum($taxes | map(.amount)); "1"; $currency) else $stated // "0" end)} ] as $readings
  | first($targets[] as $target | (false, true) as $within | ($rewards, $rewards + $discounts) as $less | $readings[]
      | select($within == false or any(.taxes[]; .included)
          or (all(.taxes[]; .taxable != null) and money_compare(money_sum(.taxes | map(.taxable, .amount)); $target) == 0))
      | select(money_compare(money_sum((.items | map(.amount)) + ($less | map(.amount)) + (if $within then [] else [.tax] end)); $target) == 0)
      | . + {less: $less, within: $within})
    // ($readings[0] + {less: $rewards, within: false});

def line($within):
  .item as $item
  | (.item | pos_kind) as $kind
  | { externalId: .number, title: ($item | pos_title), quantity: .quantity, kind: $kind, sku: (if $kind == "goods" then $item | pos_sku else "" end),
      gross: (if $within then .amount else money_sum([.amount, .taxes[].amount]) end), taxes: (.taxes | by_key) };

# A quantity has the sign of its amount.
def counted:
  .amount as $amount
  | .quantity = (.item | child("Quantity") | if . == "" then "1" else decimal end)
  | if (.item | pos_kind) == "charge" then . else .quantity |= pos_came_back($amount) end;

# Everything comes back, or all money is paid out: whatever signs the totals have, they are negative.
def is_refund($items):
  [.LineItem[]?.Tender[]? | objects | select(child("Amount") | money | money_is_zero(.) | not)] as $tenders
  | ($items | map(select(.void | not))) as $items
  | ($items | length) > 0
  and (all($items[]; .returned)
    or (($tenders | length) > 0 and all($tenders[]; ."@TypeCode" == "Refund"))
    or (all($items[]; .amount | above_zero | not) and any($items[]; .amount | money_is_zero(.) | not)));

# The receipt -------------------------------------------------------------------------------------

def reading:
  .head as $head
  | $head.currency as $currency
  | .sale
  | . as $sale
  | pos_one_currency($currency),
    ( items($currency) as $items
      | is_refund($items) as $refund
      | pos_roundings as $roundings
      | (pos_total("TransactionGrandAmount") | if $refund then paid_out else . end) as $grand
      | ($head.voided or pos_taken_back($items; money_sum($items | map(.amount)))) as $voided
      | (if $grand == null then $sale | pos_tendered($roundings) | if $refund then map(paid_out) else . end else pos_targets($grand; $roundings) end) as $targets
      | ($items | read($sale; $targets; $refund; $currency)) as $read
      | money_sum(($read.items | map(.amount)) + ($read.less | map(.amount)) + (if $read.within then [] else [$read.tax] end)) as $total
      | pos_tenders($total; $roundings) as $tenders
      | ($read.items | with_rewards($read.less; $currency) | map(counted | .taxes = [])) as $lines
      | ($sale | pos_post_void($lines | map({gross: .amount}))),
        if $voided then
          ($items | map(counted | .taxes = [] | line(true))) as $lines
          | select(($lines | length) > 0 or ($tenders | length) > 0)
          | {lines: $lines, tenders: $tenders, voided: true, taxIncluded: false}
        elif pos_adds_up($total; $grand; $tenders; $roundings) | not then
          pos_faults($head.order; $total; $grand; $tenders; $roundings; $currency; ["LoyaltyReward"])
        elif ($read.taxes | length) == 0 and (money_is_zero($read.tax) | not) then
          reject("tax-unnamed"; "the receipt states a tax of \($read.tax) \($currency), but nowhere which tax it is: have the till export it again with its taxes")
        else
          (reduce ($read.taxes[] | keyed($head.store; $currency)) as $one ($lines; taxed($one; $currency)) | map(line($read.within))) as $lines
          | ( select(($lines | length) > 0 or ($tenders | length) > 0)
              | {lines: $lines, tenders: $tenders, voided: false, taxIncluded: $read.within} ),
            pos_differs($head.order; "tax"; $sale | pos_total("TransactionTaxAmount") | if $refund then paid_out else . end;
              money_sum([$lines[].taxes[].amount]); $currency)
        end );

pos_sale
| if .fault != null then .
  else pos_receipt(child("EndDateTime"), (.RetailTransaction[0] | objects | child("ReceiptDateTime")), child("ReceiptDateTime"),
    child("POSLogDateTime"), child("BeginDateTime"); reading) end
