//! Faults of process and disk. The writer is this test binary started once more as a child; what it was told is durable it
//! says on its standard output; then it dies, and the file is opened by the code of every other start.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use access::path::{Change, Entry, Journal, JournalError, Unit};
use ledger::{Leaf, LeafKind, StreamChecker, TreeState};
use model::{EventId, UnixMs, UserId};
use store::{Database, Query};
use store_sqlite::{Options, SqliteDatabase};

const CHILD: &str = "faults::writer";
const TASKS: u64 = 16;

pub fn unit(id: [u8; 16], kind: LeafKind) -> Unit {
    let mut leaf = Leaf::new(kind, id, 1_700_000_000_000);
    leaf.action = 5;
    let entry = Entry {
        leaf,
        at: UnixMs(1_700_000_000_000),
        actor: UserId::from_bytes([1; 16]),
        on_behalf_of: None,
        department: None,
        channel: "api",
        source: None,
        object: Some("customer".into()),
        policy_version: 1,
        unexplained: None,
        touches: vec![],
        body: vec![7; 300],
    };
    let key = EventId::from_bytes(id).to_string();
    let change = Change::new("INSERT INTO setting (key, value) VALUES (?1, 'x')", vec![key.into()]);
    Unit { changes: vec![change], entry }
}

/// The child: 16 tasks append as fast as they are answered, each saying what was acknowledged.
#[test]
#[ignore = "run by the tests of this module, in a child process"]
fn writer() {
    let dir = std::env::var_os("WHOSAW_TEST_DIR").expect("started by a test of this module");
    let round = std::env::var_os("WHOSAW_TEST_ROUND").unwrap().to_string_lossy().parse::<u64>().unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async move {
        let db = Arc::new(SqliteDatabase::open(&Path::new(&dir).join("whosaw.db"), &Options::default()).unwrap());
        let id = move |n: u64| (u128::from(round) << 64 | u128::from(n)).to_be_bytes();
        db.append(unit(id(0), LeafKind::NodeStart)).await.unwrap();
        say(&format!("ack {}", EventId::from_bytes(id(0))));
        let tasks: Vec<_> = (1..=TASKS)
            .map(|task| {
                let db = db.clone();
                tokio::spawn(async move {
                    for n in 0_u64.. {
                        let id = id(task << 32 | n);
                        match db.append(unit(id, LeafKind::Access)).await {
                            Ok(_) => say(&format!("ack {}", EventId::from_bytes(id))),
                            Err(JournalError::Unavailable) => {
                                assert!(db.is_poisoned());
                                say("unavailable");
                                return;
                            }
                            Err(other) => panic!("{other}"),
                        }
                    }
                })
            })
            .collect();
        for t in tasks {
            t.await.unwrap();
        }
        // Poisoned: nothing more is taken, whatever the disk could do by now.
        assert!(matches!(db.append(unit(id(u64::MAX), LeafKind::Access)).await, Err(JournalError::Unavailable)));
        say("stopped");
    });
}

/// One write, so that a kill cuts between lines or not at all.
pub fn say(line: &str) {
    std::io::stdout().lock().write_all(format!("{line}\n").as_bytes()).unwrap();
}

