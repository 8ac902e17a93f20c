//! The company's rules of detection: written, refused, switched, taken back, told.

use access::path::{FieldProblem, Refusal};
use model::{EventId, RecordId, Severity, UserId};
use serde_json::{Value, json};
use store::company::Note;
use store::detection::{
    ChangeRule, CheckRule, ExplainRule, ListRules, ListVersions, RollBackRule, RuleItem, RuleState, ShowRule, ToTry,
    Tried,
};
use store::jobs::{BeginTrial, CancelJob, JobKind, JobState, JobView, ListJobs, ShowTrial};
use store::watch::Follower;
use store::{Query, Store};
use testkit::FixedClock;

use super::house::code;
use super::watch::{all, close_as_malicious, follow, probe, rules_of};
use super::world::World;

const SHIPPED: &str = "volume-prints-hour";

fn own(name: &str, least: u32) -> String {
    format!(
        "name: {name}-base\ntitle: {name} (counted)\nlogsource: {{product: crm, service: access}}\ndetection:\n  selection:\n    \
         action: view\n  condition: selection\n---\nname: {name}\ntitle: {name}\nlevel: low\ncorrelation:\n  type: event_count\n  \
         rules: [{name}-base]\n  group-by: [actor.user_id]\n  timespan: 1h\n  condition:\n    gte: {least}\n"
    )
}

fn filter(rule: &str) -> String {
    format!(
        "title: not the robot\nlogsource: {{product: crm, service: access}}\nfilter:\n  rules: [{rule}]\n  quiet:\n    \
         actor.account_kind: service\n  condition: not quiet\n"
    )
}

fn item(text: Option<String>, state: RuleState) -> RuleItem {
    RuleItem { text, state, severity: None, filters: vec![] }
}

async fn change(w: &World, who: UserId, name: &str, base: i64, item: RuleItem) -> Result<i64, Refusal> {
    let op = ChangeRule { name: name.into(), base, item, reason: "试行".into(), note: Note::default() };
    w.store.change_rule(w.system(who, op).await?).await.map(|made| made.into_inner())
}

async fn begin_trial(w: &World, who: UserId, what: ToTry) -> Result<JobView, Refusal> {
    w.store.begin_trial(w.system(who, BeginTrial::new(what, w.now())).await?).await.map(|job| job.into_inner())
}
async fn show_trial(w: &World, who: UserId, job: &JobView) -> Result<(JobView, Option<Tried>), Refusal> {
    w.store.show_trial(w.system(who, ShowTrial { job: job.id }).await?).await.map(|shown| shown.into_inner())
}
/// Begun, carried out and looked at.
async fn tried(w: &World, what: ToTry) -> Tried {
    let job = begin_trial(w, w.security, what).await.unwrap();
    Box::pin(w.store.run_job(job.id, &FixedClock(w.now()))).await.unwrap();
    let (job, tried) = show_trial(w, w.security, &job).await.unwrap();
    assert_eq!((job.state, job.done), (JobState::Done, job.total), "{job:?}");
    tried.unwrap()
}
fn saved(name: &str, days: u32) -> ToTry {
    ToTry { name: Some(name.into()), text: None, filters: vec![], days }
}

fn problems(refusal: Result<i64, Refusal>) -> Vec<FieldProblem> {
    match refusal {
        Err(Refusal::Invalid(problems)) => problems,
        other => panic!("{other:?}"),
    }
}

async fn newest(w: &World) -> Value {
    let query = Query::new("SELECT id, body FROM event ORDER BY seq DESC LIMIT 1", vec![]);
    let rows = w.base.database().read(query).await.unwrap();
    let id = EventId::from_bytes(rows[0].id(0).unwrap());
    w.store.gate().recorder().open_body(id, rows[0].bytes(1).unwrap()).unwrap().actor["detail"].clone()
}

