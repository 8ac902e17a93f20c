//! The network to the database breaks at a chosen statement: before it arrives, or after it was carried out and before anybody
//! here hears of it. Every commit of this crate and of the publisher, in both ways; then every statement of a node's life.

use std::collections::BTreeSet;
use std::sync::Arc;

use access::path::{Change, Journal, JournalError};
use ledger::LeafKind;
use model::EventId;
use store::Database;
use store::publish::Publisher;
use store_postgres::PostgresDatabase;
use testkit::postgres::{Cut, Database as Fresh, Lost, Wire};

use crate::load::{NOW, key, no_fork, unit};
use crate::support::{access, all, changing, connect, node, set, setting, started, verify};

const BOTH: [Lost; 2] = [Lost::Statement, Lost::Answer];

/// The whole log, in which no event stands twice and nothing waits for its place.
async fn logged(db: &PostgresDatabase) -> BTreeSet<[u8; 16]> {
    db.sequenced().await.unwrap();
    let ids = verify(db).await;
    let events: BTreeSet<_> = ids.iter().copied().collect();
    assert_eq!(events.len(), ids.len(), "an event stands twice");
    assert_eq!(all(db, "SELECT COUNT(*) FROM ledger_inbox").await[0].int(0).unwrap(), 0);
    assert_eq!(db.alarm(), None);
    events
}

#[tokio::test]
async fn a_batch_whose_commit_got_lost_is_not_acknowledged_and_stands_whole_or_not_at_all() {
    for lost in BOTH {
        let fresh = Fresh::fresh();
        let wire = Wire::to(&fresh);
        let db = Arc::new(started(&wire.url(), 1).await);
        let (kept, gone) = (changing(vec![set("kept", "1")]), changing(vec![set("gone", "1")]));
        let (kept_id, gone_id) = (kept.entry.leaf.event_id, gone.entry.leaf.event_id);
        db.append(kept).await.unwrap();
        wire.cut(Cut::Commit { of: "INSERT INTO ledger_inbox" }, lost);
        assert!(matches!(db.append(gone).await, Err(JournalError::Unavailable)), "{lost:?}");
        assert!(!wire.waits() && db.is_poisoned());
        assert!(matches!(db.append(access()).await, Err(JournalError::Unavailable)), "once poisoned, always");
        drop(db);

        let again = started(&wire.url(), 1).await;
        again.append(access()).await.unwrap();
        let logged = logged(&again).await;
        assert!(logged.contains(&kept_id));
        // Who was told 503 may find it done: the event and its change, or neither.
        assert_eq!(logged.contains(&gone_id), lost == Lost::Answer);
        assert_eq!(setting(&again, "gone").await.is_some(), lost == Lost::Answer);
        assert_eq!(logged.len(), if lost == Lost::Answer { 5 } else { 4 });
    }
}

#[tokio::test]
async fn a_leader_whose_commit_got_lost_reads_anew_and_files_nothing_twice() {
    for lost in BOTH {
        let fresh = Fresh::fresh();
        let wire = Wire::to(&fresh);
        let db = started(&wire.url(), 1).await;
        db.sequenced().await.unwrap();
        wire.cut(Cut::Commit { of: "INSERT INTO ledger_leaf" }, lost);
        let mut acknowledged = BTreeSet::new();
        for _ in 0..5 {
            let unit = access();
            acknowledged.insert(unit.entry.leaf.event_id);
            db.append(unit).await.unwrap();
        }
        // What the leader does is nobody's answer: nothing is refused, and this node stays well.
        let logged = logged(&db).await;
        assert!(!wire.waits() && !db.is_poisoned());
        assert!(acknowledged.is_subset(&logged));
        assert_eq!(logged.len(), 6, "{lost:?}");
    }
}

#[tokio::test]
async fn a_lease_whose_answer_got_lost_is_taken_again() {
    for lost in BOTH {
        let fresh = Fresh::fresh();
        let wire = Wire::to(&fresh);
        let db = started(&wire.url(), 1).await;
        db.sequenced().await.unwrap();
        wire.cut(Cut::Statement { with: "UPDATE ledger_lease SET node" }, lost);
        while wire.waits() {
            db.append(access()).await.unwrap();
        }
        db.append(access()).await.unwrap();
        logged(&db).await;
        assert!(!db.is_poisoned());
    }
}

#[tokio::test]
async fn bookkeeping_whose_commit_got_lost_is_refused_and_done_whole_or_not_at_all() {
    for lost in BOTH {
        let fresh = Fresh::fresh();
        let wire = Wire::to(&fresh);
        let db = started(&wire.url(), 1).await;
        wire.cut(Cut::Commit { of: "BEGIN READ WRITE" }, lost);
        let done = db.maintain(vec![set("a", "1"), set("b", "1")]).await;
        assert!(matches!(done, Err(JournalError::Unavailable)), "{lost:?}: {done:?}");
        assert!(!wire.waits() && !db.is_poisoned());
        for key in ["a", "b"] {
            assert_eq!(setting(&db, key).await.is_some(), lost == Lost::Answer);
        }
        db.maintain(vec![set("c", "1")]).await.unwrap();
        db.append(access()).await.unwrap();
        logged(&db).await;
    }
}

