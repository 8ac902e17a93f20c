//! A network between a node and PostgreSQL that breaks at a chosen statement: before it arrives, or after it was carried out
//! and before its answer is told.
//!
//! It stands between the two as a listener on this machine, reads what the node says message by message, and so knows which
//! statement runs in which transaction. Only the connection of that statement is cut; a new one works.
//!
//! ```no_run
//! use testkit::postgres::{Cut, Database, Lost, Wire};
//! let database = Database::fresh();
//! let wire = Wire::to(&database);
//! wire.cut(Cut::Commit { of: "INSERT INTO ledger_inbox" }, Lost::Answer);
//! println!("{}", wire.url());
//! ```

use std::collections::HashMap;
use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use parking_lot::Mutex;

use super::Database;

/// What gets lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lost {
    /// The statement: the server never sees it.
    Statement,
    /// Its answer: the server has carried it out, and nobody here knows.
    Answer,
}

/// At which statement the connection is cut. It happens once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// The commit of the next transaction with a statement that contains these words.
    Commit { of: &'static str },
    /// The next statement that contains these words.
    Statement { with: &'static str },
    /// The n-th statement of all connections, from 1.
    Nth(usize),
}

#[derive(Default)]
struct Plan {
    next: Option<(Cut, Lost)>,
    /// Statements seen, of all connections.
    seen: usize,
    /// What was cut: the statement's words.
    done: Vec<String>,
}

/// The network.
pub struct Wire {
    address: SocketAddr,
    database: String,
    plan: Arc<Mutex<Plan>>,
    down: Arc<AtomicBool>,
}

impl Wire {
    /// A network to this database, whole until told otherwise.
    ///
    /// # Panics
    /// Where this machine has no port left.
    #[allow(clippy::expect_used, reason = "a test without its network must fail, and say why")]
    pub fn to(database: &Database) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("a listener has an address");
        let (plan, down) = (Arc::new(Mutex::new(Plan::default())), Arc::new(AtomicBool::new(false)));
        let (socket, seen, stop) = (database.cluster.socket(), plan.clone(), down.clone());
        std::thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                if stop.load(Ordering::Acquire) {
                    return;
                }
                // A server that is gone refuses, and so does the network to it.
                let _ = join(client, &socket, &seen);
            }
        });
        Self { address, database: database.name().to_owned(), plan, down }
    }

    /// Where to connect, as a PostgreSQL URL.
    pub fn url(&self) -> String {
        format!("postgresql://whosaw@{}/{}", self.address, self.database)
    }
    /// From now on; replaces what was not met.
    pub fn cut(&self, at: Cut, lost: Lost) {
        self.plan.lock().next = Some((at, lost));
    }
    /// Whether what was asked for has not been met yet.
    pub fn waits(&self) -> bool {
        self.plan.lock().next.is_some()
    }
    /// Nothing is cut any more.
    pub fn heal(&self) {
        self.plan.lock().next = None;
    }
    /// Statements seen so far, of all connections.
    pub fn statements(&self) -> usize {
        self.plan.lock().seen
    }
    /// The words of the statements that were cut.
    pub fn done(&self) -> Vec<String> {
        self.plan.lock().done.clone()
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.down.store(true, Ordering::Release);
        // The listener wakes up, and ends.
        let _ = TcpStream::connect(self.address);
    }
}

/// The cut of one connection.
#[derive(Default)]
struct Held {
    /// Answers the server has yet to finish: one at the start, one for each statement.
    asked: usize,
    told: usize,
    /// The number of the answer that is not told.
    from: Option<usize>,
}

fn join(client: TcpStream, socket: &PathBuf, plan: &Arc<Mutex<Plan>>) -> std::io::Result<()> {
    client.set_nodelay(true)?;
    let server = UnixStream::connect(socket)?;
    let held = Arc::new(Mutex::new(Held::default()));
    let (from_client, to_server) = (client.try_clone()?, server.try_clone()?);
    let (plan, there) = (plan.clone(), held.clone());
    std::thread::spawn(move || {
        let mut up = Up { from: from_client, to: to_server, plan, held: there, prepared: HashMap::new(), run: vec![] };
        if up.carry().is_err() {
            let _ = up.from.shutdown(Shutdown::Both);
            let _ = up.to.shutdown(Shutdown::Both);
        }
    });
    std::thread::spawn(move || {
        let _ = tell(&server, &client, &held);
        let _ = client.shutdown(Shutdown::Both);
        let _ = server.shutdown(Shutdown::Both);
    });
    Ok(())
}

