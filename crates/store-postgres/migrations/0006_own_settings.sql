-- What people keep for themselves: views of lists, mappings of files' columns. One row for each user and kind. `version` is told
-- by the event that wrote it.
CREATE TABLE own_setting (
  user_id BYTEA NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  body TEXT COLLATE "C" NOT NULL,
  version BIGINT NOT NULL,
  seal BYTEA NOT NULL,
  PRIMARY KEY (user_id, name)
);
-- Which import made a record: what an import that is undone takes away. Records of before are of none.
ALTER TABLE imported ADD COLUMN job BYTEA;
CREATE INDEX imported_job ON imported (job, record) WHERE job IS NOT NULL;
