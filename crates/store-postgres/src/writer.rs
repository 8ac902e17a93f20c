//! The writer of a node: one queue, one task, one transaction per batch.
//!
//! There is no timer. While one batch is being made durable the queue fills; the next batch takes all of it. After each
//! durable step stands what a crash there means.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use access::path::{Change, Entry, JournalError, PACKED_TOUCH_BYTES, Param, Position};
use futures_util::future::join;
use ledger::LeafKind;
use tokio::sync::{Notify, mpsc, oneshot};

use crate::inbox::{self, Placed, Written};
use crate::session::{Session, describe, is_lost, is_retryable};
use crate::target::Target;
use crate::unit::{self, Broken};

/// Units that may wait; more are refused, because a log that falls behind without bound ends in memory.
const QUEUE: usize = 1024;
/// Units and bytes of one transaction.
const BATCH: usize = 512;
const BATCH_BYTES: usize = 1 << 20;
/// How often a batch is tried that collided with another node's.
const ATTEMPTS: u32 = 5;
/// A writer held back looks so often whether the leader has caught up, and gives up after so many looks (10 s).
const HELD_BACK: Duration = Duration::from_millis(10);
const HELD_BACK_LOOKS: u32 = 1000;

type Answer = Result<Position, JournalError>;

struct Waiting {
    changes: Vec<Change>,
    entry: Entry,
    answer: oneshot::Sender<Answer>,
}

/// Hands units to the writer's task.
pub struct Writer {
    queue: mpsc::Sender<Waiting>,
    poisoned: Arc<AtomicBool>,
    started: Arc<AtomicBool>,
}

/// What the writer needs to begin.
pub struct Start {
    pub target: Target,
    pub session: Session,
    pub written: Written,
    /// Events that may wait for the leader, of all nodes.
    pub inbox_limit: i64,
    /// Rung after each commit.
    pub committed: Arc<Notify>,
}

impl Writer {
    pub fn start(start: Start) -> Self {
        let (queue, waiting) = mpsc::channel(QUEUE);
        let poisoned = Arc::new(AtomicBool::new(false));
        let started = Arc::new(AtomicBool::new(false));
        let mut work = Work { start, poisoned: poisoned.clone(), started: started.clone(), stopped: false };
        tokio::spawn(async move { work.run(waiting).await });
        Self { queue, poisoned, started }
    }

    pub fn is_poisoned(&self) -> bool {
        self.poisoned.load(Ordering::Acquire)
    }
    pub fn has_started(&self) -> bool {
        self.started.load(Ordering::Acquire)
    }

    pub async fn submit(&self, changes: Vec<Change>, entry: Entry) -> Answer {
        if self.is_poisoned() {
            return Err(JournalError::Unavailable);
        }
        let (answer, answered) = oneshot::channel();
        self.queue.try_send(Waiting { changes, entry, answer }).map_err(|_| JournalError::Unavailable)?;
        answered.await.unwrap_or(Err(JournalError::Unavailable))
    }
}

struct Work {
    start: Start,
    poisoned: Arc<AtomicBool>,
    started: Arc<AtomicBool>,
    /// The node's stop has been written: nothing may follow it in this boot.
    stopped: bool,
}

/// Why a transaction ended without answers.
enum Ended {
    /// The leader is too far behind. Nothing was kept.
    HeldBack,
    Broken(Broken),
}

impl<E: Into<Broken>> From<E> for Ended {
    fn from(error: E) -> Self {
        Self::Broken(error.into())
    }
}

