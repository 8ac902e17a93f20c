-- Every version of a rule of detection: the company's own, and those that ship as they were switched and narrowed. The rows count for the
-- company's seal by their hash; the greatest version of a name is in force.
CREATE TABLE detection_rule (
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  at INTEGER NOT NULL,
  author BLOB NOT NULL,
  reason TEXT NOT NULL,
  hash BLOB NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (name, version)
) STRICT, WITHOUT ROWID;
