//! What goes out of the house in the background, mail and webhooks alike: looked after at its pace, as long as the server runs.
//!
//! Rule: of several nodes the leader alone works, so that each thing is sent once as long as that stays; whoever acts never waits.

use std::time::Duration;

use tokio::sync::watch;

use crate::instance::Db;

/// Something that goes out.
#[async_trait::async_trait]
pub trait Outbox: Send {
    /// Between two rounds.
    const EVERY: Duration;

    /// Sends what is due, and what else is done in the round `n` of this node's, from 0. Errors are told in the server's log: what
    /// could not be sent is due again. It may give up when the server ends.
    async fn round(&mut self, n: u64, stopped: &mut watch::Receiver<bool>);
}

/// Works until the server ends. A round under way is waited for.
pub async fn work<O: Outbox>(mut outbox: O, db: Db, mut stopped: watch::Receiver<bool>) {
    let mut tick = tokio::time::interval(O::EVERY);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut rounds: u64 = 0;
    loop {
        tokio::select! {
            _ = stopped.changed() => return,
            _ = tick.tick() => {}
        }
        let leads = match &db {
            Db::Sqlite(_) => true,
            Db::Postgres(db) => db.is_leader(),
        };
        if !leads {
            continue;
        }
        outbox.round(rounds, &mut stopped).await;
        if *stopped.borrow() {
            return;
        }
        rounds = rounds.wrapping_add(1);
    }
}
