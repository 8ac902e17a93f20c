-- The few retentions and erasures: what may be missing, and what may have lost its link.
CREATE INDEX IF NOT EXISTS event_retention ON event (seq) WHERE action = 114;
CREATE INDEX IF NOT EXISTS event_erasure ON event (seq) WHERE action = 14;
-- Keys that seal the bodies of one day's events, wrapped. `id` begins with the day. Destroying a day's keys drops its bodies at
-- once, however many they are.
CREATE TABLE log_key (id BYTEA PRIMARY KEY, kek_version BIGINT NOT NULL, wrapped BYTEA NOT NULL);
