-- Audit reports. Written once and never changed. `head` is sealed and has the SHA-256 of what the report says; `version` is told by the
-- event that wrote the row.
CREATE TABLE report_file (
  id BLOB PRIMARY KEY,
  kind TEXT NOT NULL,
  from_at INTEGER NOT NULL,
  until_at INTEGER NOT NULL,
  made_at INTEGER NOT NULL,
  head BLOB NOT NULL,
  version INTEGER NOT NULL,
  seal BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX report_file_made ON report_file (made_at, id);
-- What a report says, compressed and sealed.
CREATE TABLE report_body (id BLOB PRIMARY KEY, body BLOB NOT NULL) STRICT;
