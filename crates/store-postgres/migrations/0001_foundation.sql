-- The whole schema of the first version. Ids are 16 bytes, times are milliseconds since 1970, booleans are 0 or 1.
-- SQLite's migration of the same number makes the same tables with the same names. Text compares by code points
-- (COLLATE "C"); nothing here goes beyond what PostgreSQL's distributed kin offer: no sequence, no partial index, no trigger.

CREATE TABLE meta (key TEXT COLLATE "C" PRIMARY KEY, value TEXT COLLATE "C" NOT NULL);
INSERT INTO meta (key, value) VALUES ('epoch', '1');

-- People and rules -----------------------------------------------------------------------------------------------------
CREATE TABLE department (id BYTEA PRIMARY KEY, parent BYTEA, name TEXT COLLATE "C" NOT NULL);
CREATE TABLE app_user (
  id BYTEA PRIMARY KEY,
  login TEXT COLLATE "C" NOT NULL UNIQUE,
  name TEXT COLLATE "C" NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  department BYTEA NOT NULL,
  manager BYTEA,
  status TEXT COLLATE "C" NOT NULL,
  trained_until BIGINT,
  created_at BIGINT NOT NULL
);
CREATE TABLE user_role (user_id BYTEA NOT NULL, role TEXT COLLATE "C" NOT NULL, PRIMARY KEY (user_id, role));
CREATE TABLE role (name TEXT COLLATE "C" PRIMARY KEY, body TEXT COLLATE "C" NOT NULL);
-- Policies are never changed, only followed: the greatest version is in force.
CREATE TABLE policy (
  version BIGINT PRIMARY KEY,
  at BIGINT NOT NULL,
  author BYTEA NOT NULL,
  reason TEXT COLLATE "C" NOT NULL,
  hash BYTEA NOT NULL,
  body TEXT COLLATE "C" NOT NULL,
  diff TEXT COLLATE "C" NOT NULL
);
CREATE TABLE object_type (name TEXT COLLATE "C" PRIMARY KEY, version BIGINT NOT NULL, body TEXT COLLATE "C" NOT NULL);
CREATE TABLE setting (key TEXT COLLATE "C" PRIMARY KEY, value TEXT COLLATE "C" NOT NULL);

-- Signing in. Passwords are argon2id strings, secrets of sessions and tokens SHA-256 hashes, TOTP secrets sealed --------
CREATE TABLE credential (
  user_id BYTEA PRIMARY KEY,
  password TEXT COLLATE "C",
  password_changed_at BIGINT,
  must_change BIGINT NOT NULL DEFAULT 0,
  totp BYTEA,
  totp_confirmed BIGINT NOT NULL DEFAULT 0,
  totp_step BIGINT NOT NULL DEFAULT 0
);
CREATE TABLE session (
  id BYTEA PRIMARY KEY,
  user_id BYTEA NOT NULL,
  secret BYTEA NOT NULL UNIQUE,
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  mfa BIGINT NOT NULL,
  address TEXT COLLATE "C",
  user_agent TEXT COLLATE "C",
  ended_at BIGINT
);
CREATE INDEX session_of_user ON session (user_id);
CREATE TABLE token (
  id BYTEA PRIMARY KEY,
  user_id BYTEA NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  secret BYTEA NOT NULL UNIQUE,
  actions TEXT COLLATE "C",
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT,
  ended_at BIGINT
);
CREATE INDEX token_of_user ON token (user_id);
CREATE TABLE idempotency (
  key BYTEA PRIMARY KEY,
  request BYTEA NOT NULL,
  state TEXT COLLATE "C" NOT NULL,
  status BIGINT,
  body BYTEA,
  at BIGINT NOT NULL
);
CREATE INDEX idempotency_at ON idempotency (at);
-- Exports under way: begun, and their outcome not yet recorded.
CREATE TABLE export_job (
  id BYTEA PRIMARY KEY,
  actor BYTEA NOT NULL,
  object TEXT COLLATE "C" NOT NULL,
  began_at BIGINT NOT NULL
);

