-- How many records an event touched without a business reason; NULL where none was asked for. Held against the sealed body.
ALTER TABLE ledger_inbox ADD COLUMN unexplained BIGINT;
ALTER TABLE event ADD COLUMN unexplained BIGINT;
CREATE INDEX event_unexplained ON event (at, seq) WHERE unexplained > 0;
