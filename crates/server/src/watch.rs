//! Detection 异常监控: follows the log as it grows, for as long as the server runs.
//!
//! Rule: nobody who acts waits for it. What goes wrong here is said and tried again; the log is written all the same, and detection goes on
//! from where it stood. Of several nodes the leader alone follows; one that takes over begins from what is on disk.

use std::time::Duration;

use model::Clock as _;
use store::watch::{EVERY, Follower};
use tokio::sync::watch;

use crate::clock::SystemClock;
use crate::instance::Db;

/// After a failure.
const LATER: Duration = Duration::from_secs(2);
/// Rounds between two looks at alerts that were put off: about a minute.
const ROUNDS_OF_A_LOOK: u64 = 300;
/// Events behind at which it is said how far it is, now and then.
const FAR_BEHIND: u64 = 5_000;

/// Follows the log to where it ends, and puts away what is known then.
///
/// # Errors
/// [`Refusal`](access::path::Refusal): what was followed until then is kept.
pub async fn to_the_end(store: store::Store) -> Result<(), access::path::Refusal> {
    let mut follower = Follower::new(store);
    while follower.round(SystemClock.now()).await?.more {}
    follower.stop().await
}

/// Works until the server ends.
pub async fn work(store: store::Store, db: Db, mut stopped: watch::Receiver<bool>) {
    let mut follower = Follower::new(store.clone());
    let mut leading = false;
    let mut rounds: u64 = 0;
    loop {
        let leads = match &db {
            Db::Sqlite(_) => true,
            Db::Postgres(db) => db.is_leader(),
        };
        // Another node may have followed meanwhile.
        if leads && !leading {
            follower = Follower::new(store.clone());
        }
        leading = leads;
        let mut wait = EVERY;
        if leads {
            match follower.round(SystemClock.now()).await {
                Ok(done) if done.more => {
                    if done.behind > FAR_BEHIND && rounds.is_multiple_of(50) {
                        tracing::info!(done.behind, "detection is catching up");
                    }
                    wait = Duration::ZERO;
                }
                Ok(_) => {}
                Err(access::path::Refusal::Conflict) => {
                    tracing::info!("detection begins anew from what is on disk");
                }
                Err(error) => {
                    tracing::error!(%error, "detection does not follow; it is tried again");
                    wait = LATER;
                }
            }
            if rounds % ROUNDS_OF_A_LOOK == 1 {
                match store.wake_alerts(SystemClock.now()).await {
                    Ok(0) => {}
                    Ok(alerts) => tracing::info!(alerts, "alerts that were put off are open again"),
                    Err(error) => tracing::warn!(%error, "alerts that were put off were not looked at"),
                }
            }
            rounds = rounds.wrapping_add(1);
        }
        tokio::select! {
            _ = stopped.changed() => break,
            () = tokio::time::sleep(wait) => {}
        }
    }
    if let Err(error) = follower.stop().await {
        tracing::warn!(%error, "what detection knows was not put away; the next start takes a little longer");
    }
}
