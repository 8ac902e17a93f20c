//! Giving positions: rows of the inbox, per node strictly by counter and link, become leaves of the log.
//!
//! Rule: what the log's streams must be is decided by the ledger's own checker, the one the offline verifier runs. A
//! missing row is not skipped: its node's stream stops there, and the alarm is raised.

use std::collections::{HashMap, HashSet};

use access::path::{TouchRow, unpack_touches};
use futures_util::future::{join, try_join_all};
use ledger::{Appender, Leaf, StreamChecker};
use tokio_postgres::{Error, Row};

use crate::rows;
use crate::session::Session;

/// Events moved in one transaction, and touches of one node in it.
const BATCH: usize = 2048;
const BATCH_TOUCHES: usize = 50_000;

/// Why the leader stops leading.
#[derive(Debug)]
pub enum Stop {
    /// Someone else moved the log's state.
    Overtaken,
    Database(Error),
    /// What is stored does not belong together: writing on would fork the log.
    Damaged(String),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Database(error)
    }
}

/// What one round did.
#[derive(Debug, Default)]
pub struct Round {
    pub moved: usize,
    /// Streams found broken in this round, and how.
    pub alarms: Vec<String>,
}

/// One event with all that its rows need.
pub struct Sequenced {
    pub leaf: Leaf,
    pub encoded: Vec<u8>,
    pub touches: Vec<TouchRow>,
}

/// The leader's view of the log: valid as long as nobody else moves it.
pub struct Sequencer {
    pub(crate) appender: Appender,
    pub(crate) tails: HashMap<u32, Vec<u8>>,
    pub(crate) checker: StreamChecker,
    pub(crate) broken: HashSet<u32>,
}

const WRITERS: &str = "SELECT node, leaf FROM ledger_writer WHERE leaf IS NOT NULL ORDER BY node";
const LOCK: &str = "SELECT size, root FROM ledger_state WHERE id = 1 FOR UPDATE";
const WAITING: &str = "SELECT leaf, items, boot, ctr FROM ledger_inbox WHERE node = $1 AND (boot, ctr) > ($2, $3) \
    ORDER BY boot, ctr LIMIT $4";

impl Sequencer {
    /// Moves what waits, at most one batch of it.
    ///
    /// # Errors
    /// [`Stop`]: nothing was moved, or nobody knows; either way the state must be read anew.
    pub async fn round(&mut self, session: &Session) -> Result<Round, Stop> {
        let writers = session.own(WRITERS).await?;
        if self.behind(&session.client.query(&writers, &[]).await?)?.is_empty() {
            return Ok(Round::default());
        }
        session.client.batch_execute("BEGIN").await?;
        match self.move_batch(session).await {
            Ok(round) => Ok(round),
            Err(stop) => {
                session.client.batch_execute("ROLLBACK").await?;
                Err(stop)
            }
        }
    }

    /// Nodes that wrote something the log does not have, with the last leaf they wrote.
    fn behind(&self, writers: &[Row]) -> Result<Vec<(u32, Vec<u8>)>, Stop> {
        let mut found = Vec::new();
        for row in writers {
            let node: i64 = row.try_get(0)?;
            let leaf: Vec<u8> = row.try_get(1)?;
            let node = u32::try_from(node).map_err(|_| Stop::Damaged(format!("{node} is no node number")))?;
            if !self.broken.contains(&node) && self.tails.get(&node) != Some(&leaf) {
                found.push((node, leaf));
            }
        }
        Ok(found)
    }

