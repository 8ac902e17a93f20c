-- Vulnerabilities that scans found, one row for each asset and fingerprint.
CREATE TABLE finding (
  id BYTEA PRIMARY KEY,
  asset TEXT COLLATE "C" NOT NULL,
  tool TEXT COLLATE "C" NOT NULL,
  -- 0 for the least, 4 for the gravest
  severity BIGINT NOT NULL,
  -- open, fixed, verified, accepted, false_positive
  state TEXT COLLATE "C" NOT NULL,
  owner BYTEA,
  -- 1 while somebody's word waits for a second one
  waits BIGINT NOT NULL,
  found_at BIGINT NOT NULL,
  -- while it is open
  due_at BIGINT,
  -- when the time does something to it next
  next_at BIGINT,
  body BYTEA NOT NULL,
  version BIGINT NOT NULL,
  seal BYTEA NOT NULL
);
CREATE INDEX finding_grave ON finding (severity, found_at, id);
CREATE INDEX finding_asset ON finding (asset);
CREATE INDEX finding_next ON finding (next_at, id) WHERE next_at IS NOT NULL;

-- Reports of scanners that were taken in, written once.
CREATE TABLE finding_scan (
  id BYTEA PRIMARY KEY,
  asset TEXT COLLATE "C" NOT NULL,
  tool TEXT COLLATE "C" NOT NULL,
  at BIGINT NOT NULL,
  body BYTEA NOT NULL,
  version BIGINT NOT NULL,
  seal BYTEA NOT NULL
);
CREATE INDEX finding_scan_asset ON finding_scan (asset, tool, at);
CREATE INDEX finding_scan_at ON finding_scan (at, id);