#[tokio::test]
async fn a_rule_is_written_mended_switched_on_and_taken_back() {
    let w = World::new().await;
    let before = w.store.pack().unwrap().rules.len();
    let version = w.store.pack_version();
    // A mistake is told with its line, in both languages.
    let wrong = own("many-views", 5).replace("action: view", "acton: view");
    let op = CheckRule { text: wrong.clone(), of: None, name: None };
    let checked = w.store.check_rule(w.system(w.security, op).await.unwrap()).await.unwrap().into_inner();
    let (line, problem) = &checked.problems[0];
    assert_eq!((*line, problem.code), (Some(6), "rule.field_unknown"), "{checked:?}");
    assert!(problem.zh.contains("action") && checked.found.is_none());
    let told = problems(change(&w, w.security, "many-views", 0, item(Some(wrong), RuleState::Off)).await);
    assert_eq!((told[0].field.as_str(), told[0].code), ("text", "rule.field_unknown"));
    assert!(told[0].reason.starts_with("line 6"), "{told:?}");

    // Mended, it is saved switched off, and asked once it is on.
    let text = own("many-views", 5);
    assert_eq!(change(&w, w.security, "many-views", 0, item(Some(text.clone()), RuleState::Off)).await.unwrap(), 1);
    assert!(w.store.pack().unwrap().rule("many-views").is_none());
    assert_eq!(change(&w, w.security, "many-views", 1, item(Some(text.clone()), RuleState::On)).await.unwrap(), 2);
    let pack = w.store.pack().unwrap();
    assert_eq!((pack.rules.len(), pack.rule("many-views").unwrap().severity), (before + 1, Severity::Low));
    assert!(w.store.pack_version() > version);
    let detail = newest(&w).await;
    assert_eq!(
        (
            &detail["act"],
            &detail["rule"],
            &detail["reason"],
            &detail["made"]["old"]["state"],
            &detail["made"]["new"]["state"]
        ),
        (&json!("detection.change"), &json!("many-views"), &json!("试行"), &json!("off"), &json!("on"))
    );
    // Somebody else's change that came first stands.
    assert!(matches!(
        change(&w, w.security, "many-views", 1, item(Some(own("many-views", 9)), RuleState::On)).await,
        Err(Refusal::Conflict)
    ));
    assert_eq!(code(change(&w, w.security, "many-views", 2, item(Some(text), RuleState::On)).await), "rule_unchanged");

    // It is changed and taken back; every version stays.
    change(&w, w.security, "many-views", 2, item(Some(own("many-views", 50)), RuleState::On)).await.unwrap();
    let op = RollBackRule { name: "many-views".into(), base: 3, to: 2, reason: "太少".into(), note: Note::default() };
    assert_eq!(w.store.roll_back_rule(w.system(w.security, op).await.unwrap()).await.unwrap().into_inner(), 4);
    let op = ListVersions { name: "many-views".into() };
    let versions = w.store.rule_versions(w.system(w.auditor, op).await.unwrap()).await.unwrap().into_inner();
    assert_eq!(versions.iter().map(|v| v.version).collect::<Vec<_>>(), [4, 3, 2, 1]);
    assert_eq!((&versions[0].item, versions[0].author.is_some()), (&versions[2].item, true));

    // Another process reads the same, and a removed rule is not asked.
    let again = Store::open(w.base.database(), w.vault.clone()).await.unwrap();
    assert!(again.pack().unwrap().rule("many-views").is_some());
    let gone = RuleItem { state: RuleState::Removed, ..versions[0].item.clone() };
    change(&w, w.security, "many-views", 4, gone).await.unwrap();
    assert!(w.store.pack().unwrap().rule("many-views").is_none());
    let all = w.store.list_rules(w.system(w.auditor, ListRules).await.unwrap()).await.unwrap().into_inner();
    assert!(all.iter().all(|r| r.name != "many-views") && all.len() == before);
}