impl Work {
    async fn run(&mut self, mut waiting: mpsc::Receiver<Waiting>) {
        let mut batch = Vec::with_capacity(BATCH);
        while let Some(first) = waiting.recv().await {
            let mut bytes = size(&first);
            batch.push(first);
            while batch.len() < BATCH && bytes < BATCH_BYTES {
                let Ok(next) = waiting.try_recv() else { break };
                bytes += size(&next);
                batch.push(next);
            }
            let answers = self.commit(&batch).await;
            // Durable. A crash here loses the answers, not the events: the callers see a broken connection, and their
            // requests stand in the log.
            for (unit, answer) in batch.drain(..).zip(answers) {
                let _ = unit.answer.send(answer);
            }
            if self.poisoned.load(Ordering::Acquire) {
                // With the task ends its connection, and with that the transaction and its locks; who still waits in the
                // queue is refused.
                return;
            }
        }
    }

    /// One answer per unit.
    async fn commit(&mut self, units: &[Waiting]) -> Vec<Answer> {
        match self.settle(units).await {
            // Units of two nodes that hold each other's rows: alone, each gets its turn.
            Err(Broken::Retry) if units.len() > 1 => {
                let mut answers = Vec::with_capacity(units.len());
                for unit in units.chunks(1) {
                    let outcome = self.settle(unit).await;
                    answers.extend(self.answers(outcome, 1));
                }
                answers
            }
            outcome => self.answers(outcome, units.len()),
        }
    }

    fn answers(&self, outcome: Result<Vec<Answer>, Broken>, units: usize) -> Vec<Answer> {
        let error = match outcome {
            Ok(answers) => return answers,
            Err(Broken::Retry) => JournalError::Conflict { change: 0 },
            Err(Broken::Refused(reason)) => {
                tracing::error!(reason, "the access log could not be written; nothing of this batch was kept");
                JournalError::Unavailable
            }
            Err(Broken::Unknown(reason)) => {
                // Nobody knows what is on disk now. So nothing more is written by this process; the next one derives its
                // state from what it finds.
                self.poisoned.store(true, Ordering::Release);
                tracing::error!(
                    reason,
                    "the access log could not be written; nothing will be disclosed until a restart"
                );
                JournalError::Unavailable
            }
        };
        vec![Err(error); units]
    }

    async fn settle(&mut self, units: &[Waiting]) -> Result<Vec<Answer>, Broken> {
        let (mut attempts, mut looks) = (0, 0);
        loop {
            if self.poisoned.load(Ordering::Acquire) {
                return Err(Broken::Refused("an earlier commit failed".into()));
            }
            match self.transaction(units).await {
                Ok(answers) => return Ok(answers),
                Err(Ended::Broken(Broken::Retry)) if attempts < ATTEMPTS => attempts += 1,
                Err(Ended::HeldBack) if looks < HELD_BACK_LOOKS => {
                    looks += 1;
                    tokio::time::sleep(HELD_BACK).await;
                }
                Err(Ended::HeldBack) => return Err(Broken::Refused("the leader does not catch up".into())),
                Err(Ended::Broken(broken)) => return Err(broken),
            }
        }
    }

    async fn transaction(&mut self, units: &[Waiting]) -> Result<Vec<Answer>, Ended> {
        if let Err(ended) = self.begin().await {
            return Err(self.undo(ended).await);
        }
        match self.write(units).await {
            Ok(answers) => Ok(answers),
            Err(ended) => Err(self.undo(ended).await),
        }
    }

    /// Leaves no transaction open, or says that nobody knows.
    async fn undo(&self, ended: Ended) -> Ended {
        if matches!(ended, Ended::Broken(Broken::Unknown(_))) {
            return ended;
        }
        match self.start.session.client.batch_execute("ROLLBACK").await {
            Ok(()) => ended,
            // A lost connection never comes back: nothing of it can be committed any more, and the next batch connects anew.
            Err(error) if is_lost(&error) => ended,
            Err(error) => Ended::Broken(Broken::Unknown(describe(&error))),
        }
    }

