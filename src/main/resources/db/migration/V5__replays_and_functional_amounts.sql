-- Replays, and amounts in the functional currency. Runs on H2 and on PostgreSQL alike, with the placeholders of V1.

-- Who had documents of an order read again: a maker of the order's entries from then on.
CREATE TABLE replayed (
  subject VARCHAR(500) ${bytewise} NOT NULL, -- as in journal_entry
  who     VARCHAR(200) NOT NULL,
  at      TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  PRIMARY KEY (subject, who, at)
);

-- What a posting is in the currency that the entity keeps its books in. NULL in postings of before: what is
-- posted is never changed, and all of them are in that currency.
ALTER TABLE posting ADD COLUMN functional NUMERIC(19, 4);
ALTER TABLE posting ADD COLUMN functional_currency VARCHAR(3);