#[tokio::test]
async fn a_shipped_rule_is_switched_regraded_and_narrowed_but_not_written() {
    let w = World::new().await;
    let mut narrowed = item(None, RuleState::On);
    narrowed.severity = Some(Severity::Critical);
    narrowed.filters = vec![filter(SHIPPED)];
    change(&w, w.security, SHIPPED, 0, narrowed.clone()).await.unwrap();
    let pack = w.store.pack().unwrap();
    assert_eq!((pack.rule(SHIPPED).unwrap().severity, pack.filters().len()), (Severity::Critical, 1));
    let op = ShowRule { name: SHIPPED.into() };
    let view = w.store.show_rule(w.system(w.auditor, op).await.unwrap()).await.unwrap().into_inner();
    assert!(
        view.ships && view.severity == Severity::Critical && view.problems.is_empty() && view.text.contains(SHIPPED)
    );
    change(&w, w.security, SHIPPED, 1, item(None, RuleState::Off)).await.unwrap();
    assert!(w.store.pack().unwrap().rule(SHIPPED).is_none());
    let op = RollBackRule { name: SHIPPED.into(), base: 2, to: 0, reason: "出厂".into(), note: Note::default() };
    w.store.roll_back_rule(w.system(w.security, op).await.unwrap()).await.unwrap();
    assert_eq!(w.store.pack().unwrap().filters().len(), 0);

    let refused = |told: Vec<FieldProblem>| (told[0].field.clone(), told[0].code);
    let text = Some(own(SHIPPED, 3));
    assert_eq!(
        refused(problems(change(&w, w.security, SHIPPED, 3, item(text, RuleState::On)).await)),
        ("text".into(), "shipped_rule")
    );
    let taken = item(None, RuleState::Removed);
    assert_eq!(refused(problems(change(&w, w.security, SHIPPED, 3, taken).await)), ("state".into(), "shipped_rule"));
    // A filter narrows its own rule and no other, and nothing else stands beside it.
    let others = [
        filter("duty-unexplained-day"),
        filter(SHIPPED).replace(&format!("[{SHIPPED}]"), "any"),
        format!("{}---\n{}", filter(SHIPPED), own("hidden", 1)),
    ];
    for other in others {
        let filters = vec![filter(SHIPPED), other.clone()];
        let told =
            problems(change(&w, w.security, SHIPPED, 3, RuleItem { filters, ..item(None, RuleState::On) }).await);
        assert_eq!(told[0].field, "filters.1", "{other}");
    }
    let mine = filter(SHIPPED).replace("actor.account_kind: service", &format!("actor.user_id: {}", w.security));
    let mine = RuleItem { filters: vec![mine], ..item(None, RuleState::On) };
    assert_eq!(code(change(&w, w.security, SHIPPED, 3, mine).await), "filter_about_self");
    let many = RuleItem { filters: vec![filter(SHIPPED); 21], ..item(None, RuleState::On) };
    assert_eq!(refused(problems(change(&w, w.security, SHIPPED, 3, many).await)), ("filters".into(), "too_many"));
    assert!(matches!(
        change(&w, w.security, "no-such-rule", 0, item(None, RuleState::Off)).await,
        Err(Refusal::NotFound)
    ));
}

#[tokio::test]
async fn an_own_rule_stands_for_itself() {
    let w = World::new().await;
    let of = |text: String| item(Some(text), RuleState::On);
    let refused = |told: Vec<FieldProblem>| told[0].code;
    // It neither takes a shipped name, nor is known by one, nor brings filters, nor is two.
    let thief = own("many-views", 5)
        .replace("name: many-views-base", "name: duty-unexplained-day-base")
        .replace("[many-views-base]", "[duty-unexplained-day-base]");
    assert_eq!(refused(problems(change(&w, w.security, "many-views", 0, of(thief)).await)), "rule.twice");
    let titled = own("many-views", 5).replace("title: many-views (counted)", "title: duty-unexplained-day-base");
    assert_eq!(refused(problems(change(&w, w.security, "many-views", 0, of(titled)).await)), "rule.twice");
    let filtered = format!("{}---\n{}", own("many-views", 5), filter("many-views"));
    assert_eq!(refused(problems(change(&w, w.security, "many-views", 0, of(filtered)).await)), "rule.filter_here");
    let two = format!("{}---\n{}", own("many-views", 5), own("more-views", 5));
    assert_eq!(refused(problems(change(&w, w.security, "many-views", 0, of(two)).await)), "rule.one");
    assert_eq!(refused(problems(change(&w, w.security, "other", 0, of(own("many-views", 5))).await)), "rule.name");
    assert_eq!(refused(problems(change(&w, w.security, "Äh", 0, of(own("Äh", 5))).await)), "rule.name");
    let long = own("many-views", 5).replace("action: view", &format!("session.network|re: '{}'", "(a{30}){30}"));
    assert_eq!(refused(problems(change(&w, w.security, "many-views", 0, of(long)).await)), "rule.regex");
}

