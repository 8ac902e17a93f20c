-- Assessments by third parties.
CREATE TABLE assessment (
  id BYTEA PRIMARY KEY,
  -- draft, open, closed
  state TEXT COLLATE "C" NOT NULL,
  made_at BIGINT NOT NULL,
  starts_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL,
  body BYTEA NOT NULL,
  version BIGINT NOT NULL,
  seal BYTEA NOT NULL
);
-- Their questions.
CREATE TABLE assessment_question (
  id BYTEA PRIMARY KEY,
  assessment BYTEA NOT NULL,
  place BIGINT NOT NULL,
  -- who was given it
  answerer BYTEA,
  -- open, answered, approved, removed
  state TEXT COLLATE "C" NOT NULL,
  at BIGINT NOT NULL,
  body BYTEA NOT NULL,
  version BIGINT NOT NULL,
  seal BYTEA NOT NULL
);
CREATE INDEX assessment_question_assessment ON assessment_question (assessment, place);
CREATE INDEX assessment_question_answerer ON assessment_question (answerer, state);
-- What one said when it was closed.
CREATE TABLE assessment_result (
  id BYTEA PRIMARY KEY,
  body BYTEA NOT NULL
);
