-- Who was whom: people, departments and pools as rules ask them, from an epoch of the company on; each row says what was otherwise then.
-- The first says all. They count for the company's seal by the hash of their body.
CREATE TABLE membership (
  epoch INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  hash BLOB NOT NULL,
  body TEXT NOT NULL
) STRICT;
