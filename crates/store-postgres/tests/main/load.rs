//! Three nodes under load, killed at any moment, the leader among them; connections cut, nodes started again.
//!
//! A node is this test binary started once more as a child. What it was told is durable, and the checkpoints it signed, it
//! says on its standard output.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use access::path::{Journal, JournalError, Unit};
use ledger::log_check::Verdict;
use ledger::{LeafKind, LogSource, SigningKey, SourceError, check_log};
use model::{EventId, UnixMs};
use store::publish::Publisher;
use store_postgres::PostgresDatabase;
use testkit::postgres::Database as Fresh;

use crate::support::{all, event, node, set, started, verify};

const CHILD: &str = "load::node_of_its_own";
const NODES: u32 = 3;
const TASKS: u64 = 4;
pub const NOW: UnixMs = UnixMs(1_700_000_000_000);

pub fn key() -> SigningKey {
    SigningKey::from_seed("whosaw.example/audit", [7; 32]).unwrap()
}

/// An event with its change, both of one name.
pub fn unit(kind: LeafKind, id: [u8; 16]) -> Unit {
    let mut unit = event(kind);
    unit.entry.leaf.event_id = id;
    unit.changes = vec![set(&EventId::from_bytes(id).to_string(), "x")];
    unit
}

fn say(line: &str) {
    std::io::stdout().lock().write_all(format!("{line}\n").as_bytes()).unwrap();
}

/// The child: tasks append as fast as they are answered, and a publisher signs what has its place. Once a commit has failed
/// it ends, as a server does that is to be started again.
#[test]
#[ignore = "run by the tests of this module, in a child process"]
fn node_of_its_own() {
    let text = |name| std::env::var_os(name).expect("started by a test of this module").into_string().unwrap();
    let url = text("WHOSAW_TEST_URL");
    let (number, boot) = (text("WHOSAW_TEST_NODE").parse().unwrap(), text("WHOSAW_TEST_BOOT").parse::<u64>().unwrap());
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async move {
        // A connection that is cut while it starts is a start that failed: it is tried anew.
        let Ok(db) = PostgresDatabase::connect(&url, &node(number)).await else { return };
        let db = Arc::new(db);
        let id = move |n: u64| (u128::from(boot) << 64 | u128::from(n)).to_be_bytes();
        let append = |n, kind| {
            let db = db.clone();
            async move {
                match db.append(unit(kind, id(n))).await {
                    Ok(_) => say(&format!("ack {}", EventId::from_bytes(id(n)))),
                    Err(JournalError::Unavailable) => {}
                    Err(other) => panic!("{other}"),
                }
                !db.is_poisoned() && db.has_started()
            }
        };
        if !append(0, LeafKind::NodeStart).await {
            return;
        }
        let publisher = Publisher::new(db.clone(), key(), None);
        let tasks = (1..=TASKS).map(|task| {
            let (append, publisher) = (append, &publisher);
            async move {
                let mut n = task << 32;
                while append(n, LeafKind::Access).await {
                    n += 1;
                    if task == 1 {
                        sign(publisher).await;
                    }
                }
            }
        });
        futures_util::future::join_all(tasks).await;
    });
}

async fn sign(publisher: &Publisher) {
    match publisher.publish_once(NOW).await {
        // What anybody may have fetched by now.
        Ok(done) if done.changed => {
            if let Ok(Some(note)) = publisher.checkpoint().await {
                say(&format!("note {}", note.replace('\n', "|")));
            }
        }
        Ok(_) => {}
        Err(error) => assert!(!error.is_tampering(), "{error}"),
    }
}

enum Said {
    Line(String),
    Ended { node: u32, boot: u64 },
}

/// The nodes that run, and all they said.
struct House<'a> {
    url: String,
    fresh: &'a Fresh,
    nodes: Vec<(Child, u64)>,
    boots: u64,
    said: Receiver<Said>,
    tell: Sender<Said>,
    acked: BTreeSet<EventId>,
    notes: BTreeSet<String>,
    random: u64,
}

