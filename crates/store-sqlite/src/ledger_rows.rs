//! The ledger's rows: its state re-derived at start, and the rows of one batch written.

use access::path::Entry;
use ledger::proof::TileReader;
use ledger::tile::TileLevel;
use ledger::{Appender, Extension, Leaf, NodeStream, TilePath, TreeState};
use rusqlite::{Connection, OptionalExtension, params};

use crate::OpenError;

/// Where the log and this node's stream stand.
pub struct LedgerState {
    pub appender: Appender,
    pub stream: NodeStream,
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

/// Reads size and frontier, the edge tiles and the last leaves, and checks that they give one another.
pub fn restore(connection: &Connection, node: u32) -> Result<LedgerState, OpenError> {
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
    let last: Option<Vec<u8>> =
        connection.query_row("SELECT leaf FROM ledger_node WHERE node = ?1", [node], |r| r.get(0)).optional()?;
    let stream = match last {
        None => NodeStream::first(node),
        Some(bytes) => NodeStream::next_boot(&Leaf::decode(&bytes).map_err(damaged)?),
    };
    Ok(LedgerState { appender, stream })
}

/// One event of a batch with its place in the log.
pub struct Placed {
    pub entry: Entry,
    pub leaf: Leaf,
    pub encoded: [u8; Leaf::BYTES],
}

/// Writes the rows of a batch that extended the log from `before`.
///
/// # Errors
/// Also when the state on disk is not `before`: someone else has written.
pub fn write(
    connection: &Connection,
    before: &TreeState,
    after: &TreeState,
    grown: &Extension,
    batch: &[Placed],
) -> Result<(), rusqlite::Error> {
    let mut leaf = connection.prepare_cached("INSERT INTO ledger_leaf (idx, leaf) VALUES (?1, ?2)")?;
    let mut event = connection.prepare_cached(
        "INSERT INTO event (seq, id, at, actor, on_behalf_of, department, channel, source, action, object, decision, \
         policy_version, touches, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
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
        ])?;
        for (n, t) in e.touches.iter().enumerate() {
            touch.execute(params![
                t.customer.as_bytes().as_slice(),
                seq,
                i64::try_from(n).unwrap_or(i64::MAX),
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
