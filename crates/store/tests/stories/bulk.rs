//! One act on all that match, as a job: nothing twice after a crash, nothing after it was taken back, and what was refused is told.

use std::sync::atomic::{AtomicUsize, Ordering};

use model::{Action, Clock, Condition, UnixMs, UserId};
use serde_json::{Value, json};
use store::jobs::{
    BeginBulk, BeginImport, BulkAct, CancelJob, Imported, JobState, JobView, Outcome, RawRow, ShowImport, ShowOutcome,
};
use store::notices::NoticeKind;
use store::records::{ListImports, TransferRecord, TransferTo, UndoImport};
use testkit::FixedClock;

use super::house::code;
use super::merge::director;
use super::notices::notices;
use super::requests::clean;
use super::world::World;

/// Breaks the work off: its process dies with the look at the clock that is one too many.
struct Dying {
    at: UnixMs,
    left: AtomicUsize,
}
impl Clock for Dying {
    fn now(&self) -> UnixMs {
        let left = self.left.fetch_sub(1, Ordering::Relaxed);
        assert!(left > 0, "the process dies here");
        self.at
    }
}

fn edit(fields: Value) -> BulkAct {
    BulkAct::Edit { fields: fields.as_object().unwrap().clone() }
}

async fn begin(
    w: &World,
    by: UserId,
    filter: Option<Condition>,
    act: BulkAct,
) -> Result<JobView, access::path::Refusal> {
    let op = BeginBulk::new("customer".parse().unwrap(), filter, act, w.now());
    w.store.begin_bulk(w.records(by, op).await?).await.map(|d| d.into_inner())
}

async fn outcome(w: &World, by: UserId, job: &JobView) -> Result<Outcome, access::path::Refusal> {
    let op = ShowOutcome { object: "customer".parse().unwrap(), job: job.id };
    w.store.show_outcome(w.records(by, op).await?).await.map(|d| d.into_inner())
}

async fn run(w: &World, job: &JobView) {
    let clock = FixedClock(w.caller(w.rep).at);
    Box::pin(w.store.run_job(job.id, &clock)).await.unwrap();
}

/// Goes on until so many records were done, and dies.
async fn die_after(w: &World, job: &JobView, records: usize) {
    // One look for the step, one for each record; the next record's is the last.
    die_at(w, job, records + 1).await;
}

async fn die_at(w: &World, job: &JobView, looks: usize) {
    let clock = Dying { at: w.caller(w.rep).at, left: AtomicUsize::new(looks) };
    let (store, id) = (w.store.clone(), job.id);
    let died = tokio::spawn(async move { Box::pin(store.run_job(id, &clock)).await }).await;
    assert!(died.unwrap_err().is_panic());
}

fn rows(n: u64) -> Vec<RawRow> {
    let raw = |number: u64| RawRow {
        number,
        key: format!("K{number}"),
        fields: json!({ "name": format!("暗号公司{number}"), "level": "A" }).as_object().unwrap().clone(),
        owner: None,
        pool: true,
        customer_key: None,
    };
    (1..=n).map(raw).collect()
}

async fn begin_import(w: &World, rows: Vec<RawRow>) -> Result<JobView, access::path::Refusal> {
    let importer = w.store.directory().user_by_login("importer").unwrap().id;
    let sources = ("erp".to_owned(), "erp".to_owned());
    let op = BeginImport::new("customer".parse().unwrap(), sources, rows, w.now());
    w.store.begin_import(w.records(importer, op).await?).await.map(|d| d.into_inner())
}

async fn imported(w: &World, by: UserId, job: &JobView) -> Result<(JobView, Imported), access::path::Refusal> {
    w.store.show_import(w.system(by, ShowImport { job: job.id }).await?).await.map(|d| d.into_inner())
}

/// One that ended, and an import under way: for the drill.
pub async fn work(w: &World, boss: UserId) {
    let open = code(begin_import(w, rows(2)).await.map(|_| ()));
    assert!(["ok", "too_many_jobs"].contains(&open.as_str()), "{open}");
    let job = begin(w, boss, None, edit(json!({ "region": "华东" }))).await;
    if let Ok(job) = job {
        run(w, &job).await;
    }
}

