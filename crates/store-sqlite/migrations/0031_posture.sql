-- What the house saw of itself. Written once. `head` has the score and who had it looked at, `body` what each check saw; both are sealed.
CREATE TABLE posture_run (
  id BLOB PRIMARY KEY,
  at INTEGER NOT NULL,
  head BLOB NOT NULL,
  body BLOB NOT NULL,
  version INTEGER NOT NULL,
  seal BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX posture_run_at ON posture_run (at, id);
-- Who sees to a check until when, and what is put up with for how long.
CREATE TABLE posture_check (
  id BLOB PRIMARY KEY,
  name TEXT NOT NULL,
  at INTEGER NOT NULL,
  body BLOB NOT NULL,
  version INTEGER NOT NULL,
  seal BLOB NOT NULL
) STRICT, WITHOUT ROWID;
