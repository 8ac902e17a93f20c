-- What is handed over when somebody leaves: begun, and how it ended.
CREATE TABLE handover (
  id BLOB PRIMARY KEY,
  leaver BLOB NOT NULL,
  actor BLOB NOT NULL,
  -- To whom what goes; JSON.
  plan TEXT NOT NULL,
  -- Records that the leaver owned when it began.
  total INTEGER NOT NULL,
  began_at INTEGER NOT NULL,
  ended_at INTEGER,
  -- Records that were left when it ended; NULL where that is not known.
  left_over INTEGER,
  seal BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX handover_leaver ON handover (leaver);
