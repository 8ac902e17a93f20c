-- Texts of courses of the company's own, one row for each version, written once.
CREATE TABLE course_text (
  id BYTEA PRIMARY KEY,
  course TEXT COLLATE "C" NOT NULL,
  number BIGINT NOT NULL,
  at BIGINT NOT NULL,
  body BYTEA NOT NULL,
  version BIGINT NOT NULL,
  seal BYTEA NOT NULL
);

-- What systems outside stated of people's training.
CREATE TABLE training_statement (
  id BYTEA PRIMARY KEY,
  -- where it is known who and what is meant
  user_id BYTEA,
  course TEXT COLLATE "C",
  -- passed, noted, outdated, older, before_asked, voided, voids; malformed, unknown_course, unknown_actor, own, future
  outcome TEXT COLLATE "C" NOT NULL,
  -- when it came, last
  at BIGINT NOT NULL,
  -- the statement that it takes back
  voids BYTEA,
  body BYTEA NOT NULL,
  version BIGINT NOT NULL,
  seal BYTEA NOT NULL
);
CREATE INDEX training_statement_at ON training_statement (at, id);
CREATE INDEX training_statement_of ON training_statement (user_id, course);
CREATE INDEX training_statement_voids ON training_statement (voids) WHERE voids IS NOT NULL;
