-- Vulnerabilities that scans found, one row for each asset and fingerprint.
CREATE TABLE finding (
  id BLOB PRIMARY KEY,
  asset TEXT NOT NULL,
  tool TEXT NOT NULL,
  -- 0 for the least, 4 for the gravest
  severity INTEGER NOT NULL,
  -- open, fixed, verified, accepted, false_positive
  state TEXT NOT NULL,
  owner BLOB,
  -- 1 while somebody's word waits for a second one
  waits INTEGER NOT NULL,
  found_at INTEGER NOT NULL,
  -- while it is open
  due_at INTEGER,
  -- when the time does something to it next
  next_at INTEGER,
  body BLOB NOT NULL,
  version INTEGER NOT NULL,
  seal BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX finding_grave ON finding (severity, found_at, id);
CREATE INDEX finding_asset ON finding (asset);
CREATE INDEX finding_next ON finding (next_at, id) WHERE next_at IS NOT NULL;

-- Reports of scanners that were taken in, written once.
CREATE TABLE finding_scan (
  id BLOB PRIMARY KEY,
  asset TEXT NOT NULL,
  tool TEXT NOT NULL,
  at INTEGER NOT NULL,
  body BLOB NOT NULL,
  version INTEGER NOT NULL,
  seal BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX finding_scan_asset ON finding_scan (asset, tool, at);
CREATE INDEX finding_scan_at ON finding_scan (at, id);
