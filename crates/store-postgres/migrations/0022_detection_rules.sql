-- Every version of a rule of detection: the company's own, and those that ship as they were switched and narrowed. The rows count for the
-- company's seal by their hash; the greatest version of a name is in force.
CREATE TABLE detection_rule (
  name TEXT COLLATE "C" NOT NULL,
  version BIGINT NOT NULL,
  at BIGINT NOT NULL,
  author BYTEA NOT NULL,
  reason TEXT COLLATE "C" NOT NULL,
  hash BYTEA NOT NULL,
  body TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (name, version)
);
