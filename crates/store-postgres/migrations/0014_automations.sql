-- What automation rules did, one row each time; what waits is what systems outside are still to be told.
CREATE TABLE automation_run (
  id BYTEA PRIMARY KEY,
  rule TEXT COLLATE "C" NOT NULL,
  object TEXT COLLATE "C" NOT NULL,
  record BYTEA NOT NULL,
  at BIGINT NOT NULL,
  -- Of a rule about a date: the day it was done for.
  day BIGINT,
  -- done, waiting, delivered, dead
  state TEXT COLLATE "C" NOT NULL,
  next_at BIGINT,
  -- JSON: names and ids.
  body TEXT COLLATE "C" NOT NULL,
  version BIGINT NOT NULL,
  seal BYTEA
);
CREATE INDEX automation_run_due ON automation_run (next_at) WHERE state = 'waiting';
CREATE INDEX automation_run_at ON automation_run (at);
CREATE INDEX automation_run_record ON automation_run (record);
CREATE UNIQUE INDEX automation_run_day ON automation_run (rule, record, day) WHERE day IS NOT NULL;
