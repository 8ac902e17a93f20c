//! Every file operation of a writer and publisher, made to fail one after the other.
//!
//! A child appends events with their changes and publishes, saying what it was told. A first run counts its operations;
//! then it is run once for each operation and each way to fail. Afterwards the folder is checked as an outsider does, the
//! database is opened as every start does, and what was acknowledged must be there.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use access::path::{Journal, JournalError};
use ledger::log_check::Verdict;
use ledger::tile::{FULL_WIDTH, TileLevel, TilePath};
use ledger::{Leaf, LeafKind, LogSource, SigningKey, SourceError, bundle, check_log};
use model::{EventId, UnixMs};
use store::publish::{PublishError, Publisher};
use store::{Database, Query};
use store_sqlite::{Options, SqliteDatabase};
use testkit::faults::{Call, Fault, How, Shim, read_trace};

use crate::faults::{acknowledged, say, unit};

const CHILD: &str = "every_call::writer";
const ORIGIN: &str = "whosaw.example/audit";
const NOW: UnixMs = UnixMs(1_700_000_000_000);

fn key() -> SigningKey {
    SigningKey::from_seed(ORIGIN, [7; 32]).unwrap()
}

fn id(boot: u64, n: u64) -> [u8; 16] {
    (u128::from(boot) << 64 | u128::from(n)).to_be_bytes()
}

fn publisher(db: Arc<SqliteDatabase>, dir: &Path) -> Publisher {
    Publisher::new(db, key(), Some(dir.join("ledger")))
}

/// Processes die here, not the machine: the files may lie in memory, where thousands of runs wait for no disk.
fn new_dir() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory).unwrap() } else { tempfile::tempdir().unwrap() }
}

/// Marks a phase in the trace: the shim sees that somebody looks for this file.
fn phase(dir: &Path, name: &str) {
    let _ = fs::File::open(dir.join(format!("phase-{name}")));
}

fn threads() -> usize {
    fs::read_dir("/proc/self/task").unwrap().count()
}

/// What the child does: two starts, each with events, checkpoints, and a clean end.
#[test]
#[ignore = "run by the tests of this module, in a child process"]
fn writer() {
    let dir = PathBuf::from(std::env::var_os("WHOSAW_TEST_DIR").expect("started by a test of this module"));
    let first = std::env::var_os("WHOSAW_TEST_ROUND").unwrap().to_string_lossy().parse::<u64>().unwrap();
    // One thing after the other, so that each run makes the same calls in the same order.
    let runtime = tokio::runtime::Builder::new_current_thread().max_blocking_threads(1).build().unwrap();
    runtime.block_on(async { tokio::task::spawn_blocking(|| {}).await }).unwrap();
    let alone = threads();
    for boot in first..first + 2 {
        let Some(last) = runtime.block_on(one_start(&dir, boot)) else { return };
        // The committer's connection closes in its own thread. Who closes last writes the log back: always the same one.
        while threads() > alone {
            std::thread::yield_now();
        }
        drop(last);
        phase(&dir, "closed");
    }
}

/// The last connection; nothing where a server would not have started, or would have to be started again.
async fn one_start(dir: &Path, boot: u64) -> Option<SqliteDatabase> {
    let db = match SqliteDatabase::open(&dir.join("whosaw.db"), &Options::default()) {
        Ok(db) => Arc::new(db),
        Err(error) => {
            say(&format!("told not opened: {error}"));
            return None;
        }
    };
    let publisher = publisher(db.clone(), dir);
    if !published(publisher.check_head(&[]).await.map(|_| ())) {
        return None;
    }
    let mut alive = append(&db, boot, 0, LeafKind::NodeStart).await;
    for step in 0..4 {
        for n in 1..=5 {
            alive &= append(&db, boot, step * 10 + n, LeafKind::Access).await;
        }
        // What an outsider may have fetched by now; nothing where not even the start was recorded.
        if published(publisher.publish_once(NOW).await.map(|_| ()))
            && let Some(note) = publisher.checkpoint().await.unwrap()
        {
            say(&format!("note {}", note.replace('\n', "|")));
        }
        if step == 1
            && let Err(error) = db.scrub_freed().await
        {
            say(&format!("told not scrubbed: {error}"));
        }
    }
    alive &= append(&db, boot, 99, LeafKind::NodeStop).await;
    published(publisher.publish_once(NOW).await.map(|_| ()));
    // What waits in the inbox is filed now, and not a moment later or earlier as the machine's load has it.
    if !db.caught_up().await {
        say("told not filed");
    }
    // The last checkpoint may be what could not be stored.
    assert!(alive || db.is_poisoned(), "who was not told goes on as if nothing had happened");
    let last = match SqliteDatabase::open_for_reading(db.path(), &Options { readers: 1, ..Options::default() }) {
        Ok(last) => last,
        Err(error) => {
            say(&format!("told not opened: {error}"));
            return None;
        }
    };
    phase(dir, "closing");
    (!db.is_poisoned()).then_some(last)
}

