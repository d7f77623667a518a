-- Files that are too big for a message, for nodes that share this database and not a disk.
-- A file is under its hash once it is whole; until then, and if it never is, a draft says when it was begun.
CREATE TABLE claim_check_draft (
  file     BIGINT NOT NULL PRIMARY KEY,
  begun_at TIMESTAMP(6) WITH TIME ZONE NOT NULL
);

CREATE TABLE claim_check (
  sha256    VARCHAR(64) ${bytewise} NOT NULL PRIMARY KEY,
  file      BIGINT NOT NULL,
  stored_at TIMESTAMP(6) WITH TIME ZONE NOT NULL -- when it was last handed in
);

CREATE SEQUENCE claim_check_file START WITH 1;

-- Pieces of at most half a megabyte, numbered from 0.
CREATE TABLE claim_check_chunk (
  file   BIGINT NOT NULL,
  number BIGINT NOT NULL,
  bytes  BYTEA NOT NULL,
  PRIMARY KEY (file, number)
);
