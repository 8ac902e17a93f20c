-- What people are told by mail: how many notices of which kinds, never what of. `version` is told by the event that wrote the row.
CREATE TABLE mail (
  id BYTEA PRIMARY KEY,
  user_id BYTEA NOT NULL,
  -- 1: once a day; 0: at once.
  daily BIGINT NOT NULL,
  at BIGINT NOT NULL,
  -- Notices up to this moment are counted.
  until BIGINT NOT NULL,
  -- waiting, sent, dead
  state TEXT COLLATE "C" NOT NULL,
  next_at BIGINT,
  -- JSON: numbers, and the last attempt.
  body TEXT COLLATE "C" NOT NULL,
  version BIGINT NOT NULL,
  seal BYTEA NOT NULL
);
CREATE INDEX mail_due ON mail (next_at) WHERE state = 'waiting';
CREATE INDEX mail_at ON mail (at);
CREATE INDEX mail_user ON mail (user_id, daily, until);
