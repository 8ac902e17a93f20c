-- Who was whom: people, departments and pools as rules ask them, from an epoch of the company on; each row says what was otherwise then.
-- The first says all. They count for the company's seal by the hash of their body.
CREATE TABLE membership (
  epoch BIGINT PRIMARY KEY,
  at BIGINT NOT NULL,
  hash BYTEA NOT NULL,
  body TEXT COLLATE "C" NOT NULL
);
