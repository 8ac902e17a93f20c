//! What a node writes: its boot, and the rows of one batch.

use access::path::{Entry, pack_touches};
use futures_util::future::try_join3;
use ledger::{Leaf, NodeStream};
use tokio_postgres::Error;

use crate::OpenError;
use crate::session::{Session, is_retryable};

/// Where a node's own stream stands.
#[derive(Clone)]
pub struct Written {
    pub node: u32,
    pub stream: NodeStream,
    /// The node's last leaf as the database has it.
    pub last: Option<Vec<u8>>,
    /// Leaves of this node in all.
    pub appended: i64,
}

/// Takes the node's next boot number. From here on a process of an older boot of the same node can write no more.
pub async fn begin_boot(session: &Session, node: u32) -> Result<Written, OpenError> {
    const ATTEMPTS: u32 = 10;
    let id = i64::from(node);
    for _ in 1..ATTEMPTS {
        match take_boot(session, id).await {
            Err(error) if is_retryable(&error) => {}
            done => return written(node, done?),
        }
    }
    written(node, take_boot(session, id).await?)
}

async fn take_boot(session: &Session, node: i64) -> Result<(i64, i64, Option<Vec<u8>>), Error> {
    let client = &session.client;
    client
        .execute(
            "INSERT INTO ledger_writer (node, boot, appended, leaf) VALUES ($1, 0, 0, NULL) ON CONFLICT (node) DO NOTHING",
            &[&node],
        )
        .await?;
    let sql = "UPDATE ledger_writer SET boot = boot + 1 WHERE node = $1 RETURNING boot, appended, leaf";
    let row = client.query_one(sql, &[&node]).await?;
    Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?))
}

fn written(node: u32, (boot, appended, last): (i64, i64, Option<Vec<u8>>)) -> Result<Written, OpenError> {
    let damaged = |reason: &str| OpenError::DamagedLedger(format!("the stream of node {node}: {reason}"));
    let mut stream = match &last {
        None => NodeStream::first(node),
        Some(bytes) => NodeStream::next_boot(&Leaf::decode(bytes).map_err(|e| damaged(&e.to_string()))?),
    };
    // A start that wrote nothing leaves its number unused: boots rise, they need not be dense.
    let boot = u32::try_from(boot).map_err(|_| damaged("its boot number is too large"))?;
    if stream.node != node || boot < stream.boot {
        return Err(damaged("its boot number went back"));
    }
    stream.boot = boot;
    Ok(Written { node, stream, last, appended })
}

/// One event of a batch with its place in the node's stream.
pub struct Placed<'a> {
    pub entry: &'a Entry,
    pub leaf: Leaf,
    pub encoded: Vec<u8>,
}

const INSERT: &str = "INSERT INTO ledger_inbox (node, boot, ctr, leaf, at, actor, on_behalf_of, department, channel, \
    source, object, policy_version, items, body, unexplained) \
    SELECT $1::BIGINT, $2::BIGINT, u.* FROM unnest($3::BIGINT[], $4::BYTEA[], $5::BIGINT[], $6::BYTEA[], $7::BYTEA[], \
    $8::BYTEA[], $9::TEXT[], $10::TEXT[], $11::TEXT[], $12::BIGINT[], $13::BYTEA[], $14::BYTEA[], $15::BIGINT[]) AS u";
const STEP: &str = "UPDATE ledger_writer SET appended = $3, leaf = $4 WHERE node = $1 AND boot = $2";

/// Writes the rows of a batch and commits, in one round trip. `after` is the stream behind the batch.
///
/// # Errors
/// The first of the three that failed. If one of the writes failed, the commit has undone the transaction.
pub async fn write_and_commit(session: &Session, after: &Written, batch: &[Placed<'_>]) -> Result<(), Error> {
    let (insert, step) = (session.own(INSERT).await?, session.own(STEP).await?);
    let (node, boot) = (i64::from(after.node), i64::from(after.stream.boot));
    // PostgreSQL's text holds no NUL; none of these columns is evidence, the sealed body is.
    let text = |t: &str| t.replace('\0', "\u{fffd}");
    let ctr: Vec<i64> = batch.iter().map(|p| i64::try_from(p.leaf.ctr).unwrap_or(i64::MAX)).collect();
    let leaf: Vec<&[u8]> = batch.iter().map(|p| p.encoded.as_slice()).collect();
    let at: Vec<i64> = batch.iter().map(|p| p.entry.at.0).collect();
    let actor: Vec<&[u8]> = batch.iter().map(|p| p.entry.actor.as_bytes().as_slice()).collect();
    let behalf: Vec<Option<&[u8]>> =
        batch.iter().map(|p| p.entry.on_behalf_of.as_ref().map(|u| u.as_bytes().as_slice())).collect();
    let department: Vec<Option<&[u8]>> =
        batch.iter().map(|p| p.entry.department.as_ref().map(|d| d.as_bytes().as_slice())).collect();
    let channel: Vec<&str> = batch.iter().map(|p| p.entry.channel).collect();
    let source: Vec<Option<String>> = batch.iter().map(|p| p.entry.source.as_deref().map(text)).collect();
    let object: Vec<Option<String>> = batch.iter().map(|p| p.entry.object.as_deref().map(text)).collect();
    let policy: Vec<i64> = batch.iter().map(|p| i64::try_from(p.entry.policy_version).unwrap_or(i64::MAX)).collect();
    let touched: Vec<Vec<u8>> = batch.iter().map(|p| pack_touches(&p.entry.touches)).collect();
    let body: Vec<&[u8]> = batch.iter().map(|p| p.entry.body.as_slice()).collect();
    let unexplained: Vec<Option<i64>> = batch.iter().map(|p| p.entry.unexplained.map(i64::from)).collect();
    try_join3(
        session.client.execute(
            &insert,
            &[
                &node,
                &boot,
                &ctr,
                &leaf,
                &at,
                &actor,
                &behalf,
                &department,
                &channel,
                &source,
                &object,
                &policy,
                &touched,
                &body,
                &unexplained,
            ],
        ),
        session.client.execute(&step, &[&node, &boot, &after.appended, &after.last]),
        session.client.batch_execute("COMMIT"),
    )
    .await
    .map(|_| ())
}
