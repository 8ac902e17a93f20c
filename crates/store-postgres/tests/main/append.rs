//! Appending: durable together or not at all.

use std::sync::Arc;

use access::path::{Change, Journal, JournalError};
use ledger::LeafKind;
use store::Database;
use testkit::postgres::Database as Fresh;

use crate::support::{access, changing, connect, count, event, set, setting, started, touching, verify};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_events_of_64_tasks_stand_in_the_log_once_each() {
    let fresh = Fresh::fresh();
    let db = Arc::new(started(&fresh.url(), 1).await);
    let tasks = (0..64).map(|t| {
        let db = db.clone();
        tokio::spawn(async move {
            let mut ids = Vec::new();
            for n in 0..16 {
                let unit = touching((t + n) % 4);
                ids.push(unit.entry.leaf.event_id);
                assert_eq!(db.append(unit).await.unwrap().index, None);
            }
            ids
        })
    });
    let mut acknowledged = Vec::new();
    for task in tasks.collect::<Vec<_>>() {
        acknowledged.extend(task.await.unwrap());
    }
    db.sequenced().await.unwrap();
    let mut logged = verify(&db).await;
    assert_eq!(logged.len(), 1 + 64 * 16);
    logged.remove(0);
    logged.sort_unstable();
    acknowledged.sort_unstable();
    assert_eq!(logged, acknowledged);
    assert_eq!(count(&db, "ledger_inbox").await, 0);
    assert_eq!(count(&db, "touch").await, (0..64).flat_map(|t| (0..16).map(move |n| (t + n) % 4)).sum::<i64>());
}

#[tokio::test]
async fn what_the_event_says_stands_in_its_rows() {
    let fresh = Fresh::fresh();
    let db = started(&fresh.url(), 1).await;
    let mut unit = touching(3);
    unit.entry.source = Some("nul\0inside".into());
    unit.entry.leaf.action = 7;
    let id = unit.entry.leaf.event_id;
    db.append(unit).await.unwrap();
    db.sequenced().await.unwrap();
    verify(&db).await;
    let rows =
        crate::support::all(&db, "SELECT action, decision, touches, source, channel, body FROM event WHERE seq = 1")
            .await;
    let row = &rows[0];
    assert_eq!((row.int(0).unwrap(), row.int(1).unwrap(), row.int(2).unwrap()), (7, 1, 3));
    assert_eq!((row.text(3).unwrap(), row.text(4).unwrap()), ("nul\u{fffd}inside", "web"));
    assert_eq!(row.bytes(5).unwrap(), id);
    let touches = crate::support::all(&db, "SELECT n, disclosure, keyed, commitment FROM touch ORDER BY n").await;
    let second = &touches[1];
    assert_eq!((second.int(0).unwrap(), second.int(1).unwrap(), second.int(2).unwrap()), (1, 3, 0));
    assert_eq!(second.bytes(3).unwrap(), [1; 32]);
}

#[tokio::test]
async fn a_unit_that_fails_disturbs_no_other_of_its_batch() {
    let fresh = Fresh::fresh();
    let db = started(&fresh.url(), 1).await;
    db.append(changing(vec![set("there", "1")])).await.unwrap();
    let conflict = Change::new("UPDATE setting SET value = ?1 WHERE key = ?2", vec!["2".into(), "nobody".into()]);
    let wrong = Change::new("UPDATE object_type SET version = ?1", vec!["not a number".into()]);
    // Joined, they wait in one queue and share a transaction.
    let (a, b, c, d, e, f) = tokio::join!(
        db.append(changing(vec![set("a", "1")])),
        db.append(changing(vec![set("b", "1"), conflict.expecting(1)])),
        db.append(changing(vec![set("c", "1"), set("there", "2")])),
        db.append(changing(vec![set("d", "1"), wrong])),
        db.append(changing(vec![set("e", "1"), Change::new("NOT SQL", vec![])])),
        db.append(changing(vec![set("f", "1")])),
    );
    assert!(a.is_ok() && f.is_ok());
    assert!(matches!(b, Err(JournalError::Conflict { change: 1 })), "{b:?}");
    assert!(matches!(c, Err(JournalError::Taken { change: 1 })), "{c:?}");
    assert!(matches!(d, Err(JournalError::Failed { change: 1, .. })), "{d:?}");
    assert!(matches!(e, Err(JournalError::Failed { change: 1, .. })), "{e:?}");
    for (key, kept) in [("a", true), ("b", false), ("c", false), ("d", false), ("e", false), ("f", true)] {
        assert_eq!(setting(&db, key).await.is_some(), kept, "{key}");
    }
    db.sequenced().await.unwrap();
    assert_eq!(verify(&db).await.len(), 4);
}

#[tokio::test]
async fn an_event_that_cannot_stand_there_is_refused_with_its_changes() {
    let fresh = Fresh::fresh();
    let db = connect(&fresh.url(), 1).await;
    let early = db.append(changing(vec![set("early", "1")])).await;
    assert!(matches!(early, Err(JournalError::Unavailable)));
    assert!(!db.has_started());
    db.append(event(LeafKind::NodeStart)).await.unwrap();
    assert!(db.has_started());
    assert!(db.append(event(LeafKind::NodeStart)).await.is_err());
    db.append(access()).await.unwrap();
    db.append(event(LeafKind::NodeStop)).await.unwrap();
    assert!(db.append(changing(vec![set("late", "1")])).await.is_err());
    assert_eq!((setting(&db, "early").await, setting(&db, "late").await), (None, None));
    db.sequenced().await.unwrap();
    assert_eq!(verify(&db).await.len(), 3);
    assert!(!db.is_poisoned());
}

#[tokio::test]
async fn each_start_is_a_boot_that_links_to_the_last_leaf() {
    let fresh = Fresh::fresh();
    let mut lengths = Vec::new();
    for _ in 0..3 {
        let db = started(&fresh.url(), 1).await;
        db.append(access()).await.unwrap();
        drop(db);
        // A start that writes nothing leaves a gap in the boot numbers, and none in the stream.
        drop(connect(&fresh.url(), 1).await);
        lengths.push(());
    }
    let db = started(&fresh.url(), 1).await;
    db.sequenced().await.unwrap();
    assert_eq!(verify(&db).await.len(), 2 * lengths.len() + 1);
}

#[tokio::test]
async fn bookkeeping_is_kept_as_a_whole_or_not_at_all() {
    let fresh = Fresh::fresh();
    let db = connect(&fresh.url(), 1).await;
    db.maintain(vec![set("a", "1"), set("b", "2")]).await.unwrap();
    let taken = db.maintain(vec![set("c", "1"), set("a", "2")]).await;
    assert!(matches!(taken, Err(JournalError::Taken { change: 1 })));
    let none = Change::new("DELETE FROM setting WHERE key = ?1", vec!["nobody".into()]).expecting(1);
    assert!(matches!(db.maintain(vec![none]).await, Err(JournalError::Conflict { change: 0 })));
    assert_eq!(setting(&db, "a").await.as_deref(), Some("1"));
    assert_eq!(setting(&db, "c").await, None);
    assert_eq!(count(&db, "ledger_leaf").await, 0);
}
