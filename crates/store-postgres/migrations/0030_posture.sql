-- What the house saw of itself. Written once. `head` has the score and who had it looked at, `body` what each check saw; both are sealed.
CREATE TABLE posture_run (
  id BYTEA PRIMARY KEY,
  at BIGINT NOT NULL,
  head BYTEA NOT NULL,
  body BYTEA NOT NULL,
  version BIGINT NOT NULL,
  seal BYTEA NOT NULL
);
CREATE INDEX posture_run_at ON posture_run (at, id);
-- Who sees to a check until when, and what is put up with for how long.
CREATE TABLE posture_check (
  id BYTEA PRIMARY KEY,
  name TEXT COLLATE "C" NOT NULL,
  at BIGINT NOT NULL,
  body BYTEA NOT NULL,
  version BIGINT NOT NULL,
  seal BYTEA NOT NULL
);
