-- What people keep for themselves: views of lists, mappings of files' columns. One row for each user and kind. `version` is told
-- by the event that wrote it.
CREATE TABLE own_setting (
  user_id BLOB NOT NULL,
  name TEXT NOT NULL,
  body TEXT NOT NULL,
  version INTEGER NOT NULL,
  seal BLOB NOT NULL,
  PRIMARY KEY (user_id, name)
) STRICT, WITHOUT ROWID;
-- Which import made a record: what an import that is undone takes away. Records of before are of none.
ALTER TABLE imported ADD COLUMN job BLOB;
CREATE INDEX imported_job ON imported (job, record) WHERE job IS NOT NULL;
