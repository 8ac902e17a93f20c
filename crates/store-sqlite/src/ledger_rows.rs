//! The ledger's rows: its state re-derived at start, batches taken into the inbox, and what waits there filed.

use access::path::PACKED_TOUCH_BYTES;
use ledger::proof::TileReader;
use ledger::tile::TileLevel;
use ledger::{Appender, Extension, Leaf, NodeStream, TilePath, TreeState};
use rusqlite::{Connection, OptionalExtension, params};

use crate::OpenError;
use crate::inbox::{self, Placed};

/// Events and bytes that may wait in the inbox. Filing many at once is what makes filing cheap; too many would make the batch
/// that does it slow.
const UNFILED: usize = 1024;
const UNFILED_BYTES: usize = 2 << 20;

/// Where the log and this node's stream stand.
pub struct LedgerState {
    /// The log as filed.
    appender: Appender,
    /// Behind the last event, filed or not.
    pub stream: NodeStream,
    /// Durable as rows of the inbox, in their order.
    pub unfiled: Vec<Placed>,
    unfiled_bytes: usize,
    /// Rows of batches that are filed are still in the inbox.
    left: bool,
}

impl LedgerState {
    /// Events of the log, filed or not.
    pub fn size(&self) -> u64 {
        self.appender.size() + self.unfiled.len() as u64
    }

    /// Takes a batch into the inbox, within a transaction of the caller's; when enough wait, all are filed in it instead.
    ///
    /// # Errors
    /// The database's; the state is good for nothing then.
    pub fn take(&mut self, connection: &Connection, batch: Vec<Placed>) -> Result<(), rusqlite::Error> {
        let first = self.size();
        let bytes = |p: &Placed| p.entry.body.len() + PACKED_TOUCH_BYTES * p.entry.touches.len() + 400;
        let count = batch.len();
        self.unfiled_bytes += batch.iter().map(bytes).sum::<usize>();
        self.unfiled.extend(batch);
        if self.unfiled.len() >= UNFILED || self.unfiled_bytes >= UNFILED_BYTES {
            // The rows of what is filed stay for now: taking them away would write every page of theirs again.
            return self.write_rows(connection);
        }
        // The pages of batches that are filed become those of this one, in one writing.
        connection
            .prepare_cached(
                "DELETE FROM ledger_batch WHERE first IN (SELECT first FROM ledger_batch WHERE first < ?1 ORDER BY first LIMIT 2)",
            )?
            .execute([i64::try_from(self.appender.size()).unwrap_or(i64::MAX)])?;
        let mut entries = Vec::new();
        for placed in self.unfiled.iter().rev().take(count).rev() {
            inbox::pack(&mut entries, placed);
        }
        connection
            .prepare_cached("INSERT INTO ledger_batch (first, entries) VALUES (?1, ?2)")?
            .execute(params![i64::try_from(first).unwrap_or(i64::MAX), entries])?;
        Ok(())
    }

    /// Writes the rows of all that waits and leaves nothing in the inbox, within a transaction of the caller's.
    ///
    /// # Errors
    /// The database's, also when the state on disk is not this one: someone else has written. The state is good for nothing
    /// then.
    pub fn file(&mut self, connection: &Connection) -> Result<(), rusqlite::Error> {
        self.write_rows(connection)?;
        connection
            .prepare_cached("DELETE FROM ledger_batch WHERE first < ?1")?
            .execute([i64::try_from(self.appender.size()).unwrap_or(i64::MAX)])?;
        self.left = false;
        Ok(())
    }

    fn write_rows(&mut self, connection: &Connection) -> Result<(), rusqlite::Error> {
        if self.unfiled.is_empty() {
            return Ok(());
        }
        self.left = true;
        let batch = std::mem::take(&mut self.unfiled);
        self.unfiled_bytes = 0;
        let before = self.appender.tree().clone();
        let encoded: Vec<&[u8]> = batch.iter().map(|p| p.encoded.as_slice()).collect();
        let grown = self.appender.extend(&encoded).map_err(|_| rusqlite::Error::InvalidQuery)?;
        write(connection, &before, self.appender.tree(), &grown, &batch)
    }

