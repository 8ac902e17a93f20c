-- People who leave, from notice on.
CREATE TABLE leaver (
  id BYTEA PRIMARY KEY,
  subject BYTEA NOT NULL,
  -- open, judged, closed, withdrawn
  state TEXT COLLATE "C" NOT NULL,
  notice_at BIGINT NOT NULL,
  -- the moment at which their last day is over
  last_at BIGINT NOT NULL,
  began_at BIGINT NOT NULL,
  body BYTEA NOT NULL,
  version BIGINT NOT NULL,
  seal BYTEA NOT NULL
);
-- Nobody leaves twice at once.
CREATE UNIQUE INDEX leaver_open ON leaver (subject) WHERE state IN ('open', 'judged');
CREATE INDEX leaver_began ON leaver (began_at, id);
