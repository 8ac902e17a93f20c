//! The audited view of one customer, through the store and over HTTP, against the plain read of the same.

use std::collections::HashMap;
use std::hint::black_box;
use std::sync::Arc;

use api::{ApiConfig, ApiState, Health};
use model::{Caller, Clock, ObjectName, RecordId, UserId};
use store::records::ViewRecord;
use store_sqlite::SqliteDatabase;

use crate::Sizes;
use crate::figure::{Figure, Target};
use crate::house::{House, caller};
use crate::http::{Connection, Server, serve};
use crate::plain;
use crate::sample::{Load, Random, Turns, load};

/// Clients at once, each with a connection of its own.
pub const CLIENTS: usize = 64;
/// Representatives who are signed in; the clients share their sessions.
const SESSIONS: usize = 8;

struct Poison(Arc<SqliteDatabase>);

impl Health for Poison {
    fn is_poisoned(&self) -> bool {
        self.0.is_poisoned()
    }
}

/// Someone with a session and the customers they own.
struct Session {
    cookie: String,
    customers: Vec<RecordId>,
}

/// Everything to be read, and the ways to read it.
pub struct Reads {
    pub house: House,
    pub owned: Arc<Vec<(RecordId, UserId)>>,
    sessions: Vec<Arc<Session>>,
    _clock: tokio::task::JoinSet<()>,
    audited: Server,
    plain: Server,
    object: ObjectName,
}

impl Reads {
    /// # Errors
    /// The store's.
    pub async fn new(sizes: &Sizes) -> anyhow::Result<Self> {
        let house = House::new(&sizes.dir).await?;
        house.import(sizes.view_customers, |_| {}).await?;
        let owned = Arc::new(house.owned().await?);
        plain::make(&house, &owned)?;
        let mut by_owner: HashMap<UserId, Vec<RecordId>> = HashMap::new();
        for (id, owner) in owned.iter() {
            by_owner.entry(*owner).or_default().push(*id);
        }
        let mut sessions = vec![];
        for rep in house.reps.iter().take(SESSIONS) {
            let cookie = format!("whosaw={}", house.session(*rep).await?);
            let customers = by_owner.remove(&rep.user).unwrap_or_default();
            sessions.push(Arc::new(Session { cookie, customers }));
        }
        let health = Arc::new(Poison(house.db.clone()));
        let state = ApiState::new(house.store.clone(), house.clock.clone(), health, ApiConfig::default());
        let audited = serve(api::router(state))?;
        let plain = serve(plain::router(house.db.clone()))?;
        let _clock = house.run_clock();
        Ok(Self { house, owned, sessions, _clock, audited, plain, object: "customer".parse()? })
    }

    /// Admit, read, disclose and render, with nothing of HTTP.
    pub async fn through_the_store(&self, clients: usize, seconds: f64, seed: u64) -> anyhow::Result<Load> {
        load(clients, seconds, |n| {
            let (store, owned, object) = (self.house.store.clone(), self.owned.clone(), self.object.clone());
            let clock = self.house.clock.clone();
            let mut random = Random::new(seed ^ ((n as u64) << 32));
            move || {
                let picked = random.pick(&owned).copied();
                let (store, object, at) = (store.clone(), object.clone(), clock.now());
                async move {
                    let (id, owner) = picked.ok_or_else(|| anyhow::anyhow!("no customers"))?;
                    let grant = store.gate().admit(&Caller { at, ..caller(owner) }, ViewRecord { object, id }).await?;
                    let shown = store.view(grant).await?.disclose().await?;
                    black_box(serde_json::to_vec(shown.get())?);
                    Ok(())
                }
            }
        })
        .await
    }

    /// The plain read and its JSON, with nothing of HTTP.
    pub async fn plainly(&self, clients: usize, seconds: f64, seed: u64) -> anyhow::Result<Load> {
        load(clients, seconds, |n| {
            let (db, owned) = (self.house.db.clone(), self.owned.clone());
            let mut random = Random::new(seed ^ ((n as u64) << 32));
            move || {
                let picked = random.pick(&owned).copied();
                let db = db.clone();
                async move {
                    let (id, _) = picked.ok_or_else(|| anyhow::anyhow!("no customers"))?;
                    black_box(serde_json::to_vec(&plain::read(&db, id).await?)?);
                    Ok(())
                }
            }
        })
        .await
    }

