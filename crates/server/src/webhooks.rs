//! Telling systems outside what automation rules did: takes what is due, sends it, and keeps what became of it.
//!
//! Rule: whoever acts never waits for a system outside; one that hangs holds up only itself. An address is looked up here and held to
//! what may be reached before anything connects to it, so that no name leads inside; nothing follows a redirect.

use std::sync::Arc;
use std::time::Duration;

use model::Clock as _;
use store::automation::{Attempt, Delivery, signature};
use tokio::sync::{Semaphore, watch};

use crate::clock::SystemClock;
use crate::outbox::Outbox;
use crate::outside::post;

const AT_ONCE: usize = 8;
/// Rounds between two looks at rules about dates: ten minutes.
const ROUNDS_OF_DATES: u64 = 300;

/// Sends one message; blocks.
fn send(message: &Delivery, timestamp: i64) -> Attempt {
    let id = message.id.to_string();
    let headers = [
        ("content-type", "application/json".to_owned()),
        ("webhook-id", id.clone()),
        ("webhook-timestamp", timestamp.to_string()),
        ("webhook-signature", signature(&message.secret, &id, timestamp, &message.body)),
    ];
    let answered = post(&message.url, &headers, &message.body, message.inside);
    Attempt { status: answered.status, error: answered.error }
}

/// Messages to systems outside, and the rules about dates that make some of them.
pub struct Webhooks {
    store: store::Store,
    at_once: Arc<Semaphore>,
}

impl Webhooks {
    pub fn new(store: store::Store) -> Self {
        Self { store, at_once: Arc::new(Semaphore::new(AT_ONCE)) }
    }
}

#[async_trait::async_trait]
impl Outbox for Webhooks {
    const EVERY: Duration = Duration::from_secs(2);

    async fn round(&mut self, n: u64, _stopped: &mut watch::Receiver<bool>) {
        if let Err(error) = deliver(&self.store, &self.at_once).await {
            tracing::warn!(%error, "systems outside could not be told");
        }
        if n % ROUNDS_OF_DATES == 1 {
            let now = SystemClock.now();
            match self.store.run_due_automations(now).await {
                Ok(0) => {}
                Ok(records) => tracing::info!(records, "rules about dates were carried out"),
                Err(error) => tracing::error!(%error, "rules about dates were not carried out"),
            }
            if let Err(error) = self.store.sweep_runs(now).await {
                tracing::warn!(%error, "what rules did long ago was not cleared away");
            }
        }
    }
}

async fn deliver(store: &store::Store, at_once: &Arc<Semaphore>) -> Result<(), access::path::Refusal> {
    let due = store.due_deliveries(SystemClock.now()).await?;
    let mut sent = tokio::task::JoinSet::new();
    for message in due {
        let at_once = at_once.clone();
        sent.spawn(async move {
            let _one = at_once.acquire_owned().await;
            let id = message.id;
            let timestamp = SystemClock.now().0.div_euclid(1000);
            let attempt = tokio::task::spawn_blocking(move || send(&message, timestamp)).await;
            (id, attempt.unwrap_or(Attempt { status: None, error: Some("protocol") }))
        });
    }
    while let Some(done) = sent.join_next().await {
        let Ok((id, attempt)) = done else { continue };
        store.attempted(id, attempt, SystemClock.now()).await?;
    }
    Ok(())
}
