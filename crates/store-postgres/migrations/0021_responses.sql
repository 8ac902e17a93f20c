-- What was taken from people for a time. Rows count for the company's seal: they are believed only whole.
CREATE TABLE response (id BYTEA PRIMARY KEY NOT NULL, body TEXT COLLATE "C" NOT NULL);
-- Decoys. Sealed whole: whoever reads this table learns how many there are, and not which.
CREATE TABLE canary (id BYTEA PRIMARY KEY NOT NULL, body BYTEA NOT NULL);