    async fn move_batch(&mut self, session: &Session) -> Result<Round, Stop> {
        let (lock, writers) = (session.own(LOCK).await?, session.own(WRITERS).await?);
        // From the lock on nobody else moves rows; a node's last leaf is read before its rows, so they must be there.
        let (state, writers) = join(session.client.query_opt(&lock, &[]), session.client.query(&writers, &[])).await;
        let tree = self.appender.tree();
        let same = match state? {
            None => false,
            Some(row) => {
                u64::try_from(row.try_get::<_, i64>(0)?) == Ok(tree.size())
                    && row.try_get::<_, Vec<u8>>(1)? == tree.root()
            }
        };
        if !same {
            return Err(Stop::Overtaken);
        }
        let behind = self.behind(&writers?)?;
        let limit = (BATCH / behind.len().max(1)).max(64);
        let waiting = self.waiting(session, &behind, limit).await?;

        let mut round = Round::default();
        let mut checker = self.checker.clone();
        let mut broken = Vec::new();
        let mut batch = Vec::new();
        for ((node, written), found) in behind.iter().zip(waiting) {
            let all = found.len() < limit;
            if let Err(reason) = take(*node, written, &found, all, &mut checker, &mut batch) {
                broken.push(*node);
                round.alarms.push(reason);
            }
        }
        round.moved = batch.len();
        // By time where nodes wrote at once. Within a node time never goes back, so its order stays.
        batch.sort_by_key(|s| s.leaf.time_ms);
        let grown = if batch.is_empty() { None } else { Some(self.append(session, &batch).await?) };
        // A crash before the commit leaves the rows in the inbox, within it, all or nothing: they are moved once.
        session.client.batch_execute(if grown.is_some() { "COMMIT" } else { "ROLLBACK" }).await?;
        for s in batch {
            self.tails.insert(s.leaf.node, s.encoded);
        }
        if let Some(appender) = grown {
            self.appender = appender;
        }
        // Fed with refused leaves, the checker would go on from them: it is kept where nothing was refused, and no
        // stream that was refused is looked at again.
        self.checker = checker;
        self.broken.extend(broken);
        Ok(round)
    }

    async fn waiting(&self, session: &Session, behind: &[(u32, Vec<u8>)], limit: usize) -> Result<Vec<Vec<Row>>, Stop> {
        let statement = session.own(WAITING).await?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let mut keys = Vec::new();
        for (node, _) in behind {
            let (boot, ctr) = match self.tails.get(node) {
                None => (-1, -1),
                Some(tail) => rows::place(tail).ok_or_else(|| Stop::Damaged(format!("node {node} ends in no leaf")))?,
            };
            keys.push((i64::from(*node), boot, ctr));
        }
        let reads = keys
            .iter()
            .map(|(node, boot, ctr)| async { session.client.query(&statement, &[node, boot, ctr, &limit]).await });
        Ok(try_join_all(reads).await?)
    }

    async fn append(&self, session: &Session, batch: &[Sequenced]) -> Result<Appender, Stop> {
        let mut appender = self.appender.clone();
        let encoded: Vec<&[u8]> = batch.iter().map(|s| s.encoded.as_slice()).collect();
        let grown = appender.extend(&encoded).map_err(|e| Stop::Damaged(e.to_string()))?;
        rows::write(session, self.appender.tree(), appender.tree(), &grown, batch).await?;
        Ok(appender)
    }
}

/// Takes the rows of one node that follow its stream. `written` is the last leaf the node says it wrote, `all` whether
/// the rows are all there are.
fn take(
    node: u32,
    written: &[u8],
    found: &[Row],
    all: bool,
    checker: &mut StreamChecker,
    batch: &mut Vec<Sequenced>,
) -> Result<(), String> {
    let (mut last, mut touched) = (None, 0);
    for row in found {
        let wrong = |reason: String| format!("node {node}: {reason}");
        let read = |e: Error| wrong(e.to_string());
        let encoded: Vec<u8> = row.try_get(0).map_err(read)?;
        let packed: Vec<u8> = row.try_get(1).map_err(read)?;
        let place: (i64, i64) = (row.try_get(2).map_err(read)?, row.try_get(3).map_err(read)?);
        let leaf = Leaf::decode(&encoded).map_err(|e| wrong(e.to_string()))?;
        if leaf.node != node || rows::place(&encoded) != Some(place) {
            return Err(wrong(format!("the row {}/{} holds the leaf of another place", place.0, place.1)));
        }
        checker
            .check_encoded(&leaf, &encoded)
            .map_err(|fault| wrong(format!("boot {} counter {}: {fault}", leaf.boot, leaf.ctr)))?;
        let touches = unpack_touches(&packed)
            .ok_or_else(|| wrong(format!("boot {} counter {}: damaged items", leaf.boot, leaf.ctr)))?;
        last = Some(place);
        if place == rows::place(written).unwrap_or_default() && encoded != written {
            return Err(wrong(format!("boot {} counter {}: another leaf was written", leaf.boot, leaf.ctr)));
        }
        touched += touches.len();
        batch.push(Sequenced { leaf, encoded, touches });
        if touched > BATCH_TOUCHES {
            return Ok(());
        }
    }
    if all && last < rows::place(written) {
        let (boot, ctr) = rows::place(written).unwrap_or_default();
        return Err(format!("node {node}: rows up to boot {boot} counter {ctr} were written and are missing"));
    }
    Ok(())
}
