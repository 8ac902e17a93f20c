//! Policy replay, told on a real log: the policy of then differs in nothing, a narrowed role loses what it did, and what people were is what
//! they were then.

use access::path::Refusal;
use model::{Action, FieldLevel, Policy, UserId, What};
use store::company::{AssignRole, PublishPolicy, TakeRole};
use store::jobs::{BeginReplay, CancelJob, JobState, JobView, ShowReplay};
use store::replay::{Replayed, ToReplay};
use testkit::FixedClock;

use super::house::code;
use super::world::World;

async fn begin(w: &World, who: UserId, policy: Policy, days: u32) -> Result<JobView, Refusal> {
    let op = BeginReplay::new(ToReplay { policy, days }, w.now());
    w.store.begin_replay(w.system(who, op).await?).await.map(|job| job.into_inner())
}
async fn show(w: &World, who: UserId, job: &JobView) -> Result<(JobView, Option<Replayed>), Refusal> {
    w.store.show_replay(w.system(who, ShowReplay { job: job.id }).await?).await.map(|shown| shown.into_inner())
}
async fn run(w: &World, job: &JobView) {
    Box::pin(w.store.run_job(job.id, &FixedClock(w.caller(w.security).at))).await.unwrap();
}
/// What a policy would have done, to its end.
pub async fn replayed(w: &World, policy: Policy) -> Replayed {
    let job = begin(w, w.security, policy, 90).await.unwrap();
    run(w, &job).await;
    let (job, found) = show(w, w.security, &job).await.unwrap();
    assert_eq!(job.state, JobState::Done, "{job:?}");
    found.unwrap()
}

fn in_force(w: &World) -> Policy {
    w.store.company().policy.policy.clone()
}

/// Reps may not open what is theirs.
fn narrowed(mut policy: Policy) -> Policy {
    for row in &mut policy.rows {
        if row.id.starts_with("sales_rep")
            && let What::Operations(actions) = &mut row.what
        {
            actions.remove(&Action::View);
        }
    }
    policy.rows.retain(|row| !matches!(&row.what, What::Operations(actions) if actions.is_empty()));
    policy
}

/// Personal fields are masked for reps.
fn masked(mut policy: Policy) -> Policy {
    for row in &mut policy.rows {
        if row.id.starts_with("sales_rep")
            && let What::Fields { level, .. } = &mut row.what
        {
            *level = (*level).min(FieldLevel::Masked);
        }
    }
    policy
}

#[tokio::test]
async fn the_policy_of_then_differs_in_nothing_and_a_narrowed_role_loses_what_it_did() {
    let w = World::new().await;
    let first = w.customer("甲公司", "13900000001").await;
    w.customer("乙公司", "13900000002").await;
    for _ in 0..3 {
        w.view(w.rep, first).await.unwrap();
    }
    assert!(w.view(w.other_rep, first).await.is_err());
    w.list(w.rep, "customer").await;
    w.pass_days(1);

    let same = replayed(&w, in_force(&w)).await;
    assert_eq!((same.totals.differ, same.totals.untold.clone()), (0, Default::default()), "{:?}", same.totals);
    assert!(same.totals.same > 10, "{:?}", same.totals);
    assert!(same.totals.situations <= same.totals.decisions);

    let narrow = replayed(&w, narrowed(in_force(&w))).await;
    assert_eq!(narrow.totals.counts.refused, 3, "{:?}", narrow.totals);
    assert_eq!(narrow.totals.untold.values().sum::<u64>(), 0, "{:?}", narrow.totals);
    assert_eq!((narrow.totals.customers, narrow.totals.explained, narrow.people), (1, 3, 1));
    let told = &narrow.by_user[0];
    assert_eq!((told.of, told.name.as_str(), told.counts.refused), (w.rep, "WANG", 3));
    // Security administrators change rules and do not read the log.
    assert_eq!((narrow.totals.examples.len(), narrow.without_events), (0, true));

    let fields = replayed(&w, masked(in_force(&w))).await;
    assert!(fields.totals.counts.masked >= 5, "three views and a page of two: {:?}", fields.totals);
    assert_eq!(fields.totals.untold.values().sum::<u64>(), 0, "{:?}", fields.totals);
}

