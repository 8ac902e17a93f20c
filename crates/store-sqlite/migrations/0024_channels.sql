-- What is told of alerts by channels, one row for each alert and channel: never what of a customer. `version` is told by the event that
-- wrote the row.
CREATE TABLE channel_message (
  id BLOB PRIMARY KEY,
  channel TEXT NOT NULL,
  alert BLOB NOT NULL,
  at INTEGER NOT NULL,
  -- waiting, sent, dead
  state TEXT NOT NULL,
  next_at INTEGER,
  -- JSON: the rule, how grave, whom about, and the last attempt.
  body TEXT NOT NULL,
  version INTEGER NOT NULL,
  seal BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX channel_message_due ON channel_message (channel, next_at) WHERE state = 'waiting';
CREATE INDEX channel_message_at ON channel_message (at);
