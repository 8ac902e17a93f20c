-- Files that records carry. `note` holds name, kind, digest and the file's key, sealed under the data key of the customer. A row is
-- written once, when its file is whole, and taken away with it.
CREATE TABLE attachment (
  id BYTEA PRIMARY KEY,
  object TEXT COLLATE "C" NOT NULL,
  record BYTEA NOT NULL,
  customer BYTEA NOT NULL,
  added_by BYTEA NOT NULL,
  added_at BIGINT NOT NULL,
  parts BIGINT NOT NULL,
  bytes BIGINT NOT NULL,
  note BYTEA NOT NULL,
  seal BYTEA NOT NULL
);
CREATE INDEX attachment_record ON attachment (record);
CREATE INDEX attachment_customer ON attachment (customer);
-- The files, in sealed parts of some 256 kB. Parts without a row are of a file that never became whole, or was taken away: they
-- open with no key, and are swept.
CREATE TABLE attachment_part (file BYTEA NOT NULL, n BIGINT NOT NULL, body BYTEA NOT NULL, PRIMARY KEY (file, n));
