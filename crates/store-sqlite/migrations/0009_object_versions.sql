-- Every version of an object type's definition, as it was. The rows count for the company's seal by their hash.
CREATE TABLE object_version (
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  -- Neither for what was shipped, or came before versions were kept.
  at INTEGER,
  author BLOB,
  hash BLOB NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (name, version)
) STRICT, WITHOUT ROWID;