    /// Whether something waits in the inbox, or is left there of what did.
    pub fn is_untidy(&self) -> bool {
        self.left || !self.unfiled.is_empty()
    }
}

struct TilesOnDisk<'a>(&'a Connection);

impl TileReader for TilesOnDisk<'_> {
    type Error = rusqlite::Error;
    fn read_tile(&self, path: &TilePath) -> Result<Vec<u8>, rusqlite::Error> {
        let TileLevel::Hashes(level) = path.level() else { return Err(rusqlite::Error::QueryReturnedNoRows) };
        let n = i64::try_from(path.index()).unwrap_or(i64::MAX);
        self.0.query_row("SELECT hashes FROM ledger_tile WHERE level = ?1 AND n = ?2", params![level, n], |r| r.get(0))
    }
}

fn damaged(e: impl ToString) -> OpenError {
    OpenError::DamagedLedger(e.to_string())
}

/// Reads size and frontier, the edge tiles and the last leaves, and checks that they give one another; files what a process
/// that ended without doing so has left in the inbox.
pub fn restore(connection: &mut Connection, node: u32) -> Result<LedgerState, OpenError> {
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let mut state = filed(&transaction)?;
    let left = waiting(&transaction, state.size())?;
    if !left.is_empty() {
        state.unfiled = left;
        state.write_rows(&transaction)?;
    }
    // Whatever of it is filed by now.
    transaction
        .execute("DELETE FROM ledger_batch WHERE first < ?1", [i64::try_from(state.size()).unwrap_or(i64::MAX)])?;
    state.left = false;
    let last = last_leaf(&transaction, node)?;
    state.stream = last.as_ref().map_or(NodeStream::first(node), NodeStream::next_boot);
    transaction.commit()?;
    Ok(state)
}

fn last_leaf(connection: &Connection, node: u32) -> Result<Option<Leaf>, OpenError> {
    let bytes: Option<Vec<u8>> =
        connection.query_row("SELECT leaf FROM ledger_node WHERE node = ?1", [node], |r| r.get(0)).optional()?;
    bytes.map(|bytes| Leaf::decode(&bytes).map_err(damaged)).transpose()
}

/// The events of the inbox that are not filed, which must follow the log and, node by node, their own streams.
fn waiting(connection: &Connection, size: u64) -> Result<Vec<Placed>, OpenError> {
    let mut statement =
        connection.prepare("SELECT first, entries FROM ledger_batch WHERE first >= ?1 ORDER BY first")?;
    let rows = statement.query_map([i64::try_from(size).unwrap_or(i64::MAX)], |r| Ok((r.get(0)?, r.get(1)?)))?;
    let mut out: Vec<Placed> = Vec::new();
    let mut stream: Option<NodeStream> = None;
    for row in rows {
        let (first, entries): (i64, Vec<u8>) = row?;
        if u64::try_from(first) != Ok(size + out.len() as u64) {
            return Err(damaged("events that were acknowledged are missing from the inbox"));
        }
        let batch = inbox::unpack(&entries).ok_or_else(|| damaged("a batch of the inbox is damaged"))?;
        for placed in batch {
            let leaf = &placed.leaf;
            let mut here = match stream.take().filter(|s| s.node == leaf.node && s.boot == leaf.boot) {
                Some(stream) => stream,
                None => match last_leaf(connection, leaf.node)? {
                    Some(last) if last.boot == leaf.boot => NodeStream::after(&last),
                    Some(last) => NodeStream::next_boot(&last),
                    None => NodeStream::first(leaf.node),
                },
            };
            if here.next(leaf.clone()) != *leaf {
                return Err(damaged("an event of the inbox does not follow its node's last"));
            }
            stream = Some(here);
            out.push(placed);
        }
    }
    Ok(out)
}