fn start(dir: &Path, round: u64, limit_kib: Option<u64>) -> Child {
    let me = std::env::current_exe().unwrap();
    let mut command = match limit_kib {
        None => Command::new(me),
        // A file size limit stands in for a full disk: writes beyond it fail, and the process lives to see it.
        Some(kib) => {
            let mut c = Command::new("bash");
            c.arg("-c").arg(format!("trap '' XFSZ; ulimit -f {kib}; exec \"$0\" \"$@\"")).arg(me);
            c
        }
    };
    command
        .args(["--exact", CHILD, "--include-ignored", "--nocapture", "--test-threads=1"])
        .env("WHOSAW_TEST_DIR", dir)
        .env("WHOSAW_TEST_ROUND", round.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

pub fn acknowledged(line: &str) -> Option<EventId> {
    // The runner's own words may stand before the first.
    line.rsplit_once("ack ").and_then(|(_, id)| id.parse().ok())
}

/// Opens the file as every start does and checks it from outside: every acknowledged event is there, changes and events
/// belong together one to one, positions are dense, streams unbroken, the root is that of the leaves.
async fn check(dir: &Path, acked: &BTreeSet<EventId>) -> usize {
    let db = SqliteDatabase::open(&dir.join("whosaw.db"), &Options::default()).unwrap();
    let rows = db
        .read(Query::new(
            "SELECT l.idx, l.leaf, e.id FROM ledger_leaf l JOIN event e ON e.seq = l.idx ORDER BY l.idx",
            vec![],
        ))
        .await
        .unwrap();
    let mut tree = TreeState::default();
    let mut streams = StreamChecker::default();
    let mut events = BTreeSet::new();
    for (n, row) in rows.iter().enumerate() {
        assert_eq!(row.int(0).unwrap(), i64::try_from(n).unwrap());
        let leaf = Leaf::decode(row.bytes(1).unwrap()).unwrap();
        assert_eq!(leaf.event_id, row.id(2).unwrap());
        streams.check(&leaf).unwrap();
        tree.append(leaf.tree_hash());
        assert!(events.insert(EventId::from_bytes(leaf.event_id)), "an event stands twice");
    }
    let lost: Vec<_> = acked.difference(&events).collect();
    assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
    let state = db.read(Query::new("SELECT size, root FROM ledger_state", vec![])).await.unwrap();
    assert_eq!(state[0].int(0).unwrap(), i64::try_from(rows.len()).unwrap());
    assert_eq!(state[0].bytes(1).unwrap(), tree.root());
    let changes = db.read(Query::new("SELECT key FROM setting", vec![])).await.unwrap();
    let changes: BTreeSet<EventId> = changes.iter().map(|r| r.text(0).unwrap().parse().unwrap()).collect();
    assert_eq!(changes, events, "a change without its event, or an event without its change");
    events.len()
}

#[tokio::test]
async fn killed_at_any_moment_nothing_acknowledged_is_lost_and_nothing_stands_without_its_event() {
    let rounds = std::env::var_os("WHOSAW_SOAK_ROUNDS").map_or(100, |r| r.to_string_lossy().parse::<u64>().unwrap());
    let dir = tempfile::tempdir().unwrap();
    let mut acked = BTreeSet::new();
    for round in 0..rounds {
        let mut child = start(dir.path(), round, None);
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        // From right after the start to some hundred acknowledgements later.
        let moment = (round * 37) % 400;
        let mut seen = 0;
        while seen < moment {
            let Some(Ok(line)) = lines.next() else { break };
            seen += u64::from(acknowledged(&line).map(|id| acked.insert(id)).is_some());
        }
        child.kill().unwrap();
        acked.extend(lines.map_while(Result::ok).filter_map(|l| acknowledged(&l)));
        child.wait().unwrap();
        if round % 10 == 9 || round + 1 == rounds {
            check(dir.path(), &acked).await;
        }
    }
    assert!(acked.len() as u64 > rounds);
}

#[tokio::test]
async fn on_a_full_disk_the_log_stops_and_a_restart_finds_all_that_was_acknowledged() {
    let dir = tempfile::tempdir().unwrap();
    // Room for the schema and some hundred events, in steps, so that different writes are the first to fail.
    for (round, kib) in [(0, 1600), (1, 2000), (2, 2800)] {
        let mut child = start(dir.path(), round, Some(kib));
        let mut acked = BTreeSet::new();
        let (mut unavailable, mut stopped) = (0, false);
        for line in BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok) {
            acked.extend(acknowledged(&line));
            unavailable += u64::from(line.ends_with("unavailable"));
            stopped |= line.ends_with("stopped");
        }
        let mut said = String::new();
        std::io::Read::read_to_string(&mut child.stderr.take().unwrap(), &mut said).unwrap();
        assert!(child.wait().unwrap().success(), "{said}");
        assert!(stopped && unavailable == TASKS, "{unavailable} of {TASKS} told; {said}");
        assert!(!acked.is_empty());
        // With room again, the same file opens, holds everything, and takes more.
        let before = check(dir.path(), &acked).await;
        let db = SqliteDatabase::open(&dir.path().join("whosaw.db"), &Options::default()).unwrap();
        db.append(unit([0xf0 + u8::try_from(round).unwrap(); 16], LeafKind::NodeStart)).await.unwrap();
        drop(db);
        assert_eq!(check(dir.path(), &acked).await, before + 1);
    }
}

/// While the disk does not answer, units wait; when no more fit, the next is refused at once, and nothing of it is kept.
#[tokio::test]
async fn a_full_queue_refuses_and_keeps_what_it_took() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("whosaw.db");
    let db = Arc::new(SqliteDatabase::open(&file, &Options::default()).unwrap());
    let id = |n: u64| (1_u128 << 64 | u128::from(n)).to_be_bytes();
    db.append(unit(id(0), LeafKind::NodeStart)).await.unwrap();
    db.caught_up().await;
    // Another process holds the file: the committer's next transaction cannot begin.
    let other = rusqlite::Connection::open(&file).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let full = Arc::new(tokio::sync::Notify::new());
    let asked: Vec<_> = (1..=12_000)
        .map(|n| {
            let (db, full) = (db.clone(), full.clone());
            tokio::spawn(async move {
                let answer = db.append(unit(id(n), LeafKind::Access)).await;
                if answer.is_err() {
                    full.notify_one();
                }
                (n, answer)
            })
        })
        .collect();
    full.notified().await;
    other.execute_batch("ROLLBACK").unwrap();
    let (mut taken, mut refused) = (BTreeSet::from([EventId::from_bytes(id(0))]), 0);
    for task in asked {
        match task.await.unwrap() {
            (n, Ok(_)) => assert!(taken.insert(EventId::from_bytes(id(n)))),
            (_, Err(JournalError::Unavailable)) => refused += 1,
            (_, Err(other)) => panic!("{other}"),
        }
    }
    assert!(refused > 0 && !db.is_poisoned(), "{refused} refused");
    let count = taken.len();
    drop(db);
    assert_eq!(check(dir.path(), &taken).await, count, "what was refused left nothing");
}