impl House<'_> {
    fn start(&mut self, number: u32) -> (Child, u64) {
        self.boots += 1;
        let boot = self.boots;
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", CHILD, "--include-ignored", "--nocapture", "--test-threads=1"])
            .env("WHOSAW_TEST_URL", &self.url)
            .env("WHOSAW_TEST_NODE", number.to_string())
            .env("WHOSAW_TEST_BOOT", boot.to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let (out, tell) = (child.stdout.take().unwrap(), self.tell.clone());
        std::thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                let _ = tell.send(Said::Line(line));
            }
            let _ = tell.send(Said::Ended { node: number, boot });
        });
        (child, boot)
    }

    /// A choice that is the same in every run.
    fn choose(&mut self, of: u64) -> u64 {
        self.random = self.random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.random >> 33) % of
    }

    fn kill(&mut self, number: u32) {
        let place = usize::try_from(number - 1).unwrap();
        let fresh = self.start(number);
        let (mut old, _) = std::mem::replace(&mut self.nodes[place], fresh);
        old.kill().unwrap();
        old.wait().unwrap();
    }

    /// Listens until so many more events were acknowledged; a node that ended by itself is started again.
    fn listen(&mut self, events: usize) {
        let until = self.acked.len() + events;
        while self.acked.len() < until {
            match self.said.recv_timeout(Duration::from_secs(120)).unwrap() {
                Said::Line(line) => self.note(&line),
                Said::Ended { node, boot } => {
                    let place = usize::try_from(node - 1).unwrap();
                    if self.nodes[place].1 == boot {
                        let fresh = self.start(node);
                        let (mut old, _) = std::mem::replace(&mut self.nodes[place], fresh);
                        old.wait().unwrap();
                    }
                }
            }
        }
    }

    fn note(&mut self, line: &str) {
        // The runner's own words may stand before the first.
        if let Some((_, id)) = line.rsplit_once("ack ") {
            self.acked.extend(id.parse::<EventId>().ok());
        } else if let Some((_, note)) = line.rsplit_once("note ") {
            self.notes.insert(note.replace('|', "\n"));
        }
    }

    fn trouble(&mut self) {
        match self.choose(4) {
            0 => {
                let number = u32::try_from(self.choose(NODES.into())).unwrap() + 1;
                self.kill(number);
            }
            1 => {
                let leader = self.fresh.sql("SELECT node FROM ledger_lease").unwrap();
                if let Ok(number @ 1..=NODES) = leader.trim().parse() {
                    self.kill(number);
                }
            }
            2 => {
                let at = self.choose(12);
                let one = format!(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() \
                     AND pid <> pg_backend_pid() ORDER BY pid OFFSET {at} LIMIT 1"
                );
                self.fresh.sql(&one).unwrap();
            }
            _ => {
                let all = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                           WHERE datname = current_database() AND pid <> pg_backend_pid()";
                self.fresh.sql(all).unwrap();
            }
        }
    }
}

impl Drop for House<'_> {
    fn drop(&mut self) {
        for (child, _) in &mut self.nodes {
            let _ = child.kill();
            let _ = child.wait();
        }
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

/// Publishes the log as it is now and checks it as an outsider does who has kept every checkpoint ever shown.
pub async fn no_fork(db: Arc<PostgresDatabase>, folder: &Path, notes: &BTreeSet<String>) {
    Publisher::new(db, key(), Some(folder.to_owned())).publish_once(NOW).await.unwrap();
    let notes: Vec<String> = notes.iter().cloned().collect();
    let report = check_log(&Published(folder.to_owned()), &[key().verifier().clone()], &notes);
    assert_eq!((report.verdict, report.older_ok), (Verdict::Ok, notes.len()), "{report:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_nodes_killed_under_load_lose_nothing_and_never_fork() {
    let rounds = std::env::var_os("WHOSAW_SOAK_ROUNDS").map_or(12, |r| r.to_string_lossy().parse::<u64>().unwrap());
    let fresh = Fresh::fresh();
    store_postgres::migrate(&fresh.url()).await.unwrap();
    let (tell, said) = channel();
    let (acked, notes) = (BTreeSet::new(), BTreeSet::new());
    let mut house =
        House { url: fresh.url(), fresh: &fresh, nodes: vec![], boots: 0, said, tell, acked, notes, random: 1 };
    for number in 1..=NODES {
        let child = house.start(number);
        house.nodes.push(child);
    }
    for _ in 0..rounds {
        house.listen(150);
        house.trouble();
    }
    house.listen(150);
    // All at once, like a rack without power; what they still said is heard.
    for (child, _) in &mut house.nodes {
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let mut ended = BTreeSet::new();
    while house.nodes.iter().any(|(_, boot)| !ended.contains(boot)) {
        match house.said.recv_timeout(Duration::from_secs(120)).unwrap() {
            Said::Line(line) => house.note(&line),
            Said::Ended { boot, .. } => drop(ended.insert(boot)),
        }
    }

    // Another node sequences what the dead ones left in the inbox.
    let db = Arc::new(started(&fresh.url(), NODES + 1).await);
    store::Database::caught_up(&*db).await;
    db.sequenced().await.unwrap();
    assert_eq!(db.alarm(), None);
    let logged = verify(&db).await;
    let events: BTreeSet<EventId> = logged.iter().copied().map(EventId::from_bytes).collect();
    assert_eq!(events.len(), logged.len(), "an event stands twice");
    let lost: Vec<_> = house.acked.difference(&events).collect();
    assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
    let changes = all(&db, "SELECT key FROM setting").await;
    let changes: BTreeSet<EventId> = changes.iter().map(|r| r.text(0).unwrap().parse().unwrap()).collect();
    let own = 1;
    assert_eq!(events.difference(&changes).count(), own, "an event without its change");
    assert!(changes.is_subset(&events), "a change without its event");
    let waiting = all(&db, "SELECT COUNT(*) FROM ledger_inbox").await[0].int(0).unwrap();
    assert_eq!(waiting, 0);
    assert!(!house.notes.is_empty());
    let folder = tempfile::tempdir().unwrap();
    no_fork(db, folder.path(), &house.notes).await;
    println!(
        "{rounds} faults, {} starts: {} events acknowledged, {} in the log, {} checkpoints seen",
        house.boots,
        house.acked.len(),
        events.len(),
        house.notes.len()
    );
}
