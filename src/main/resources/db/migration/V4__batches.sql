-- Batches, approvals and periods. Runs on H2 and on PostgreSQL alike, with the placeholders of V1.

-- The day that a batch books an entry on, where the entry's own period was locked when it was proposed.
ALTER TABLE journal_progress ADD COLUMN booked_on DATE;

-- Months that finance has closed.
CREATE TABLE period_lock (
  entity       VARCHAR(100) NOT NULL,
  period_month INTEGER NOT NULL, -- 202611
  who          VARCHAR(200) NOT NULL,
  note         VARCHAR NOT NULL,
  locked_at    TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  PRIMARY KEY (entity, period_month)
);

-- Up to which day a set of books outside takes nothing more, as it said last.
CREATE TABLE book_lock (
  entity         VARCHAR(100) NOT NULL,
  target         VARCHAR(100) NOT NULL,
  locked_through DATE, -- NULL if nothing is locked
  read_at        TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  PRIMARY KEY (entity, target)
);

-- Whose hand was in what an order or a settlement came to.
CREATE TABLE maker (
  subject   VARCHAR(500) ${bytewise} NOT NULL, -- as in journal_entry
  who       VARCHAR(200) NOT NULL,
  what      VARCHAR(100) NOT NULL,
  at        TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  onward    BOOLEAN NOT NULL, -- in the entries from then on; otherwise in those up to then
  PRIMARY KEY (subject, who, what, at)
);

-- Who wrote the mappings of a version.
CREATE TABLE mapping_author (
  mappings VARCHAR(100) NOT NULL,
  who      VARCHAR(200) NOT NULL,
  PRIMARY KEY (mappings, who)
);

-- What a channel's approved batches held, so that the next one can say what is new in it.
CREATE TABLE batch_seen (
  entity  VARCHAR(100) NOT NULL,
  channel VARCHAR(100) NOT NULL,
  kind    VARCHAR(10) NOT NULL, -- mappings, account
  word    VARCHAR(300) NOT NULL,
  PRIMARY KEY (entity, channel, kind, word)
);
INSERT INTO batch_seen (entity, channel, kind, word)
SELECT DISTINCT b.entity, b.channel, 'mappings', e.mappings
FROM posting_batch b JOIN journal_progress g ON g.batch = b.id
  JOIN journal_entry e ON e.id = g.entry_id
WHERE b.state IN ('approved', 'posted');
INSERT INTO batch_seen (entity, channel, kind, word)
SELECT DISTINCT b.entity, b.channel, 'account', p.account
FROM posting_batch b JOIN journal_progress g ON g.batch = b.id
  JOIN posting p ON p.entry_id = g.entry_id
WHERE b.state IN ('approved', 'posted');
