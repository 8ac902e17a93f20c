//! A large log: who saw a customer, and how long opening takes.
//!
//! The events are written straight into a bench database, which no server can do: their bodies open and their tree is a
//! real one, but their commitments are zeros, so evidence about them would not verify.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use access::path::{Change, log_body, log_day};
use govern::{Definition, Kind, Period, Unit};
use ledger::tile::TileLevel;
use ledger::{Appender, Leaf, LeafKind, NodeStream, SigningKey};
use model::audit_policy::AuditRetention;
use model::{Action, AuditPolicy, EventId, RecordId, UserId};
use rusqlite::{Connection, params};
use store::audit::WhoSaw;
use store::company::{DecideAuditPolicy, Note, ProposeAuditPolicy};
use store::publish::Publisher;
use store::records::ViewRecord;
use store::reports::BeginReport;
use store::retention::ApplyRetention;
use store::{Database, Query, Store};
use store_sqlite::{Options, SqliteDatabase};
use vault::{DataKey, LogKeyId, Place, Vault};

use crate::Sizes;
use crate::figure::{Figure, Target, say};
use crate::house::{House, caller, open_vault, start};
use crate::sample::{Random, Samples};

/// Each customer is touched by so many events.
const PER_CUSTOMER: u64 = 100;
/// Over how long the events are spread.
const DAYS: i64 = 365;

/// A recorded view, taken apart so that others can be made like it.
struct Template {
    body: String,
    at: String,
    event: Vec<rusqlite::types::Value>,
}

async fn template(house: &House) -> anyhow::Result<Template> {
    house.import(1, |_| {}).await?;
    let owned = house.owned().await?;
    let (id, owner) = owned.first().copied().ok_or_else(|| anyhow::anyhow!("no customer"))?;
    let op = ViewRecord { object: "customer".parse()?, id };
    let grant = house.store.gate().admit(&house.caller(owner), op).await?;
    house.store.view(grant).await?.disclose().await?;
    house.db.caught_up().await;
    let query = format!("SELECT id, body FROM event WHERE action = {} ORDER BY seq DESC LIMIT 1", Action::View.code());
    let rows = house.db.read(Query::new(query, vec![])).await?;
    let row = rows.first().ok_or_else(|| anyhow::anyhow!("the view was not recorded"))?;
    let body = house.store.gate().recorder().open_body(row.event(0)?, row.bytes(1)?)?;
    let at = body.meta.get("at").map(ToString::to_string).unwrap_or_default();
    let c = Connection::open(house.file())?;
    let sql = "SELECT actor, department, channel, source, action, object, decision, policy_version FROM event \
               WHERE action = ?1 ORDER BY seq DESC LIMIT 1";
    let event = c.query_row(sql, [Action::View.code()], |r| (0..8).map(|n| r.get(n)).collect())?;
    Ok(Template { body: serde_json::to_string(&body)?, at, event })
}

fn time(n: u64, count: u64) -> i64 {
    let span = i128::from(DAYS * 86_400_000);
    let back = span * i128::from(count - n) / i128::from(count.max(1));
    start().0 - i64::try_from(back).unwrap_or(0)
}

fn customer(n: u64) -> RecordId {
    RecordId::from_bytes(Random::new(n ^ 0xc0ffee).bytes())
}