async fn append(db: &SqliteDatabase, boot: u64, n: u64, kind: LeafKind) -> bool {
    let poisoned = db.is_poisoned();
    match db.append(unit(id(boot, n), kind)).await {
        Ok(_) => {
            assert!(!poisoned, "once poisoned, always");
            say(&format!("ack {}", EventId::from_bytes(id(boot, n))));
            true
        }
        Err(JournalError::Unavailable) => {
            assert!(db.is_poisoned());
            say("told unavailable");
            false
        }
        Err(other) => panic!("{other}"),
    }
}

/// A disk that fails is not an administrator who rewrites history.
fn published(result: Result<(), PublishError>) -> bool {
    match result {
        Ok(()) => true,
        Err(error) => {
            assert!(!error.is_tampering(), "{error}");
            say(&format!("told not published: {error}"));
            false
        }
    }
}

/// A folder with an instance's database and published ledger; a copy of it for each run.
struct Scene {
    name: &'static str,
    dir: tempfile::TempDir,
    first_boot: u64,
}

impl Scene {
    /// Nothing yet: the schema is made, the first checkpoint signed.
    fn fresh() -> Self {
        Self { name: "fresh", dir: new_dir(), first_boot: 1 }
    }

    /// A log some entries short of a full tile.
    async fn grown() -> Self {
        let dir = new_dir();
        let db = Arc::new(SqliteDatabase::open(&dir.path().join("whosaw.db"), &Options::default()).unwrap());
        for n in 0..u64::from(FULL_WIDTH) - 12 {
            let kind = if n == 0 { LeafKind::NodeStart } else { LeafKind::Access };
            db.append(unit(id(1, n), kind)).await.unwrap();
        }
        publisher(db.clone(), dir.path()).publish_once(NOW).await.unwrap();
        Self { name: "grown", dir, first_boot: 2 }
    }

    fn copy(&self, to: &Path) {
        for from in walk(self.dir.path()) {
            let target = to.join(from.strip_prefix(self.dir.path()).unwrap());
            fs::create_dir_all(target.parent().unwrap()).unwrap();
            fs::copy(&from, &target).unwrap();
        }
    }
}

fn walk(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).unwrap().map(|e| e.unwrap().path());
    entries.flat_map(|p| if p.is_dir() { walk(&p) } else { vec![p] }).collect()
}

/// What a run did and was told.
struct Run {
    dir: tempfile::TempDir,
    calls: Vec<Call>,
    acked: BTreeSet<EventId>,
    notes: Vec<String>,
    told: bool,
    ended_well: bool,
    said: String,
}

fn run(scene: &Scene, shim: &Shim, fault: Option<&Fault>) -> Run {
    let dir = new_dir();
    let instance = dir.path().join("i");
    fs::create_dir(&instance).unwrap();
    scene.copy(&instance);
    let trace = dir.path().join("trace");
    let mut child = Command::new(std::env::current_exe().unwrap());
    child
        .args(["--exact", CHILD, "--include-ignored", "--nocapture", "--test-threads=1"])
        .env("WHOSAW_TEST_DIR", &instance)
        .env("WHOSAW_TEST_ROUND", scene.first_boot.to_string());
    shim.load(&mut child, &instance, &trace);
    if let Some(fault) = fault {
        fault.set(&mut child);
    }
    let out = child.output().unwrap();
    let said = String::from_utf8_lossy(&out.stdout).into_owned();
    let note = |line: &str| line.strip_prefix("note ").map(|n| n.replace('|', "\n"));
    Run {
        calls: read_trace(&trace),
        acked: said.lines().filter_map(acknowledged).collect(),
        notes: said.lines().filter_map(note).collect(),
        // The runner's own words may stand before the first.
        told: said.lines().any(|l| l.starts_with("told ") || l.contains(" ... told ")),
        ended_well: out.status.success(),
        said: said + &String::from_utf8_lossy(&out.stderr),
        dir,
    }
}

struct Published(PathBuf);

