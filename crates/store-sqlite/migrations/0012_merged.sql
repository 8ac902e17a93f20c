-- Records that were merged into others: what became of their ids. Kept for as long as anybody may ask who looked at them.
CREATE TABLE merged (
  record BLOB PRIMARY KEY,
  object TEXT NOT NULL,
  survivor BLOB NOT NULL,
  merged_at INTEGER NOT NULL,
  seal BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX merged_survivor ON merged (survivor);
-- Pairs of records, the smaller id first, that are not the same though they look alike.
CREATE TABLE apart (
  one BLOB NOT NULL,
  other BLOB NOT NULL,
  author BLOB NOT NULL,
  at INTEGER NOT NULL,
  seal BLOB NOT NULL,
  PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;
-- Long work in the background. A version counts what events tell; progress has none.
CREATE TABLE job (
  id BLOB PRIMARY KEY,
  owner BLOB NOT NULL,
  kind TEXT NOT NULL,
  object TEXT NOT NULL,
  -- By what it acts: session, token, second factor; JSON.
  asked TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'failed', 'cancelled')),
  done INTEGER NOT NULL,
  total INTEGER NOT NULL,
  -- Ids and counts; JSON.
  found TEXT NOT NULL,
  began_at INTEGER NOT NULL,
  ended_at INTEGER,
  beat_at INTEGER NOT NULL,
  version INTEGER NOT NULL,
  seal BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX job_owner ON job (owner, began_at);