#[tokio::test]
async fn all_that_match_are_changed_once_each_though_the_process_dies_between() {
    let w = World::new().await;
    for n in 0..5 {
        w.customer(&format!("客户{n}"), &format!("1380013800{n}")).await;
    }
    let versions = async |version: i64| {
        w.number(&format!("SELECT COUNT(*) FROM record WHERE object = 'customer' AND version = {version}")).await
    };
    // What is written may be a customer's: it stands nowhere in the clear.
    let job = begin(&w, w.rep, None, edit(json!({ "level": "B", "address": "静安寺暗号路" }))).await.unwrap();
    assert_eq!((job.total, job.act.as_deref(), job.kind.as_str()), (5, Some("edit"), "bulk"));
    die_after(&w, &job, 2).await;
    assert_eq!((versions(1).await, versions(2).await), (3, 2));
    // A record made meanwhile is none of them.
    w.customer("后来的", "13900001111").await;
    w.pass_days(1);
    let clock = FixedClock(w.caller(w.rep).at);
    assert_eq!(Box::pin(w.store.resume_jobs(&clock)).await.unwrap(), 1);
    assert_eq!((versions(1).await, versions(2).await, versions(3).await), (1, 5, 0), "none was changed twice");
    assert_eq!(w.positions(Action::Edit).await.len(), 5);
    let done = outcome(&w, w.rep, &job).await.unwrap();
    assert_eq!((done.job.state, done.job.done, done.job.failed), (JobState::Done, 5, 0));
    assert!(!w.on_disk("静安寺暗号路".as_bytes()));
    // Its owner is told; nobody else knows of it.
    let told = notices(&w, w.rep).await;
    assert!(told.iter().any(|n| n.kind == NoticeKind::JobEnded && n.about == Some(job.id.0)), "{told:?}");
    assert_eq!(code(outcome(&w, w.other_rep, &job).await.map(|_| ())), "not found");
    Box::pin(clean(&w)).await;

    // Taken back in the middle: what was done stays, and no more is done.
    let level = Condition::test("level", model::Comparison::Eq, "B".into());
    let job = begin(&w, w.rep, Some(level), edit(json!({ "level": "C" }))).await.unwrap();
    assert_eq!(job.total, 5);
    die_after(&w, &job, 1).await;
    w.store.cancel_job(w.system(w.rep, CancelJob { id: job.id }).await.unwrap()).await.unwrap();
    run(&w, &job).await;
    let done = outcome(&w, w.rep, &job).await.unwrap();
    assert_eq!((done.job.state, done.job.done, versions(3).await), (JobState::Cancelled, 1, 1));
    Box::pin(clean(&w)).await;
}

#[tokio::test]
async fn each_is_decided_by_itself_and_what_was_refused_is_told() {
    let w = World::new().await;
    let boss = director(&w, "boss").await;
    let free = w.customer("甲", "13800138000").await;
    let held = w.customer("乙", "13800138001").await;
    w.create("contact", json!({ "customer": held, "name": "李四" })).await;
    // What would be refused for every record is refused at once.
    for (by, act, why) in [
        (w.admin, BulkAct::Delete {}, "forbidden"),
        (w.rep, edit(json!({})), "required"),
        (w.rep, edit(json!({ "nonsense": 1 })), "unknown_field"),
        (w.rep, edit(json!({ "level": "Z" })), "invalid_value"),
    ] {
        let refused = begin(&w, by, None, act).await.map(|_| ());
        match refused {
            Err(access::path::Refusal::Forbidden { .. }) => assert_eq!(why, "forbidden"),
            other => assert_eq!(code(other), why),
        }
    }
    // A customer with a contact stays, and it is said why; the other is gone.
    let job = begin(&w, boss, None, BulkAct::Delete {}).await.unwrap();
    run(&w, &job).await;
    let done = outcome(&w, boss, &job).await.unwrap();
    assert_eq!((done.job.state, done.job.done, done.job.failed), (JobState::Done, 2, 1));
    assert_eq!(done.failed, vec![(held, "has_related".to_owned())]);
    assert_eq!(done.reasons.iter().map(|r| (r.code.as_str(), r.count)).collect::<Vec<_>>(), [("has_related", 1)]);
    assert!(matches!(w.view(w.rep, free).await, Err(access::path::Refusal::NotFound)));

    // What is another's by the time it comes to it is left alone, and not told of.
    let away = w.customer("丙", "13800138002").await;
    let to = TransferTo::User(w.other_rep);
    let act = BulkAct::Transfer { to: to.clone(), with_related: false };
    let job = begin(&w, w.rep, None, act).await.unwrap();
    assert_eq!(job.total, 2);
    let op = TransferRecord { object: "customer".parse().unwrap(), id: away, version: 1, to, with_related: false };
    w.store.transfer(w.records(boss, op).await.unwrap()).await.unwrap();
    run(&w, &job).await;
    let done = outcome(&w, w.rep, &job).await.unwrap();
    assert_eq!((done.job.state, done.job.done, done.job.failed), (JobState::Done, 1, 0));
    assert_eq!((w.list(w.rep, "customer").await, w.list(w.other_rep, "customer").await), (0, 2));
    Box::pin(clean(&w)).await;
}

