-- Exports: what was asked for, how it went, and how often its file was taken. `asked` is sealed: a searched text may be a
-- customer's name. One row for each export for ever; the file itself is gone when it has expired.
CREATE TABLE export_file (
  id BLOB PRIMARY KEY,
  actor BLOB NOT NULL,
  object TEXT NOT NULL,
  asked_at INTEGER NOT NULL,
  asked BLOB NOT NULL,
  -- 1: it was sent as it was made, and no file was kept.
  streamed INTEGER NOT NULL,
  state TEXT NOT NULL,
  -- Counts the events that changed the row.
  version INTEGER NOT NULL,
  -- Rows it may have, counted when it was asked for; those it has.
  at_most INTEGER NOT NULL,
  row_count INTEGER NOT NULL,
  parts INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  ended_at INTEGER,
  expires_at INTEGER,
  -- Its process was at work then.
  beat_at INTEGER NOT NULL,
  -- When and from where the file was taken, as JSON.
  taken TEXT NOT NULL,
  seal BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX export_file_actor ON export_file (actor, asked_at);
-- Files whose end is still to come.
CREATE INDEX export_file_open ON export_file (state) WHERE state IN ('waiting', 'approved', 'running', 'ready');
-- The key of each file there is, wrapped. Destroying it destroys the file, wherever copies of it lie.
CREATE TABLE export_key (id BLOB PRIMARY KEY, kek_version INTEGER NOT NULL, wrapped BLOB NOT NULL) STRICT, WITHOUT ROWID;
-- The files, in sealed parts of some 256 kB.
CREATE TABLE export_part (file BLOB NOT NULL, n INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (file, n)) STRICT;
