-- What each order comes to in a settlement: what the matching of other settlements asks for. Made anew
-- whenever the settlement is matched. What its SKUs come to is added up from the lines while they are
-- matched, and not kept. On H2 each statement is its own transaction: what was killed on its way here
-- begins again.
CREATE TABLE IF NOT EXISTS settled_order (
  import_id BIGINT NOT NULL,
  order_ref VARCHAR(200) ${bytewise} NOT NULL,
  sales     NUMERIC(19, 4) NOT NULL, -- goods, shipping, other charges, promotions and tax of a sale
  refunds   NUMERIC(19, 4) NOT NULL,
  PRIMARY KEY (import_id, order_ref)
);
DELETE FROM settled_order;
INSERT INTO settled_order
  SELECT import_id, order_ref, SUM(sales), SUM(refunds) FROM settled_item GROUP BY import_id, order_ref;
CREATE INDEX IF NOT EXISTS settled_order_order ON settled_order (order_ref);
