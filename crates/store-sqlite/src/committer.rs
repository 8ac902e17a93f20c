//! The committer: one thread, one queue, one transaction per batch.
//!
//! No timer stands between a request and its answer. While one batch is being made durable the queue fills; the next batch takes
//! all of it. So a lone request waits for one fsync, and hundreds at once share one. After each durable step stands what a crash
//! there means.
//!
//! A batch's events become one row of the inbox. Their leaves, event rows, touches and tiles follow: when enough wait, when the
//! queue has been empty for a moment, when somebody is about to ask (`caught_up`), or when a statement speaks of those tables.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

use access::path::{Change, Entry, Expect, JournalError, PACKED_TOUCH_BYTES, Param, Position};
use ledger::LeafKind;
use rusqlite::{Connection, ErrorCode, params_from_iter};
use tokio::sync::oneshot;

use crate::inbox::Placed;
use crate::ledger_rows::LedgerState;
use crate::values::Bound;

/// Units that may wait; more are refused, because a log that falls behind without bound ends in memory.
const QUEUE: usize = 4096;
/// Units and bytes of one transaction.
const BATCH: usize = 1024;
const BATCH_BYTES: usize = 1 << 20;
/// A unit of more changes than these gets a transaction of its own. Within a savepoint SQLite keeps a copy of every page
/// touched so far, and walks through all of them after each statement: for an import's chunk that was half of the time.
const SHARING: usize = 64;
/// How long the queue is empty before what waits is filed.
const IDLE: Duration = Duration::from_millis(20);

type Answer = Result<Position, JournalError>;

struct Waiting {
    changes: Vec<Change>,
    entry: Option<Entry>,
    answer: oneshot::Sender<Answer>,
}

#[allow(clippy::large_enum_variant, reason = "nearly all are the large one; a box would cost each event an allocation")]
enum Message {
    Unit(Waiting),
    /// File what waits, then say so.
    File(oneshot::Sender<()>),
}

