-- Cases: what was noticed about somebody, followed to a decision. `body`, sealed, holds words, timeline and evidence; the other columns
-- are what lists ask by. `version` is told by the event that wrote the row.
CREATE TABLE case_file (
  id BLOB PRIMARY KEY,
  -- new, investigating, awaiting_answer, contained, closed
  state TEXT NOT NULL,
  severity TEXT NOT NULL,
  subject BLOB NOT NULL,
  owner BLOB,
  opened_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  closed_at INTEGER,
  body BLOB NOT NULL,
  version INTEGER NOT NULL,
  seal BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX case_file_opened ON case_file (opened_at, id);
CREATE INDEX case_file_due ON case_file (due_at) WHERE closed_at IS NULL;
-- Questions to people about what they themselves opened; of a case or without one.
CREATE TABLE inquiry (
  id BLOB PRIMARY KEY,
  subject BLOB NOT NULL,
  case_file BLOB,
  -- waiting, answered, withdrawn
  state TEXT NOT NULL,
  asked_at INTEGER NOT NULL,
  answered_at INTEGER,
  body BLOB NOT NULL,
  version INTEGER NOT NULL,
  seal BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX inquiry_subject ON inquiry (subject, asked_at);
-- Events that a case cites: retention passes them over. They stay as long as the case.
CREATE TABLE evidence_hold (
  event BLOB NOT NULL,
  case_file BLOB NOT NULL,
  at INTEGER NOT NULL,
  seal BLOB NOT NULL,
  PRIMARY KEY (event, case_file)
) STRICT, WITHOUT ROWID;
-- The history of a case is asked of the log.
CREATE INDEX event_case ON event (seq) WHERE action IN (122, 123, 213);
