//! What breaks, and what was changed behind our back.

use std::sync::Arc;

use access::path::{Change, Journal, JournalError};
use store_postgres::PostgresDatabase;
use testkit::postgres::Database as Fresh;

use crate::support::{access, all, changing, set, setting, started, verify};

/// Ends the writer's own connection in the middle of its transaction.
fn cut() -> Change {
    Change::new("SELECT pg_terminate_backend(pg_backend_pid())", vec![])
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_lost_within_a_batch_poisons_the_journal_and_loses_nothing_acknowledged() {
    let fresh = Fresh::fresh();
    let db = Arc::new(started(&fresh.url(), 1).await);
    let tasks = (0..32).map(|t| {
        let db = db.clone();
        tokio::spawn(async move {
            let mut acknowledged = Vec::new();
            for n in 0..20 {
                let mut unit = access();
                if (t, n) == (7, 10) {
                    unit.changes = vec![set("cut", "1"), cut()];
                }
                let id = unit.entry.leaf.event_id;
                match db.append(unit).await {
                    Ok(_) => acknowledged.push(id),
                    Err(error) => {
                        assert!(matches!(error, JournalError::Unavailable));
                        assert!(db.append(access()).await.is_err(), "once poisoned, always");
                    }
                }
            }
            acknowledged
        })
    });
    let mut acknowledged = Vec::new();
    for task in tasks.collect::<Vec<_>>() {
        acknowledged.extend(task.await.unwrap());
    }
    assert!(db.is_poisoned());
    assert!(!acknowledged.is_empty());
    drop(db);

    let again = started(&fresh.url(), 1).await;
    again.append(access()).await.unwrap();
    again.sequenced().await.unwrap();
    let logged = verify(&again).await;
    assert!(acknowledged.iter().all(|id| logged.contains(id)));
    assert_eq!(setting(&again, "cut").await, None);
    assert_eq!(again.alarm(), None);
}

#[tokio::test]
async fn a_connection_lost_between_two_batches_is_made_anew() {
    let fresh = Fresh::fresh();
    let db = started(&fresh.url(), 1).await;
    db.sequenced().await.unwrap();
    fresh
        .sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
        .unwrap();
    // The first may still meet the closing connection: then nothing of it was kept, and nothing was under way.
    let mut refused = 0;
    while db.append(changing(vec![set("after", "1")])).await.is_err() {
        refused += 1;
        assert!(refused < 100);
    }
    assert!(!db.is_poisoned());
    assert_eq!(setting(&db, "after").await.as_deref(), Some("1"));
    db.sequenced().await.unwrap();
    assert_eq!(verify(&db).await.len(), 2);
}

/// Node 1 has no leader beside itself, resigns, and leaves `events` in the inbox.
async fn unsequenced(fresh: &Fresh, events: usize) -> PostgresDatabase {
    let db = started(&fresh.url(), 1).await;
    db.sequenced().await.unwrap();
    db.resign().await.unwrap();
    for _ in 0..events {
        db.append(access()).await.unwrap();
    }
    db
}

/// A second node finds what was done to the inbox, and raises the alarm; its own events go on.
async fn found(fresh: &Fresh) -> (String, PostgresDatabase) {
    let two = started(&fresh.url(), 2).await;
    two.sequenced().await.unwrap();
    let alarm = loop {
        match two.alarm() {
            Some(alarm) => break alarm,
            None => two.append(access()).await.map(|_| ()).unwrap(),
        }
    };
    two.append(access()).await.unwrap();
    two.sequenced().await.unwrap();
    verify(&two).await;
    (alarm, two)
}

#[tokio::test]
async fn a_row_deleted_from_the_inbox_stops_its_stream_and_raises_the_alarm() {
    let fresh = Fresh::fresh();
    let _one = unsequenced(&fresh, 5).await;
    fresh.sql("DELETE FROM ledger_inbox WHERE node = 1 AND ctr = 3").unwrap();
    let (alarm, two) = found(&fresh).await;
    assert!(alarm.contains("node 1") && alarm.contains("counter 4"), "{alarm}");
    // What stood before the gap is in the log; what came after it is kept as evidence.
    assert_eq!(all(&two, "SELECT ctr FROM ledger_inbox WHERE node = 1 ORDER BY ctr").await.len(), 2);
}

#[tokio::test]
async fn the_newest_row_deleted_is_missed_too() {
    let fresh = Fresh::fresh();
    let _one = unsequenced(&fresh, 3).await;
    fresh.sql("DELETE FROM ledger_inbox WHERE node = 1 AND ctr = 3").unwrap();
    let (alarm, _two) = found(&fresh).await;
    assert!(alarm.contains("counter 3 were written and are missing"), "{alarm}");
}

#[tokio::test]
async fn a_leaf_altered_in_the_inbox_is_found() {
    for (altered, expected) in [
        ("UPDATE ledger_inbox SET leaf = set_byte(leaf, 120, get_byte(leaf, 120) # 1) WHERE ctr = 2", "link"),
        ("UPDATE ledger_inbox SET leaf = set_byte(leaf, 120, get_byte(leaf, 120) # 1) WHERE ctr = 3", "another leaf"),
        ("UPDATE ledger_inbox SET ctr = 9 WHERE ctr = 3", "another place"),
        ("UPDATE ledger_inbox SET items = '\\x00' WHERE ctr = 2", "damaged items"),
        ("UPDATE ledger_inbox SET leaf = '\\x00' WHERE ctr = 2", "a leaf has 173 bytes"),
    ] {
        let fresh = Fresh::fresh();
        let _one = unsequenced(&fresh, 3).await;
        fresh.sql(altered).unwrap();
        let (alarm, _two) = found(&fresh).await;
        assert!(alarm.contains(expected), "{altered}: {alarm}");
    }
}

#[tokio::test]
async fn a_database_set_back_under_a_running_node_poisons_it() {
    let fresh = Fresh::fresh();
    let db = started(&fresh.url(), 1).await;
    let before = fresh.sql("SELECT encode(leaf, 'hex') FROM ledger_writer").unwrap();
    db.append(access()).await.unwrap();
    fresh.sql(&format!("UPDATE ledger_writer SET leaf = decode('{}', 'hex'), appended = 1", before.trim())).unwrap();
    assert!(matches!(db.append(access()).await, Err(JournalError::Unavailable)));
    assert!(db.is_poisoned());
}

#[tokio::test]
async fn a_log_whose_rows_do_not_belong_together_is_not_extended() {
    let fresh = Fresh::fresh();
    let db = started(&fresh.url(), 1).await;
    db.sequenced().await.unwrap();
    drop(db);
    fresh.sql("UPDATE ledger_leaf SET leaf = set_byte(leaf, 120, get_byte(leaf, 120) # 1)").unwrap();
    let again = started(&fresh.url(), 1).await;
    while again.alarm().is_none() {
        again.append(access()).await.unwrap();
    }
    assert_eq!(all(&again, "SELECT size FROM ledger_state").await[0].int(0).unwrap(), 1);
}
