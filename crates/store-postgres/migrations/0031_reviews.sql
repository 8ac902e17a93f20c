-- Campaigns of access reviews.
CREATE TABLE review (
  id BYTEA PRIMARY KEY,
  -- open, closing, closed, cancelled
  state TEXT COLLATE "C" NOT NULL,
  began_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  body BYTEA NOT NULL,
  version BIGINT NOT NULL,
  seal BYTEA NOT NULL
);
-- What somebody has, as it is looked at.
CREATE TABLE review_line (
  id BYTEA PRIMARY KEY,
  review BYTEA NOT NULL,
  subject BYTEA,
  reviewer BYTEA,
  -- open, decided, done
  state TEXT COLLATE "C" NOT NULL,
  at BIGINT NOT NULL,
  -- when what was narrowed ends
  ends_at BIGINT,
  body BYTEA NOT NULL,
  version BIGINT NOT NULL,
  seal BYTEA NOT NULL
);
CREATE INDEX review_line_review ON review_line (review, state);
CREATE INDEX review_line_reviewer ON review_line (reviewer, state);
CREATE INDEX review_line_ends ON review_line (ends_at) WHERE ends_at IS NOT NULL;
-- The signed list of a campaign that was closed.
CREATE TABLE review_result (
  id BYTEA PRIMARY KEY,
  body BYTEA NOT NULL
);