fn filed(connection: &Connection) -> Result<LedgerState, OpenError> {
    let row: Option<(i64, Vec<u8>, Vec<u8>)> = connection
        .query_row("SELECT size, root, frontier FROM ledger_state WHERE id = 1", [], |r| {
            Ok((r.get(0)?, r.get(1)?, r.get(2)?))
        })
        .optional()?;
    let appender = match row {
        None => {
            let state = Appender::new();
            connection.execute(
                "INSERT INTO ledger_state (id, size, root, frontier) VALUES (1, 0, ?1, ?2)",
                params![state.tree().root().as_slice(), state.tree().to_bytes()],
            )?;
            state
        }
        Some((size, root, frontier)) => {
            let tree = TreeState::from_bytes(&frontier).map_err(damaged)?;
            if i64::try_from(tree.size()) != Ok(size) || tree.root().as_slice() != root {
                return Err(damaged("size, root and frontier do not belong together"));
            }
            let first = size - size % 256;
            let mut statement = connection.prepare("SELECT leaf FROM ledger_leaf WHERE idx >= ?1 ORDER BY idx")?;
            let leaves = statement.query_map([first], |r| r.get(0))?.collect::<Result<Vec<Vec<u8>>, _>>()?;
            Appender::restore(tree, &TilesOnDisk(connection), leaves).map_err(damaged)?
        }
    };
    Ok(LedgerState { appender, stream: NodeStream::first(0), unfiled: vec![], unfiled_bytes: 0, left: false })
}

/// Writes the rows of a batch that extended the log from `before`.
///
/// # Errors
/// Also when the state on disk is not `before`: someone else has written.
fn write(
    connection: &Connection,
    before: &TreeState,
    after: &TreeState,
    grown: &Extension,
    batch: &[Placed],
) -> Result<(), rusqlite::Error> {
    let mut leaf = connection.prepare_cached("INSERT INTO ledger_leaf (idx, leaf) VALUES (?1, ?2)")?;
    let mut event = connection.prepare_cached(
        "INSERT INTO event (seq, id, at, actor, on_behalf_of, department, channel, source, action, object, decision, \
         policy_version, touches, body, unexplained) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
    )?;
    let mut touch = connection.prepare_cached(
        "INSERT INTO touch (customer, seq, n, record, disclosure, keyed, commitment) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for (seq, p) in (i64::try_from(grown.old_size).unwrap_or(i64::MAX)..).zip(batch) {
        let e = &p.entry;
        leaf.execute(params![seq, p.encoded.as_slice()])?;
        event.execute(params![
            seq,
            p.leaf.event_id.as_slice(),
            e.at.0,
            e.actor.as_bytes().as_slice(),
            e.on_behalf_of.as_ref().map(|u| u.as_bytes().as_slice()),
            e.department.as_ref().map(|d| d.as_bytes().as_slice()),
            e.channel,
            e.source,
            p.leaf.action,
            e.object,
            p.leaf.decision.code(),
            i64::try_from(e.policy_version).unwrap_or(i64::MAX),
            i64::try_from(e.touches.len()).unwrap_or(i64::MAX),
            e.body,
            e.unexplained,
        ])?;
        for (n, t) in (0_i64..).zip(&e.touches) {
            touch.execute(params![
                t.customer.as_bytes().as_slice(),
                seq,
                n,
                t.record.as_bytes().as_slice(),
                t.disclosure,
                t.keyed,
                t.commitment.as_slice(),
            ])?;
        }
    }
    for tile in &grown.tiles {
        if let TileLevel::Hashes(level) = tile.path.level() {
            let n = i64::try_from(tile.path.index()).unwrap_or(i64::MAX);
            connection
                .prepare_cached("INSERT INTO ledger_tile (level, n, hashes) VALUES (?1, ?2, ?3)")?
                .execute(params![level, n, tile.bytes])?;
        }
    }
    if let Some(last) = batch.last() {
        connection
            .prepare_cached(
                "INSERT INTO ledger_node (node, leaf) VALUES (?1, ?2) ON CONFLICT (node) DO UPDATE SET leaf = ?2",
            )?
            .execute(params![last.leaf.node, last.encoded.as_slice()])?;
    }
    let size = |tree: &TreeState| i64::try_from(tree.size()).unwrap_or(i64::MAX);
    let moved = connection
        .prepare_cached(
            "UPDATE ledger_state SET size = ?1, root = ?2, frontier = ?3 WHERE id = 1 AND size = ?4 AND root = ?5",
        )?
        .execute(params![
            size(after),
            grown.root.as_slice(),
            after.to_bytes(),
            size(before),
            before.root().as_slice()
        ])?;
    if moved == 1 { Ok(()) } else { Err(rusqlite::Error::StatementChangedRows(moved)) }
}
