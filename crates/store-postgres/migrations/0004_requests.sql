-- What people ask for and others decide about. `body` holds ids, steps and decisions; `words`, sealed, what people wrote.
-- `share` and `until`: what a consent gave, and until when.
CREATE TABLE request (
  id BYTEA PRIMARY KEY,
  requester BYTEA NOT NULL,
  subject TEXT COLLATE "C" NOT NULL,
  record BYTEA,
  state TEXT COLLATE "C" NOT NULL,
  body TEXT COLLATE "C" NOT NULL,
  words BYTEA NOT NULL,
  share BYTEA,
  until BIGINT,
  created_at BIGINT NOT NULL,
  lapses_at BIGINT,
  version BIGINT NOT NULL,
  seal BYTEA
);
CREATE INDEX request_state ON request (state, created_at);
CREATE INDEX request_requester ON request (requester, created_at);
CREATE INDEX request_record ON request (record);
CREATE INDEX request_share ON request (share);
