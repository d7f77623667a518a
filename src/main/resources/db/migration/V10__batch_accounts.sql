-- A batch is written in the books as it was shown to whoever approved it, whatever becomes of the mappings.
-- A batch of before these tables has none of their rows: it is written by the mappings as they stand.

-- The rows of the chart for the accounts of a batch, as they were when it was proposed.
CREATE TABLE batch_account (
  batch   VARCHAR(300) ${bytewise} NOT NULL,
  account VARCHAR(300) NOT NULL, -- as in posting
  code    VARCHAR NOT NULL,
  name    VARCHAR NOT NULL,
  type    VARCHAR NOT NULL,
  file    VARCHAR NOT NULL,
  PRIMARY KEY (batch, account)
);

-- The books of its entity, and how fine they wanted its entries when it was proposed, or when it was first
-- brought to books that the entity has only since.
CREATE TABLE batch_book (
  batch       VARCHAR(300) ${bytewise} NOT NULL,
  target      VARCHAR(100) NOT NULL,
  granularity VARCHAR(100) NOT NULL,
  added       BOOLEAN NOT NULL, -- later, and so in no hash that was approved
  PRIMARY KEY (batch, target)
);

-- The version of the mappings that they were read from.
ALTER TABLE posting_batch ADD COLUMN form VARCHAR(100);
