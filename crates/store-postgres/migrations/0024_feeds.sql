-- Other systems' access logs. A line that was taken in, by what makes it the same as another: it is taken in once. `key` is a keyed hash.
CREATE TABLE feed_line (
  key BYTEA PRIMARY KEY,
  source TEXT COLLATE "C" NOT NULL,
  event BYTEA NOT NULL,
  load BYTEA NOT NULL,
  at BIGINT NOT NULL,
  seal BYTEA NOT NULL
);
CREATE INDEX feed_line_event ON feed_line (event, source);
-- A file that was read, or is being read: how far. `version` is told by the event that wrote the row; `body` is sealed.
CREATE TABLE feed_load (
  id BYTEA PRIMARY KEY,
  source TEXT COLLATE "C" NOT NULL,
  -- running, done, failed
  state TEXT COLLATE "C" NOT NULL,
  began_at BIGINT NOT NULL,
  body BYTEA NOT NULL,
  version BIGINT NOT NULL,
  seal BYTEA NOT NULL
);
CREATE INDEX feed_load_source ON feed_load (source, began_at);
