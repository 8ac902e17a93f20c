//! The ledger's rows: its state re-derived, and the rows of one batch written.

use std::collections::{HashMap, HashSet};

use futures_util::future::try_join_all;
use ledger::proof::TileReader;
use ledger::tile::{FULL_WIDTH, TileLevel};
use ledger::{Appender, Extension, Leaf, StreamChecker, TilePath, TreeState};
use tokio_postgres::Error;
use tokio_postgres::types::ToSql;

use crate::sequence::{Sequenced, Sequencer, Stop};
use crate::session::Session;

/// Boot and counter of an encoded leaf, as the inbox orders them.
pub fn place(encoded: &[u8]) -> Option<(i64, i64)> {
    let leaf = Leaf::decode(encoded).ok()?;
    Some((i64::from(leaf.boot), i64::try_from(leaf.ctr).ok()?))
}

fn int(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// The row of an empty log, made once.
pub async fn begin_log(session: &Session) -> Result<(), Error> {
    let empty = TreeState::default();
    let (root, frontier) = (empty.root(), empty.to_bytes());
    let sql = "INSERT INTO ledger_state (id, size, root, frontier) VALUES (1, 0, $1, $2) ON CONFLICT (id) DO NOTHING";
    session.client.execute(sql, &[&root.as_slice(), &frontier]).await.map(|_| ())
}

/// Full tiles that [`Appender::restore`] reads.
struct Tiles(HashMap<(u8, u64), Vec<u8>>);

#[derive(Debug, thiserror::Error)]
#[error("the tile is missing")]
struct Missing;

impl TileReader for Tiles {
    type Error = Missing;
    fn read_tile(&self, path: &TilePath) -> Result<Vec<u8>, Missing> {
        let TileLevel::Hashes(level) = path.level() else { return Err(Missing) };
        self.0.get(&(level, path.index())).cloned().ok_or(Missing)
    }
}

impl Sequencer {
    /// Reads size and frontier, the edge tiles and the last leaves, and checks that they give one another.
    pub async fn restore(session: &Session) -> Result<Self, Stop> {
        session.client.batch_execute("BEGIN ISOLATION LEVEL REPEATABLE READ").await?;
        let restored = read(session).await;
        session.client.batch_execute("ROLLBACK").await?;
        restored
    }
}

async fn read(session: &Session) -> Result<Sequencer, Stop> {
    let client = &session.client;
    let damaged = |e: &dyn std::fmt::Display| Stop::Damaged(e.to_string());
    let row = client.query_one("SELECT size, root, frontier FROM ledger_state WHERE id = 1", &[]).await?;
    let (size, root): (i64, Vec<u8>) = (row.try_get(0)?, row.try_get(1)?);
    let tree = TreeState::from_bytes(&row.try_get::<_, Vec<u8>>(2)?).map_err(|e| damaged(&e))?;
    if u64::try_from(size) != Ok(tree.size()) || tree.root().as_slice() != root {
        return Err(damaged(&"size, root and frontier do not belong together"));
    }
    let first = int(tree.size() - tree.size() % u64::from(FULL_WIDTH));
    let leaves = client.query("SELECT leaf FROM ledger_leaf WHERE idx >= $1 ORDER BY idx", &[&first]).await?;
    let leaves = leaves.iter().map(|r| r.try_get(0)).collect::<Result<Vec<Vec<u8>>, _>>()?;
    let tiles = edge_tiles(session, tree.size()).await?;
    let appender = Appender::restore(tree, &tiles, leaves).map_err(|e| damaged(&e))?;

    let mut tails = HashMap::new();
    let mut checker = StreamChecker::default();
    for row in client.query("SELECT leaf FROM ledger_node", &[]).await? {
        let encoded: Vec<u8> = row.try_get(0)?;
        let leaf = Leaf::decode(&encoded).map_err(|e| damaged(&e))?;
        // A stream's last leaf is no beginning, and the checker says so; what matters is that it goes on from there.
        let _ = checker.check_encoded(&leaf, &encoded);
        tails.insert(leaf.node, encoded);
    }
    Ok(Sequencer { appender, tails, checker, broken: HashSet::new() })
}

/// The full tiles under the unfinished tile of each level: at most 255 of each.
async fn edge_tiles(session: &Session, size: u64) -> Result<Tiles, Error> {
    let full = u64::from(FULL_WIDTH);
    let mut tiles = HashMap::new();
    let mut count = size / full;
    for level in 0_u8.. {
        if count == 0 {
            break;
        }
        let sql = "SELECT n, hashes FROM ledger_tile WHERE level = $1 AND n >= $2 AND n < $3";
        let (from, to) = (int(count - count % full), int(count));
        for row in session.client.query(sql, &[&i64::from(level), &from, &to]).await? {
            let n: i64 = row.try_get(0)?;
            tiles.insert((level, u64::try_from(n).unwrap_or(u64::MAX)), row.try_get(1)?);
        }
        count /= full;
    }
    Ok(Tiles(tiles))
}

const LEAVES: &str = "INSERT INTO ledger_leaf (idx, leaf) SELECT u.* FROM unnest($1::BIGINT[], $2::BYTEA[]) AS u";
const EVENTS: &str = "INSERT INTO event (seq, id, at, actor, on_behalf_of, department, channel, source, action, object, \
    decision, policy_version, touches, body, unexplained) \
    SELECT u.seq, u.id, i.at, i.actor, i.on_behalf_of, i.department, i.channel, i.source, u.action, i.object, \
    u.decision, i.policy_version, u.touches, i.body, i.unexplained \
    FROM unnest($1::BIGINT[], $2::BIGINT[], $3::BIGINT[], $4::BIGINT[], $5::BYTEA[], $6::BIGINT[], $7::BIGINT[], \
    $8::BIGINT[]) AS u (seq, node, boot, ctr, id, action, decision, touches) \
    JOIN ledger_inbox i ON i.node = u.node AND i.boot = u.boot AND i.ctr = u.ctr";
const TOUCHES: &str = "INSERT INTO touch (customer, seq, n, record, disclosure, keyed, commitment) \
    SELECT u.* FROM unnest($1::BYTEA[], $2::BIGINT[], $3::BIGINT[], $4::BYTEA[], $5::BIGINT[], $6::BIGINT[], \
    $7::BYTEA[]) AS u";
const TILES: &str = "INSERT INTO ledger_tile (level, n, hashes) \
    SELECT u.* FROM unnest($1::BIGINT[], $2::BIGINT[], $3::BYTEA[]) AS u";
const TAILS: &str = "INSERT INTO ledger_node (node, leaf) SELECT u.* FROM unnest($1::BIGINT[], $2::BYTEA[]) AS u \
    ON CONFLICT (node) DO UPDATE SET leaf = excluded.leaf";
const DONE: &str = "DELETE FROM ledger_inbox WHERE node = $1 AND (boot, ctr) >= ($2, $3) AND (boot, ctr) <= ($4, $5)";
const STATE: &str =
    "UPDATE ledger_state SET size = $1, root = $2, frontier = $3 WHERE id = 1 AND size = $4 AND root = $5";

/// One node's part of a batch.
struct Part {
    count: u64,
    first: (i64, i64),
    last: (i64, i64),
    leaf: Vec<u8>,
}

/// Writes the rows of a batch that extends the log from `before`, in one round trip.
///
/// # Errors
/// [`Stop`], also when a statement did not affect the rows it must: someone else has written, or removed.
pub async fn write(
    session: &Session,
    before: &TreeState,
    after: &TreeState,
    grown: &Extension,
    batch: &[Sequenced],
) -> Result<(), Stop> {
    let columns = Columns::of(grown, batch);
    let mut parts: HashMap<i64, Part> = HashMap::new();
    for s in batch {
        let at = (i64::from(s.leaf.boot), int(s.leaf.ctr));
        let leaf = s.encoded.clone();
        parts
            .entry(i64::from(s.leaf.node))
            .and_modify(|p| (p.count, p.last, p.leaf) = (p.count + 1, at, leaf.clone()))
            .or_insert(Part { count: 1, first: at, last: at, leaf });
    }
    let nodes: Vec<i64> = parts.keys().copied().collect();
    let tails: Vec<&[u8]> = parts.values().map(|p| p.leaf.as_slice()).collect();
    let (size, root, frontier) = (int(after.size()), grown.root, after.to_bytes());
    let (old_size, old_root) = (int(before.size()), before.root());
    let (root, old_root) = (root.as_slice(), old_root.as_slice());

    let c = &columns;
    let mut work: Vec<(&'static str, Vec<&(dyn ToSql + Sync)>, u64)> = vec![
        (STATE, vec![&size, &root, &frontier, &old_size, &old_root], 1),
        (LEAVES, vec![&c.seq, &c.leaf], batch.len() as u64),
        (EVENTS, vec![&c.seq, &c.node, &c.boot, &c.ctr, &c.id, &c.action, &c.decision, &c.touches], batch.len() as u64),
        (TAILS, vec![&nodes, &tails], nodes.len() as u64),
    ];
    let t = &columns.touch;
    if !t.seq.is_empty() {
        let values: Vec<&(dyn ToSql + Sync)> =
            vec![&t.customer, &t.seq, &t.n, &t.record, &t.disclosure, &t.keyed, &t.commitment];
        work.push((TOUCHES, values, t.seq.len() as u64));
    }
    if !c.tile_n.is_empty() {
        work.push((TILES, vec![&c.tile_level, &c.tile_n, &c.tile_hashes], c.tile_n.len() as u64));
    }
    for (node, p) in &parts {
        work.push((DONE, vec![node, &p.first.0, &p.first.1, &p.last.0, &p.last.1], p.count));
    }
    let mut statements = Vec::with_capacity(work.len());
    for (sql, ..) in &work {
        statements.push(session.own(sql).await?);
    }
    let runs = statements.iter().zip(&work).map(|(s, (_, values, _))| session.client.execute(s, values));
    let done = try_join_all(runs).await?;
    let short = done.iter().zip(&work).find(|(rows, (_, _, expected))| *rows != expected);
    match short {
        None => Ok(()),
        Some((_, (STATE, ..))) => Err(Stop::Overtaken),
        Some((rows, (sql, _, expected))) => {
            let what: String = sql.chars().take(32).collect();
            Err(Stop::Damaged(format!("`{what}…` met {rows} rows instead of {expected}")))
        }
    }
}

/// The batch by columns, as UNNEST takes it.
struct Columns<'a> {
    seq: Vec<i64>,
    leaf: Vec<&'a [u8]>,
    node: Vec<i64>,
    boot: Vec<i64>,
    ctr: Vec<i64>,
    id: Vec<&'a [u8]>,
    action: Vec<i64>,
    decision: Vec<i64>,
    touches: Vec<i64>,
    touch: TouchColumns<'a>,
    tile_level: Vec<i64>,
    tile_n: Vec<i64>,
    tile_hashes: Vec<&'a [u8]>,
}

