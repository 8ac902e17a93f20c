-- Files of cases. What a file is, its case's timeline says; this row says that it is there. They stay as long as the case.
CREATE TABLE case_attachment (
  id BLOB PRIMARY KEY,
  case_file BLOB NOT NULL,
  at INTEGER NOT NULL,
  seal BLOB NOT NULL
) STRICT, WITHOUT ROWID;
-- The parts of a file, each sealed under the key of cases at its number. They come before the row.
CREATE TABLE case_attachment_part (file BLOB NOT NULL, n INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (file, n)) STRICT;
-- The history of a case is asked of the log; now also who took it as a document.
DROP INDEX event_case;
CREATE INDEX event_case ON event (seq) WHERE action IN (122, 123, 128, 213);
