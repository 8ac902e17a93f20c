-- Records that were merged into others: what became of their ids. Kept for as long as anybody may ask who looked at them.
CREATE TABLE merged (
  record BYTEA PRIMARY KEY,
  object TEXT COLLATE "C" NOT NULL,
  survivor BYTEA NOT NULL,
  merged_at BIGINT NOT NULL,
  seal BYTEA NOT NULL
);
CREATE INDEX merged_survivor ON merged (survivor);
-- Pairs of records, the smaller id first, that are not the same though they look alike.
CREATE TABLE apart (
  one BYTEA NOT NULL,
  other BYTEA NOT NULL,
  author BYTEA NOT NULL,
  at BIGINT NOT NULL,
  seal BYTEA NOT NULL,
  PRIMARY KEY (one, other)
);
-- Long work in the background. A version counts what events tell; progress has none.
CREATE TABLE job (
  id BYTEA PRIMARY KEY,
  owner BYTEA NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  object TEXT COLLATE "C" NOT NULL,
  -- By what it acts: session, token, second factor; JSON.
  asked TEXT COLLATE "C" NOT NULL,
  state TEXT COLLATE "C" NOT NULL CHECK (state IN ('running', 'done', 'failed', 'cancelled')),
  done BIGINT NOT NULL,
  total BIGINT NOT NULL,
  -- Ids and counts; JSON.
  found TEXT COLLATE "C" NOT NULL,
  began_at BIGINT NOT NULL,
  ended_at BIGINT,
  beat_at BIGINT NOT NULL,
  version BIGINT NOT NULL,
  seal BYTEA NOT NULL
);
CREATE INDEX job_owner ON job (owner, began_at);
