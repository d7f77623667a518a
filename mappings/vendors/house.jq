# What every mapping may use, beside the functions that compute exactly (io.kontor.mapping.translation.JqFunctions).
# A mapping sees its document as input, and $channel: the settings of channel.yaml, the entity's
# zone, and the code tables that lie beside channel.yaml.

# Ends the order (or, outside an order, the document) with a reason that a person can act on.
def reject($code; $message): error({code: $code, message: $message});

# Notes a fault of an order and goes on, so that everything that is wrong can be said at once.
def fault($order; $code; $message): {order: $order, fault: {code: $code, message: $message}};

# What a document that is something else holds.
def found: if . == {} or . == [] then "nothing" elif type == "object" then keys_unsorted | join(", ") else type end;

# Facts of one order: whatever one order fails on does not stop the others of the document.
def of_order(id; facts): (id | tostring) as $order | try catchable(facts) catch {order: $order, fault: .};

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

# The country of an address, with its region where that is a code and not a name: de, us-ky.
def country_of($country; $region):
  ($country // "" | ascii_downcase) as $place
  | ($region // "" | tostring | ascii_downcase) as $code
  | if $place != "" and ($code | test("^[a-z0-9]{1,3}$")) then $place + "-" + $code else $place end;

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
