//! How much of the demo's history is explained, and how much of the same history once its actors are mixed up: reasons that explain
//! the second as well as the first would explain nothing (the fake-log test of Fabbri and LeFevre).

use std::collections::HashSet;
use std::path::Path;

use access::path::OnSystem;
use model::{Channel, Explanation, RecordId, UserId};
use store::audit::HowExplained;

use super::rng::Rng;
use super::*;
use crate::args::DataArgs;

/// `WHOSAW_DEMO_CUSTOMERS` and `WHOSAW_DEMO_DAYS` make it larger.
#[allow(clippy::disallowed_methods, reason = "how large a test is made is no configuration of the program")]
fn size(name: &str, otherwise: u32) -> u32 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

async fn answer<O: OnSystem>(store: &Store, login: &str, op: O) -> access::path::Grant<O> {
    let user = store.directory().user_by_login(login).unwrap().id;
    let caller = Caller { user, ..Store::system_caller(Channel::Cli, "explained", SystemClock.now()) };
    store.gate().admit_system(&caller, op).await.unwrap()
}

/// Looks at customers: who, at which, and whether it waits in a pool.
async fn looks(db: &Db) -> Vec<(UserId, RecordId, bool)> {
    let sql = "SELECT e.actor, t.record, r.pool FROM touch t JOIN event e ON e.seq = t.seq JOIN record r ON r.id = t.record \
               WHERE e.unexplained IS NOT NULL AND e.decision = 1 AND r.object = 'customer' AND e.channel = 'demo' \
               AND e.action <> 8 ORDER BY t.seq, t.n";
    let rows = db.database().read(Query::new(sql, vec![])).await.unwrap();
    rows.iter().map(|row| (row.user(0).unwrap(), row.record(1).unwrap(), row.bool(2).unwrap())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_is_explained_and_the_same_with_other_actors_is_not() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("demo");
    let args = DemoArgs {
        data: DataArgs { data: data.clone() },
        seed: 1,
        customers: size("WHOSAW_DEMO_CUSTOMERS", 400),
        database: None,
        days: size("WHOSAW_DEMO_DAYS", 16),
    };
    demo(args, Say::new(true, None)).await.unwrap();
    let instance = Instance::open(Path::new(&data), Config::load(&data).unwrap()).await.unwrap();
    let store = &instance.store;
    let grant = answer(store, "security", HowExplained::default()).await;
    let told = store.how_explained(grant).await.unwrap().into_inner().all;
    #[allow(clippy::cast_precision_loss, reason = "shares of small counts")]
    let share = |part: i64, of: i64| 100.0 * part as f64 / of as f64;
    let (all, first) = (share(told.explained, told.accesses), share(told.first_explained, told.first));
    eprintln!("honest: {all:.1} % of {} accesses, {first:.1} % of {} first ones", told.accesses, told.first);

    // The same looks by other actors drawn from the log itself: who looked often is drawn often, but for who did look at it.
    let looks = looks(&instance.db).await;
    let looked: HashSet<(UserId, RecordId)> = looks.iter().map(|(actor, record, _)| (*actor, *record)).collect();
    let mut rng = Rng::new(1, 9);
    let mut sample: Vec<(UserId, RecordId, bool)> = vec![];
    while sample.len() < 3000 {
        let (_, record, pool) = *rng.pick(&looks).unwrap();
        let (actor, ..) = *rng.pick(&looks).unwrap();
        if !looked.contains(&(actor, record)) {
            sample.push((actor, record, pool));
        }
    }
    let object: model::ObjectName = "customer".parse().unwrap();
    let explained = async |asked: &[(UserId, RecordId, bool)], owned: bool| {
        let asked: Vec<(UserId, RecordId)> =
            asked.iter().filter(|(.., pool)| !(owned && *pool)).map(|(user, record, _)| (*user, *record)).collect();
        let reasons = store.reasons_for(&asked, &object, SystemClock.now()).await.unwrap();
        let with = reasons.iter().filter(|reason| **reason != Explanation::None).count();
        share(i64::try_from(with).unwrap(), i64::try_from(asked.len()).unwrap())
    };
    let honest: Vec<(UserId, RecordId, bool)> = (0..3000).map(|_| *rng.pick(&looks).unwrap()).collect();
    let (same_all, same_owned) = (explained(&honest, false).await, explained(&honest, true).await);
    let (mixed_all, mixed_owned) = (explained(&sample, false).await, explained(&sample, true).await);
    eprintln!(
        "looks at customers, as they were: {same_all:.1} %, of owned ones {same_owned:.1} %; by other actors: \
         {mixed_all:.1} %, of owned ones {mixed_owned:.1} %"
    );
    assert!(all >= 95.0, "{all}");
    assert!(first >= 85.0, "{first}");
    assert!(same_owned >= 90.0, "{same_owned}");
    assert!(mixed_owned <= 10.0, "{mixed_owned}");
    instance.close().await.unwrap();
}