-- Records of every object type -----------------------------------------------------------------------------------------
-- A customer's data key, wrapped; both key columns are NULL once the customer is erased. In parts, so that after an erasure
-- each can be written anew in a moment: PostgreSQL leaves the bytes of old rows in its pages.
CREATE TABLE data_key (
  customer BYTEA PRIMARY KEY,
  kek_version BIGINT,
  wrapped BYTEA,
  created_at BIGINT NOT NULL,
  erased_at BIGINT
) PARTITION BY HASH (customer);
CREATE TABLE data_key_00 PARTITION OF data_key FOR VALUES WITH (MODULUS 16, REMAINDER 0);
CREATE TABLE data_key_01 PARTITION OF data_key FOR VALUES WITH (MODULUS 16, REMAINDER 1);
CREATE TABLE data_key_02 PARTITION OF data_key FOR VALUES WITH (MODULUS 16, REMAINDER 2);
CREATE TABLE data_key_03 PARTITION OF data_key FOR VALUES WITH (MODULUS 16, REMAINDER 3);
CREATE TABLE data_key_04 PARTITION OF data_key FOR VALUES WITH (MODULUS 16, REMAINDER 4);
CREATE TABLE data_key_05 PARTITION OF data_key FOR VALUES WITH (MODULUS 16, REMAINDER 5);
CREATE TABLE data_key_06 PARTITION OF data_key FOR VALUES WITH (MODULUS 16, REMAINDER 6);
CREATE TABLE data_key_07 PARTITION OF data_key FOR VALUES WITH (MODULUS 16, REMAINDER 7);
CREATE TABLE data_key_08 PARTITION OF data_key FOR VALUES WITH (MODULUS 16, REMAINDER 8);
CREATE TABLE data_key_09 PARTITION OF data_key FOR VALUES WITH (MODULUS 16, REMAINDER 9);
CREATE TABLE data_key_10 PARTITION OF data_key FOR VALUES WITH (MODULUS 16, REMAINDER 10);
CREATE TABLE data_key_11 PARTITION OF data_key FOR VALUES WITH (MODULUS 16, REMAINDER 11);
CREATE TABLE data_key_12 PARTITION OF data_key FOR VALUES WITH (MODULUS 16, REMAINDER 12);
CREATE TABLE data_key_13 PARTITION OF data_key FOR VALUES WITH (MODULUS 16, REMAINDER 13);
CREATE TABLE data_key_14 PARTITION OF data_key FOR VALUES WITH (MODULUS 16, REMAINDER 14);
CREATE TABLE data_key_15 PARTITION OF data_key FOR VALUES WITH (MODULUS 16, REMAINDER 15);
CREATE INDEX data_key_kek ON data_key (kek_version);
CREATE TABLE record (
  id BYTEA PRIMARY KEY,
  -- Numbers the records by age in the embedded database only: here nothing hands out numbers that several nodes share.
  seq BIGINT NOT NULL DEFAULT 0,
  object TEXT COLLATE "C" NOT NULL,
  customer BYTEA NOT NULL,
  owner BYTEA,
  department BYTEA,
  pool BIGINT NOT NULL DEFAULT 0,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  created_by BYTEA NOT NULL,
  t0 TEXT COLLATE "C", t1 TEXT COLLATE "C", t2 TEXT COLLATE "C", t3 TEXT COLLATE "C", t4 TEXT COLLATE "C", t5 TEXT COLLATE "C", t6 TEXT COLLATE "C", t7 TEXT COLLATE "C", t8 TEXT COLLATE "C", t9 TEXT COLLATE "C",
  t10 TEXT COLLATE "C", t11 TEXT COLLATE "C", t12 TEXT COLLATE "C", t13 TEXT COLLATE "C", t14 TEXT COLLATE "C", t15 TEXT COLLATE "C", t16 TEXT COLLATE "C", t17 TEXT COLLATE "C", t18 TEXT COLLATE "C", t19 TEXT COLLATE "C",
  n0 BIGINT, n1 BIGINT, n2 BIGINT, n3 BIGINT, n4 BIGINT, n5 BIGINT, n6 BIGINT, n7 BIGINT, n8 BIGINT, n9 BIGINT,
  n10 BIGINT, n11 BIGINT, n12 BIGINT, n13 BIGINT, n14 BIGINT, n15 BIGINT, n16 BIGINT, n17 BIGINT, n18 BIGINT, n19 BIGINT,
  sealed BYTEA NOT NULL
);
CREATE INDEX record_recent ON record (object, updated_at, id);
CREATE INDEX record_owner ON record (object, owner, updated_at, id);
CREATE INDEX record_department ON record (object, department, updated_at, id);
CREATE INDEX record_customer ON record (customer, object);
-- Blind tokens of sealed fields: candidates for a search, to be opened and compared. `segment` numbers the records by their
-- age in the embedded database, whose pages are written whole; here all are in segment 0.
CREATE TABLE blind (
  object TEXT COLLATE "C" NOT NULL,
  field TEXT COLLATE "C" NOT NULL,
  segment BIGINT NOT NULL,
  token BIGINT NOT NULL,
  record BYTEA NOT NULL,
  PRIMARY KEY (object, field, segment, token, record)
);
CREATE INDEX blind_record ON blind (record, field);
-- Keyed hashes of unique fields' values.
CREATE TABLE taken (
  object TEXT COLLATE "C" NOT NULL,
  field TEXT COLLATE "C" NOT NULL,
  mac BYTEA NOT NULL,
  record BYTEA NOT NULL,
  PRIMARY KEY (object, field, mac)
);
CREATE INDEX taken_record ON taken (record, field);
-- Which outside key an imported record came from, so that a rerun finds it.
CREATE TABLE imported (
  object TEXT COLLATE "C" NOT NULL,
  source TEXT COLLATE "C" NOT NULL,
  mac BYTEA NOT NULL,
  record BYTEA NOT NULL,
  PRIMARY KEY (object, source, mac)
);
CREATE INDEX imported_record ON imported (record);
-- Shares, collaborators, viewers.
CREATE TABLE member (
  id BYTEA PRIMARY KEY,
  record BYTEA NOT NULL,
  kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('share', 'collaborator', 'viewer')),
  grantee_kind TEXT COLLATE "C" NOT NULL CHECK (grantee_kind IN ('user', 'department', 'role')),
  grantee TEXT COLLATE "C" NOT NULL,
  level TEXT COLLATE "C" NOT NULL CHECK (level IN ('read', 'edit')),
  expires_at BIGINT,
  granted_by BYTEA NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX member_record ON member (record);
