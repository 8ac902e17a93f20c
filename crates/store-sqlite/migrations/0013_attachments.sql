-- Files that records carry. `note` holds name, kind, digest and the file's key, sealed under the data key of the customer. A row is
-- written once, when its file is whole, and taken away with it.
CREATE TABLE attachment (
  id BLOB PRIMARY KEY,
  object TEXT NOT NULL,
  record BLOB NOT NULL,
  customer BLOB NOT NULL,
  added_by BLOB NOT NULL,
  added_at INTEGER NOT NULL,
  parts INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  note BLOB NOT NULL,
  seal BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX attachment_record ON attachment (record);
CREATE INDEX attachment_customer ON attachment (customer);
-- The files, in sealed parts of some 256 kB. Parts without a row are of a file that never became whole, or was taken away: they
-- open with no key, and are swept.
CREATE TABLE attachment_part (file BLOB NOT NULL, n INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (file, n)) STRICT;