#[tokio::test]
async fn an_import_goes_on_after_a_crash_and_makes_nothing_twice() {
    let w = World::new().await;
    let importer = w.store.directory().user_by_login("importer").unwrap().id;
    let made = async || w.number("SELECT COUNT(*) FROM record WHERE object = 'customer'").await;
    let parts = async || w.number("SELECT COUNT(*) FROM job_part").await;
    assert_eq!(code(begin_import(&w, vec![]).await.map(|_| ())), "too_many");
    let mut all = rows(600);
    all.push(RawRow { number: 601, key: " ".into(), ..all[0].clone() });
    all.push(RawRow { number: 602, key: "K602".into(), owner: Some("nobody".into()), ..all[0].clone() });
    all.push(RawRow { number: 603, key: "K603".into(), fields: serde_json::Map::new(), ..all[0].clone() });
    let job = begin_import(&w, all).await.unwrap();
    assert_eq!((job.total, parts().await), (603, 2));
    assert!(!w.on_disk("暗号公司7".as_bytes()), "rows wait sealed");
    Box::pin(clean(&w)).await;
    // It dies when a part was taken in and before that was noted.
    die_at(&w, &job, 2).await;
    assert_eq!(made().await, 500);
    w.pass_days(1);
    let clock = FixedClock(w.caller(w.rep).at);
    assert_eq!(Box::pin(w.store.resume_jobs(&clock)).await.unwrap(), 1);
    let (done, became) = imported(&w, importer, &job).await.unwrap();
    assert_eq!((done.state, done.done, done.failed, made().await), (JobState::Done, 603, 3, 600));
    // Taken in twice, the first part was there already.
    assert_eq!((became.created, became.unchanged, became.rejected), (100, 500, 3));
    let wrong: Vec<_> = became.wrong.iter().map(|w| (w.row, w.field.as_str(), w.code.as_str())).collect();
    assert_eq!(wrong, [(601, "/key", "invalid_value"), (602, "/owner", "invalid_value"), (603, "name", "required")]);
    assert_eq!(parts().await, 0, "the rows go with the job");
    assert!(notices(&w, importer).await.is_empty(), "a program has no notices");
    assert_eq!(code(imported(&w, w.rep, &job).await.map(|_| ())), "not found");
    // The log knows it as one import, and it is undone by the job's id.
    w.publisher.publish_once(w.now()).await.unwrap();
    let past = w.store.list_imports(w.system(importer, ListImports).await.unwrap()).await.unwrap().into_inner();
    assert_eq!((past.len(), past[0].job, past[0].created), (1, job.id, 600));
    let op = UndoImport { object: "customer".parse().unwrap(), job: job.id, after: None };
    let undone = w.store.undo_import(w.records(importer, op).await.unwrap()).await.unwrap().into_inner();
    assert_eq!((undone.removed, made().await), (500, 100));
    Box::pin(clean(&w)).await;

    // Taken back, its rows go at once.
    let job = begin_import(&w, rows(5)).await.unwrap();
    w.store.cancel_job(w.system(importer, CancelJob { id: job.id }).await.unwrap()).await.unwrap();
    run(&w, &job).await;
    assert_eq!((parts().await, imported(&w, importer, &job).await.unwrap().0.state), (0, JobState::Cancelled));
    Box::pin(clean(&w)).await;
}