#[derive(Default)]
struct TouchColumns<'a> {
    customer: Vec<&'a [u8]>,
    seq: Vec<i64>,
    n: Vec<i64>,
    record: Vec<&'a [u8]>,
    disclosure: Vec<i64>,
    keyed: Vec<i64>,
    commitment: Vec<&'a [u8]>,
}

impl<'a> Columns<'a> {
    fn of(grown: &'a Extension, batch: &'a [Sequenced]) -> Self {
        let mut touch = TouchColumns::default();
        for (seq, s) in (int(grown.old_size)..).zip(batch) {
            for (n, t) in (0..).zip(&s.touches) {
                touch.customer.push(t.customer.as_bytes());
                touch.seq.push(seq);
                touch.n.push(n);
                touch.record.push(t.record.as_bytes());
                touch.disclosure.push(i64::from(t.disclosure));
                touch.keyed.push(i64::from(t.keyed));
                touch.commitment.push(&t.commitment);
            }
        }
        let hashes = grown.tiles.iter().filter_map(|tile| match tile.path.level() {
            TileLevel::Hashes(level) => Some((i64::from(level), int(tile.path.index()), tile.bytes.as_slice())),
            TileLevel::Entries => None,
        });
        let tiles: Vec<_> = hashes.collect();
        let each = |of: fn(&Sequenced) -> i64| batch.iter().map(of).collect();
        Self {
            seq: (int(grown.old_size)..).take(batch.len()).collect(),
            leaf: batch.iter().map(|s| s.encoded.as_slice()).collect(),
            node: each(|s| i64::from(s.leaf.node)),
            boot: each(|s| i64::from(s.leaf.boot)),
            ctr: each(|s| int(s.leaf.ctr)),
            id: batch.iter().map(|s| s.leaf.event_id.as_slice()).collect(),
            action: each(|s| i64::from(s.leaf.action)),
            decision: each(|s| i64::from(s.leaf.decision.code())),
            touches: each(|s| i64::try_from(s.touches.len()).unwrap_or(i64::MAX)),
            touch,
            tile_level: tiles.iter().map(|t| t.0).collect(),
            tile_n: tiles.iter().map(|t| t.1).collect(),
            tile_hashes: tiles.iter().map(|t| t.2).collect(),
        }
    }
}
