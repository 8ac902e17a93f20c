-- Touches lie in the order of their events, so that new ones are appended: clustered by customer, each fell on a page of its own.
-- The index by customer is cut into segments of 16,384 events, so that new entries fall on few pages too; "who saw this customer"
-- looks into each segment at the customer's place.
CREATE TABLE touch_by_event (
  customer BLOB NOT NULL,
  seq INTEGER NOT NULL,
  n INTEGER NOT NULL,
  record BLOB NOT NULL,
  disclosure INTEGER NOT NULL,
  -- 1: the item's salt comes from the customer's key; 0: from the audit key; 2: the customer was erased.
  keyed INTEGER NOT NULL,
  commitment BLOB NOT NULL,
  PRIMARY KEY (seq, n)
) STRICT, WITHOUT ROWID;
INSERT INTO touch_by_event (customer, seq, n, record, disclosure, keyed, commitment)
  SELECT customer, seq, n, record, disclosure, keyed, commitment FROM touch ORDER BY seq, n;
DROP TABLE touch;
ALTER TABLE touch_by_event RENAME TO touch;
CREATE INDEX touch_customer ON touch (seq >> 14, customer);
-- The few erasures: what may have lost its link.
CREATE INDEX event_erasure ON event (seq) WHERE action = 14;
-- Keys that seal the bodies of one day's events, wrapped. `id` begins with the day. Destroying a day's keys drops its bodies at
-- once, however many they are.
CREATE TABLE log_key (id BLOB PRIMARY KEY, kek_version INTEGER NOT NULL, wrapped BLOB NOT NULL) STRICT, WITHOUT ROWID;
