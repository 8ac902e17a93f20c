-- Rows say of themselves that the program wrote them: `seal` is a keyed hash over the row's columns under a key that the
-- database does not hold. `live` and `strong` are keyed hashes of the row's id that stand as long as it has not ended, or
-- has a second factor: ending a row takes its `live` away, and nobody beside the program can give it back.
-- Rows of before are sealed once, at the next start of the program.
ALTER TABLE credential ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE credential ADD COLUMN seal BLOB;
ALTER TABLE session ADD COLUMN seal BLOB;
ALTER TABLE session ADD COLUMN live BLOB;
ALTER TABLE session ADD COLUMN strong BLOB;
ALTER TABLE token ADD COLUMN seal BLOB;
ALTER TABLE token ADD COLUMN live BLOB;
ALTER TABLE idempotency ADD COLUMN seal BLOB;
ALTER TABLE export_job ADD COLUMN seal BLOB;
ALTER TABLE record ADD COLUMN seal BLOB;
ALTER TABLE imported ADD COLUMN seal BLOB;
ALTER TABLE member ADD COLUMN seal BLOB;
ALTER TABLE legal_hold ADD COLUMN seal BLOB;
