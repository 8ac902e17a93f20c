-- What is told of alerts by channels, one row for each alert and channel: never what of a customer. `version` is told by the event that
-- wrote the row.
CREATE TABLE channel_message (
  id BYTEA PRIMARY KEY,
  channel TEXT COLLATE "C" NOT NULL,
  alert BYTEA NOT NULL,
  at BIGINT NOT NULL,
  -- waiting, sent, dead
  state TEXT COLLATE "C" NOT NULL,
  next_at BIGINT,
  -- JSON: the rule, how grave, whom about, and the last attempt.
  body TEXT COLLATE "C" NOT NULL,
  version BIGINT NOT NULL,
  seal BYTEA NOT NULL
);
CREATE INDEX channel_message_due ON channel_message (channel, next_at) WHERE state = 'waiting';
CREATE INDEX channel_message_at ON channel_message (at);
