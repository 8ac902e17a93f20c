-- What automation rules did, one row each time; what waits is what systems outside are still to be told.
CREATE TABLE automation_run (
  id BLOB PRIMARY KEY,
  rule TEXT NOT NULL,
  object TEXT NOT NULL,
  record BLOB NOT NULL,
  at INTEGER NOT NULL,
  -- Of a rule about a date: the day it was done for.
  day INTEGER,
  -- done, waiting, delivered, dead
  state TEXT NOT NULL,
  next_at INTEGER,
  -- JSON: names and ids.
  body TEXT NOT NULL,
  version INTEGER NOT NULL,
  seal BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX automation_run_due ON automation_run (next_at) WHERE state = 'waiting';
CREATE INDEX automation_run_at ON automation_run (at);
CREATE INDEX automation_run_record ON automation_run (record);
CREATE UNIQUE INDEX automation_run_day ON automation_run (rule, record, day) WHERE day IS NOT NULL;
