-- Exports: what was asked for, how it went, and how often its file was taken. `asked` is sealed: a searched text may be a
-- customer's name. One row for each export for ever; the file itself is gone when it has expired.
CREATE TABLE export_file (
  id BYTEA PRIMARY KEY,
  actor BYTEA NOT NULL,
  object TEXT COLLATE "C" NOT NULL,
  asked_at BIGINT NOT NULL,
  asked BYTEA NOT NULL,
  -- 1: it was sent as it was made, and no file was kept.
  streamed BIGINT NOT NULL,
  state TEXT COLLATE "C" NOT NULL,
  -- Counts the events that changed the row.
  version BIGINT NOT NULL,
  -- Rows it may have, counted when it was asked for; those it has.
  at_most BIGINT NOT NULL,
  row_count BIGINT NOT NULL,
  parts BIGINT NOT NULL,
  bytes BIGINT NOT NULL,
  ended_at BIGINT,
  expires_at BIGINT,
  -- Its process was at work then.
  beat_at BIGINT NOT NULL,
  -- When and from where the file was taken, as JSON.
  taken TEXT COLLATE "C" NOT NULL,
  seal BYTEA
);
CREATE INDEX export_file_actor ON export_file (actor, asked_at);
-- Files whose end is still to come.
CREATE INDEX export_file_open ON export_file (state) WHERE state IN ('waiting', 'approved', 'running', 'ready');
-- The key of each file there is, wrapped. Destroying it destroys the file, wherever copies of it lie.
CREATE TABLE export_key (id BYTEA PRIMARY KEY, kek_version BIGINT NOT NULL, wrapped BYTEA NOT NULL);
-- The files, in sealed parts of some 256 kB.
CREATE TABLE export_part (file BYTEA NOT NULL, n BIGINT NOT NULL, body BYTEA NOT NULL, PRIMARY KEY (file, n));
