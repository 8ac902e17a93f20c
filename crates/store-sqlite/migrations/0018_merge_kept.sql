-- What a merge keeps so that it can be taken back for some days: a row of the record that stays, and one of each other, each
-- sealed under its customer's key. The version is the one that the merge gave the record that stays.
CREATE TABLE merge_kept (
  survivor BLOB NOT NULL,
  version INTEGER NOT NULL,
  record BLOB NOT NULL,
  object TEXT NOT NULL,
  customer BLOB NOT NULL,
  merged_at INTEGER NOT NULL,
  actor BLOB NOT NULL,
  body BLOB NOT NULL,
  seal BLOB NOT NULL,
  PRIMARY KEY (survivor, version, record)
) STRICT, WITHOUT ROWID;
CREATE INDEX merge_kept_customer ON merge_kept (customer);
CREATE INDEX merge_kept_at ON merge_kept (merged_at);
-- Merges that were taken back: while a record was part of another, looks at that one were looks at it.
CREATE TABLE parted (
  record BLOB NOT NULL,
  merged_at INTEGER NOT NULL,
  object TEXT NOT NULL,
  survivor BLOB NOT NULL,
  version INTEGER NOT NULL,
  parted_at INTEGER NOT NULL,
  seal BLOB NOT NULL,
  PRIMARY KEY (record, merged_at)
) STRICT, WITHOUT ROWID;
CREATE INDEX parted_survivor ON parted (survivor);
