-- Records that were merged into others: what became of their ids. Kept for as long as anybody may ask who looked at them.
CREATE TABLE merged (
  record BYTEA PRIMARY KEY,
  object TEXT COLLATE "C" NOT NULL,
  survivor BYTEA NOT NULL,
  merged_at BIGINT NOT NULL,
  seal BYTEA NOT NULL
);
CREATE INDEX merged_survivor ON merged (survivor);
