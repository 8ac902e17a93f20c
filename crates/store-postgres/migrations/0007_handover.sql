-- What is handed over when somebody leaves: begun, and how it ended.
CREATE TABLE handover (
  id BYTEA PRIMARY KEY,
  leaver BYTEA NOT NULL,
  actor BYTEA NOT NULL,
  -- To whom what goes; JSON.
  plan TEXT COLLATE "C" NOT NULL,
  -- Records that the leaver owned when it began.
  total BIGINT NOT NULL,
  began_at BIGINT NOT NULL,
  ended_at BIGINT,
  -- Records that were left when it ended; NULL where that is not known.
  left_over BIGINT,
  seal BYTEA NOT NULL
);
CREATE INDEX handover_leaver ON handover (leaver);
