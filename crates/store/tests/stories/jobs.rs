//! Duplicates as a job: what is found, what is only told of, and when a job must not go on.

use model::{Clock, UserId};
use serde_json::json;
use store::company::SetUserStatus;
use store::jobs::{BeginScan, CancelJob, Groups, JobState, JobView, KeepApart, ListJobs, ShowGroups};
use testkit::FixedClock;

use super::house::code;
use super::merge::{merged, twice};
use super::requests::clean;
use super::world::World;

async fn begin(w: &World, by: UserId) -> Result<JobView, access::path::Refusal> {
    let op = BeginScan::new("customer".parse().unwrap(), w.now());
    w.store.begin_scan(w.records(by, op).await?).await.map(|d| d.into_inner())
}
async fn groups(w: &World, by: UserId, job: &JobView) -> Result<Groups, access::path::Refusal> {
    let op = ShowGroups { object: "customer".parse().unwrap(), job: job.id };
    w.store.show_groups(w.records(by, op).await?).await.map(|d| d.into_inner())
}
async fn run(w: &World, job: &JobView) -> JobView {
    let clock = FixedClock(w.caller(w.rep).at);
    Box::pin(w.store.run_job(job.id, &clock)).await.unwrap();
    mine(w, w.rep, job).await
}
async fn mine(w: &World, by: UserId, job: &JobView) -> JobView {
    let all = w.store.list_jobs(w.system(by, ListJobs).await.unwrap()).await.unwrap().into_inner();
    all.into_iter().find(|j| j.id == job.id).unwrap()
}

/// One that has ended and one that runs, and a pair told apart: for the drill.
pub async fn work(w: &World, boss: UserId, pair: [model::RecordId; 2]) {
    let job = begin(w, w.rep).await.unwrap();
    run(w, &job).await;
    // The third that does not end is one too many.
    let open = code(begin(w, w.other_rep).await.map(|_| ()));
    assert!(["ok", "too_many_jobs"].contains(&open.as_str()), "{open}");
    let op = KeepApart { object: "customer".parse().unwrap(), one: pair[0], other: pair[1] };
    w.store.keep_apart(w.records(boss, op).await.unwrap()).await.unwrap();
}

#[tokio::test]
async fn what_is_alike_is_found_and_of_others_only_that_it_is_there() {
    let w = World::new().await;
    let t = twice(&w, 1).await;
    // The rep's own two of one name, one of which has the phone of the other rep's.
    let own = w.customer("近处贸易", "13600001111").await;
    let same = w.create("customer", json!({ "name": "近处贸易有限公司", "phone": "+86 139-0013-9001" })).await;
    w.customer("别的", "13500001111").await;
    let job = begin(&w, w.rep).await.unwrap();
    assert_eq!((job.state, job.total), (JobState::Running, 4));
    let done = run(&w, &job).await;
    assert_eq!((done.state, done.done, done.found, done.cut), (JobState::Done, 4, 3, false));
    let found = groups(&w, w.rep, &job).await.unwrap().groups;
    let mut told: Vec<_> = found
        .iter()
        .map(|g| {
            let fields: Vec<&str> = g.fields.iter().map(|f| f.as_str()).collect();
            (fields.join(","), g.ids.clone(), g.hidden.iter().cloned().collect::<Vec<_>>())
        })
        .collect();
    told.sort();
    let other = || vec!["other".to_owned()];
    assert_eq!(
        told,
        [
            ("name".into(), vec![t.first], other()),
            ("name".into(), vec![own, same], vec![]),
            ("phone".into(), vec![same], other())
        ]
    );
    // Nobody else is told of it.
    assert!(matches!(groups(&w, w.other_rep, &job).await, Err(access::path::Refusal::NotFound)));
    assert!(matches!(begin(&w, w.admin).await, Err(access::path::Refusal::Forbidden { .. })));

    // The boss sees all of them, tells two apart, and merges two; neither is told of any more.
    let job = begin(&w, t.boss).await.unwrap();
    run_as(&w, &job).await;
    let before = groups(&w, t.boss, &job).await.unwrap().groups;
    assert!(before.iter().all(|g| g.hidden.is_empty() && g.ids.len() == 2), "{before:?}");
    assert_eq!(before.len(), 3);
    let apart = |by, one, other| {
        let op = KeepApart { object: "customer".parse().unwrap(), one, other };
        let w = &w;
        async move { w.store.keep_apart(w.records(by, op).await?).await.map(|_| ()) }
    };
    assert!(matches!(apart(w.rep, own, same).await, Err(access::path::Refusal::Forbidden { .. })));
    assert_eq!(code(apart(t.boss, own, own).await), "invalid_value");
    apart(t.boss, same, own).await.unwrap();
    apart(t.boss, own, same).await.unwrap();
    let op = store::records::MergeRecords {
        object: "customer".parse().unwrap(),
        into: t.first,
        version: 1,
        from: vec![(t.second, 1)],
        choose: access::path::Choose::new(),
        reason: "同一家".into(),
    };
    merged(&w, t.boss, op).await.unwrap();
    assert_eq!(groups(&w, t.boss, &job).await.unwrap().groups, vec![]);
    Box::pin(clean(&w)).await;
}

