//! Training 安全培训: courses are given to whoever must take them, and people are reminded.

use std::time::Duration;

use model::{Clock as _, UnixMs};
use tokio::sync::watch;

use crate::clock::SystemClock;
use crate::outbox::Outbox;

/// Who must take what is looked at so often where nothing changed in the company.
const AT_LEAST_EVERY_MS: i64 = 3_600_000;

/// Gives and reminds.
pub struct Trainings {
    store: store::Store,
    /// The company's state and the moment of the last round that went well.
    done: Option<(i64, UnixMs)>,
}

impl Trainings {
    pub const fn new(store: store::Store) -> Self {
        Self { store, done: None }
    }
}

#[async_trait::async_trait]
impl Outbox for Trainings {
    const EVERY: Duration = Duration::from_secs(10);

    async fn round(&mut self, _n: u64, _stopped: &mut watch::Receiver<bool>) {
        let (now, state) = (SystemClock.now(), self.store.company().epoch);
        let recently = |(of, at): (i64, UnixMs)| of == state && now.0 - at.0 < AT_LEAST_EVERY_MS;
        if self.done.is_some_and(recently) {
            return;
        }
        match self.store.train(now).await {
            Ok(round) => {
                if round.given > 0 || round.reminded > 0 {
                    tracing::info!(round.given, round.reminded, "courses were given, and people reminded");
                }
                self.done = Some((state, now));
            }
            Err(error) => tracing::error!(%error, "courses were not given; it is tried again"),
        }
    }
}