CREATE INDEX member_grantee ON member (grantee_kind, grantee);
CREATE TABLE legal_hold (
  id BYTEA PRIMARY KEY,
  customer BYTEA NOT NULL,
  reason TEXT COLLATE "C" NOT NULL,
  author BYTEA NOT NULL,
  created_at BIGINT NOT NULL,
  released_at BIGINT,
  released_by BYTEA
);
CREATE INDEX legal_hold_customer ON legal_hold (customer);

-- The ledger -----------------------------------------------------------------------------------------------------------
CREATE TABLE ledger_state (
  id BIGINT PRIMARY KEY CHECK (id = 1),
  size BIGINT NOT NULL,
  root BYTEA NOT NULL,
  frontier BYTEA NOT NULL
);
-- The last leaf of each node's stream that stands in the tree.
CREATE TABLE ledger_node (node BIGINT PRIMARY KEY, leaf BYTEA NOT NULL);
-- What each node has written, sequenced or not: its boot (a row of another boot fences an older process off), how many
-- leaves in all, and the last of them.
CREATE TABLE ledger_writer (node BIGINT PRIMARY KEY, boot BIGINT NOT NULL, appended BIGINT NOT NULL, leaf BYTEA);
-- Durable events that a leader has not yet given a position. `items` are the touches, packed.
CREATE TABLE ledger_inbox (
  node BIGINT NOT NULL,
  boot BIGINT NOT NULL,
  ctr BIGINT NOT NULL,
  leaf BYTEA NOT NULL,
  at BIGINT NOT NULL,
  actor BYTEA NOT NULL,
  on_behalf_of BYTEA,
  department BYTEA,
  channel TEXT COLLATE "C" NOT NULL,
  source TEXT COLLATE "C",
  object TEXT COLLATE "C",
  policy_version BIGINT NOT NULL,
  items BYTEA NOT NULL,
  body BYTEA NOT NULL,
  PRIMARY KEY (node, boot, ctr)
);
-- Who sequences, until when (the database's clock). It only saves work: what keeps the log from forking is the
-- compare-and-swap on ledger_state.
CREATE TABLE ledger_lease (id BIGINT PRIMARY KEY CHECK (id = 1), node BIGINT NOT NULL, boot BIGINT NOT NULL, until BIGINT NOT NULL);
INSERT INTO ledger_lease (id, node, boot, until) VALUES (1, 0, 0, 0);
CREATE TABLE ledger_leaf (idx BIGINT PRIMARY KEY, leaf BYTEA NOT NULL);
-- Full tiles of 256 hashes; partial ones are rendered from the leaves.
CREATE TABLE ledger_tile (
  level BIGINT NOT NULL,
  n BIGINT NOT NULL,
  hashes BYTEA NOT NULL,
  PRIMARY KEY (level, n)
);
CREATE TABLE ledger_checkpoint (size BIGINT PRIMARY KEY, note TEXT COLLATE "C" NOT NULL, at BIGINT NOT NULL);
-- Events beside the tree, by position. `body` is sealed under the audit key.
CREATE TABLE event (
  seq BIGINT PRIMARY KEY,
  id BYTEA NOT NULL UNIQUE,
  at BIGINT NOT NULL,
  actor BYTEA NOT NULL,
  on_behalf_of BYTEA,
  department BYTEA,
  channel TEXT COLLATE "C" NOT NULL,
  source TEXT COLLATE "C",
  action BIGINT NOT NULL,
  object TEXT COLLATE "C",
  decision BIGINT NOT NULL,
  policy_version BIGINT NOT NULL,
  touches BIGINT NOT NULL,
  body BYTEA
);
CREATE INDEX event_actor ON event (actor, at, seq);
CREATE INDEX event_at ON event (at, seq);
CREATE INDEX event_behalf ON event (on_behalf_of, at, seq);
-- One row per record an event touched; clustered by customer: "who saw this customer" is one range.
CREATE TABLE touch (
  customer BYTEA NOT NULL,
  seq BIGINT NOT NULL,
  n BIGINT NOT NULL,
  record BYTEA NOT NULL,
  disclosure BIGINT NOT NULL,
  -- 1: the item's salt comes from the customer's key; 0: from the audit key; 2: the customer was erased.
  keyed BIGINT NOT NULL,
  commitment BYTEA NOT NULL,
  PRIMARY KEY (customer, seq, n)
);
CREATE INDEX touch_seq ON touch (seq, n);
