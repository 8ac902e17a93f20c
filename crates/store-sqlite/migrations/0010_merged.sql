-- Records that were merged into others: what became of their ids. Kept for as long as anybody may ask who looked at them.
CREATE TABLE merged (
  record BLOB PRIMARY KEY,
  object TEXT NOT NULL,
  survivor BLOB NOT NULL,
  merged_at INTEGER NOT NULL,
  seal BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX merged_survivor ON merged (survivor);
