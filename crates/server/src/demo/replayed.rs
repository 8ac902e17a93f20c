//! The anchor of policy replay: the policy in force, over the whole history of the demo, differs in nothing, and almost nothing is untold.

use std::path::Path;

use model::{Action, Channel, Policy, What};
use store::jobs::{BeginReplay, ShowReplay};
use store::replay::{Replayed, ToReplay};

use super::*;
use crate::args::DataArgs;

async fn replayed(store: &Store, policy: Policy) -> Replayed {
    let now = SystemClock.now();
    let user = store.directory().user_by_login("security").unwrap().id;
    let caller = Caller { user, mfa: true, ..Store::system_caller(Channel::Cli, "replayed", now) };
    let op = BeginReplay::new(ToReplay { policy, days: 3_000 }, now);
    let job = op.id;
    let grant = store.gate().admit_system(&caller, op).await.unwrap();
    store.begin_replay(grant).await.unwrap();
    store.run_job(job, &SystemClock).await.unwrap();
    let grant = store.gate().admit_system(&caller, ShowReplay { job }).await.unwrap();
    store.show_replay(grant).await.unwrap().into_inner().1.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_policy_in_force_differs_in_nothing_over_the_history_of_the_demo() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("demo");
    let args = DemoArgs { data: DataArgs { data: data.clone() }, seed: 3, customers: 200, database: None, days: 12 };
    demo(args, Say::new(true, None)).await.unwrap();
    let instance = Instance::open(Path::new(&data), Config::load(&data).unwrap()).await.unwrap();
    let store = &instance.store;
    let policy = store.company().policy.policy.clone();
    let same = replayed(store, policy.clone()).await;
    let t = &same.totals;
    eprintln!("{} events, {} decisions, {} situations, untold {:?}", same.events, t.decisions, t.situations, t.untold);
    assert_eq!(t.differ, 0, "{:?} {:?}", t.counts, t.examples);
    assert!(t.decisions > 5_000, "{}", t.decisions);
    let untold: u64 = t.untold.values().sum();
    assert!(untold * 200 < t.decisions, "half a percent at most: {:?}", t.untold);

    // Representatives who may not open what is theirs: all of it is refused, and nobody else loses anything.
    let mut narrow = policy;
    for row in narrow.rows.iter_mut().filter(|row| row.id == "sales_rep.own") {
        if let What::Operations(actions) = &mut row.what {
            actions.remove(&Action::View);
        }
    }
    let narrow = replayed(store, narrow).await;
    assert!(narrow.totals.counts.refused > 100, "{:?}", narrow.totals.counts);
    assert_eq!(narrow.totals.counts.allowed + narrow.totals.counts.shown, 0, "{:?}", narrow.totals.counts);
    for told in &narrow.by_user {
        let directory = store.directory();
        let roles = &directory.user(told.of).unwrap().roles;
        assert!(roles.iter().any(|r| r.as_str() == "sales_rep"), "{told:?}");
    }
    instance.close().await.unwrap();
}
