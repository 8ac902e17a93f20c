//! Several nodes on one database.

use std::sync::Arc;
use std::time::Duration;

use access::path::{Change, Journal, JournalError};
use store_postgres::{Options, PostgresDatabase};
use testkit::postgres::Database as Fresh;

use crate::support::{access, changing, connect, node, set, started, touching, verify};

async fn append_many(db: Arc<PostgresDatabase>, tasks: usize, each: usize) {
    let tasks = (0..tasks).map(|_| {
        let db = db.clone();
        tokio::spawn(async move {
            for _ in 0..each {
                db.append(touching(1)).await.unwrap();
            }
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_nodes_write_at_once_and_one_of_them_sequences() {
    let fresh = Fresh::fresh();
    let one = Arc::new(started(&fresh.url(), 1).await);
    let two = Arc::new(started(&fresh.url(), 2).await);
    tokio::join!(append_many(one.clone(), 8, 25), append_many(two.clone(), 8, 25));
    tokio::try_join!(one.sequenced(), two.sequenced()).unwrap();
    assert!(one.is_leader() != two.is_leader());
    assert_eq!(verify(&one).await.len(), 2 * (1 + 8 * 25));
    assert_eq!((one.alarm(), two.alarm()), (None, None));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn when_the_leader_is_gone_another_node_takes_over() {
    let fresh = Fresh::fresh();
    let one = started(&fresh.url(), 1).await;
    one.sequenced().await.unwrap();
    assert!(one.is_leader());
    let two = Arc::new(started(&fresh.url(), 2).await);
    append_many(two.clone(), 4, 10).await;
    drop(one);
    append_many(two.clone(), 4, 10).await;
    two.sequenced().await.unwrap();
    assert!(two.is_leader());
    assert_eq!(verify(&two).await.len(), 2 + 2 * 4 * 10);
}

#[tokio::test]
async fn a_leader_that_resigns_leaves_the_lease_to_others_at_once() {
    let fresh = Fresh::fresh();
    let long = |n| Options { lease: Duration::from_secs(3600), ..node(n) };
    let one = PostgresDatabase::connect(&fresh.url(), &long(1)).await.unwrap();
    one.append(crate::support::event(ledger::LeafKind::NodeStart)).await.unwrap();
    one.sequenced().await.unwrap();
    one.resign().await.unwrap();
    assert!(!one.is_leader());
    one.append(access()).await.unwrap();
    let two = started(&fresh.url(), 2).await;
    tokio::try_join!(one.sequenced(), two.sequenced()).unwrap();
    assert_eq!(verify(&two).await.len(), 3);
}

#[tokio::test]
async fn a_newer_boot_of_the_same_node_fences_the_older_one_off() {
    let fresh = Fresh::fresh();
    let old = started(&fresh.url(), 1).await;
    old.append(access()).await.unwrap();
    let new = started(&fresh.url(), 1).await;
    assert!(matches!(old.append(changing(vec![set("old", "1")])).await, Err(JournalError::Unavailable)));
    assert!(old.is_poisoned());
    new.append(access()).await.unwrap();
    new.sequenced().await.unwrap();
    assert_eq!(verify(&new).await.len(), 4);
    assert_eq!(crate::support::setting(&new, "old").await, None);
}

#[tokio::test]
async fn writers_are_held_back_until_the_leader_has_caught_up() {
    let fresh = Fresh::fresh();
    let tight = Options { inbox_limit: 2, lease: Duration::from_secs(3600), ..node(1) };
    let one = Arc::new(PostgresDatabase::connect(&fresh.url(), &tight).await.unwrap());
    one.append(crate::support::event(ledger::LeafKind::NodeStart)).await.unwrap();
    one.sequenced().await.unwrap();
    one.resign().await.unwrap();
    for _ in 0..3 {
        one.append(access()).await.unwrap();
    }
    let held = tokio::spawn({
        let one = one.clone();
        async move { one.append(access()).await }
    });
    // The next leader may be any node, here one that only sequences.
    let two = connect(&fresh.url(), 2).await;
    held.await.unwrap().unwrap();
    one.sequenced().await.unwrap();
    assert!(two.is_leader());
    assert_eq!(verify(&one).await.len(), 5);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nodes_that_hold_each_others_rows_both_get_their_turn() {
    let fresh = Fresh::fresh();
    let one = Arc::new(started(&fresh.url(), 1).await);
    let two = Arc::new(started(&fresh.url(), 2).await);
    one.append(changing(vec![set("x", "0"), set("y", "0")])).await.unwrap();
    let bump = |key: &str| {
        let sql = "UPDATE setting SET value = CAST(CAST(value AS BIGINT) + 1 AS TEXT) WHERE key = ?1";
        Change::new(sql, vec![key.into()]).expecting(1)
    };
    let work = |db: Arc<PostgresDatabase>, first: &'static str, second: &'static str| async move {
        let tasks = (0..20).map(|_| {
            let (db, changes) = (db.clone(), vec![bump(first), bump(second)]);
            tokio::spawn(async move { db.append(changing(changes)).await })
        });
        let mut kept: i64 = 0;
        for task in tasks.collect::<Vec<_>>() {
            match task.await.unwrap() {
                Ok(_) => kept += 1,
                Err(JournalError::Conflict { .. }) => {}
                Err(error) => panic!("{error}"),
            }
        }
        kept
    };
    let (a, b) = tokio::join!(work(one.clone(), "x", "y"), work(two.clone(), "y", "x"));
    let x = crate::support::setting(&one, "x").await.unwrap();
    assert_eq!(x, (a + b).to_string(), "what was answered is what was kept");
    assert!(a + b > 0);
    tokio::try_join!(one.sequenced(), two.sequenced()).unwrap();
    assert_eq!(verify(&one).await.len() as i64, 3 + a + b);
}