#[tokio::test]
async fn a_rule_switched_on_when_its_window_is_full_is_told_of_at_the_next_event() {
    let w = World::new().await;
    let mut follower = Follower::new(w.store.clone());
    let look = || async {
        let _ = w.view(w.other_rep, RecordId::from_bytes([9; 16])).await;
    };
    for _ in 0..4 {
        look().await;
    }
    all(&w, &mut follower).await;
    let text = own("many-views", 3);
    change(&w, w.security, "many-views", 0, item(Some(text.clone()), RuleState::On)).await.unwrap();
    all(&w, &mut follower).await;
    let mine = || async { rules_of(&w, w.other_rep).await.iter().filter(|r| *r == "many-views").count() };
    assert_eq!(mine().await, 0, "what was seen before is not told of");
    look().await;
    all(&w, &mut follower).await;
    assert_eq!(mine().await, 1);

    // What was told is not told again because another rule changed.
    change(&w, w.security, SHIPPED, 0, item(None, RuleState::Off)).await.unwrap();
    look().await;
    let opened = all(&w, &mut follower).await;
    assert_eq!((mine().await, opened), (1, 0));

    // Nor where the rules changed while nobody followed.
    follower.stop().await.unwrap();
    let told = || async { w.number("SELECT SUM(version) FROM alert").await };
    let before = told().await;
    change(&w, w.security, SHIPPED, 1, item(None, RuleState::On)).await.unwrap();
    look().await;
    assert_eq!(all(&w, &mut Follower::new(w.store.clone())).await, 0);
    assert_eq!(told().await, before);
}

#[tokio::test]
async fn reading_trying_and_changing_are_duties_and_are_recorded() {
    let w = World::new().await;
    for who in [w.rep, w.admin] {
        assert!(matches!(w.system(who, ListRules).await, Err(Refusal::Forbidden { .. })));
        assert!(matches!(
            change(&w, who, SHIPPED, 0, item(None, RuleState::Off)).await,
            Err(Refusal::Forbidden { .. })
        ));
    }
    // The auditor reads, and changes and tries nothing.
    assert!(matches!(
        change(&w, w.auditor, SHIPPED, 0, item(None, RuleState::Off)).await,
        Err(Refusal::Forbidden { .. })
    ));
    assert!(matches!(begin_trial(&w, w.auditor, saved(SHIPPED, 7)).await, Err(Refusal::Forbidden { .. })));
    assert_eq!(tried(&w, saved(SHIPPED, 7)).await.events, 0);
    assert_eq!(newest(&w).await["act"], "detection.tried");
    for wrong in [0, 367] {
        assert!(
            matches!(begin_trial(&w, w.security, saved(SHIPPED, wrong)).await, Err(Refusal::Invalid(_))),
            "{wrong}"
        );
    }
    assert!(matches!(begin_trial(&w, w.security, saved("no-such-rule", 7)).await, Err(Refusal::NotFound)));
    let op = ExplainRule { name: Some(SHIPPED.into()), text: None, event: EventId::from_bytes([9; 16]) };
    assert!(matches!(w.store.explain_rule(w.system(w.security, op).await.unwrap()).await, Err(Refusal::NotFound)));
}

#[tokio::test]
async fn a_rule_changed_beside_the_program_is_not_detected_by() {
    let w = World::new().await;
    change(&w, w.security, SHIPPED, 0, RuleItem { severity: Some(Severity::High), ..item(None, RuleState::On) })
        .await
        .unwrap();
    w.tamper("UPDATE detection_rule SET body = REPLACE(body, '\"on\"', '\"off\"')");
    assert!(Store::open(w.base.database(), w.vault.clone()).await.is_err());
}

