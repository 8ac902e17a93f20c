-- People who leave, from notice on.
CREATE TABLE leaver (
  id BLOB PRIMARY KEY,
  subject BLOB NOT NULL,
  -- open, judged, closed, withdrawn
  state TEXT NOT NULL,
  notice_at INTEGER NOT NULL,
  -- the moment at which their last day is over
  last_at INTEGER NOT NULL,
  began_at INTEGER NOT NULL,
  body BLOB NOT NULL,
  version INTEGER NOT NULL,
  seal BLOB NOT NULL
) STRICT, WITHOUT ROWID;
-- Nobody leaves twice at once.
CREATE UNIQUE INDEX leaver_open ON leaver (subject) WHERE state IN ('open', 'judged');
CREATE INDEX leaver_began ON leaver (began_at, id);