/// Writes `count` events behind those that are there. All or nothing is not kept: it is a bench's file.
fn write(mut c: Connection, vault: &Vault, like: &Template, count: u64) -> anyhow::Result<()> {
    c.pragma_update(None, "synchronous", "OFF")?;
    c.pragma_update(None, "cache_size", -1_000_000)?;
    let indexes: Vec<String> = c
        .prepare("SELECT sql FROM sqlite_master WHERE name IN ('touch_customer', 'event_actor', 'event_at')")?
        .query_map([], |r| r.get(0))?
        .collect::<Result<_, _>>()?;
    c.execute_batch("DROP INDEX touch_customer; DROP INDEX event_actor; DROP INDEX event_at;")?;
    let there: Vec<Vec<u8>> = c
        .prepare("SELECT leaf FROM ledger_leaf ORDER BY idx")?
        .query_map([], |r| r.get(0))?
        .collect::<Result<_, _>>()?;
    let first = there.len() as u64;
    let mut appender = Appender::new();
    appender.extend(&there)?;
    let last: Vec<u8> = c.query_row("SELECT leaf FROM ledger_node WHERE node = 1", [], |r| r.get(0))?;
    let mut stream = NodeStream::after(&Leaf::decode(&last)?);
    let customers = (count / PER_CUSTOMER).max(1);

    let t = c.transaction()?;
    let (before, after) = like.body.split_once(&like.at).ok_or_else(|| anyhow::anyhow!("a body without its time"))?;
    let mut last = last;
    {
        let mut event = t.prepare(
            "INSERT INTO event (seq, id, at, actor, department, channel, source, action, object, decision, \
             policy_version, touches, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 1, ?12)",
        )?;
        let mut leaf_row = t.prepare("INSERT INTO ledger_leaf (idx, leaf) VALUES (?1, ?2)")?;
        let mut tile_row = t.prepare("INSERT INTO ledger_tile (level, n, hashes) VALUES (?1, ?2, ?3)")?;
        let mut random = Random::new(17);
        let mut batch = Vec::with_capacity(1024);
        let mut keys: HashMap<u32, (LogKeyId, DataKey)> = HashMap::new();
        for n in 0..count {
            let seq = i64::try_from(first + n)?;
            let at = time(n, count);
            let id = EventId::new(model::UnixMs(at), random.bytes());
            let body = format!("{before}{at}{after}");
            let place = Place { object: "event", record: RecordId(id.0), field: "body" };
            let day = log_day(model::UnixMs(at));
            let (key_id, key) = match keys.entry(day) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(none) => {
                    let id = LogKeyId::new(day, random.bytes());
                    let (key, wrapped) = vault.new_log_key(id, random.bytes())?;
                    t.execute(
                        "INSERT INTO log_key (id, kek_version, wrapped) VALUES (?1, ?2, ?3)",
                        params![id.as_bytes().as_slice(), wrapped.kek_version, wrapped.bytes],
                    )?;
                    none.insert((id, key))
                }
            };
            let sealed = log_body(*key_id, &key.seal(&place, random.bytes(), body.as_bytes())?);
            let [actor, department, channel, source, action, object, decision, version] = like.event.as_slice() else {
                anyhow::bail!("an event of another form");
            };
            event.execute(params![
                seq,
                id.as_bytes().as_slice(),
                at,
                actor,
                department,
                channel,
                source,
                action,
                object,
                decision,
                version,
                sealed
            ])?;
            let mut leaf = Leaf::new(LeafKind::Access, *id.as_bytes(), u64::try_from(at).unwrap_or(0));
            leaf.action = Action::View.code();
            let encoded = stream.next(leaf).encode();
            leaf_row.execute(params![seq, encoded.as_slice()])?;
            batch.push(encoded);
            if batch.len() == 1024 || n + 1 == count {
                last = batch.last().map(|l| l.to_vec()).unwrap_or_default();
                for tile in appender.extend(&batch)?.tiles {
                    if let TileLevel::Hashes(level) = tile.path.level() {
                        tile_row.execute(params![level, i64::try_from(tile.path.index())?, tile.bytes])?;
                    }
                }
                batch.clear();
            }
        }
    }
    say("  events written");
    {
        let mut touch = t.prepare(
            "INSERT INTO touch (customer, seq, n, record, disclosure, keyed, commitment) VALUES (?1, ?2, 0, ?1, 0, 1, ?3)",
        )?;
        for n in 0..count {
            let id = customer(n % customers);
            touch.execute(params![id.as_bytes().as_slice(), i64::try_from(first + n)?, [0u8; 32].as_slice()])?;
        }
    }
    say("  touches written");
    t.execute("UPDATE ledger_node SET leaf = ?1 WHERE node = 1", [last])?;
    let tree = appender.tree();
    t.execute(
        "UPDATE ledger_state SET size = ?1, root = ?2, frontier = ?3 WHERE id = 1",
        params![i64::try_from(tree.size())?, tree.root().as_slice(), tree.to_bytes()],
    )?;
    t.commit()?;
    for sql in indexes {
        c.execute_batch(&sql)?;
    }
    say("  indexes written");
    Ok(())
}

/// The database alone, as fast as it can be written.
fn alone(path: &Path) -> anyhow::Result<Connection> {
    let c = Connection::open(path)?;
    c.pragma_update(None, "journal_mode", "OFF")?;
    Ok(c)
}

/// What dropping the oldest month took, while somebody else wrote all the time.
struct Dropped {
    /// Until nothing of it could be read, and what the others waited then, in milliseconds.
    seconds: f64,
    keys: u64,
    waits: Samples,
    /// The same of clearing its rows away.
    swept_seconds: f64,
    swept: u64,
    sweep_waits: Samples,
}

