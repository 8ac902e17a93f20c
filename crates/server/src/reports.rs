//! Planned reports 审计报告计划: when a period is over, its reports are made, once.

use std::time::Duration;

use model::Clock as _;
use tokio::sync::watch;

use crate::clock::SystemClock;
use crate::outbox::Outbox;

/// Makes what is due.
pub struct Reports(pub store::Store);

#[async_trait::async_trait]
impl Outbox for Reports {
    const EVERY: Duration = Duration::from_secs(30);

    async fn round(&mut self, _n: u64, _stopped: &mut watch::Receiver<bool>) {
        match self.0.make_due_reports(SystemClock.now()).await {
            Ok(round) if round.made > 0 => tracing::info!(round.made, "planned reports were made"),
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "planned reports were not made; it is tried again"),
        }
    }
}
