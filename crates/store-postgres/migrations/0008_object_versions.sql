-- Every version of an object type's definition, as it was. The rows count for the company's seal by their hash.
CREATE TABLE object_version (
  name TEXT COLLATE "C" NOT NULL,
  version BIGINT NOT NULL,
  -- Neither for what was shipped, or came before versions were kept.
  at BIGINT,
  author BYTEA,
  hash BYTEA NOT NULL,
  body TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (name, version)
);