/// What is published afterwards is what the replay said; and who lost the role since is asked as they were.
#[tokio::test]
async fn people_are_asked_as_they_were_then_and_policies_are_those_of_then() {
    let w = World::new().await;
    let first = w.customer("甲公司", "13900000001").await;
    w.view(w.rep, first).await.unwrap();
    let role = || "sales_rep".parse().unwrap();
    let grant = w.system(w.security, TakeRole { user: w.rep, role: role() }).await.unwrap();
    w.store.take_role(grant).await.unwrap();
    assert!(w.view(w.rep, first).await.is_err());
    let grant = w.system(w.security, AssignRole { user: w.rep, role: role() }).await.unwrap();
    w.store.assign_role(grant).await.unwrap();
    w.view(w.rep, first).await.unwrap();

    // A new version in between, and back: each event is held against its own.
    let before = in_force(&w);
    let publish = async |policy: Policy, base| {
        let op = PublishPolicy { base, policy, reason: "a trial".into(), note: Default::default() };
        w.store.publish_policy(w.system(w.security, op).await.unwrap()).await.unwrap();
    };
    publish(narrowed(before.clone()), w.store.company().policy.version).await;
    assert!(w.view(w.rep, first).await.is_err());
    w.pass_days(1);

    // The old one again: what was refused in between would be allowed, and nothing else is otherwise.
    let back = replayed(&w, before).await;
    let t = &back.totals;
    assert_eq!((t.counts.allowed, t.counts.refused, t.counts.masked, t.counts.hidden), (1, 0, 0, 0), "{t:?}");
    let stays = replayed(&w, in_force(&w)).await;
    assert_eq!((stays.totals.counts.refused, stays.totals.counts.allowed), (2, 0), "{:?}", stays.totals);
    assert_eq!(stays.totals.untold.values().sum::<u64>(), 0, "{:?}", stays.totals);
}

#[tokio::test]
async fn a_replay_is_a_job_of_who_may_publish_and_bad_input_is_told() {
    let w = World::new().await;
    w.customer("甲公司", "13900000001").await;
    assert!(matches!(begin(&w, w.rep, in_force(&w), 90).await, Err(Refusal::Forbidden { .. })));
    assert!(matches!(begin(&w, w.auditor, in_force(&w), 90).await, Err(Refusal::Forbidden { .. })));
    for wrong in [0, 3_661] {
        assert!(matches!(begin(&w, w.security, in_force(&w), wrong).await, Err(Refusal::Invalid(_))), "{wrong}");
    }
    let mut bad = in_force(&w);
    bad.rows[0].title.en = String::new();
    assert!(matches!(begin(&w, w.security, bad, 90).await, Err(Refusal::Invalid(_))));

    let job = begin(&w, w.security, in_force(&w), 90).await.unwrap();
    assert_eq!((job.state, job.kind.as_str()), (JobState::Running, "replay"));
    assert!(job.total > 0);
    let grant = w.system(w.security, CancelJob { id: job.id }).await.unwrap();
    w.store.cancel_job(grant).await.unwrap();
    run(&w, &job).await;
    assert_eq!(show(&w, w.security, &job).await.unwrap().0.state, JobState::Cancelled);
    assert_eq!(code(show(&w, w.admin, &job).await.map(|_| ())), "not permitted");
    // One whose process died is gone on with, and says what came of it.
    let died = begin(&w, w.security, in_force(&w), 90).await.unwrap();
    assert_eq!(w.store.resume_jobs(&FixedClock(w.now().plus_seconds(120))).await.unwrap(), 1);
    let (died, found) = show(&w, w.security, &died).await.unwrap();
    assert_eq!((died.state, found.unwrap().totals.differ), (JobState::Done, 0));
}
