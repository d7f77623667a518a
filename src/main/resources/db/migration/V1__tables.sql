-- Runs on H2 2.4 (MODE=PostgreSQL) and on PostgreSQL 18 alike.
-- The placeholders are set in Database: a large binary object; and, after a name, what makes PostgreSQL compare names byte by byte, as H2 and Java do.

-- Archive: the documents as they came. A body above a megabyte stands in body_large (H2's VARBINARY ends there).
CREATE TABLE raw_document (
  id           VARCHAR(600) ${bytewise} NOT NULL PRIMARY KEY,
  channel      VARCHAR(100) NOT NULL,
  document     VARCHAR(100) NOT NULL,
  external_id  VARCHAR(400) NOT NULL,
  content_type VARCHAR(200) NOT NULL,
  received_at  TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  sha256       VARCHAR(64) NOT NULL,
  outcome      VARCHAR(10) NOT NULL,
  repeats      BIGINT NOT NULL,
  purged       BOOLEAN NOT NULL,
  body         BYTEA NOT NULL,
  body_large   ${large_bytes}
);
CREATE INDEX raw_document_received ON raw_document (received_at);

-- Orders, receipts, settlements: rows to lock, so that one position is computed at a time.
CREATE TABLE sales_order (
  order_key  VARCHAR(500) ${bytewise} NOT NULL PRIMARY KEY,
  first_seen TIMESTAMP(6) WITH TIME ZONE NOT NULL
);

CREATE TABLE fact (
  name        VARCHAR(500) ${bytewise} NOT NULL PRIMARY KEY,
  order_key   VARCHAR(500) ${bytewise} NOT NULL,
  entity      VARCHAR(100) NOT NULL,
  channel     VARCHAR(100) NOT NULL,
  kind        VARCHAR(30) NOT NULL,
  revision    TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  occurred_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  hash        VARCHAR(64) NOT NULL,
  raw_id      VARCHAR(600) NOT NULL,
  recorded_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  repeats     BIGINT NOT NULL,
  store       VARCHAR(100) NOT NULL,
  json        VARCHAR NOT NULL,
  json_large  TEXT
);
CREATE INDEX fact_order ON fact (order_key);
CREATE INDEX fact_kind ON fact (channel, kind, entity);

CREATE TABLE fact_superseded (
  name        VARCHAR(500) ${bytewise} NOT NULL,
  revision    TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  hash        VARCHAR(64) NOT NULL,
  order_key   VARCHAR(500) ${bytewise} NOT NULL,
  occurred_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  raw_id      VARCHAR(600) NOT NULL,
  recorded_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  store       VARCHAR(100) NOT NULL,
  json        VARCHAR NOT NULL,
  json_large  TEXT,
  PRIMARY KEY (name, revision, hash)
);

-- Which receipts a store rang in an interval; only receipts have a row.
CREATE TABLE till_receipt (
  fact        VARCHAR(500) ${bytewise} NOT NULL PRIMARY KEY,
  till_key    VARCHAR(400) ${bytewise} NOT NULL, -- entity/channel/store
  occurred_at TIMESTAMP(6) WITH TIME ZONE NOT NULL
);
CREATE INDEX till_receipt_interval ON till_receipt (till_key, occurred_at);

-- Journal. Entries and postings are only ever inserted; what changes about an entry (its seal, its batch)
-- stands in journal_progress.
CREATE SEQUENCE journal_entry_block START WITH 1;

CREATE TABLE journal_entry (
  id           BIGINT NOT NULL PRIMARY KEY,
  entity       VARCHAR(100) NOT NULL,
  channel      VARCHAR(100) NOT NULL,
  posting_date DATE NOT NULL,
  narration    VARCHAR NOT NULL,
  fact         VARCHAR(500) NOT NULL,
  rule         VARCHAR(200) NOT NULL,
  mappings     VARCHAR(100) NOT NULL,
  subject      VARCHAR(500) ${bytewise} NOT NULL,
  recorded_at  TIMESTAMP(6) WITH TIME ZONE NOT NULL
);
CREATE INDEX journal_entry_subject ON journal_entry (subject);

-- Debits are positive.
CREATE TABLE posting (
  entry_id     BIGINT NOT NULL,
  line         INTEGER NOT NULL,
  entity       VARCHAR(100) NOT NULL,
  posting_date DATE NOT NULL,
  account      VARCHAR(300) NOT NULL,
  currency     VARCHAR(3) NOT NULL,
  amount       NUMERIC(19, 4) NOT NULL,
  PRIMARY KEY (entry_id, line)
);

CREATE TABLE journal_progress (
  entry_id     BIGINT NOT NULL PRIMARY KEY,
  entity       VARCHAR(100) ${bytewise} NOT NULL,
  channel      VARCHAR(100) NOT NULL,
  posting_date DATE NOT NULL,
  number       BIGINT,      -- NULL until it is sealed
  hash         VARCHAR(64),
  batch        VARCHAR(300) ${bytewise} -- NULL until a batch takes it
);
CREATE INDEX journal_progress_number ON journal_progress (entity, number, entry_id);
CREATE INDEX journal_progress_batch ON journal_progress (batch, entry_id);

-- The end of each entity's chain; whoever seals or batches locks the row.
CREATE TABLE journal_chain (
  entity      VARCHAR(100) NOT NULL PRIMARY KEY,
  last_number BIGINT NOT NULL,
  last_hash   VARCHAR(64) NOT NULL
);

-- Deliveries: one row for each subject and consequence.
CREATE TABLE delivery (
  id             VARCHAR(600) ${bytewise} NOT NULL PRIMARY KEY,
  consequence    VARCHAR(30) NOT NULL,
  entity         VARCHAR(100) NOT NULL,
  channel        VARCHAR(100) NOT NULL,
  subject        VARCHAR(500) ${bytewise} NOT NULL,
  serial_key     VARCHAR(600) ${bytewise} NOT NULL,
  after_id       VARCHAR(600) ${bytewise} NOT NULL, -- empty if it waits for none
  state          VARCHAR(10) NOT NULL,
  wanted         BIGINT NOT NULL,
  sent           BIGINT NOT NULL,
  owner          VARCHAR(200) NOT NULL,
  attempt        BIGINT NOT NULL,
  claimed        BIGINT NOT NULL,      -- the generation that the owner holds
  tries          INTEGER NOT NULL,
  next_at        TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  lease_until    TIMESTAMP(6) WITH TIME ZONE,
  error_code     VARCHAR(100) NOT NULL,
  error          VARCHAR NOT NULL,
  sent_hash      VARCHAR(100) NOT NULL,
  sent_reference VARCHAR(500) NOT NULL,
  created_at     TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  wanted_at      TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  sent_at        TIMESTAMP(6) WITH TIME ZONE
);
CREATE INDEX delivery_due ON delivery (state, consequence, next_at, id);
CREATE INDEX delivery_key ON delivery (serial_key);
CREATE INDEX delivery_after ON delivery (after_id);

-- The desk. open_key is the dedupe key while the item is open, and NULL afterwards.
CREATE TABLE work_item (
  id          BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  team        VARCHAR(20) NOT NULL,
  state       VARCHAR(10) NOT NULL,
  code        VARCHAR(100) NOT NULL,
  entity      VARCHAR(100) NOT NULL,
  channel     VARCHAR(100) NOT NULL,
  subject     VARCHAR(600) NOT NULL,
  message     VARCHAR NOT NULL,
  raw_id      VARCHAR(600) ${bytewise},
  fact_name   VARCHAR(500) ${bytewise},
  delivery_id VARCHAR(600) ${bytewise},
  dedupe_key  VARCHAR(1000) NOT NULL,
  open_key    VARCHAR(1000) ${bytewise} UNIQUE,
  occurrences BIGINT NOT NULL,
  assigned_to VARCHAR(200),
  opened_at   TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  last_at     TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  closed_at   TIMESTAMP(6) WITH TIME ZONE
);
CREATE INDEX work_item_state ON work_item (state, id);
CREATE INDEX work_item_raw ON work_item (raw_id);
CREATE INDEX work_item_fact ON work_item (fact_name);
CREATE INDEX work_item_delivery ON work_item (delivery_id);

CREATE TABLE work_item_event (
  id     BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  item   BIGINT NOT NULL,
  at     TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  who    VARCHAR(200) NOT NULL,
  action VARCHAR(100) NOT NULL,
  note   VARCHAR NOT NULL
);
CREATE INDEX work_item_event_item ON work_item_event (item, id);

-- Settlements.
CREATE TABLE settlement_import (
  id       BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  entity   VARCHAR(100) NOT NULL,
  channel  VARCHAR(100) NOT NULL,
  file     VARCHAR(600) NOT NULL,
  begun_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  complete BOOLEAN NOT NULL
);

CREATE TABLE settlement_line (
  import_id   BIGINT NOT NULL,
  line        BIGINT NOT NULL,
  order_ref   VARCHAR(200) ${bytewise} NOT NULL,
  sku         VARCHAR(200) NOT NULL,
  quantity    NUMERIC(19, 4) NOT NULL,
  posted_at   TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  posted_on   DATE NOT NULL,
  posted_month INTEGER NOT NULL, -- 202611
  marketplace VARCHAR(100) NOT NULL,
  code        VARCHAR(300) NOT NULL,
  amount      NUMERIC(19, 4) NOT NULL,
  PRIMARY KEY (import_id, line)
);

CREATE TABLE settlement (
  entity        VARCHAR(100) NOT NULL,
  channel       VARCHAR(100) NOT NULL,
  settlement_id VARCHAR(200) NOT NULL,
  content_hash  VARCHAR(100) NOT NULL,
  import_id     BIGINT NOT NULL,
  state         VARCHAR(30) NOT NULL,
  period_from   TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  period_to     TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  paid_on       TIMESTAMP(6) WITH TIME ZONE,
  total         NUMERIC(19, 4) NOT NULL,
  currency      VARCHAR(3) NOT NULL,
  lines         BIGINT NOT NULL,
  raw_id        VARCHAR(600) NOT NULL,
  PRIMARY KEY (entity, channel, settlement_id)
);

-- Posting batches.
CREATE TABLE posting_batch (
  id          VARCHAR(300) ${bytewise} NOT NULL PRIMARY KEY,
  entity      VARCHAR(100) NOT NULL,
  channel     VARCHAR(100) NOT NULL,
  batch_date  DATE NOT NULL,
  hash        VARCHAR(64) NOT NULL,
  state       VARCHAR(10) NOT NULL,
  entries     BIGINT NOT NULL,
  reasons     VARCHAR NOT NULL, -- one a line
  makers      VARCHAR NOT NULL, -- one a line
  checker     VARCHAR(200),
  proposed_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  decided_at  TIMESTAMP(6) WITH TIME ZONE,
  note        VARCHAR NOT NULL
);
CREATE INDEX posting_batch_state ON posting_batch (entity, state);

CREATE TABLE posting_batch_target (
  batch     VARCHAR(300) ${bytewise} NOT NULL,
  target    VARCHAR(100) NOT NULL,
  reference VARCHAR(1000) NOT NULL,
  posted_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  PRIMARY KEY (batch, target)
);

-- Nights, audit, cursors.
CREATE TABLE night (
  entity        VARCHAR(100) NOT NULL,
  business_date DATE NOT NULL,
  state         VARCHAR(10) NOT NULL,
  owner         VARCHAR(200) NOT NULL,
  attempts      INTEGER NOT NULL,
  started_at    TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  lease_until   TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  finished_at   TIMESTAMP(6) WITH TIME ZONE,
  note          VARCHAR NOT NULL,
  PRIMARY KEY (entity, business_date)
);

CREATE TABLE audit_log (
  id      BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  at      TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  who     VARCHAR(200) NOT NULL,
  what    VARCHAR(100) NOT NULL,
  subject VARCHAR(600) NOT NULL,
  detail  VARCHAR NOT NULL
);
CREATE INDEX audit_log_subject ON audit_log (subject, id);

CREATE TABLE poll_cursor (
  name       VARCHAR(300) ${bytewise} NOT NULL PRIMARY KEY,
  position   VARCHAR NOT NULL,
  updated_at TIMESTAMP(6) WITH TIME ZONE NOT NULL
);
