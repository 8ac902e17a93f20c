-- What people are told by mail: how many notices of which kinds, never what of. `version` is told by the event that wrote the row.
CREATE TABLE mail (
  id BLOB PRIMARY KEY,
  user_id BLOB NOT NULL,
  -- 1: once a day; 0: at once.
  daily INTEGER NOT NULL,
  at INTEGER NOT NULL,
  -- Notices up to this moment are counted.
  until INTEGER NOT NULL,
  -- waiting, sent, dead
  state TEXT NOT NULL,
  next_at INTEGER,
  -- JSON: numbers, and the last attempt.
  body TEXT NOT NULL,
  version INTEGER NOT NULL,
  seal BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX mail_due ON mail (next_at) WHERE state = 'waiting';
CREATE INDEX mail_at ON mail (at);
CREATE INDEX mail_user ON mail (user_id, daily, until);