/// What the node says.
struct Up {
    from: TcpStream,
    to: UnixStream,
    plan: Arc<Mutex<Plan>>,
    held: Arc<Mutex<Held>>,
    /// The words of prepared statements, by their names.
    prepared: HashMap<Vec<u8>, String>,
    /// The statements of the transaction under way.
    run: Vec<String>,
}

impl Up {
    /// Carries messages until one side is gone. An error: the connection is to be cut here.
    fn carry(&mut self) -> std::io::Result<()> {
        let opening = message(&mut self.from, false)?;
        self.held.lock().asked = 1;
        self.to.write_all(&opening)?;
        let mut bound = String::new();
        loop {
            let said = message(&mut self.from, true)?;
            let (kind, body) = (said.first().copied().unwrap_or_default(), said.get(5..).unwrap_or_default());
            let mut parts = body.split(|b| *b == 0);
            let (first, second) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
            let words = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            match kind {
                b'P' => drop(self.prepared.insert(first.to_vec(), words(second))),
                b'B' => bound = self.prepared.get(second).cloned().unwrap_or_default(),
                _ => {}
            }
            let statement = match kind {
                b'Q' => Some(words(first)),
                b'E' => Some(std::mem::take(&mut bound)),
                _ => None,
            };
            let lost = statement.and_then(|s| self.met(s));
            if lost == Some(Lost::Statement) {
                return Err(ErrorKind::ConnectionAborted.into());
            }
            {
                let mut held = self.held.lock();
                if lost.is_some() {
                    held.from = Some(held.asked + 1);
                }
                // A statement of the simple protocol is answered by itself, of the extended one at its Sync.
                held.asked += usize::from(kind == b'Q' || kind == b'S');
            }
            self.to.write_all(&said)?;
        }
    }

    /// Whether the connection is to be cut at this statement.
    fn met(&mut self, words: String) -> Option<Lost> {
        if words.starts_with("BEGIN") {
            self.run.clear();
        }
        let mut plan = self.plan.lock();
        plan.seen += 1;
        let hit = match plan.next.as_ref().map(|(cut, _)| cut) {
            None => false,
            Some(Cut::Commit { of }) => words == "COMMIT" && self.run.iter().any(|s| s.contains(of)),
            Some(Cut::Statement { with }) => words.contains(with),
            Some(Cut::Nth(n)) => plan.seen == *n,
        };
        let lost = if hit { plan.next.take().map(|(_, lost)| lost) } else { None };
        if lost.is_some() {
            plan.done.push(words.clone());
        }
        self.run.push(words);
        lost
    }
}

/// Tells the node what the server says, up to the answer that gets lost; that one is waited for, so that the work is done.
fn tell(mut server: &UnixStream, mut client: &TcpStream, held: &Mutex<Held>) -> std::io::Result<()> {
    loop {
        let said = message(&mut server, true)?;
        let whole = said.first() == Some(&b'Z');
        let lost = {
            let mut held = held.lock();
            let lost = held.from.is_some_and(|from| held.told + 1 >= from);
            held.told += usize::from(whole);
            lost
        };
        match (lost, whole) {
            (true, true) => return Ok(()),
            (true, false) => {}
            (false, _) => client.write_all(&said)?,
        }
    }
}

/// One message as it came: its kind, except of the opening one, its length, and the rest.
fn message(from: &mut impl Read, kind: bool) -> std::io::Result<Vec<u8>> {
    let head = if kind { 5 } else { 4 };
    let mut bytes = vec![0; head];
    from.read_exact(&mut bytes)?;
    let mut length = [0; 4];
    length.copy_from_slice(bytes.get(head - 4..).unwrap_or_default());
    let length = usize::try_from(u32::from_be_bytes(length)).unwrap_or(0);
    let rest = length.checked_sub(4).ok_or(ErrorKind::InvalidData)?;
    bytes.resize(head + rest, 0);
    from.read_exact(bytes.get_mut(head..).unwrap_or_default())?;
    Ok(bytes)
}