    /// Begins a transaction and makes sure that this process is still the one that writes this node's stream.
    async fn begin(&mut self) -> Result<(), Ended> {
        let not_begun = |error: tokio_postgres::Error| Broken::Refused(describe(&error));
        if self.start.session.client.is_closed() {
            // Lost between two batches: nothing was under way.
            self.start.session = Session::connect_durable(&self.start.target).await.map_err(not_begun)?;
        }
        let session = &self.start.session;
        let fence = session.own(FENCE).await.map_err(not_begun)?;
        let node = i64::from(self.start.written.node);
        let (begun, row) =
            join(session.client.batch_execute("BEGIN"), session.client.query_opt(&fence, &[&node])).await;
        begun.map_err(not_begun)?;
        let row = row?;
        let ours = match &row {
            None => false,
            Some(row) => {
                row.try_get::<_, i64>(0)? == i64::from(self.start.written.stream.boot)
                    && row.try_get::<_, Option<Vec<u8>>>(1)? == self.start.written.last
            }
        };
        if !ours {
            return Err(
                Broken::Unknown("another process writes as this node, or the database was set back".into()).into()
            );
        }
        let backlog = row.map_or(Ok(0), |row| row.try_get::<_, i64>(2))?;
        if backlog > self.start.inbox_limit { Err(Ended::HeldBack) } else { Ok(()) }
    }

    async fn write(&mut self, units: &[Waiting]) -> Result<Vec<Answer>, Ended> {
        let session = &self.start.session;
        let mut after = self.start.written.clone();
        let mut stopped = self.stopped;
        let mut answers = Vec::with_capacity(units.len());
        let mut placed: Vec<Placed<'_>> = Vec::with_capacity(units.len());
        for unit in units {
            let kind = unit.entry.leaf.kind;
            if stopped || (after.stream.ctr == 0) != (kind == LeafKind::NodeStart) {
                // A programming error of the caller; but a stream that begins or ends otherwise cannot be verified.
                tracing::error!(?kind, "an event that cannot stand at this place of its node's stream was refused");
                answers.push(Err(JournalError::Unavailable));
                continue;
            }
            if let Some(error) = unit::apply(session, &unit.changes).await? {
                answers.push(Err(error));
                continue;
            }
            let leaf = after.stream.next(unit.entry.leaf.clone());
            stopped = kind == LeafKind::NodeStop;
            answers.push(Ok(Position { index: None }));
            placed.push(Placed { entry: &unit.entry, encoded: leaf.encode().to_vec(), leaf });
        }
        let Some(last) = placed.last() else {
            session.client.batch_execute("ROLLBACK").await?;
            return Ok(answers);
        };
        after.last = Some(last.encoded.clone());
        after.appended = after.appended.saturating_add(i64::try_from(placed.len()).unwrap_or(0));
        // A crash before the commit leaves nothing of the batch; within it, all or nothing.
        inbox::write_and_commit(session, &after, &placed).await.map_err(|error| {
            // Serialization failures are the one answer to a commit that says for certain that nothing was kept.
            if is_retryable(&error) { Broken::Retry } else { Broken::Unknown(describe(&error)) }
        })?;
        drop(placed);
        self.start.written = after;
        self.stopped = stopped;
        self.started.store(true, Ordering::Release);
        self.start.committed.notify_one();
        Ok(answers)
    }
}

/// Locks the node's row until the commit, so that a newer boot waits for it and an older one finds itself replaced.
const FENCE: &str = "SELECT boot, leaf, (SELECT CAST(SUM(appended) AS BIGINT) FROM ledger_writer) \
    - (SELECT size FROM ledger_state WHERE id = 1) FROM ledger_writer WHERE node = $1 FOR UPDATE";

fn size(w: &Waiting) -> usize {
    let params = w.changes.iter().flat_map(|c| &c.params);
    let of = |p: &Param| match p {
        Param::Text(t) => t.len(),
        Param::Bytes(b) => b.len(),
        _ => 8,
    };
    params.map(of).sum::<usize>() + w.entry.body.len() + PACKED_TOUCH_BYTES * w.entry.touches.len() + 400
}
