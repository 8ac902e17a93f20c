-- How people stand with their courses.
CREATE TABLE training (
  id BYTEA PRIMARY KEY,
  user_id BYTEA NOT NULL,
  course TEXT COLLATE "C" NOT NULL,
  -- due while there is a date, none
  state TEXT COLLATE "C" NOT NULL,
  at BIGINT NOT NULL,
  due_at BIGINT,
  valid_until BIGINT,
  body BYTEA NOT NULL,
  version BIGINT NOT NULL,
  seal BYTEA NOT NULL
);
CREATE INDEX training_user ON training (user_id, course);
