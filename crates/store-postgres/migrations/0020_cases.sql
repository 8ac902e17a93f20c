-- Cases: what was noticed about somebody, followed to a decision. `body`, sealed, holds words, timeline and evidence; the other columns
-- are what lists ask by. `version` is told by the event that wrote the row.
CREATE TABLE case_file (
  id BYTEA PRIMARY KEY,
  -- new, investigating, awaiting_answer, contained, closed
  state TEXT COLLATE "C" NOT NULL,
  severity TEXT COLLATE "C" NOT NULL,
  subject BYTEA NOT NULL,
  owner BYTEA,
  opened_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  closed_at BIGINT,
  body BYTEA NOT NULL,
  version BIGINT NOT NULL,
  seal BYTEA NOT NULL
);
CREATE INDEX case_file_opened ON case_file (opened_at, id);
CREATE INDEX case_file_due ON case_file (due_at) WHERE closed_at IS NULL;
-- Questions to people about what they themselves opened; of a case or without one.
CREATE TABLE inquiry (
  id BYTEA PRIMARY KEY,
  subject BYTEA NOT NULL,
  case_file BYTEA,
  -- waiting, answered, withdrawn
  state TEXT COLLATE "C" NOT NULL,
  asked_at BIGINT NOT NULL,
  answered_at BIGINT,
  body BYTEA NOT NULL,
  version BIGINT NOT NULL,
  seal BYTEA NOT NULL
);
CREATE INDEX inquiry_subject ON inquiry (subject, asked_at);
-- Events that a case cites: retention passes them over. They stay as long as the case.
CREATE TABLE evidence_hold (
  event BYTEA NOT NULL,
  case_file BYTEA NOT NULL,
  at BIGINT NOT NULL,
  seal BYTEA NOT NULL,
  PRIMARY KEY (event, case_file)
);
-- The history of a case is asked of the log.
CREATE INDEX event_case ON event (seq) WHERE action IN (122, 123, 213);
