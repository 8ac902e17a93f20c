//! Planned reports 审计报告计划: when a period is over, its reports are made, once, and put into the folder that the server was given.

mod folder;

use std::path::PathBuf;
use std::time::Duration;

use govern::Period;
use model::{Clock as _, ReportId};
use store::reports::ReportPlan;
use tokio::sync::watch;

use self::folder::Folder;
use crate::clock::SystemClock;
use crate::outbox::Outbox;

/// Makes what is due.
pub struct Reports {
    store: store::Store,
    folder: Option<Folder>,
}

impl Reports {
    pub fn new(store: store::Store, folder: Option<PathBuf>) -> Self {
        Self { store, folder: folder.map(Folder) }
    }
}

#[async_trait::async_trait]
impl Outbox for Reports {
    const EVERY: Duration = Duration::from_secs(30);

    async fn round(&mut self, _n: u64, _stopped: &mut watch::Receiver<bool>) {
        let english = matches!(self.store.gate().settings().language, Some(access::path::Language::English));
        let mark = |plan: &ReportPlan, id: ReportId, period: Period| {
            if let Some(folder) = &self.folder {
                folder.mark(plan, id, period, if english { "en" } else { "zh" });
            }
        };
        match self.store.make_due_reports(SystemClock.now(), &mark).await {
            Ok(round) if round.made > 0 => tracing::info!(round.made, "planned reports were made"),
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "planned reports were not made; it is tried again"),
        }
        if let Some(folder) = &self.folder {
            folder.give_all(&self.store, SystemClock.now()).await;
        }
    }
}
