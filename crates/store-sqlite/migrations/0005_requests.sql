-- What people ask for and others decide about. `body` holds ids, steps and decisions; `words`, sealed, what people wrote.
-- `share` and `until`: what a consent gave, and until when.
CREATE TABLE request (
  id BLOB PRIMARY KEY,
  requester BLOB NOT NULL,
  subject TEXT NOT NULL,
  record BLOB,
  state TEXT NOT NULL,
  body TEXT NOT NULL,
  words BLOB NOT NULL,
  share BLOB,
  until INTEGER,
  created_at INTEGER NOT NULL,
  lapses_at INTEGER,
  version INTEGER NOT NULL,
  seal BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX request_state ON request (state, created_at);
CREATE INDEX request_requester ON request (requester, created_at);
CREATE INDEX request_record ON request (record);
CREATE INDEX request_share ON request (share);