    /// `GET /api/v1/records/customer/{id}` by people with sessions.
    pub async fn over_http(&self, clients: usize, seconds: f64, seed: u64) -> anyhow::Result<Load> {
        self.http(&self.audited, "/api/v1/records/customer", clients, seconds, seed).await
    }
    /// `GET /plain/{id}`.
    pub async fn plainly_over_http(&self, clients: usize, seconds: f64, seed: u64) -> anyhow::Result<Load> {
        self.http(&self.plain, "/plain", clients, seconds, seed).await
    }

    async fn http(
        &self,
        to: &Server,
        path: &'static str,
        clients: usize,
        seconds: f64,
        seed: u64,
    ) -> anyhow::Result<Load> {
        let mut connections = vec![];
        for _ in 0..clients {
            connections.push(Connection::open(to.address).await?);
        }
        load(clients, seconds, |n| {
            let connection = connections.get(n).cloned();
            let session = self.sessions.get(n % self.sessions.len().max(1)).cloned();
            let mut random = Random::new(seed ^ ((n as u64) << 32));
            move || {
                let (connection, session) = (connection.clone(), session.clone());
                let id = session.as_ref().and_then(|s| random.pick(&s.customers).copied());
                async move {
                    let (Some(connection), Some(session), Some(id)) = (connection, session, id) else {
                        anyhow::bail!("nothing to ask for");
                    };
                    let length = connection.lock().await.get(&format!("{path}/{id}"), &session.cookie).await?;
                    black_box(length);
                    Ok(())
                }
            }
        })
        .await
    }
}

pub async fn measure(sizes: &Sizes) -> anyhow::Result<Vec<Figure>> {
    let reads = Reads::new(sizes).await?;
    if let Some(seconds) = sizes.profile {
        let done = reads.over_http(CLIENTS, f64::from(u32::try_from(seconds)?), 1).await?;
        return Ok(vec![Figure::new("audited view over HTTP (profiled)", done.per_second, "requests/s")]);
    }
    let (mut store, mut plain) = (Turns::default(), Turns::default());
    let (mut http, mut plain_http, mut one, mut plain_one) =
        (Turns::default(), Turns::default(), Turns::default(), Turns::default());
    for round in 0..sizes.rounds {
        let seed = round as u64 + 1;
        store.push(reads.through_the_store(CLIENTS, sizes.seconds, seed).await?);
        plain.push(reads.plainly(CLIENTS, sizes.seconds, seed).await?);
        http.push(reads.over_http(CLIENTS, sizes.seconds, seed).await?);
        plain_http.push(reads.plainly_over_http(CLIENTS, sizes.seconds, seed).await?);
        one.push(reads.over_http(1, sizes.seconds / 2.0, seed).await?);
        plain_one.push(reads.plainly_over_http(1, sizes.seconds / 2.0, seed).await?);
    }
    let tail = |t: &Turns| format!("p50 {:.2} ms, p99 {:.2} ms", t.latency(0.5), t.latency(0.99));
    let note = format!("{} customers, {CLIENTS} clients, SQLite; ", sizes.view_customers);
    Ok(vec![
        Figure::new("audited view over HTTP, 64 connections", http.per_second(), "requests/s")
            .against("plain read over HTTP", plain_http.per_second())
            .target(Target::AtLeast(8_000.0))
            .note(format!("{note}{}; plain: {}", tail(&http), tail(&plain_http))),
        Figure::new("audited view over HTTP, share of the plain read", http.per_second(), "requests/s")
            .against("plain read over HTTP", plain_http.per_second())
            .target(Target::RatioAtLeast(0.75)),
        Figure::new("audited view over HTTP, p99", http.latency(0.99), "ms")
            .against("plain read over HTTP, p99", plain_http.latency(0.99))
            .target(Target::AtMost(50.0)),
        Figure::new("audited view over HTTP, 1 connection, p50", one.latency(0.5), "ms")
            .against("plain read over HTTP, p50", plain_one.latency(0.5)),
        Figure::new("audited view through the store, 64 tasks", store.per_second(), "requests/s")
            .against("plain read and JSON", plain.per_second())
            .note(format!("{note}{}; plain: {}", tail(&store), tail(&plain))),
    ])
}
