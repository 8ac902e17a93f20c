//! Access reviews 权限复核: campaigns begin, people are reminded, and what was decided is applied.

use std::time::Duration;

use model::Clock as _;
use store::reviews::ReviewRound;
use tokio::sync::watch;

use crate::clock::SystemClock;
use crate::outbox::Outbox;

/// Begins, reminds, closes and applies.
pub struct Reviews {
    store: store::Store,
}

impl Reviews {
    pub const fn new(store: store::Store) -> Self {
        Self { store }
    }
}

#[async_trait::async_trait]
impl Outbox for Reviews {
    const EVERY: Duration = Duration::from_secs(5);

    async fn round(&mut self, _n: u64, _stopped: &mut watch::Receiver<bool>) {
        match self.store.review_round(SystemClock.now()).await {
            Ok(round) if round == ReviewRound::default() => {}
            Ok(round) => tracing::info!(?round, "access reviews went on"),
            Err(error) => tracing::error!(%error, "access reviews did not go on; it is tried again"),
        }
    }
}
