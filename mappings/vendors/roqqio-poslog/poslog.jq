# One transaction of ROQQIO's POSLog. Prices contain the tax. A return is a Sale of negative quantity
# and positive amount, what is paid back is a positive Refund, change is a line item of its own; a
# voided line leaves nothing but a gap in the numbering.

def signed($amount): if above_zero or money_is_zero(.) or ($amount | above_zero | not) then $amount else money_negate($amount) end;

# The vendor's own elements, whether or not they carry its prefix.
def own($name): . as $element | child("fu:" + $name) | if . == "" then $element | child($name) else . end;

def items:
  [.LineItem[]? | pos_line_void as $void | (.SequenceNumber[0] | chars) as $number
    | (.Return != null) as $return
    | (.Sale[]?, .Return[]?)
    | (child("Quantity") | if . == "" then "1" else decimal end) as $quantity
    | (if $return and ($quantity | above_zero) then money_negate($quantity) else $quantity end) as $quantity
    | own("LineType") as $type
    | (($type | contains("VOUCHER")) or (."@ItemType" // "" | is_one_of(["GiftCard", "GiftCertificate", "StoredValue"]))) as $voucher
    | { void: $void, externalId: $number, title: (.ItemID[0] | if type == "object" then ."@Name" // "" else "" end), quantity: $quantity,
        discount: (child("ExtendedDiscountAmount") | money),
        gross: (child("ExtendedAmount") | money as $amount | $quantity | signed($amount)),
        group: own("ProductGroup"),
        kind: (if $voucher then "gift-card" else "goods" end),
        item: child("ItemID") }
    | . + {sku: (if .kind == "goods" then .item else "" end)}];

# The amount of a line is after its discount, or before it: the one by which the receipt adds up.
def less_discount: map(. as $line | .gross = money_subtract(.gross; ($line.quantity | signed($line.discount))));

# A discount of the whole receipt is split over its lines.
def less($amount; $currency):
  if money_is_zero($amount) or length == 0 then .
  else money_allocate($amount; map(.gross); $currency) as $shares
    | [range(0; length) as $i | .[$i] | .gross = money_subtract(.gross; $shares[$i])] end;

def discounted($grand; $off; $currency):
  [ ., pos_not_voided, less_discount, (pos_not_voided | less_discount),
    less($off; $currency), (pos_not_voided | less($off; $currency)) ]
  | (map(select(money_compare(money_sum(map(.gross)); $grand) == 0)) | .[0]) // .[0];

# No line states its rate: mappings/channels/<channel>/taxes.csv has it by product group, the longest
# beginning of which counts.
def rate_of($group):
  $channel.tables.taxes as $rates
  | [range(($group | length); 0; -1) as $n | $rates[$group[0:$n]] | select(. != null)][0]
  // $rates["*"]
  // reject("unknown-tax"; "product group \($group) is not in mappings/channels/\($channel.id)/taxes.csv: add it with its country and rate");

def tax_at($currency): if .kind == "gift-card" then "0" else tax_within(.gross; .key.rate; $currency) end;

def near($stated; $lines; $currency):
  money_sum($lines | map(tax_at($currency))) as $computed
  | money_compare(money_abs(money_subtract($stated; $computed)); (money_multiply("0.01"; ($lines | length); $currency))) <= 0;

# The rates explain the stated tax, or else one rate of the table does for all lines.
def rated($stated; $currency):
  map(.key = (if .kind == "gift-card" then null else rate_of(.group) end)) as $lines
  | if $stated == null or near($stated; $lines; $currency) then $lines
    else
      [$channel.tables.taxes | to_entries[].value] | unique_by(.rate)
      | map(. as $row | $lines | map(if .key == null then . else .key = $row end)) | map(select(near($stated; .; $currency)))
      | if length == 1 then .[0]
        else reject("tax-differs"; "at the rates of mappings/channels/\($channel.id)/taxes.csv the tax is \(money_sum($lines | map(tax_at($currency)))) \($currency), the receipt states \($stated): correct the rates of the product groups \($lines | map(.group) | unique | join(", "))") end
    end;

# The stated tax is rounded once for the receipt: it is split over the lines by what each contains.
def taxed($stated; $currency):
  rated($stated; $currency) as $lines
  | ($lines | map(tax_at($currency))) as $computed
  | (if $stated == null or money_is_zero(money_sum($computed)) then $computed
     else money_allocate($stated; $computed; $currency) end) as $taxes
  | [range(0; $lines | length) as $i | $lines[$i]
    | { externalId, kind, sku, title, quantity, gross,
        taxes: (if money_is_zero($taxes[$i]) then []
          else [{country: .key.country, rate: .key.rate, scheme: "domestic", amount: $taxes[$i]}] end) }];

def tenders:
  [.LineItem[]? | pos_line_void as $void
    | ( .Tender[]?
        | (child("Amount") | money) as $amount
        | {void: ($void or pos_line_void), kind: pos_tender_kind, amount: (if ."@TypeCode" == "Refund" and ($amount | above_zero) then money_negate($amount) else $amount end)} ),
      ( .TenderChange[]? | (if .TenderChange != null then .TenderChange[] else . end)
        | (child("Amount") | money) as $amount
        | {void: $void, kind: pos_tender_kind, amount: money_negate(money_abs($amount))} )]
  | map(select(money_is_zero(.amount) | not));

# Change that is stated within the tender it was given on.
def change_within:
  [.LineItem[]?.Tender[]?.TenderChange[]? | child("Amount") | money | select(above_zero)
    | {kind: "cash", amount: money_negate(.)}];

def tenders($total):
  change_within as $change
  | [tenders, (tenders | pos_not_voided), (tenders + $change), ((tenders | pos_not_voided) + $change)]
  | (map(select(money_compare(money_sum(map(.amount)); $total) == 0)) | .[0]) // .[0]
  | map(del(.void));

def rounding: money_sum([.LineItem[]? | (.Tender[]?, .TenderChange[]?) | child("Rounding") | money]);

# The tax as the lines state it, where the receipt states no total; null where neither does.
def tax_of_lines:
  [.LineItem[]? | (.Tax[]?, (.Sale[]?, .Return[]?).Tax[]?) | child("Amount") | select(. != "") | decimal]
  | if length == 0 then null else money_sum(.) end;

# What is paid back for returns alone may be stated without its sign.
def turned($sum): if . != null and above_zero and money_compare(money_negate(.); $sum) == 0 then money_negate(.) else . end;
def as_signed($sum): if . != null and above_zero and ($sum | above_zero | not) and (money_is_zero($sum) | not) then money_negate(.) else . end;

def receipt($order; $currency; $voided):
  .RetailTransaction[0]
  | . as $sale
  | money_sum([.LineItem[]?.Discount[]? | child("Amount") | money | money_abs(.)]) as $off
  | items as $items
  | money_sum($items | map(.gross)) as $sum
  | (pos_total("TransactionGrandAmount") | turned($sum)) as $grand
  | (pos_total("TransactionTaxAmount") // tax_of_lines | as_signed($grand // $sum)) as $tax
  | (if $grand == null then $items else $items | discounted($grand; $off; $currency) end) as $items
  | (if $voided then $items | map(. + {taxes: []} | {externalId, kind, sku, title, quantity, gross, taxes})
     else $items | taxed($tax; $currency) end) as $lines
  | (rounding) as $rounding
  | (tenders($grand // money_sum([$lines[].gross])) | pos_rounded($lines; $rounding)) as $tenders
  | pos_post_void($lines),
    ( select(($lines | length) > 0 or ($tenders | length) > 0)
      | {lines: $lines, tenders: $tenders, voided: $voided} ),
    ( select($voided | not)
      | ($sale | pos_unread($order; $lines; $tenders)),
        pos_differs($order; "total"; $grand; money_sum([$lines[].gross]); $currency),
        pos_differs($order; "tax"; $tax; money_sum([$lines[].taxes[].amount]); $currency) );

def currency:
  [.RetailTransaction[0] | (.Total[]? | ."@CurrencyCode"?), (.LineItem[]? | .Sale[]?.ExtendedAmount[0]? | ."@Currency"?)]
  | map(select(. != null)) | .[0] // $channel.currencies[0];

def rung:
  (if .BusinessUnit != null then .BusinessUnit[0] | child("UnitID") else child("RetailStoreID") end) as $store
  | child("WorkstationID") as $till
  | ((child("BusinessDayDate") | select(. != "")) // (.BusinessDayDate[0]? | if type == "object" then child("Date") else "" end) // "") as $day
  | ((child("CurrencyCode") | select(. != "")) // currency) as $currency
  | "\($day)-\($store)-\($till)-\(pos_number)" as $order
  | pos_time([child("EndDateTime"), child("ReceiptDateTime"), child("POSLogDateTime")]) as $closed
  | pos_voided as $voided
  | of_order($order; receipt($order; $currency; $voided)
      | if .fault != null then . else
          { fact: "receipt-rung", externalId: $order, order: $order, revision: $closed, occurredAt: $closed,
            store: $store, till: $till, businessDay: $day, currency: $currency, taxIncluded: true } + . end);

pos_sale | if .fault != null then . else rung end
