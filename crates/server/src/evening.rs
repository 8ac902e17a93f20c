//! The evening note 晚间询问: at the company's hour, people are asked about what they opened without a reason that the system saw.

use std::time::Duration;

use model::Clock as _;
use tokio::sync::watch;

use crate::clock::SystemClock;
use crate::outbox::Outbox;

/// Asks whom there is to ask.
pub struct Evenings {
    store: store::Store,
    /// The day that is done with. After a start it is looked at once more, and nobody is asked twice.
    done: Option<i64>,
}

impl Evenings {
    pub const fn new(store: store::Store) -> Self {
        Self { store, done: None }
    }
}

#[async_trait::async_trait]
impl Outbox for Evenings {
    const EVERY: Duration = Duration::from_secs(20);

    async fn round(&mut self, _n: u64, _stopped: &mut watch::Receiver<bool>) {
        match self.store.ask_this_evening(self.done, SystemClock.now()).await {
            Ok(round) => {
                if round.asked > 0 {
                    tracing::info!(round.asked, "people were asked about what they opened today");
                }
                self.done = round.day;
            }
            Err(error) => {
                tracing::error!(%error, "who opened customers without a reason was not asked; it is tried again")
            }
        }
    }
}
