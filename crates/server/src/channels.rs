//! Alerts that go out by channels: what is to be told is drafted, sent at each channel's pace, and what became of it is kept.
//!
//! Rule: a channel that hangs holds up itself alone: each has one attempt under way at most, and a round waits for none.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use model::Clock as _;
use store::channels::{DueMessage, Heard, Outgoing, Pace, Sender};
use store::mail::Carrier;
use tokio::sync::{Mutex, watch};

use crate::clock::SystemClock;
use crate::outbox::Outbox;

/// Rounds of an hour.
const ROUNDS_OF_SWEEPS: u64 = 1800;

/// Alerts that go out.
pub struct Channels {
    store: store::Store,
    sender: Arc<dyn Sender>,
    carrier: Arc<dyn Carrier>,
    public_url: String,
    pace: Arc<Mutex<Pace>>,
    /// The place in the ledger up to which alerts were looked at.
    seen: Option<i64>,
}

impl Channels {
    pub fn new(store: store::Store, sender: Arc<dyn Sender>, carrier: Arc<dyn Carrier>, public_url: String) -> Self {
        Self { store, sender, carrier, public_url, pace: Arc::default(), seen: None }
    }

    async fn send_due(&self) -> Result<(), access::path::Refusal> {
        let due = {
            let mut pace = self.pace.lock().await;
            self.store.due_messages(&mut pace, &self.public_url, SystemClock.now()).await?
        };
        let mut by_channel: BTreeMap<String, Vec<DueMessage>> = BTreeMap::new();
        for message in due {
            by_channel.entry(message.channel.clone()).or_default().push(message);
        }
        for (channel, messages) in by_channel {
            let (store, sender, carrier) = (self.store.clone(), self.sender.clone(), self.carrier.clone());
            let pace = self.pace.clone();
            tokio::spawn(async move {
                for message in messages {
                    let heard = match message.what {
                        Outgoing::Post(post) => Heard::read(message.kind, &sender.send(post).await),
                        Outgoing::Mail { server, to, letter } => {
                            Heard::carried(&carrier.carry(server, to, letter).await)
                        }
                    };
                    if let Err(error) = store.attempted_messages(&message.rows, &heard, SystemClock.now()).await {
                        tracing::warn!(%error, channel, "what became of a message could not be kept; it is sent again");
                    }
                    if heard.outcome != store::channels::Outcome::Taken {
                        tracing::warn!(
                            channel,
                            why = heard.error,
                            code = heard.code,
                            "a channel did not take a message"
                        );
                        // The others of this round are due still.
                        break;
                    }
                }
                pace.lock().await.done(&channel);
            });
        }
        Ok(())
    }
}

#[async_trait::async_trait]
impl Outbox for Channels {
    const EVERY: Duration = Duration::from_secs(2);

    async fn round(&mut self, n: u64, _stopped: &mut watch::Receiver<bool>) {
        match self.store.draft_messages(self.seen, SystemClock.now()).await {
            Ok((seen, _)) => self.seen = seen,
            Err(error) => tracing::error!(%error, "alerts could not be put into the outbox of channels"),
        }
        if let Err(error) = self.send_due().await {
            tracing::warn!(%error, "channels could not be told");
        }
        if n % ROUNDS_OF_SWEEPS == 1
            && let Err(error) = self.store.sweep_messages(SystemClock.now()).await
        {
            tracing::warn!(%error, "messages of long ago were not cleared away");
        }
    }
}
