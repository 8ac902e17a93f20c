-- How far numbers were given: one row for each numbered field and series. `value` and `changed_at` are told by the event that
-- gave the numbers.
CREATE TABLE counter (
  object TEXT NOT NULL,
  field TEXT NOT NULL,
  series TEXT NOT NULL,
  value INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  seal BLOB NOT NULL,
  PRIMARY KEY (object, field, series)
) STRICT, WITHOUT ROWID;
