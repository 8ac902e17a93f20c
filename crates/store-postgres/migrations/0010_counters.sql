-- How far numbers were given: one row for each numbered field and series. `value` and `changed_at` are told by the event that
-- gave the numbers.
CREATE TABLE counter (
  object TEXT COLLATE "C" NOT NULL,
  field TEXT COLLATE "C" NOT NULL,
  series TEXT COLLATE "C" NOT NULL,
  value BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  seal BYTEA NOT NULL,
  PRIMARY KEY (object, field, series)
);
