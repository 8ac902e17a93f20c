-- Other systems' access logs. A line that was taken in, by what makes it the same as another: it is taken in once. `key` is a keyed hash.
CREATE TABLE feed_line (
  key BLOB PRIMARY KEY,
  source TEXT NOT NULL,
  event BLOB NOT NULL,
  load BLOB NOT NULL,
  at INTEGER NOT NULL,
  seal BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX feed_line_event ON feed_line (event, source);
-- A file that was read, or is being read: how far. `version` is told by the event that wrote the row; `body` is sealed.
CREATE TABLE feed_load (
  id BLOB PRIMARY KEY,
  source TEXT NOT NULL,
  -- running, done, failed
  state TEXT NOT NULL,
  began_at INTEGER NOT NULL,
  body BLOB NOT NULL,
  version INTEGER NOT NULL,
  seal BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX feed_load_source ON feed_load (source, began_at);