/// What was seen is what a trial goes over, and a filter hides nothing that was called malicious.
#[tokio::test]
async fn a_change_is_tried_on_what_was_seen() {
    const PROBING: &str = "probing-refused";
    let w = World::new().await;
    probe(&w, w.other_rep, 1).await;
    probe(&w, w.other_rep, 20).await;
    follow(&w).await;
    let quiet = |field: &str, value: String| {
        filter(PROBING).replace("actor.account_kind: service", &format!("{field}: {value}"))
    };
    let them = quiet("actor.user_id", w.other_rep.to_string());
    let with = async |filters: Vec<String>| tried(&w, ToTry { filters, ..saved(PROBING, 30) }).await;
    let whole = with(vec![]).await;
    assert!(whole.events >= 22 && !whole.cut && !whole.scored, "{whole:?}");
    assert_eq!((whole.after.alerts, whole.after.people.clone(), whole.vanished), (1, vec![(w.other_rep, 1)], 0));
    assert_eq!(whole.before.as_ref(), Some(&whole.after));
    assert_eq!(whole.names[&w.other_rep], "LI");
    assert!(whole.after.examples[0].why_zh.contains("被拒绝") && !whole.after.examples[0].events.is_empty());
    let without = with(vec![them.clone()]).await;
    assert_eq!((without.after.alerts, without.vanished, without.hides_malicious), (0, 1, 0));
    assert_eq!(without.vanish[0].subject, w.other_rep);

    // A draft that nobody saved is tried alike, and the security administrator's own acts are never shown.
    let text = Some(own("refusals", 3).replace("action: view", "decision: refused"));
    let draft = tried(&w, ToTry { name: None, text, filters: vec![], days: 1 }).await;
    assert_eq!((draft.before, draft.after.persons), (None, 1));

    // Why: every field of an event that it cites.
    let op =
        ExplainRule { name: Some("probing-refused-base".into()), text: None, event: whole.after.examples[0].events[0] };
    assert!(w.store.explain_rule(w.system(w.security, op).await.unwrap()).await.is_err(), "no rule of its own");
    let op = ExplainRule { name: Some(PROBING.into()), text: None, event: whole.after.examples[0].events[0] };
    let why = w.store.explain_rule(w.system(w.security, op).await.unwrap()).await.unwrap().into_inner();
    assert!(why.trace.matched && why.fields["decision"] == "refused" && !why.scored, "{why:?}");
    let op = ExplainRule { name: Some(SHIPPED.into()), text: None, event: whole.after.examples[0].events[0] };
    let why = w.store.explain_rule(w.system(w.security, op).await.unwrap()).await.unwrap().into_inner();
    assert!(!why.trace.matched);

    // Once it was called malicious, the filter is refused, here and at a roll-back; one about others is not.
    close_as_malicious(&w, w.other_rep, PROBING).await;
    assert_eq!(with(vec![them.clone()]).await.hides_malicious, 1);
    let hiding = RuleItem { filters: vec![them], ..item(None, RuleState::On) };
    assert_eq!(code(change(&w, w.security, PROBING, 0, hiding).await), "filter_hides_malicious");
    let others = RuleItem { filters: vec![quiet("actor.user_id", w.rep.to_string())], ..item(None, RuleState::On) };
    change(&w, w.security, PROBING, 0, others).await.unwrap();
    let all = w.store.list_rules(w.system(w.auditor, ListRules).await.unwrap()).await.unwrap().into_inner();
    let figures = all.iter().find(|r| r.name == PROBING).unwrap().figures;
    assert_eq!((figures.alerts, figures.wanted, figures.expected), (1, 1, 0));
}

