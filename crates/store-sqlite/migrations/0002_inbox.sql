-- Acknowledged events that have no rows yet: one row per batch, from `first` on, as packed by `inbox.rs`. A batch is made durable
-- as this one row; its leaves, event rows, touches and tiles are written some hundred milliseconds later, for many batches at once.
CREATE TABLE ledger_batch (first INTEGER PRIMARY KEY, entries BLOB NOT NULL) STRICT;
