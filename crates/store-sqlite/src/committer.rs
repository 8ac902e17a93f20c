//! The committer: one thread, one queue, one transaction per batch.
//!
//! There is no timer. While one batch is being made durable the queue fills; the next batch takes all of it. So a lone
//! request waits for one fsync, and hundreds at once share one. After each durable step stands what a crash there means.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use access::path::{Change, Entry, Expect, JournalError, Position};
use ledger::LeafKind;
use rusqlite::{Connection, ErrorCode, params_from_iter};
use tokio::sync::{mpsc, oneshot};

use crate::ledger_rows::{self, LedgerState, Placed};
use crate::values::Bound;

/// Units that may wait; more are refused, because a log that falls behind without bound ends in memory.
const QUEUE: usize = 4096;
/// Units and bytes of one transaction.
const BATCH: usize = 1024;
const BATCH_BYTES: usize = 1 << 20;
/// A unit of more changes than these gets a transaction of its own. Within a savepoint SQLite keeps a copy of every page
/// touched so far, and walks through all of them after each statement: for an import's chunk that was half of the time.
const SHARING: usize = 64;

type Answer = Result<Position, JournalError>;

struct Waiting {
    changes: Vec<Change>,
    entry: Option<Entry>,
    answer: oneshot::Sender<Answer>,
}

/// Hands units to the committer's thread.
pub struct Committer {
    queue: mpsc::Sender<Waiting>,
    poisoned: Arc<AtomicBool>,
    started: Arc<AtomicBool>,
}

impl Committer {
    pub fn start(connection: Connection, state: LedgerState) -> Self {
        let (queue, waiting) = mpsc::channel(QUEUE);
        let poisoned = Arc::new(AtomicBool::new(false));
        let started = Arc::new(AtomicBool::new(false));
        let mut work = Work { connection, state, poisoned: poisoned.clone(), started: started.clone() };
        std::thread::spawn(move || work.run(waiting));
        Self { queue, poisoned, started }
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
        self.queue.try_send(Waiting { changes, entry, answer }).map_err(|_| JournalError::Unavailable)?;
        answered.await.unwrap_or(Err(JournalError::Unavailable))
    }
}

struct Work {
    connection: Connection,
    state: LedgerState,
    poisoned: Arc<AtomicBool>,
    started: Arc<AtomicBool>,
}

impl Work {
    fn run(&mut self, mut waiting: mpsc::Receiver<Waiting>) {
        let mut batch = Vec::with_capacity(BATCH);
        let mut held = None;
        while let Some(first) = held.take().or_else(|| waiting.blocking_recv()) {
            let mut bytes = size(&first);
            let room = first.changes.len() <= SHARING;
            batch.push(first);
            while room && batch.len() < BATCH && bytes < BATCH_BYTES {
                let Ok(next) = waiting.try_recv() else { break };
                if next.changes.len() > SHARING {
                    held = Some(next);
                    break;
                }
                bytes += size(&next);
                batch.push(next);
            }
            self.commit(&mut batch);
        }
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
                self.poisoned.store(true, Ordering::Release);
                tracing::error!(%error, "the access log could not be written; nothing will be disclosed until a restart");
                for sender in senders {
                    let _ = sender.send(Err(JournalError::Unavailable));
                }
            }
        }
    }

    fn transaction(&mut self, units: Vec<(Vec<Change>, Option<Entry>)>) -> Result<Vec<Answer>, rusqlite::Error> {
        let c = &self.connection;
        let before = self.state.appender.tree().clone();
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
            answers.push(Ok(Position { index: Some(before.size() + placed.len() as u64) }));
            placed.push(Placed { encoded: leaf.encode(), leaf, entry });
        }
        if !placed.is_empty() {
            let encoded: Vec<&[u8]> = placed.iter().map(|p| p.encoded.as_slice()).collect();
            let grown = self.state.appender.extend(&encoded).map_err(|_| rusqlite::Error::InvalidQuery)?;
            ledger_rows::write(c, &before, self.state.appender.tree(), &grown, &placed)?;
        }
        // A crash before this line leaves nothing of the batch; within it, all or nothing (the WAL's commit frame).
        c.prepare_cached("COMMIT")?.execute([])?;
        if !placed.is_empty() {
            self.started.store(true, Ordering::Release);
        }
        Ok(answers)
    }
}

fn size(w: &Waiting) -> usize {
    let params = w.changes.iter().flat_map(|c| &c.params);
    let of = |p: &access::path::Param| match p {
        access::path::Param::Text(t) => t.len(),
        access::path::Param::Bytes(b) => b.len(),
        _ => 8,
    };
    params.map(of).sum::<usize>() + w.entry.as_ref().map_or(0, |e| e.body.len() + 64 * e.touches.len() + 400)
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
