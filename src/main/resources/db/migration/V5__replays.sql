-- Replays. Runs on H2 and on PostgreSQL alike, with the placeholders of V1.

-- Who had documents of an order read again: a maker of the order's entries from then on.
CREATE TABLE replayed (
  subject VARCHAR(500) ${bytewise} NOT NULL, -- as in journal_entry
  who     VARCHAR(200) NOT NULL,
  at      TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  PRIMARY KEY (subject, who, at)
);
