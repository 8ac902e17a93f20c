-- Assessments by third parties.
CREATE TABLE assessment (
  id BLOB PRIMARY KEY,
  -- draft, open, closed
  state TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  starts_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  body BLOB NOT NULL,
  version INTEGER NOT NULL,
  seal BLOB NOT NULL
) STRICT, WITHOUT ROWID;
-- Their questions.
CREATE TABLE assessment_question (
  id BLOB PRIMARY KEY,
  assessment BLOB NOT NULL,
  place INTEGER NOT NULL,
  -- who was given it
  answerer BLOB,
  -- open, answered, approved, removed
  state TEXT NOT NULL,
  at INTEGER NOT NULL,
  body BLOB NOT NULL,
  version INTEGER NOT NULL,
  seal BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX assessment_question_assessment ON assessment_question (assessment, place);
CREATE INDEX assessment_question_answerer ON assessment_question (answerer, state);
-- What one said when it was closed.
CREATE TABLE assessment_result (
  id BLOB PRIMARY KEY,
  body BLOB NOT NULL
) STRICT, WITHOUT ROWID;
