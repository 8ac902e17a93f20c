//! Leavers 离职: whoever is handed over is on record, and officers are told when a last day is near.

use std::time::Duration;

use model::Clock as _;
use store::leavers::LeaverRound;
use tokio::sync::watch;

use crate::clock::SystemClock;
use crate::outbox::Outbox;

/// Records and reminds.
pub struct Leavers(pub store::Store);

#[async_trait::async_trait]
impl Outbox for Leavers {
    const EVERY: Duration = Duration::from_secs(30);

    async fn round(&mut self, _n: u64, _stopped: &mut watch::Receiver<bool>) {
        match self.0.leaver_round(SystemClock.now()).await {
            Ok(round) if round == LeaverRound::default() => {}
            Ok(round) => tracing::info!(?round, "leavers went on"),
            Err(error) => tracing::error!(%error, "leavers did not go on; it is tried again"),
        }
    }
}
