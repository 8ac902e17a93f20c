-- What detection saw of each event, in the order of the ledger: sealed under the key of the event's body, so that both end together.
CREATE TABLE observation (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, body BLOB NOT NULL) STRICT;
CREATE INDEX observation_at ON observation (at);
-- Where detection stands: part 0; and what it knew a little earlier: the parts after it.
CREATE TABLE detector (part INTEGER PRIMARY KEY, version INTEGER NOT NULL, body BLOB NOT NULL) STRICT;
-- What rules found about people. `version` is told by the event that wrote the row.
CREATE TABLE alert (
  id BLOB PRIMARY KEY,
  subject BLOB NOT NULL,
  rule TEXT NOT NULL,
  family TEXT NOT NULL,
  -- Of person (or group) and rule, without the day.
  fingerprint TEXT NOT NULL,
  -- 0 informational to 4 critical
  severity INTEGER NOT NULL,
  -- open, snoozed, closed
  state TEXT NOT NULL,
  -- In thousandths.
  score INTEGER NOT NULL,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  last_seq INTEGER NOT NULL,
  case_id BLOB,
  body BLOB NOT NULL,
  version INTEGER NOT NULL,
  seal BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX alert_open ON alert (fingerprint) WHERE state <> 'closed';
CREATE INDEX alert_last ON alert (last_at);
CREATE INDEX alert_subject ON alert (subject, last_at);
CREATE INDEX alert_pattern ON alert (fingerprint);
CREATE INDEX alert_loud ON alert (rule, score);
