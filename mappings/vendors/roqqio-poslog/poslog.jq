# One transaction of ROQQIO's POSLog. Prices contain the tax. A return is a Sale of negative quantity
# and positive amount, what is paid back is a positive Refund, change is a line item of its own; a
# voided line leaves nothing but a gap in the numbering.

def signed($amount): if above_zero or money_is_zero(.) or ($amount | above_zero | not) then $amount else money_negate($amount) end;

# 19.0000 as 19.
def as_rate: decimal | percent(unit_price(.; "100"));

# The rate that a line states for itself, where it states one.
def stated_rate: [.Tax[]? | objects | child("Percent") | select(. != "") | as_rate] | unique | if length == 1 then .[0] else null end;

def items($currency):
  [.LineItem[]? | objects | pos_line_void as $void | (.SequenceNumber[0] | chars) as $number
    | (.Return != null) as $return
    | (.Sale[]?, .Return[]?) | objects
    | (child("Quantity") | if . == "" then "1" else decimal end) as $quantity
    | pos_amount($currency) as $amount
    | (if $return and ($quantity | above_zero) then money_negate($quantity) else $quantity | pos_came_back($amount) end) as $quantity
    | added_text("LineType") as $type
    | (if $type | contains("VOUCHER") then "gift-card" elif $type | test("DEPOSIT|PFAND") then "charge" else pos_kind end) as $kind
    | { void: $void, externalId: $number, title: pos_title, quantity: $quantity,
        discount: pos_discount, gross: ($quantity | signed($amount)), group: added_text("ProductGroup"), rate: stated_rate,
        deposit: (($type | test("DEPOSIT|PFAND")) or (."@ItemType" // "" | test("Deposit"))),
        kind: $kind, sku: (if $kind == "goods" then pos_sku else "" end) }]
  | pos_numbered(.externalId);

# What the lines come to ------------------------------------------------------------------------

# The amount of a line is after its discount, or before it: the one by which the receipt adds up.
def less_discount: map(. as $line | .gross = money_subtract(.gross; ($line.quantity | signed($line.discount))));

# A discount of the whole receipt is split over its lines.
def less($amount; $currency):
  if money_is_zero($amount) or length == 0 or money_is_zero(money_sum(map(.gross))) then .
  else money_allocate($amount; map(.gross); $currency) as $shares
    | [range(0; length) as $i | .[$i] | .gross = money_subtract(.gross; $shares[$i])] end;

def readings($off; $currency):
  [., pos_not_voided, pos_voids_take_off(.gross |= money_negate(.) | .quantity |= money_negate(.))]
  | [.[] | ., less_discount] | . + map(less($off; $currency));

# The lines as they come to the total; where only the stated tax on top of them does, the prices are net.
def read($targets; $tax; $off; $currency):
  readings($off; $currency) as $readings
  | first($targets[] as $target
      | ($readings[] | select(money_compare(money_sum(map(.gross)); $target) == 0) | {items: ., net: false}),
        ( select($tax != null) | $readings[]
          | select(money_compare(money_add(money_sum(map(.gross)); $tax); $target) == 0) | {items: ., net: true} ))
    // {items: $readings[0], net: false};

# What is paid back for returns alone may be stated without its sign.
def turned($sum; $tax):
  if . != null and above_zero and ($sum | above_zero | not)
    and (money_compare(money_negate(.); $sum) == 0 or money_compare(money_negate(.); money_subtract($sum; $tax // "0" | money_abs(.))) == 0)
  then money_negate(.) else . end;
def as_signed($sum): if . != null and above_zero and ($sum | above_zero | not) and (money_is_zero($sum) | not) then money_negate(.) else . end;

# The tax as the lines state it, where the receipt states no total: once each, or once for all of
# them; null where neither does.
def tax_of_lines($currency):
  ([.LineItem[]? | objects | select(pos_line_void | not)]) as $lines
  | [$lines[].Tax[]? | child("Amount") | select(. != "") | decimal] as $summed
  | [$lines[] | (.Sale[]?, .Return[]?) | objects | .Tax[]? | child("Amount") | select(. != "") | decimal] as $each
  | if ($summed | length) > 0 then money_sum($summed) elif ($each | length) > 0 then money_sum($each) else null end
  | if . == null then . else money_multiply(.; "1"; $currency) end;

# Which tax ---------------------------------------------------------------------------------------

# Where no line states its rate: mappings/channels/<channel>/taxes.csv has it by product group, the
# longest beginning of which counts.
def rate_of($group):
  $channel.tables.taxes as $rates
  | [range(($group | length); 0; -1) as $n | $rates[$group[0:$n]] | select(. != null)][0]
  // $rates["*"]
  // reject("unknown-tax"; "product group \($group) is not in mappings/channels/\($channel.id)/taxes.csv: add it with its country and rate");

# A rate that a line states must be one that the table knows: it may be another country's.
def key_of($rate):
  if money_is_zero($rate) then null
  else [$channel.tables.taxes | to_entries[].value | {country, rate} | select(money_compare(.rate; $rate) == 0)] | unique
    | if length == 1 then .[0]
      else reject("unknown-tax"; "a line is taxed at \($rate) %, which no row of mappings/channels/\($channel.id)/taxes.csv has: if that is a rate there, add a row with its country and rate, such as \($rate)%,\($channel.arrival // "de"),\($rate)") end
  end;

def tax_at($currency; $net):
  if .key == null then "0" elif $net then tax_upon(.gross; .key.rate; $currency) else tax_within(.gross; .key.rate; $currency) end;

def near($stated; $lines; $currency; $net):
  money_sum($lines | map(tax_at($currency; $net))) as $computed
  | money_compare(money_abs(money_subtract($stated; $computed)); money_multiply(from_minor_units("1"; $currency); $lines | length; $currency)) <= 0;

# The rates of the lines or of the table explain the stated tax, or else deposits are free of it, or
# one rate holds for all lines, or the receipt says that it is free of tax.
def rated($stated; $exempt; $currency; $net):
  map(.key = (if .kind == "gift-card" then null elif .rate != null then key_of(.rate) else rate_of(.group) end)) as $lines
  | ($lines | map(if .deposit then .key = null else . end)) as $free
  | if $stated == null or near($stated; $lines; $currency; $net) then $lines
    elif near($stated; $free; $currency; $net) then $free
    elif $exempt and money_is_zero($stated) then $lines | map(.key = null)
    else
      [$channel.tables.taxes | to_entries[].value | {country, rate}] | unique_by(.rate)
      | map(. as $row | $lines | map(if .key == null then . else .key = $row end)) | map(select(near($stated; .; $currency; $net)))
      | if length == 1 then .[0]
        else ($lines | map(.group) | unique | map(select(. != "")) | join(", ")) as $groups
          | reject("tax-differs"; "at the rates of mappings/channels/\($channel.id)/taxes.csv the tax is \(money_sum($lines | map(tax_at($currency; $net)))) \($currency), the receipt states \($stated): \(if all($lines[]; .rate != null) then "it is not what the rates of its lines make of their prices; have the till export it again, or correct the receipt" elif $groups == "" then "its lines name neither a rate nor a product group, so the row * counts; correct that, or have the till export them" else "correct the rates of the product groups \($groups)" end)") end
    end;

# The stated tax is rounded once for the receipt: it is split over the lines by what each contains.
def taxed($stated; $exempt; $currency; $net):
  rated($stated; $exempt; $currency; $net) as $lines
  | ($lines | map(tax_at($currency; $net))) as $computed
  | (if $stated == null or money_is_zero(money_sum($computed)) then $computed
     else money_allocate($stated; $computed; $currency) end) as $taxes
  | [range(0; $lines | length) as $i | $lines[$i]
    | { externalId, kind, sku, title, quantity, gross: (if $net then money_add(.gross; $taxes[$i]) else .gross end),
        taxes: (if money_is_zero($taxes[$i]) then []
          else [{country: .key.country, rate: .key.rate, scheme: "domestic", amount: $taxes[$i]}] end) }];

def untaxed: map({externalId, kind, sku, title, quantity, gross, taxes: []});

# The receipt -------------------------------------------------------------------------------------

def reading:
  .head as $head
  | $head.currency as $currency
  | .sale
  | . as $sale
  | pos_one_currency($currency),
    ( items($currency) as $items
      | pos_roundings as $roundings
      | money_sum([.LineItem[]? | objects | .Discount[]? | child("Amount") | money | money_abs(.)]) as $off
      | money_sum($items | map(.gross)) as $sum
      | (pos_total("TransactionTaxAmount") // tax_of_lines($currency)) as $stated_tax
      | (pos_total("TransactionGrandAmount") | turned($sum; $stated_tax)) as $grand
      | ($stated_tax | as_signed($grand // $sum)) as $tax
      | ($head.voided or pos_taken_back($items; $sum)) as $voided
      | ($items | read(if $grand == null then $sale | pos_tendered($roundings) else pos_targets($grand; $roundings) end; $tax; $off; $currency)) as $read
      | (money_add(money_sum($read.items | map(.gross)); if $read.net then $tax else "0" end)) as $total
      | pos_tenders($total; $roundings) as $tenders
      | ($sale | pos_post_void($read.items)),
        if $voided then
          ($items | untaxed) as $lines
          | select(($lines | length) > 0 or ($tenders | length) > 0)
          | {lines: $lines, tenders: $tenders, voided: true, taxIncluded: true}
        elif pos_adds_up($total; $grand; $tenders; $roundings) | not then
          pos_faults($head.order; $total; $grand; $tenders; $roundings; $currency; [])
        else
          pos_exempt as $exempt
          | ($read.items | taxed($tax; $exempt; $currency; $read.net)) as $lines
          | ( select(($lines | length) > 0 or ($tenders | length) > 0)
              | {lines: $lines, tenders: $tenders, voided: false, taxIncluded: ($read.net | not)} ),
            pos_differs($head.order; "tax"; $tax; money_sum([$lines[].taxes[].amount]); $currency)
        end );

pos_sale
| if .fault != null then .
  else pos_receipt(child("EndDateTime"), child("ReceiptDateTime"), child("POSLogDateTime"),
    (.RetailTransaction[0] | objects | child("ReceiptDateTime")), child("BeginDateTime"); reading) end
