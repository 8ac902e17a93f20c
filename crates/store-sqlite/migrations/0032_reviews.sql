-- Campaigns of access reviews.
CREATE TABLE review (
  id BLOB PRIMARY KEY,
  -- open, closing, closed, cancelled
  state TEXT NOT NULL,
  began_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  body BLOB NOT NULL,
  version INTEGER NOT NULL,
  seal BLOB NOT NULL
) STRICT, WITHOUT ROWID;
-- What somebody has, as it is looked at.
CREATE TABLE review_line (
  id BLOB PRIMARY KEY,
  review BLOB NOT NULL,
  subject BLOB,
  reviewer BLOB,
  -- open, decided, done
  state TEXT NOT NULL,
  at INTEGER NOT NULL,
  -- when what was narrowed ends
  ends_at INTEGER,
  body BLOB NOT NULL,
  version INTEGER NOT NULL,
  seal BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX review_line_review ON review_line (review, state);
CREATE INDEX review_line_reviewer ON review_line (reviewer, state);
CREATE INDEX review_line_ends ON review_line (ends_at) WHERE ends_at IS NOT NULL;
-- The signed list of a campaign that was closed.
CREATE TABLE review_result (
  id BLOB PRIMARY KEY,
  body BLOB NOT NULL
) STRICT, WITHOUT ROWID;