/// A trial is a job of whoever began it: theirs to see and to take back, begun anew where its process died, and ended with the duty.
#[tokio::test]
async fn a_trial_is_a_job_that_is_taken_back_begun_anew_and_ends_with_the_duty() {
    let w = World::new().await;
    probe(&w, w.other_rep, 1).await;
    follow(&w).await;
    let clock = FixedClock(w.now());
    let job = begin_trial(&w, w.security, saved("probing-refused", 30)).await.unwrap();
    assert_eq!((job.kind, job.act.as_deref(), job.state), (JobKind::Trial, Some("probing-refused"), JobState::Running));
    assert!(job.total >= 11, "{job:?}");
    let begun = newest(&w).await;
    assert_eq!((begun["act"].as_str(), begun["kind"].as_str()), (Some("job.begin"), Some("trial")));
    // Nothing came of it yet; nobody else sees that it is there.
    assert_eq!(show_trial(&w, w.security, &job).await.unwrap(), (job.clone(), None));
    let other = w.sales_rep("second").await;
    let op = store::company::TakeRole { user: other, role: "sales_rep".parse().unwrap() };
    w.store.take_role(w.system(w.security, op).await.unwrap()).await.unwrap();
    let role = "security_admin".parse().unwrap();
    let op = store::company::AssignRole { user: other, role };
    w.store.assign_role(w.system(w.security, op).await.unwrap()).await.unwrap();
    assert!(matches!(show_trial(&w, other, &job).await, Err(Refusal::NotFound)));
    // Taken back before it is carried out: nothing is.
    w.store.cancel_job(w.system(w.security, CancelJob { id: job.id }).await.unwrap()).await.unwrap();
    Box::pin(w.store.run_job(job.id, &clock)).await.unwrap();
    let (job, result) = show_trial(&w, w.security, &job).await.unwrap();
    assert_eq!((job.state, result), (JobState::Cancelled, None));

    // Its process died before it told anything: another one goes on with it, and says the same.
    let died = begin_trial(&w, w.security, saved("probing-refused", 30)).await.unwrap();
    let later = FixedClock(w.now().plus_seconds(120));
    assert_eq!(w.store.resume_jobs(&later).await.unwrap(), 1);
    let (died, result) = show_trial(&w, w.security, &died).await.unwrap();
    assert_eq!((died.state, result.unwrap().after.alerts), (JobState::Done, 1));

    // Without the duty it does not begin, and what was begun is not carried out.
    let job = begin_trial(&w, other, saved("probing-refused", 30)).await.unwrap();
    let op = store::company::TakeRole { user: other, role: "security_admin".parse().unwrap() };
    w.store.take_role(w.system(w.security, op).await.unwrap()).await.unwrap();
    Box::pin(w.store.run_job(job.id, &clock)).await.unwrap();
    let mine = w.store.list_jobs(w.system(other, ListJobs).await.unwrap()).await.unwrap().into_inner();
    let ended = mine.iter().find(|j| j.id == job.id).unwrap();
    assert_eq!((ended.state, ended.why.as_deref()), (JobState::Failed, Some("forbidden")));

    // Two at once, and no more.
    for _ in 0..2 {
        begin_trial(&w, w.security, saved("probing-refused", 30)).await.unwrap();
    }
    assert_eq!(code(begin_trial(&w, w.security, saved("probing-refused", 30)).await.map(|_| 0)), "too_many_jobs");
}

/// What the baselines said when an event was judged is kept with it: an explanation shows it, and a trial asks it.
#[tokio::test]
async fn scores_are_explained_and_tried_as_they_were() {
    const SCORED: &str = "probing-refused-above-habit";
    let w = World::new().await;
    probe(&w, w.other_rep, 1).await;
    probe(&w, w.other_rep, 40).await;
    follow(&w).await;
    let query = Query::new(
        "SELECT id FROM event WHERE decision = ?1 ORDER BY seq DESC LIMIT 1",
        vec![i64::from(model::Decision::Refused.code()).into()],
    );
    let row = w.base.database().read(query).await.unwrap();
    let event = EventId::from_bytes(row[0].id(0).unwrap());
    let explain = async |name: &str| {
        let op = ExplainRule { name: Some(name.into()), text: None, event };
        w.store.explain_rule(w.system(w.security, op).await.unwrap()).await.unwrap().into_inner()
    };
    let why = explain(SCORED).await;
    assert!(!why.scored && why.trace.matched, "{why:?}");
    let scores = why.scores.unwrap();
    let refused = scores.iter().find(|part| part.measure == "refused").unwrap();
    assert!(
        refused.observed >= 22.0 && refused.score > 3.0 && refused.expected < 5.0 && refused.peers < 5.0,
        "{refused:?}"
    );
    assert_eq!(why.fields["score.refused.observed"], json!(refused.observed as i64));
    // The trial finds by it what the detector found, and says nothing of scores it did not have.
    let again = tried(&w, saved(SCORED, 7)).await;
    assert_eq!((again.scored, again.after.alerts, again.after.people.clone()), (false, 1, vec![(w.other_rep, 1)]));
    let detector: Vec<_> = super::watch::rules_of(&w, w.other_rep).await;
    assert!(detector.contains(&SCORED.to_owned()), "{detector:?}");
}