impl LogSource for Published {
    fn read(&self, path: &str, max_bytes: usize) -> Result<Vec<u8>, SourceError> {
        match fs::read(self.0.join(path)) {
            Ok(bytes) if bytes.len() > max_bytes => Err(SourceError::TooLong(max_bytes)),
            Ok(bytes) => Ok(bytes),
            Err(_) => Err(SourceError::Missing),
        }
    }
}

/// As `whosaw-verify log` does.
fn verifies(ledger: &Path, notes: &[String]) -> Result<u64, String> {
    let report = check_log(&Published(ledger.to_owned()), &[key().verifier().clone()], notes);
    match (report.verdict, report.size) {
        (Verdict::Ok, Some(size)) if report.older_ok == notes.len() => Ok(size),
        _ => Err(format!("{report:?}")),
    }
}

/// Every event of the published log, read from the folder alone.
fn events(ledger: &Path, size: u64) -> BTreeSet<EventId> {
    let mut found = BTreeSet::new();
    for index in 0.. {
        let Some(path) = TilePath::in_tree(size, TileLevel::Entries, index) else { break };
        let bytes = fs::read(ledger.join(path.to_string())).unwrap();
        for entry in bundle::decode(&bytes, path.width().into()).unwrap() {
            assert!(found.insert(EventId::from_bytes(Leaf::decode(entry).unwrap().event_id)), "an event stands twice");
        }
    }
    found
}

/// What must be true whatever failed.
async fn hold(scene: &Scene, run: &Run) -> Result<(), String> {
    let instance = run.dir.path().join("i");
    let ledger = instance.join("ledger");
    // The folder as it was left shows a whole log, or none yet.
    if ledger.join("checkpoint").exists() {
        verifies(&ledger, &[]).map_err(|e| format!("the folder as it was left: {e}"))?;
    } else if scene.name == "grown" || !run.notes.is_empty() {
        return Err("the visible head is gone".into());
    }
    // The next start is like every other.
    let db = SqliteDatabase::open(&instance.join("whosaw.db"), &Options::default()).map_err(|e| e.to_string())?;
    let db = Arc::new(db);
    let publisher = publisher(db.clone(), &instance);
    publisher.check_head(&[]).await.map_err(|e| format!("the next start: {e}"))?;
    db.append(unit(id(9, 0), LeafKind::NodeStart)).await.map_err(|e| e.to_string())?;
    let size = publisher.publish_once(NOW).await.map_err(|e| format!("the next start: {e}"))?.size;
    // Everything ever shown is a beginning of what is shown now.
    if verifies(&ledger, &run.notes)? != size {
        return Err("the folder shows another size than was signed".into());
    }
    let scrub = publisher.scrub(0..u64::MAX).await.map_err(|e| e.to_string())?;
    if !scrub.is_clean() {
        return Err(format!("{scrub:?}"));
    }
    let events = events(&ledger, size);
    let lost: Vec<_> = run.acked.difference(&events).collect();
    if !lost.is_empty() {
        return Err(format!("acknowledged and lost: {lost:?}"));
    }
    let changes = db.read(Query::new("SELECT key FROM setting", vec![])).await.map_err(|e| e.to_string())?;
    let changes: BTreeSet<EventId> = changes.iter().map(|r| r.text(0).unwrap().parse().unwrap()).collect();
    if changes != events {
        return Err("a change without its event, or an event without its change".into());
    }
    Ok(())
}

/// A kind of call: its name and the file, with `#` for its numbers.
type Kind = (String, String, bool);

fn kind(call: &Call, closing: bool) -> Kind {
    let mut path = String::new();
    for c in call.path.chars() {
        match c {
            '0'..='9' if path.ends_with('#') => {}
            '0'..='9' => path.push('#'),
            _ => path.push(c),
        }
    }
    (call.name.clone(), path, closing)
}

const WAYS: [(How, bool); 6] = [
    (How::Error, false),
    (How::Full, false),
    (How::Full, true),
    (How::Kept, false),
    (How::Torn, false),
    (How::Kill, false),
];

struct Point {
    fault: Fault,
    kind: Kind,
}

impl Point {
    /// While the database is closed, when nobody waits for anything any more.
    fn closing(&self) -> bool {
        self.kind.2
    }
}

