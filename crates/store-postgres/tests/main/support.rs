//! Units to append, and the check of a whole log that every test ends with.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use access::path::{Change, Entry, Journal, Param, TouchRow, Unit};
use ledger::{Appender, Leaf, LeafKind, StreamChecker};
use model::{RecordId, UnixMs, UserId};
use store::{Database, Query, Row};
use store_postgres::{Options, PostgresDatabase};

/// A node of its own number; short leases, so that a lost leader is missed soon.
pub fn node(number: u32) -> Options {
    Options { node: number, readers: 4, lease: Duration::from_millis(300), ..Options::default() }
}

pub async fn connect(url: &str, number: u32) -> PostgresDatabase {
    PostgresDatabase::connect(url, &node(number)).await.unwrap()
}

/// A node that has written its start.
pub async fn started(url: &str, number: u32) -> PostgresDatabase {
    let db = connect(url, number).await;
    db.append(event(LeafKind::NodeStart)).await.unwrap();
    db
}

pub fn event(kind: LeafKind) -> Unit {
    static NUMBER: AtomicU64 = AtomicU64::new(1);
    let n = NUMBER.fetch_add(1, Ordering::Relaxed);
    let mut id = [0; 16];
    id[8..].copy_from_slice(&n.to_be_bytes());
    let entry = Entry {
        leaf: Leaf::new(kind, id, 1_700_000_000_000 + n),
        at: UnixMs(1_700_000_000_000),
        actor: UserId::from_bytes([1; 16]),
        on_behalf_of: None,
        department: None,
        channel: "web",
        source: Some("192.0.2.1".into()),
        object: Some("customer".into()),
        policy_version: 1,
        unexplained: None,
        touches: vec![],
        body: id.to_vec(),
    };
    Unit { changes: vec![], entry }
}

pub fn access() -> Unit {
    event(LeafKind::Access)
}

pub fn touching(records: u8) -> Unit {
    let mut unit = access();
    let touch = |n| TouchRow {
        record: RecordId::from_bytes([n; 16]),
        customer: RecordId::from_bytes([n; 16]),
        disclosure: 3,
        keyed: n % 2 == 0,
        commitment: [n; 32],
    };
    unit.entry.touches = (0..records).map(touch).collect();
    unit
}

pub fn changing(changes: Vec<Change>) -> Unit {
    Unit { changes, ..access() }
}

/// Makes a setting; its key must be free.
pub fn set(key: &str, value: &str) -> Change {
    Change::new("INSERT INTO setting (key, value) VALUES (?1, ?2)", vec![key.into(), value.into()])
}

pub async fn all(db: &PostgresDatabase, sql: &str) -> Vec<Row> {
    db.read(Query::new(sql, vec![])).await.unwrap()
}

pub async fn count(db: &PostgresDatabase, table: &str) -> i64 {
    all(db, &format!("SELECT COUNT(*) FROM {table}")).await[0].int(0).unwrap()
}

pub async fn setting(db: &PostgresDatabase, key: &str) -> Option<String> {
    let rows = db.read(Query::point("SELECT value FROM setting WHERE key = ?1", vec![key.into()])).await.unwrap();
    rows.first().map(|r| r.text(0).unwrap().to_owned())
}

/// Checks the whole log: dense positions, sound streams, the root, every full tile, one event row per leaf. Returns the
/// event ids in the order of the log.
pub async fn verify(db: &PostgresDatabase) -> Vec<[u8; 16]> {
    let leaves = all(db, "SELECT idx, leaf FROM ledger_leaf ORDER BY idx").await;
    let mut checker = StreamChecker::default();
    let mut encoded = Vec::new();
    let mut ids = Vec::new();
    for (n, row) in (0..).zip(&leaves) {
        assert_eq!(row.int(0).unwrap(), n, "positions are dense");
        let leaf = Leaf::decode(row.bytes(1).unwrap()).unwrap();
        checker.check(&leaf).unwrap_or_else(|fault| panic!("leaf {n}: {fault}"));
        encoded.push(row.bytes(1).unwrap().to_vec());
        ids.push(leaf.event_id);
    }
    let mut log = Appender::new();
    let grown = log.extend(&encoded).unwrap();
    let state = all(db, "SELECT size, root, frontier FROM ledger_state").await;
    assert_eq!(state[0].int(0).unwrap(), leaves.len() as i64);
    assert_eq!(state[0].bytes(1).unwrap(), log.tree().root());
    assert_eq!(state[0].bytes(2).unwrap(), log.tree().to_bytes());
    let tiles = all(db, "SELECT hashes FROM ledger_tile ORDER BY level, n").await;
    let stored: Vec<&[u8]> = tiles.iter().map(|r| r.bytes(0).unwrap()).collect();
    let mut expected: Vec<_> = grown.tiles.iter().collect();
    expected.sort_by_key(|t| t.path.to_string());
    assert_eq!(stored, expected.iter().map(|t| t.bytes.as_slice()).collect::<Vec<_>>());
    let events = all(db, "SELECT seq, id FROM event ORDER BY seq").await;
    let rows: Vec<_> = events.iter().map(|r| r.id(1).unwrap()).collect();
    assert_eq!(rows, ids, "one event row per leaf");
    ids
}

pub fn int(n: i64) -> Param {
    Param::Int(n)
}
