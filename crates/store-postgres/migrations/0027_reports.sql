-- Audit reports. Written once and never changed. `head` is sealed and has the SHA-256 of what the report says; `version` is told by the
-- event that wrote the row.
CREATE TABLE report_file (
  id BYTEA PRIMARY KEY,
  kind TEXT COLLATE "C" NOT NULL,
  from_at BIGINT NOT NULL,
  until_at BIGINT NOT NULL,
  made_at BIGINT NOT NULL,
  head BYTEA NOT NULL,
  version BIGINT NOT NULL,
  seal BYTEA NOT NULL
);
CREATE INDEX report_file_made ON report_file (made_at, id);
-- What a report says, compressed and sealed.
CREATE TABLE report_body (id BYTEA PRIMARY KEY, body BYTEA NOT NULL);