/// Runs something while somebody else writes: what it gave, its seconds, and the writer's waits in milliseconds.
async fn beside_a_writer<T>(
    db: &Arc<SqliteDatabase>,
    work: impl Future<Output = anyhow::Result<T>>,
) -> anyhow::Result<(T, f64, Samples)> {
    let writer = db.clone();
    let (stop, mut stopped) = tokio::sync::oneshot::channel::<()>();
    let writing = tokio::spawn(async move {
        let mut waits = Samples::default();
        while stopped.try_recv().is_err() {
            let began = Instant::now();
            let change = Change::new("UPDATE meta SET value = value WHERE key = 'epoch'", vec![]);
            let _ = writer.maintain(vec![change]).await;
            waits.push(began.elapsed().as_secs_f64() * 1000.0);
        }
        waits
    });
    let began = Instant::now();
    let done = work.await?;
    let seconds = began.elapsed().as_secs_f64();
    let _ = stop.send(());
    Ok((done, seconds, writing.await?))
}

/// A report of the newest month that is over, with the month before.
struct Counted {
    events: f64,
    seconds: f64,
    bare_seconds: f64,
}

async fn report_of_a_month(store: &Store, db: &Arc<SqliteDatabase>, auditor: UserId) -> anyhow::Result<Counted> {
    let publisher = Publisher::new(db.clone(), SigningKey::from_seed("bench.example/log", [7; 32])?, None);
    publisher.publish_once(start()).await?;
    let (zone, _) = store.time_zone();
    let none = || anyhow::anyhow!("there is no such month");
    let period = Period::newest_over(Unit::Month, start(), &zone).ok_or_else(none)?;
    let op = BeginReport::new(Definition::new(Kind::Management), period, false, start());
    let began = Instant::now();
    let grant = store.gate().admit_system(&caller(auditor), op).await?;
    let job = store.begin_report(grant, &publisher).await?.into_inner();
    Box::pin(store.run_job(job.id, &testkit::FixedClock(start()))).await?;
    let seconds = began.elapsed().as_secs_f64();
    let (from, _) = period.before().and_then(|p| p.span(&zone)).ok_or_else(none)?;
    let (_, until) = period.span(&zone).ok_or_else(none)?;
    let began = Instant::now();
    let sql = "SELECT COUNT(*), SUM(touches) FROM event WHERE at >= ?1 AND at < ?2 GROUP BY actor, action, decision";
    let mut events = 0.0;
    for row in db.read(Query::new(sql, vec![from.into(), until.into()])).await? {
        events += row.int(0)? as f64;
    }
    anyhow::ensure!(events > 0.0, "nothing was counted");
    Ok(Counted { events, seconds, bare_seconds: began.elapsed().as_secs_f64() })
}

async fn drop_month(
    store: &Store,
    db: &Arc<SqliteDatabase>,
    (security, auditor): (UserId, UserId),
) -> anyhow::Result<Dropped> {
    const MONTH: u32 = 30;
    let days = u32::try_from(DAYS)? - MONTH;
    let retention = AuditRetention { days: Some(days), ..AuditRetention::default() };
    let policy = AuditPolicy { retention, ..AuditPolicy::default() };
    let op = ProposeAuditPolicy { base: 1, policy, reason: "bench".to_owned(), note: Note::default() };
    let grant = store.gate().admit_system(&caller(security), op).await?;
    let id = store.propose_audit_policy(grant).await?.into_inner();
    let op = DecideAuditPolicy { id, consent: true, note: Note::default() };
    let grant = store.gate().admit_system(&caller(auditor), op).await?;
    store.decide_audit_policy(grant).await?;
    let drop = async {
        let grant = store.gate().admit_system(&caller(security), ApplyRetention::at(start(), days)).await?;
        Ok(store.apply_retention(grant).await?.into_inner().keys)
    };
    let (keys, seconds, waits) = beside_a_writer(db, drop).await?;
    anyhow::ensure!(keys > 0, "nothing was dropped");
    let sweep = async { Ok(store.sweep_retained(start()).await?.events) };
    let (swept, swept_seconds, sweep_waits) = beside_a_writer(db, sweep).await?;
    Ok(Dropped { seconds, keys, waits, swept_seconds, swept, sweep_waits })
}

fn waited(waits: &Samples) -> String {
    let at = |p| waits.percentile(p);
    format!("p50 {:.2} ms, p99 {:.2} ms, at most {:.0} ms", at(0.5), at(0.99), at(1.0))
}