async fn run_as(w: &World, job: &JobView) {
    let clock = FixedClock(w.caller(w.rep).at);
    Box::pin(w.store.run_job(job.id, &clock)).await.unwrap();
}

#[tokio::test]
async fn a_job_ends_with_what_it_was_begun_by_and_goes_on_after_a_crash() {
    let w = World::new().await;
    for n in 0..3 {
        w.customer(&format!("客户{n}"), &format!("1380013800{n}")).await;
    }
    // Taken back before its first step.
    let job = begin(&w, w.rep).await.unwrap();
    assert!(w.store.cancel_job(w.system(w.other_rep, CancelJob { id: job.id }).await.unwrap()).await.is_err());
    w.store.cancel_job(w.system(w.rep, CancelJob { id: job.id }).await.unwrap()).await.unwrap();
    assert_eq!(run(&w, &job).await.state, JobState::Cancelled);
    let again = w.store.cancel_job(w.system(w.rep, CancelJob { id: job.id }).await.unwrap()).await;
    assert_eq!(code(again.map(|_| ())), "job_over");

    // Its process died; a minute later another goes on. Two at once are the most.
    let job = begin(&w, w.rep).await.unwrap();
    begin(&w, w.rep).await.unwrap();
    assert_eq!(code(begin(&w, w.rep).await), "too_many_jobs");
    let clock = FixedClock(w.now());
    assert_eq!(Box::pin(w.store.resume_jobs(&clock)).await.unwrap(), 0, "it may be under way");
    w.pass_days(1);
    let clock = FixedClock(w.caller(w.rep).at);
    assert_eq!(Box::pin(w.store.resume_jobs(&clock)).await.unwrap(), 2);
    assert_eq!(mine(&w, w.rep, &job).await.state, JobState::Done);
    Box::pin(clean(&w)).await;

    // Whoever began it is not there any more.
    let job = begin(&w, w.other_rep).await.unwrap();
    let op = SetUserStatus { user: w.other_rep, status: model::UserStatus::Disabled };
    w.store.set_user_status(w.system(w.admin, op).await.unwrap()).await.unwrap();
    run_as(&w, &job).await;
    let ended = "SELECT COUNT(*) FROM job WHERE state = 'failed'";
    assert_eq!(w.number(ended).await, 1);
    Box::pin(clean(&w)).await;
    // Cleared away thirty days later, and not missed.
    w.pass_days(40);
    w.store.sweep_jobs(clock.now().plus_days(41)).await.unwrap();
    assert_eq!(w.number("SELECT COUNT(*) FROM job").await, 0);
    Box::pin(clean(&w)).await;
}