#[tokio::test]
async fn a_checkpoint_whose_commit_got_lost_never_becomes_a_fork() {
    for lost in BOTH {
        let fresh = Fresh::fresh();
        let wire = Wire::to(&fresh);
        let db = Arc::new(started(&wire.url(), 1).await);
        let folder = tempfile::tempdir().unwrap();
        let publisher = Publisher::new(db.clone(), key(), Some(folder.path().to_owned()));
        publisher.publish_once(NOW).await.unwrap();
        let mut notes: BTreeSet<_> = publisher.checkpoint().await.unwrap().into_iter().collect();
        db.append(access()).await.unwrap();
        wire.cut(Cut::Commit { of: "ledger_checkpoint" }, lost);
        let error = publisher.publish_once(NOW).await.unwrap_err();
        assert!(!wire.waits() && !error.is_tampering(), "{error}");
        // Whoever asked the server meanwhile was given this one.
        notes.extend(publisher.checkpoint().await.unwrap());
        assert_eq!(notes.len(), if lost == Lost::Answer { 2 } else { 1 });
        // The log has grown when it is tried again; and again by a process that knows nothing of the first.
        db.append(access()).await.unwrap();
        assert!(publisher.publish_once(NOW).await.unwrap().changed);
        notes.extend(publisher.checkpoint().await.unwrap());
        logged(&db).await;
        let notes_seen: Vec<String> = notes.iter().cloned().collect();
        Publisher::new(db.clone(), key(), None).check_head(&notes_seen).await.unwrap();
        no_fork(db, folder.path(), &notes).await;
    }
}

/// A node's life on an empty database, from its first connection to its end; what it was told is durable. It ends where a
/// server would not have started, or would have to be started again.
async fn life(url: &str, acknowledged: &mut BTreeSet<[u8; 16]>, notes: &mut BTreeSet<String>) {
    let Ok(db) = PostgresDatabase::connect(url, &node(1)).await else { return };
    let db = Arc::new(db);
    let publisher = Publisher::new(db.clone(), key(), None);
    for n in 0..6_u8 {
        let kind = match n {
            0 => LeafKind::NodeStart,
            5 => LeafKind::NodeStop,
            _ => LeafKind::Access,
        };
        let id = [n + 1; 16];
        match db.append(unit(kind, id)).await {
            Ok(_) => drop(acknowledged.insert(id)),
            Err(JournalError::Unavailable) => {}
            Err(other) => panic!("{other}"),
        }
        if db.is_poisoned() || !db.has_started() {
            return;
        }
        match n {
            1 => {
                drop(db.maintain(vec![Change::new("INSERT INTO meta (key, value) VALUES ('kept', '')", vec![])]).await)
            }
            2 => drop(db.scrub_freed().await),
            _ => {
                db.caught_up().await;
            }
        }
        if let Err(error) = publisher.publish_once(NOW).await {
            assert!(!error.is_tampering(), "{error}");
        }
        notes.extend(publisher.checkpoint().await.ok().flatten());
    }
    let _ = db.resign().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_statement_gets_lost_nothing_acknowledged_does() {
    let all_of_them = std::env::var_os("WHOSAW_SOAK_ROUNDS").is_some();
    let (mut acknowledged, mut notes) = (BTreeSet::new(), BTreeSet::new());
    let fresh = Fresh::fresh();
    let wire = Wire::to(&fresh);
    life(&wire.url(), &mut acknowledged, &mut notes).await;
    let statements = wire.statements();
    assert_eq!((acknowledged.len(), notes.len()), (6, 6), "without a fault all is well");

    let step = if all_of_them { 1 } else { statements.div_ceil(6) };
    let (mut met, mut poisoned) = (0, 0);
    for lost in BOTH {
        // Shifted, so that the two ways meet other statements.
        for n in (1 + usize::from(lost == Lost::Answer) * step / 2..=statements).step_by(step) {
            let fresh = Fresh::fresh();
            let wire = Wire::to(&fresh);
            wire.cut(Cut::Nth(n), lost);
            let (mut acknowledged, mut notes) = (BTreeSet::new(), BTreeSet::new());
            life(&wire.url(), &mut acknowledged, &mut notes).await;
            wire.heal();
            let at = format!("{lost:?} {n}: {:?}", wire.done());
            met += wire.done().len();
            poisoned += usize::from(acknowledged.len() < 6);

            let again = Arc::new(connect(&wire.url(), 1).await);
            again.append(crate::support::event(LeafKind::NodeStart)).await.unwrap();
            again.append(access()).await.unwrap();
            let logged = logged(&again).await;
            assert!(acknowledged.is_subset(&logged), "{at}");
            let changes = all(&again, "SELECT key FROM setting").await;
            let changes: BTreeSet<EventId> = changes.iter().map(|r| r.text(0).unwrap().parse().unwrap()).collect();
            let events: BTreeSet<EventId> = logged.iter().copied().map(EventId::from_bytes).collect();
            assert!(changes.is_subset(&events), "a change without its event: {at}");
            assert_eq!(events.difference(&changes).count(), 2, "an event without its change: {at}");
            let folder = tempfile::tempdir().unwrap();
            no_fork(again, folder.path(), &notes).await;
        }
    }
    println!("{statements} statements; {met} lost, after {poisoned} of them the node had to be started again");
    assert!(met > 0);
}