/// Every call of the scene with every way to fail.
fn points(calls: &[Call]) -> Vec<Point> {
    let mut closing = false;
    let mut points = Vec::new();
    for call in calls {
        match call.path.as_str() {
            "/phase-closing" => closing = true,
            "/phase-closed" => closing = false,
            _ => {
                for (how, lasting) in WAYS {
                    if how != How::Torn || call.name.ends_with("write") {
                        let fault = Fault { call: call.name.clone(), nth: call.nth, lasting, how };
                        points.push(Point { fault, kind: kind(call, closing) });
                    }
                }
            }
        }
    }
    points
}

/// Of each kind of call that was not tried yet, the first and the last, and every way to fail at one of the two.
fn sample(points: Vec<Point>, tried: &mut BTreeSet<Kind>) -> Vec<Point> {
    let mut ends: BTreeMap<Kind, (u64, u64)> = BTreeMap::new();
    for p in &points {
        ends.entry(p.kind.clone()).or_insert((p.fault.nth, p.fault.nth)).1 = p.fault.nth;
    }
    ends.retain(|kind, _| tried.insert(kind.clone()));
    let chosen = |p: &Point| {
        ends.get(&p.kind).is_some_and(|(first, last)| match (p.fault.how, p.fault.lasting) {
            (How::Error | How::Kill, _) => p.fault.nth == *first,
            _ => p.fault.nth == *last,
        })
    };
    points.into_iter().filter(chosen).collect()
}

/// Whether somebody must be told if this fails: of writes and of what makes them last, as long as somebody waits for them.
fn must_be_told(point: &Point) -> bool {
    let call = ["write", "pwrite", "fsync", "rename"].contains(&point.fault.call.as_str());
    // SQLite does not look whether a folder was synced; the start does so once more for itself.
    let repeated = point.kind.1.is_empty() && !point.fault.lasting;
    call && !repeated && !point.closing() && point.fault.how != How::Kill
}

async fn try_point(scene: &Scene, shim: &Shim, point: &Point) -> Result<(), String> {
    let run = run(scene, shim, Some(&point.fault));
    let wrong = |what: String| format!("{} {:?} {:?}: {what}\n{}", scene.name, point.fault, point.kind.1, run.said);
    if !run.calls.iter().any(|c| c.hit && c.name == point.fault.call && c.nth == point.fault.nth) {
        return Err(wrong("the call was not made".into()));
    }
    let killed = point.fault.how == How::Kill;
    if run.ended_well == killed {
        return Err(wrong("it did not end as it must".into()));
    }
    if must_be_told(point) && !run.told {
        return Err(wrong("nobody was told".into()));
    }
    hold(scene, &run).await.map_err(wrong)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whichever_file_operation_fails_nothing_acknowledged_is_lost_and_the_next_start_works() {
    let all = std::env::var_os("WHOSAW_SOAK_ROUNDS").is_some();
    let shim = Shim::build();
    let (mut work, mut tried) = (Vec::new(), BTreeSet::new());
    for scene in [Scene::fresh(), Scene::grown().await] {
        let scene = Arc::new(scene);
        let counted = run(&scene, &shim, None);
        assert!(counted.ended_well && !counted.told, "{}", counted.said);
        hold(&scene, &counted).await.unwrap();
        let points = points(&counted.calls);
        let of = points.len();
        let points = if all { points } else { sample(points, &mut tried) };
        println!("{}: {} of {of} faults at {} calls", scene.name, points.len(), counted.calls.len());
        work.extend(points.into_iter().map(|p| (scene.clone(), p)));
    }
    // Every kind of call is among them. Not `fdatasync`: the bundled SQLite and the publisher say `fsync`.
    let called: BTreeSet<&str> = work.iter().map(|(_, p)| p.fault.call.as_str()).collect();
    assert!(testkit::faults::CALLS.iter().all(|c| called.contains(c) || *c == "fdatasync"), "{called:?}");

    let work = Arc::new(work);
    let next = Arc::new(AtomicUsize::new(0));
    let workers = (0..2).map(|_| {
        let (work, next, shim) = (work.clone(), next.clone(), shim.clone());
        tokio::spawn(async move {
            let mut wrong = Vec::new();
            while let Some((scene, point)) = work.get(next.fetch_add(1, Ordering::Relaxed)) {
                wrong.extend(try_point(scene, &shim, point).await.err());
            }
            wrong
        })
    });
    let mut wrong = Vec::new();
    for worker in workers.collect::<Vec<_>>() {
        wrong.extend(worker.await.unwrap());
    }
    assert!(wrong.is_empty(), "{} of {} faults:\n{}", wrong.len(), work.len(), wrong.join("\n\n"));
}
