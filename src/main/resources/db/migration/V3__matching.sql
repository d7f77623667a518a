-- What each order and SKU comes to in a settlement, added up from its lines: a few hundred thousand
-- rows where the lines are a million. Made anew whenever the settlement is matched.
CREATE TABLE settled_item (
  import_id   BIGINT NOT NULL,
  order_ref   VARCHAR(200) ${bytewise} NOT NULL,
  sku         VARCHAR(200) ${bytewise} NOT NULL,
  units       NUMERIC(19, 4) NOT NULL,
  goods       NUMERIC(19, 4) NOT NULL,
  shipping    NUMERIC(19, 4) NOT NULL,
  sales       NUMERIC(19, 4) NOT NULL, -- goods, shipping, other charges, promotions and tax of a sale
  tax         NUMERIC(19, 4) NOT NULL, -- of sales and refunds
  refunds     NUMERIC(19, 4) NOT NULL,
  facilitated NUMERIC(19, 4) NOT NULL,
  mirrored    NUMERIC(19, 4) NOT NULL, -- the same without signs: not zero where the channel keeps tax
  fees        NUMERIC(19, 4) NOT NULL,
  fee_base    NUMERIC(19, 4) NOT NULL, -- what commission is a percentage of
  commission  NUMERIC(19, 4) NOT NULL,
  fulfilment  NUMERIC(19, 4) NOT NULL,
  lines       BIGINT NOT NULL,
  PRIMARY KEY (import_id, order_ref, sku)
);
CREATE INDEX settled_item_order ON settled_item (order_ref);

-- Orders of a settlement that stand otherwise than the rest of it: their lines are booked elsewhere.
CREATE TABLE settled_standing (
  import_id   BIGINT NOT NULL,
  order_ref   VARCHAR(200) ${bytewise} NOT NULL,
  order_state VARCHAR(20) NOT NULL,
  facilitated BOOLEAN NOT NULL,
  PRIMARY KEY (import_id, order_ref)
);

-- What a person has to look at in a settlement, one row an order or an item.
CREATE TABLE settlement_finding (
  import_id BIGINT NOT NULL,
  number    BIGINT NOT NULL,
  outcome   VARCHAR(20) NOT NULL,
  cause     VARCHAR(30) NOT NULL,
  order_ref VARCHAR(200) ${bytewise} NOT NULL,
  sku       VARCHAR(200) NOT NULL,
  expected  NUMERIC(19, 4) NOT NULL,
  found     NUMERIC(19, 4) NOT NULL,
  lines     BIGINT NOT NULL,
  PRIMARY KEY (import_id, number)
);
CREATE INDEX settlement_finding_order ON settlement_finding (order_ref);

-- How many orders and lines of a settlement came out how.
CREATE TABLE settlement_outcome (
  import_id BIGINT NOT NULL,
  outcome   VARCHAR(20) NOT NULL,
  orders    BIGINT NOT NULL,
  lines     BIGINT NOT NULL,
  expected  NUMERIC(19, 4) NOT NULL,
  found     NUMERIC(19, 4) NOT NULL,
  PRIMARY KEY (import_id, outcome)
);

-- What a settlement says of the ones before and after it.
CREATE TABLE settlement_link (
  import_id          BIGINT NOT NULL PRIMARY KEY,
  marketplace        VARCHAR(100) NOT NULL, -- that most of its lines name
  debt_carried_in    NUMERIC(19, 4) NOT NULL,
  debt_carried_out   NUMERIC(19, 4) NOT NULL,
  reserve_brought_in NUMERIC(19, 4) NOT NULL,
  reserve_held       NUMERIC(19, 4) NOT NULL
);