/// Hands units to the committer's thread.
pub struct Committer {
    /// `None` once dropped: the thread then files what waits and ends.
    queue: Option<SyncSender<Message>>,
    poisoned: Arc<AtomicBool>,
    started: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Committer {
    pub fn start(connection: Connection, state: LedgerState) -> Self {
        let (queue, waiting) = sync_channel(QUEUE);
        let poisoned = Arc::new(AtomicBool::new(false));
        let started = Arc::new(AtomicBool::new(false));
        let mut work = Work { connection, state, poisoned: poisoned.clone(), started: started.clone() };
        let thread = std::thread::spawn(move || work.run(&waiting));
        Self { queue: Some(queue), poisoned, started, thread: Some(thread) }
    }

    pub fn is_poisoned(&self) -> bool {
        self.poisoned.load(Ordering::Acquire)
    }
    pub fn has_started(&self) -> bool {
        self.started.load(Ordering::Acquire)
    }

    pub async fn submit(&self, changes: Vec<Change>, entry: Option<Entry>) -> Answer {
        if self.is_poisoned() {
            return Err(JournalError::Unavailable);
        }
        let (answer, answered) = oneshot::channel();
        self.send(Message::Unit(Waiting { changes, entry, answer }))?;
        answered.await.unwrap_or(Err(JournalError::Unavailable))
    }

    /// Waits until everything acknowledged so far has its rows; not longer than the queue is open.
    pub async fn file(&self) {
        let (answer, answered) = oneshot::channel();
        if !self.is_poisoned() && self.send(Message::File(answer)).is_ok() {
            let _ = answered.await;
        }
    }

    fn send(&self, message: Message) -> Result<(), JournalError> {
        let queue = self.queue.as_ref().ok_or(JournalError::Unavailable)?;
        queue.try_send(message).map_err(|_| JournalError::Unavailable)
    }
}

impl Drop for Committer {
    /// Waits for the thread, so that whoever opens the file next finds nobody writing to it.
    fn drop(&mut self) {
        self.queue = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

struct Work {
    connection: Connection,
    state: LedgerState,
    poisoned: Arc<AtomicBool>,
    started: Arc<AtomicBool>,
}

impl Work {
    fn run(&mut self, waiting: &Receiver<Message>) {
        let mut batch = Vec::with_capacity(BATCH);
        let mut held = None;
        loop {
            let first = match held.take() {
                Some(unit) => Message::Unit(unit),
                None => match self.next(waiting) {
                    Some(message) => message,
                    None => break,
                },
            };
            match first {
                Message::Unit(unit) => {
                    let filed = fill(unit, waiting, &mut batch, &mut held);
                    self.commit(&mut batch);
                    if let Some(filed) = filed {
                        self.file_now();
                        let _ = filed.send(());
                    }
                }
                Message::File(filed) => {
                    self.file_now();
                    let _ = filed.send(());
                }
            }
        }
        self.file_now();
    }

    /// The next message; what waits in the inbox is filed when none comes for a moment. `None` when there will be none.
    fn next(&mut self, waiting: &Receiver<Message>) -> Option<Message> {
        if self.state.is_untidy() {
            match waiting.recv_timeout(IDLE) {
                Ok(message) => return Some(message),
                Err(RecvTimeoutError::Disconnected) => return None,
                Err(RecvTimeoutError::Timeout) => self.file_now(),
            }
        }
        waiting.recv().ok()
    }

    fn commit(&mut self, batch: &mut Vec<Waiting>) {
        if self.poisoned.load(Ordering::Acquire) {
            for w in batch.drain(..) {
                let _ = w.answer.send(Err(JournalError::Unavailable));
            }
            return;
        }
        let mut senders = Vec::with_capacity(batch.len());
        let mut units = Vec::with_capacity(batch.len());
        for w in batch.drain(..) {
            senders.push(w.answer);
            units.push((w.changes, w.entry));
        }
        match self.transaction(units) {
            // Durable. A crash here loses the answers, not the events: the callers see a broken connection, and their
            // requests stand in the log.
            Ok(answers) => {
                for (sender, answer) in senders.into_iter().zip(answers) {
                    let _ = sender.send(answer);
                }
            }
            Err(error) => {
                // Nobody knows what is on disk now: the failed pages may be there after a restart or not. So nothing
                // more is written by this process; the next one derives the state from what it finds.
                self.poison(&error);
                for sender in senders {
                    let _ = sender.send(Err(JournalError::Unavailable));
                }
            }
        }
    }

    fn poison(&self, error: &rusqlite::Error) {
        self.poisoned.store(true, Ordering::Release);
        tracing::error!(%error, "the access log could not be written; nothing will be disclosed until a restart");
    }

    fn transaction(&mut self, units: Vec<(Vec<Change>, Option<Entry>)>) -> Result<Vec<Answer>, rusqlite::Error> {
        if units.iter().flat_map(|(changes, _)| changes).any(concerns_events) {
            self.file()?;
        }
        let c = &self.connection;
        c.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
        let mut answers = Vec::with_capacity(units.len());
        let mut placed: Vec<Placed> = Vec::new();
        let alone = units.len() == 1;
        for (changes, entry) in units {
            if alone {
                // Its failure is the transaction's.
                if let Some(error) = run_all(c, &changes)? {
                    c.prepare_cached("ROLLBACK")?.execute([])?;
                    return Ok(vec![Err(error)]);
                }
            } else if let Some(error) = apply(c, &changes)? {
                answers.push(Err(error));
                continue;
            }
            let Some(entry) = entry else {
                answers.push(Ok(Position { index: None }));
                continue;
            };
            let leaf = self.state.stream.next(entry.leaf.clone());
            if leaf.ctr == 0 && leaf.kind != LeafKind::NodeStart {
                // A programming error of the caller, not of the disk; but a stream that begins otherwise cannot be verified.
                return Err(rusqlite::Error::InvalidQuery);
            }
            answers.push(Ok(Position { index: Some(self.state.size() + placed.len() as u64) }));
            placed.push(Placed { encoded: leaf.encode(), leaf, entry });
        }
        let any = !placed.is_empty();
        if any {
            self.state.take(c, placed)?;
        }
        // A crash before this line leaves nothing of the batch; within it, all or nothing (the WAL's commit frame).
        c.prepare_cached("COMMIT")?.execute([])?;
        if any {
            self.started.store(true, Ordering::Release);
        }
        Ok(answers)
    }

    /// Files what waits, in a transaction of its own. It is durable already, as rows of the inbox, so this commit needs no
    /// fsync: a crash that loses it leaves the inbox as it was, and the next start files it by the same code.
    fn file(&mut self) -> Result<(), rusqlite::Error> {
        if !self.state.is_untidy() {
            return Ok(());
        }
        let c = &self.connection;
        c.pragma_update(None, "synchronous", "NORMAL")?;
        c.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
        self.state.file(c)?;
        c.prepare_cached("COMMIT")?.execute([])?;
        c.pragma_update(None, "synchronous", "FULL")
    }

    fn file_now(&mut self) {
        if self.poisoned.load(Ordering::Acquire) {
            return;
        }
        if let Err(error) = self.file() {
            self.poison(&error);
        }
    }
}

/// Adds what waits in the queue to a batch that begins with `first`. A unit that must come alone is `held` for the next; a wish
/// to file ends the batch and is returned.
fn fill(
    first: Waiting,
    waiting: &Receiver<Message>,
    batch: &mut Vec<Waiting>,
    held: &mut Option<Waiting>,
) -> Option<oneshot::Sender<()>> {
    let mut bytes = size(&first);
    let room = first.changes.len() <= SHARING;
    batch.push(first);
    while room && batch.len() < BATCH && bytes < BATCH_BYTES {
        match waiting.try_recv() {
            Ok(Message::Unit(next)) if next.changes.len() > SHARING => {
                *held = Some(next);
                break;
            }
            Ok(Message::Unit(next)) => {
                bytes += size(&next);
                batch.push(next);
            }
            Ok(Message::File(filed)) => return Some(filed),
            Err(_) => break,
        }
    }
    None
}

/// Whether a statement may read or write rows that are only there once filed. Too often costs time; too rarely would change
/// half of what is meant.
fn concerns_events(change: &Change) -> bool {
    change.sql.contains("touch") || change.sql.contains("event")
}

fn size(w: &Waiting) -> usize {
    let params = w.changes.iter().flat_map(|c| &c.params);
    let of = |p: &Param| match p {
        Param::Text(t) => t.len(),
        Param::Bytes(b) => b.len(),
        _ => 8,
    };
    params.map(of).sum::<usize>()
        + w.entry.as_ref().map_or(0, |e| e.body.len() + PACKED_TOUCH_BYTES * e.touches.len() + 400)
}

/// Runs a unit's statements; what they did is undone if one does not do what it must.
fn apply(c: &Connection, changes: &[Change]) -> Result<Option<JournalError>, rusqlite::Error> {
    if changes.is_empty() {
        return Ok(None);
    }
    c.prepare_cached("SAVEPOINT unit")?.execute([])?;
    let error = run_all(c, changes)?;
    if error.is_some() {
        c.prepare_cached("ROLLBACK TO unit")?.execute([])?;
    }
    c.prepare_cached("RELEASE unit")?.execute([])?;
    Ok(error)
}

fn run_all(c: &Connection, changes: &[Change]) -> Result<Option<JournalError>, rusqlite::Error> {
    for (n, change) in changes.iter().enumerate() {
        if let Some(error) = run(c, n, change)? {
            return Ok(Some(error));
        }
    }
    Ok(None)
}

fn run(c: &Connection, n: usize, change: &Change) -> Result<Option<JournalError>, rusqlite::Error> {
    let done = c
        .prepare_cached(&change.sql)
        .and_then(|mut statement| statement.execute(params_from_iter(change.params.iter().map(Bound))));
    match (done, change.expect) {
        (Ok(rows), Expect::Rows(expected)) if rows as u64 != expected => Ok(Some(JournalError::Conflict { change: n })),
        (Ok(_), _) => Ok(None),
        (Err(error), _) => match error.sqlite_error_code() {
            Some(ErrorCode::ConstraintViolation) => Ok(Some(JournalError::Taken { change: n })),
            // Of the statement: bad SQL, a type that does not fit. Of the disk: everything else, which ends the batch.
            Some(ErrorCode::Unknown | ErrorCode::TypeMismatch | ErrorCode::TooBig | ErrorCode::ParameterOutOfRange)
            | None => Ok(Some(JournalError::Failed { change: n, reason: error.to_string() })),
            Some(_) => Err(error),
        },
    }
}
