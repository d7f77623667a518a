-- Kinds of settlement lines: a line says its kind's number instead of the words, and what a kind comes to is known
-- without another look at the lines. Runs on H2 and on PostgreSQL alike, with the placeholders of V1.

CREATE TABLE settlement_line_kind (
  import_id    BIGINT NOT NULL,
  kind         INTEGER NOT NULL,
  code         VARCHAR(300) ${bytewise} NOT NULL,
  marketplace  VARCHAR(100) ${bytewise} NOT NULL,
  posted_month INTEGER NOT NULL, -- 202611
  of_orders    BOOLEAN NOT NULL,
  amount       NUMERIC(19, 4) NOT NULL, -- of its lines, once the import is complete
  lines        BIGINT NOT NULL,
  PRIMARY KEY (import_id, kind)
);

INSERT INTO settlement_line_kind
SELECT s.import_id,
  ROW_NUMBER() OVER (PARTITION BY s.import_id ORDER BY s.code, s.marketplace, s.posted_month, s.of_orders),
  s.code, s.marketplace, s.posted_month, s.of_orders, s.amount, s.lines
FROM (SELECT import_id, code, marketplace, posted_month, order_ref <> '' AS of_orders,
    SUM(amount) AS amount, COUNT(*) AS lines
  FROM settlement_line
  GROUP BY import_id, code, marketplace, posted_month, order_ref <> '') s;

ALTER TABLE settlement_line ADD COLUMN kind INTEGER;
UPDATE settlement_line SET kind = (SELECT k.kind FROM settlement_line_kind k
  WHERE k.import_id = settlement_line.import_id AND k.code = settlement_line.code
    AND k.marketplace = settlement_line.marketplace AND k.posted_month = settlement_line.posted_month
    AND k.of_orders = (settlement_line.order_ref <> ''));
ALTER TABLE settlement_line ALTER COLUMN kind SET NOT NULL;
ALTER TABLE settlement_line DROP COLUMN code;
ALTER TABLE settlement_line DROP COLUMN marketplace;
ALTER TABLE settlement_line DROP COLUMN posted_month;
