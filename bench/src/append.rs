//! The ledger's write path alone: events made durable through the database's journal, against the disk's own fsync.

use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use access::path::{Entry, Journal, TouchRow, Unit};
use ledger::{Leaf, LeafKind};
use model::{EventId, RecordId, UnixMs, UserId};
use store_sqlite::{Options, SqliteDatabase};

use crate::Sizes;
use crate::figure::{Figure, Target};
use crate::house::start;
use crate::sample::{Random, Samples, Turns, load};

/// Customers that the events touch.
const CUSTOMERS: u64 = 20_000;

/// Milliseconds of one write of 4 KiB made durable, each in its own place of one file.
fn fsync_ms(dir: &Path, times: u64) -> anyhow::Result<Samples> {
    let mut file = tempfile::tempfile_in(dir)?;
    let block = [0x5a; 4096];
    // Allocated first: what is measured is a write in place, as into a log that is used again.
    file.write_all(&vec![0; 4096 * 256])?;
    file.sync_all()?;
    let mut all = Samples::default();
    for n in 0..times {
        file.seek(SeekFrom::Start((n % 256) * 4096))?;
        let began = Instant::now();
        file.write_all(&block)?;
        file.sync_data()?;
        all.push(began.elapsed().as_secs_f64() * 1000.0);
    }
    Ok(all)
}

/// A view of one customer as the recorder hands it on, with the usual size of a body.
fn unit(kind: LeafKind, at: UnixMs, random: &mut Random) -> Unit {
    let id = EventId::new(at, random.bytes());
    let mut leaf = Leaf::new(kind, *id.as_bytes(), u64::try_from(at.0).unwrap_or(0));
    leaf.action = model::Action::View.code();
    leaf.c_meta = random.bytes();
    leaf.c_actor = random.bytes();
    leaf.c_object = random.bytes();
    let customer = RecordId::from_bytes(Random::new(random.below(CUSTOMERS)).bytes());
    let touch = TouchRow { record: customer, customer, disclosure: 0, keyed: true, commitment: random.bytes() };
    let entry = Entry {
        leaf,
        at,
        actor: UserId::from_bytes([7; 16]),
        on_behalf_of: None,
        department: None,
        channel: "web",
        source: Some("192.0.2.7".into()),
        object: Some("customer".into()),
        policy_version: 1,
        unexplained: None,
        touches: vec![touch],
        body: (0..12).flat_map(|_| random.bytes::<64>()).collect(),
    };
    Unit { changes: vec![], entry }
}

async fn clients(
    db: &Arc<SqliteDatabase>,
    count: usize,
    seconds: f64,
    seed: u64,
) -> anyhow::Result<crate::sample::Load> {
    // Every call of this function goes on where time stands: a day for each.
    let (began, from) = (Instant::now(), start().plus_days(i64::try_from(seed)?));
    load(count, seconds, |n| {
        let (db, mut random) = (db.clone(), Random::new(seed ^ ((n as u64) << 32)));
        let now = move || UnixMs(from.0 + i64::try_from(began.elapsed().as_millis()).unwrap_or(0));
        move || {
            let (db, unit) = (db.clone(), unit(LeafKind::Access, now(), &mut random));
            async move { Ok(db.append(unit).await.map(|_| ())?) }
        }
    })
    .await
}

pub async fn measure(sizes: &Sizes) -> anyhow::Result<Vec<Figure>> {
    let dir = tempfile::tempdir_in(&sizes.dir)?;
    let db = Arc::new(SqliteDatabase::open(&dir.path().join("ledger.db"), &Options::default())?);
    db.append(unit(LeafKind::NodeStart, start(), &mut Random::new(1))).await?;
    if let Some(seconds) = sizes.profile {
        let done = clients(&db, 256, f64::from(u32::try_from(seconds)?), 5).await?;
        return Ok(vec![Figure::new("ledger append, 256 clients (profiled)", done.per_second, "events/s")]);
    }
    let (mut many, mut one, mut disk) = (Turns::default(), Turns::default(), Samples::default());
    for round in 0..sizes.rounds {
        let path = dir.path().to_owned();
        disk.extend(&tokio::task::spawn_blocking(move || fsync_ms(&path, 200)).await??);
        one.push(clients(&db, 1, sizes.seconds, 1 + 2 * round as u64).await?);
        many.push(clients(&db, 256, sizes.seconds, 2 + 2 * round as u64).await?);
    }
    let fsync = disk.median();
    Ok(vec![
        Figure::new("ledger append, 256 waiting clients", many.per_second(), "events/s")
            .against("one event per fsync", 1000.0 / fsync)
            .target(Target::AtLeast(20_000.0))
            .note(format!("p50 {:.2} ms, p99 {:.2} ms", many.latency(0.5), many.latency(0.99))),
        Figure::new("ledger append, 1 client", one.latency(0.5), "ms")
            .against("write of 4 KiB + fdatasync", fsync)
            .target(Target::RatioAtMost(1.5))
            .note(format!("medians; the disk's fsync: p50 {fsync:.3} ms, p99 {:.3} ms", disk.percentile(0.99))),
    ])
}