pub async fn measure(sizes: &Sizes) -> anyhow::Result<Vec<Figure>> {
    let house = House::new(&sizes.dir).await?;
    let like = template(&house).await?;
    let (security, auditor, path) = (house.security, house.auditor, house.file());
    let vault = house.vault.clone();
    let closed = Arc::downgrade(&house.db);
    let dir = house.close();
    anyhow::ensure!(closed.upgrade().is_none(), "the database is still open");
    let count = sizes.events;
    let began = Instant::now();
    write(alone(&path)?, &vault, &like, count)?;
    let megabytes = std::fs::metadata(&path)?.len() / 1_000_000;
    say(&format!("  {count} events, {megabytes} MB, in {:.0} s", began.elapsed().as_secs_f64()));

    let (mut database_ms, mut whole_ms) = (Samples::default(), Samples::default());
    let mut opened = None;
    for _ in 0..sizes.rounds.max(3) {
        drop(opened.take());
        let began = Instant::now();
        let db = Arc::new(SqliteDatabase::open(&path, &Options::default())?);
        database_ms.push(began.elapsed().as_secs_f64());
        let store = Store::open(db.clone(), open_vault(dir.path())?).await?;
        store.node_start(start(), serde_json::json!({})).await?;
        whole_ms.push(began.elapsed().as_secs_f64());
        opened = Some((store, db));
    }
    let Some((store, db)) = opened else { anyhow::bail!("nothing was opened") };

    let customers = (count / PER_CUSTOMER).max(1);
    let (mut asked, mut bare) = (Samples::default(), Samples::default());
    let segments: Vec<String> = (0..=(count >> 14) + 1).map(|n| n.to_string()).collect();
    let bare_select = format!(
        "SELECT e.seq, e.at, e.actor, e.action FROM touch t CROSS JOIN event e WHERE e.seq = t.seq AND t.customer = ?1 \
         AND (t.seq >> 14) IN ({}) ORDER BY e.at DESC LIMIT 50",
        segments.join(", ")
    );
    let mut random = Random::new(23);
    let mut lines = 0;
    for _ in 0..if count < 1_000_000 { 50 } else { 500 } {
        let id = customer(random.below(customers));
        let began = Instant::now();
        let grant = store.gate().admit_system(&caller(auditor), WhoSaw::new(id)).await?;
        let seen = store.who_saw(grant).await?;
        std::hint::black_box(serde_json::to_vec(seen.get())?);
        asked.push(began.elapsed().as_secs_f64() * 1000.0);
        lines += seen.get().page.items.len();
        let id = customer(random.below(customers));
        let began = Instant::now();
        let rows = db.read(Query::new(bare_select.as_str(), vec![id.into()])).await?;
        bare.push(began.elapsed().as_secs_f64() * 1000.0);
        anyhow::ensure!(!rows.is_empty(), "a customer without events");
    }
    anyhow::ensure!(lines > 0, "nobody saw anything");
    let counted = report_of_a_month(&store, &db, auditor).await?;
    let month = drop_month(&store, &db, (security, auditor)).await?;
    let of = format!("{count} events, {customers} customers, {megabytes} MB");
    Ok(vec![
        Figure::new("who saw a customer, p95", asked.percentile(0.95), "ms")
            .against("the bare SELECT, bodies unopened, unrecorded", bare.percentile(0.95))
            .target(Target::AtMost(20.0))
            .note(format!("{of}; p50 {:.2} ms, {lines} lines told", asked.median())),
        Figure::new("start: database and company", whole_ms.median(), "s")
            .against("the database alone", database_ms.median())
            .target(Target::AtMost(2.0))
            .note(of.clone()),
        Figure::new("a month's report, for 10,000,000 events", counted.seconds * 10_000_000.0 / counted.events, "s")
            .against("the grouped SELECT alone", counted.bare_seconds * 10_000_000.0 / counted.events)
            .target(Target::AtMost(30.0))
            .note(format!(
                "{:.0} events in {:.2} s, the month before among them; {of}",
                counted.events, counted.seconds
            )),
        Figure::new("dropping an expired month", month.seconds, "s").target(Target::AtMost(1.0)).note(format!(
            "{} keys of {of}; writers wait {}",
            month.keys,
            waited(&month.waits)
        )),
        Figure::new("clearing its rows away", month.swept as f64 / month.swept_seconds, "events/s").note(format!(
            "{} events; writers wait {}",
            month.swept,
            waited(&month.sweep_waits)
        )),
    ])
}