/// A process killed before it had filed its batches leaves them to the next, which takes them only as they were written.
#[tokio::test]
async fn an_inbox_altered_between_two_processes_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("whosaw.db");
    let mut acked = BTreeSet::new();
    for round in 0.. {
        let mut child = start(dir.path(), round, None);
        let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        acked.extend(lines.filter_map(|line| acknowledged(&line)).take(300));
        child.kill().unwrap();
        child.wait().unwrap();
        let left: i64 = rusqlite::Connection::open(&file)
            .unwrap()
            .query_row("SELECT COUNT(*) FROM ledger_batch", [], |r| r.get(0))
            .unwrap();
        if left > 3 {
            break;
        }
    }
    let second = "(SELECT first FROM ledger_batch ORDER BY first LIMIT 1 OFFSET 1)";
    let flip = |at: &str| {
        format!(
            "UPDATE ledger_batch SET entries = CAST(substr(entries, 1, {at} - 1) || x'fe' || substr(entries, {at} + 1) AS BLOB)"
        )
    };
    let alterations = [
        format!("DELETE FROM ledger_batch WHERE first = {second}"),
        format!("UPDATE ledger_batch SET first = first + 1000000 WHERE first = {second}"),
        // Of an event's leaf its version, its node's number and its counter, and the length of its channel.
        flip("1"),
        flip("27"),
        flip("40"),
        flip("214"),
        "UPDATE ledger_batch SET entries = substr(entries, 1, length(entries) - 1)".to_owned(),
        format!("UPDATE ledger_batch SET entries = (SELECT entries FROM ledger_batch WHERE first = {second})"),
        "DELETE FROM ledger_batch WHERE first = (SELECT MIN(first) FROM ledger_batch)".to_owned(),
    ];
    for sql in alterations {
        let other = tempfile::tempdir().unwrap();
        for end in ["db", "db-wal"] {
            let from = file.with_extension(end);
            if from.exists() {
                std::fs::copy(&from, other.path().join("whosaw").with_extension(end)).unwrap();
            }
        }
        let path = other.path().join("whosaw.db");
        let changed = rusqlite::Connection::open(&path).unwrap().execute(&sql, []).unwrap();
        assert!(changed > 0, "{sql}");
        let opened = SqliteDatabase::open(&path, &Options::default());
        assert!(matches!(opened, Err(store_sqlite::OpenError::DamagedLedger(_))), "{sql}");
    }
    check(dir.path(), &acked).await;
}

#[test]
fn a_second_process_cannot_open_the_file_for_writing() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("whosaw.db");
    let _first = SqliteDatabase::open(&path, &Options::default()).unwrap();
    assert!(matches!(SqliteDatabase::open(&path, &Options::default()), Err(store_sqlite::OpenError::InUse(_))));
}
