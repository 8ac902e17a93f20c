-- The whole schema of the first version. Ids are 16 bytes, times are milliseconds since 1970, booleans are 0 or 1.
-- PostgreSQL's migration of the same number makes the same tables with the same names.

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO meta (key, value) VALUES ('epoch', '1');

-- People and rules -----------------------------------------------------------------------------------------------------
CREATE TABLE department (id BLOB PRIMARY KEY, parent BLOB, name TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE app_user (
  id BLOB PRIMARY KEY,
  login TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  department BLOB NOT NULL,
  manager BLOB,
  status TEXT NOT NULL,
  trained_until INTEGER,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE user_role (user_id BLOB NOT NULL, role TEXT NOT NULL, PRIMARY KEY (user_id, role)) STRICT, WITHOUT ROWID;
CREATE TABLE role (name TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
-- Policies are never changed, only followed: the greatest version is in force.
CREATE TABLE policy (
  version INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  author BLOB NOT NULL,
  reason TEXT NOT NULL,
  hash BLOB NOT NULL,
  body TEXT NOT NULL,
  diff TEXT NOT NULL
) STRICT;
CREATE TABLE object_type (name TEXT PRIMARY KEY, version INTEGER NOT NULL, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- Signing in. Passwords are argon2id strings, secrets of sessions and tokens SHA-256 hashes, TOTP secrets sealed --------
CREATE TABLE credential (
  user_id BLOB PRIMARY KEY,
  password TEXT,
  password_changed_at INTEGER,
  must_change INTEGER NOT NULL DEFAULT 0,
  totp BLOB,
  totp_confirmed INTEGER NOT NULL DEFAULT 0,
  totp_step INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE TABLE session (
  id BLOB PRIMARY KEY,
  user_id BLOB NOT NULL,
  secret BLOB NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  mfa INTEGER NOT NULL,
  address TEXT,
  user_agent TEXT,
  ended_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX session_user ON session (user_id);
CREATE TABLE token (
  id BLOB PRIMARY KEY,
  user_id BLOB NOT NULL,
  name TEXT NOT NULL,
  secret BLOB NOT NULL UNIQUE,
  actions TEXT,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at INTEGER,
  ended_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX token_user ON token (user_id);
CREATE TABLE idempotency (
  key BLOB PRIMARY KEY,
  request BLOB NOT NULL,
  state TEXT NOT NULL,
  status INTEGER,
  body BLOB,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_at ON idempotency (at);
-- Exports under way: begun, and their outcome not yet recorded.
CREATE TABLE export_job (
  id BLOB PRIMARY KEY,
  actor BLOB NOT NULL,
  object TEXT NOT NULL,
  began_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Records of every object type -----------------------------------------------------------------------------------------
-- A customer's data key, wrapped; both key columns are NULL once the customer is erased.
CREATE TABLE data_key (
  customer BLOB PRIMARY KEY,
  kek_version INTEGER,
  wrapped BLOB,
  created_at INTEGER NOT NULL,
  erased_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX data_key_kek ON data_key (kek_version);
CREATE TABLE record (
  seq INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  object TEXT NOT NULL,
  customer BLOB NOT NULL,
  owner BLOB,
  department BLOB,
  pool INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  created_by BLOB NOT NULL,
  t0 TEXT, t1 TEXT, t2 TEXT, t3 TEXT, t4 TEXT, t5 TEXT, t6 TEXT, t7 TEXT, t8 TEXT, t9 TEXT,
  t10 TEXT, t11 TEXT, t12 TEXT, t13 TEXT, t14 TEXT, t15 TEXT, t16 TEXT, t17 TEXT, t18 TEXT, t19 TEXT,
  n0 INTEGER, n1 INTEGER, n2 INTEGER, n3 INTEGER, n4 INTEGER, n5 INTEGER, n6 INTEGER, n7 INTEGER, n8 INTEGER, n9 INTEGER,
  n10 INTEGER, n11 INTEGER, n12 INTEGER, n13 INTEGER, n14 INTEGER, n15 INTEGER, n16 INTEGER, n17 INTEGER, n18 INTEGER, n19 INTEGER,
  sealed BLOB NOT NULL
) STRICT;
CREATE INDEX record_recent ON record (object, updated_at, id);
CREATE INDEX record_owner ON record (object, owner, updated_at, id);
CREATE INDEX record_department ON record (object, department, updated_at, id);
CREATE INDEX record_customer ON record (customer, object);
-- Blind tokens of sealed fields: candidates for a search, to be opened and compared. `segment` numbers the records by their
-- age, 16384 to one, so that new tokens, which are as good as random, fall on few pages and not all over the index.
CREATE TABLE blind (
  object TEXT NOT NULL,
  field TEXT NOT NULL,
  segment INTEGER NOT NULL,
  token INTEGER NOT NULL,
  record BLOB NOT NULL,
  PRIMARY KEY (object, field, segment, token, record)
) STRICT, WITHOUT ROWID;
CREATE INDEX blind_record ON blind (record, field);
-- Keyed hashes of unique fields' values.
CREATE TABLE taken (
  object TEXT NOT NULL,
  field TEXT NOT NULL,
  mac BLOB NOT NULL,
  record BLOB NOT NULL,
  PRIMARY KEY (object, field, mac)
) STRICT, WITHOUT ROWID;
CREATE INDEX taken_record ON taken (record, field);
-- Which outside key an imported record came from, so that a rerun finds it.
CREATE TABLE imported (
  object TEXT NOT NULL,
  source TEXT NOT NULL,
  mac BLOB NOT NULL,
  record BLOB NOT NULL,
  PRIMARY KEY (object, source, mac)
) STRICT, WITHOUT ROWID;
CREATE INDEX imported_record ON imported (record);
-- Shares, collaborators, viewers.
CREATE TABLE member (
  id BLOB PRIMARY KEY,
  record BLOB NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('share', 'collaborator', 'viewer')),
  grantee_kind TEXT NOT NULL CHECK (grantee_kind IN ('user', 'department', 'role')),
  grantee TEXT NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('read', 'edit')),
  expires_at INTEGER,
  granted_by BLOB NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX member_record ON member (record);
CREATE INDEX member_grantee ON member (grantee_kind, grantee);
CREATE TABLE legal_hold (
  id BLOB PRIMARY KEY,
  customer BLOB NOT NULL,
  reason TEXT NOT NULL,
  author BLOB NOT NULL,
  created_at INTEGER NOT NULL,
  released_at INTEGER,
  released_by BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX legal_hold_customer ON legal_hold (customer);

-- The ledger -----------------------------------------------------------------------------------------------------------
CREATE TABLE ledger_state (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  size INTEGER NOT NULL,
  root BLOB NOT NULL,
  frontier BLOB NOT NULL
) STRICT;
-- The last leaf of each node's stream: where its next boot links to.
CREATE TABLE ledger_node (node INTEGER PRIMARY KEY, leaf BLOB NOT NULL) STRICT;
CREATE TABLE ledger_leaf (idx INTEGER PRIMARY KEY, leaf BLOB NOT NULL) STRICT;
-- Full tiles of 256 hashes; partial ones are rendered from the leaves.
CREATE TABLE ledger_tile (
  level INTEGER NOT NULL,
  n INTEGER NOT NULL,
  hashes BLOB NOT NULL,
  PRIMARY KEY (level, n)
) STRICT, WITHOUT ROWID;
CREATE TABLE ledger_checkpoint (size INTEGER PRIMARY KEY, note TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
-- Events beside the tree, by position. `body` is sealed under the audit key.
CREATE TABLE event (
  seq INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  at INTEGER NOT NULL,
  actor BLOB NOT NULL,
  on_behalf_of BLOB,
  department BLOB,
  channel TEXT NOT NULL,
  source TEXT,
  action INTEGER NOT NULL,
  object TEXT,
  decision INTEGER NOT NULL,
  policy_version INTEGER NOT NULL,
  touches INTEGER NOT NULL,
  body BLOB
) STRICT;
CREATE INDEX event_actor ON event (actor, at, seq);
CREATE INDEX event_at ON event (at, seq);
-- The few retentions: what may be missing.
CREATE INDEX event_retention ON event (seq) WHERE action = 114;
CREATE INDEX event_behalf ON event (on_behalf_of, at, seq) WHERE on_behalf_of IS NOT NULL;
-- One row per record an event touched; clustered by customer: "who saw this customer" is one range.
CREATE TABLE touch (
  customer BLOB NOT NULL,
  seq INTEGER NOT NULL,
  n INTEGER NOT NULL,
  record BLOB NOT NULL,
  disclosure INTEGER NOT NULL,
  -- 1: the item's salt comes from the customer's key; 0: from the audit key; 2: the customer was erased.
  keyed INTEGER NOT NULL,
  commitment BLOB NOT NULL,
  PRIMARY KEY (customer, seq, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX touch_seq ON touch (seq, n);
