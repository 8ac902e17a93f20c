//! The leader's task: every node tries to hold the lease; who holds it puts what all nodes wrote in order.
//!
//! Two leaders at once do no harm: the second finds the log's state changed, drops what it did and reads anew.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use parking_lot::Mutex;
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio::time::Instant;

use crate::lease::Holder;
use crate::sequence::{Sequencer, Stop};
use crate::session::{Session, describe};
use crate::target::Target;

/// How often an idle leader looks for what other nodes wrote; what its own node wrote it hears of at once.
const IDLE: Duration = Duration::from_millis(25);

/// What the leader has seen, for health checks.
#[derive(Default)]
pub struct Health {
    pub leading: AtomicBool,
    alarm: Mutex<Option<String>>,
}

impl Health {
    pub fn alarm(&self) -> Option<String> {
        self.alarm.lock().clone()
    }

    /// Someone has changed what was recorded. The first alarm is kept.
    pub fn raise(&self, reason: String) {
        tracing::error!(reason, "tamper alarm: the ledger's rows are not what was written");
        self.alarm.lock().get_or_insert(reason);
    }
}

/// The running task; it ends with this value.
pub struct Leader {
    pub health: Arc<Health>,
    task: JoinHandle<()>,
}

/// What the leader needs to begin.
pub struct Start {
    pub target: Target,
    pub holder: Holder,
    pub lease: Duration,
    pub committed: Arc<Notify>,
}

impl Leader {
    pub fn start(start: Start) -> Self {
        let health = Arc::new(Health::default());
        let seen = health.clone();
        Self { health, task: tokio::spawn(async move { run(start, &seen).await }) }
    }
    pub fn stop(&self) {
        self.task.abort();
        self.health.leading.store(false, Ordering::Release);
    }
}

impl Drop for Leader {
    fn drop(&mut self) {
        self.stop();
    }
}

async fn run(start: Start, health: &Health) {
    loop {
        match Session::connect_durable(&start.target).await {
            Ok(session) => {
                if let Err(stop) = stand(&start, &session, health).await {
                    health.leading.store(false, Ordering::Release);
                    report(&stop, health);
                }
            }
            Err(error) => tracing::warn!(error = describe(&error), "the leader cannot reach the database"),
        }
        tokio::time::sleep(start.lease / 3).await;
    }
}

fn report(stop: &Stop, health: &Health) {
    match stop {
        Stop::Overtaken => tracing::info!("another node sequences the ledger now"),
        Stop::Database(error) if error.code() == Some(&tokio_postgres::error::SqlState::UNIQUE_VIOLATION) => {
            // Positions are given under the lock of the state's row: a second row of one position or event id was not
            // made by a leader.
            health.raise(format!("an event has the position or the id of another one: {}", describe(error)));
        }
        Stop::Database(error) => tracing::warn!(error = describe(error), "sequencing was interrupted"),
        Stop::Damaged(reason) => health.raise(reason.clone()),
    }
}

/// Waits for the lease and leads while it lasts.
async fn stand(start: &Start, session: &Session, health: &Health) -> Result<(), Stop> {
    let lease_ms = i64::try_from(start.lease.as_millis()).unwrap_or(i64::MAX);
    loop {
        let asked = Instant::now();
        if start.holder.take(session, lease_ms).await? {
            health.leading.store(true, Ordering::Release);
            tracing::info!(node = start.holder.node, "this node sequences the ledger");
            lead(start, session, health, asked, lease_ms).await?;
            health.leading.store(false, Ordering::Release);
        }
        tokio::time::sleep(start.lease / 3).await;
    }
}

async fn lead(
    start: &Start,
    session: &Session,
    health: &Health,
    mut renewed: Instant,
    lease_ms: i64,
) -> Result<(), Stop> {
    let mut sequencer = Sequencer::restore(session).await?;
    loop {
        if renewed.elapsed() >= start.lease / 3 {
            let asked = Instant::now();
            if !start.holder.take(session, lease_ms).await? {
                return Ok(());
            }
            renewed = asked;
        }
        let round = sequencer.round(session).await?;
        for reason in round.alarms {
            health.raise(reason);
        }
        if round.moved == 0 {
            let _ = tokio::time::timeout(IDLE, start.committed.notified()).await;
        }
    }
}
