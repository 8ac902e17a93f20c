-- What a merge keeps so that it can be taken back for some days: a row of the record that stays, and one of each other, each
-- sealed under its customer's key. The version is the one that the merge gave the record that stays.
CREATE TABLE merge_kept (
  survivor BYTEA NOT NULL,
  version BIGINT NOT NULL,
  record BYTEA NOT NULL,
  object TEXT COLLATE "C" NOT NULL,
  customer BYTEA NOT NULL,
  merged_at BIGINT NOT NULL,
  actor BYTEA NOT NULL,
  body BYTEA NOT NULL,
  seal BYTEA NOT NULL,
  PRIMARY KEY (survivor, version, record)
);
CREATE INDEX merge_kept_customer ON merge_kept (customer);
CREATE INDEX merge_kept_at ON merge_kept (merged_at);
-- Merges that were taken back: while a record was part of another, looks at that one were looks at it.
CREATE TABLE parted (
  record BYTEA NOT NULL,
  merged_at BIGINT NOT NULL,
  object TEXT COLLATE "C" NOT NULL,
  survivor BYTEA NOT NULL,
  version BIGINT NOT NULL,
  parted_at BIGINT NOT NULL,
  seal BYTEA NOT NULL,
  PRIMARY KEY (record, merged_at)
);
CREATE INDEX parted_survivor ON parted (survivor);
