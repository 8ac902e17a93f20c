-- What the house tells people: kind, ids and moments, never a word or a customer's value. `version` is told by the event that
-- wrote the row.
CREATE TABLE notice (
  id BYTEA PRIMARY KEY,
  user_id BYTEA NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  object TEXT COLLATE "C",
  record BYTEA,
  -- A request, a comment, an export, a handover.
  about BYTEA,
  -- Who did it.
  author BYTEA,
  at BIGINT NOT NULL,
  -- When what is announced happens.
  until BIGINT,
  read_at BIGINT,
  version BIGINT NOT NULL,
  seal BYTEA NOT NULL
);
CREATE INDEX notice_user ON notice (user_id, at);
CREATE INDEX notice_record ON notice (record) WHERE record IS NOT NULL;
-- What is old is swept away.
CREATE INDEX notice_version ON notice (version);
-- What people say about a record. The words are sealed under the customer's key, so that they are erased with it; `version` is told
-- by the event that wrote the row.
CREATE TABLE comment (
  id BYTEA PRIMARY KEY,
  object TEXT COLLATE "C" NOT NULL,
  record BYTEA NOT NULL,
  customer BYTEA NOT NULL,
  author BYTEA NOT NULL,
  at BIGINT NOT NULL,
  edited_at BIGINT,
  struck_at BIGINT,
  struck_by BYTEA,
  body BYTEA NOT NULL,
  version BIGINT NOT NULL,
  seal BYTEA NOT NULL
);
CREATE INDEX comment_record ON comment (record, at);
CREATE INDEX comment_customer ON comment (customer);
