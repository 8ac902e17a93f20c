-- What detection saw of each event, in the order of the ledger: sealed under the key of the event's body, so that both end together.
CREATE TABLE observation (seq BIGINT PRIMARY KEY, at BIGINT NOT NULL, body BYTEA NOT NULL);
CREATE INDEX observation_at ON observation (at);
-- Where detection stands: part 0; and what it knew a little earlier: the parts after it.
CREATE TABLE detector (part BIGINT PRIMARY KEY, version BIGINT NOT NULL, body BYTEA NOT NULL);
-- What rules found about people. `version` is told by the event that wrote the row.
CREATE TABLE alert (
  id BYTEA PRIMARY KEY,
  subject BYTEA NOT NULL,
  rule TEXT COLLATE "C" NOT NULL,
  family TEXT COLLATE "C" NOT NULL,
  -- Of person (or group) and rule, without the day.
  fingerprint TEXT COLLATE "C" NOT NULL,
  -- 0 informational to 4 critical
  severity BIGINT NOT NULL,
  -- open, snoozed, closed
  state TEXT COLLATE "C" NOT NULL,
  -- In thousandths.
  score BIGINT NOT NULL,
  first_at BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  last_seq BIGINT NOT NULL,
  case_id BYTEA,
  body BYTEA NOT NULL,
  version BIGINT NOT NULL,
  seal BYTEA NOT NULL
);
CREATE UNIQUE INDEX alert_open ON alert (fingerprint) WHERE state <> 'closed';
CREATE INDEX alert_last ON alert (last_at);
CREATE INDEX alert_subject ON alert (subject, last_at);
CREATE INDEX alert_pattern ON alert (fingerprint);
CREATE INDEX alert_loud ON alert (rule, score);
