-- What the house tells people: kind, ids and moments, never a word or a customer's value. `version` is told by the event that
-- wrote the row.
CREATE TABLE notice (
  id BLOB PRIMARY KEY,
  user_id BLOB NOT NULL,
  kind TEXT NOT NULL,
  object TEXT,
  record BLOB,
  -- A request, a comment, an export, a handover.
  about BLOB,
  -- Who did it.
  author BLOB,
  at INTEGER NOT NULL,
  -- When what is announced happens.
  until INTEGER,
  read_at INTEGER,
  version INTEGER NOT NULL,
  seal BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX notice_user ON notice (user_id, at);
CREATE INDEX notice_record ON notice (record) WHERE record IS NOT NULL;
-- What is old is swept away.
CREATE INDEX notice_version ON notice (version);
-- What people say about a record. The words are sealed under the customer's key, so that they are erased with it; `version` is told
-- by the event that wrote the row.
CREATE TABLE comment (
  id BLOB PRIMARY KEY,
  object TEXT NOT NULL,
  record BLOB NOT NULL,
  customer BLOB NOT NULL,
  author BLOB NOT NULL,
  at INTEGER NOT NULL,
  edited_at INTEGER,
  struck_at INTEGER,
  struck_by BLOB,
  body BLOB NOT NULL,
  version INTEGER NOT NULL,
  seal BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX comment_record ON comment (record, at);
CREATE INDEX comment_customer ON comment (customer);
