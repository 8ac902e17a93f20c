-- What was taken from people for a time. Rows count for the company's seal: they are believed only whole.
CREATE TABLE response (id BLOB PRIMARY KEY NOT NULL, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
-- Decoys. Sealed whole: whoever reads this table learns how many there are, and not which.
CREATE TABLE canary (id BLOB PRIMARY KEY NOT NULL, body BLOB NOT NULL) STRICT, WITHOUT ROWID;
