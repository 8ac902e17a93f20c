-- How people stand with their courses.
CREATE TABLE training (
  id BLOB PRIMARY KEY,
  user_id BLOB NOT NULL,
  course TEXT NOT NULL,
  -- due while there is a date, none
  state TEXT NOT NULL,
  at INTEGER NOT NULL,
  due_at INTEGER,
  valid_until INTEGER,
  body BLOB NOT NULL,
  version INTEGER NOT NULL,
  seal BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX training_user ON training (user_id, course);
