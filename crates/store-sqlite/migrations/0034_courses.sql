-- Texts of courses of the company's own, one row for each version, written once.
CREATE TABLE course_text (
  id BLOB PRIMARY KEY,
  course TEXT NOT NULL,
  number INTEGER NOT NULL,
  at INTEGER NOT NULL,
  body BLOB NOT NULL,
  version INTEGER NOT NULL,
  seal BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- What systems outside stated of people's training.
CREATE TABLE training_statement (
  id BLOB PRIMARY KEY,
  -- where it is known who and what is meant
  user_id BLOB,
  course TEXT,
  -- passed, noted, outdated, older, before_asked, voided, voids; malformed, unknown_course, unknown_actor, own, future
  outcome TEXT NOT NULL,
  -- when it came, last
  at INTEGER NOT NULL,
  -- the statement that it takes back
  voids BLOB,
  body BLOB NOT NULL,
  version INTEGER NOT NULL,
  seal BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX training_statement_at ON training_statement (at, id);
CREATE INDEX training_statement_of ON training_statement (user_id, course);
CREATE INDEX training_statement_voids ON training_statement (voids) WHERE voids IS NOT NULL;
