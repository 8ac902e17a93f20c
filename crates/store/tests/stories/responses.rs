//! What is taken from people for a time: by hand, by the house, and what neither may.

use access::engine::Obligation;
use access::path::Refusal;
use model::alert::Severity;
use model::response::{AutoRule, Breaker, ResponseKind, ResponseRules, Trigger};
use model::{Action, ResponseId, UserId, UserStatus};
use store::Store;
use store::company::{AssignRole, Note, SetUserStatus};
use store::identity::{SignIn, SignInError, SignedIn};
use store::records::list::ListRecords;
use store::responses::*;

use super::house::code;
use super::world::World;

pub fn wanted(subject: UserId, kind: ResponseKind) -> TakeResponse {
    TakeResponse {
        subject,
        kind,
        minutes: 60,
        per_minute: (kind == ResponseKind::Throttle).then_some(2),
        reason: "夜间大量访问".into(),
        message: String::new(),
        note: Note::default(),
    }
}
pub async fn take(w: &World, who: UserId, op: TakeResponse) -> Result<ResponseId, Refusal> {
    w.store.take_response(w.system(who, op).await?).await.map(|made| made.into_inner())
}
pub async fn end(w: &World, who: UserId, id: ResponseId) -> Result<(), Refusal> {
    let op = EndResponse { id, reason: "查明".into(), note: Note::default() };
    w.store.end_response(w.system(who, op).await?).await.map(|_| ())
}
async fn last(w: &World, who: UserId, id: ResponseId) -> Result<(), Refusal> {
    let op = LastResponse { id, reason: "离职在即".into(), note: Note::default() };
    w.store.last_response(w.system(who, op).await?).await.map(|_| ())
}
async fn second(w: &World, who: UserId, id: ResponseId, consent: bool) -> Result<(), Refusal> {
    let op = DecideLasting { id, consent, note: Note::default() };
    w.store.decide_lasting(w.system(who, op).await?).await.map(|_| ())
}
async fn responses(w: &World, who: UserId, past: bool) -> Vec<ResponseView> {
    let grant = w.system(who, ListResponses { past, subject: None }).await.unwrap();
    w.store.list_responses(grant).await.unwrap().into_inner()
}
async fn officer(w: &World, login: &str) -> UserId {
    let user = w.sales_rep(login).await;
    for (role, op) in [("sales_rep", false), ("security_admin", true)] {
        let role = role.parse().unwrap();
        if op {
            w.store.assign_role(w.system(w.security, AssignRole { user, role }).await.unwrap()).await.unwrap();
        } else {
            let op = store::company::TakeRole { user, role };
            w.store.take_role(w.system(w.security, op).await.unwrap()).await.unwrap();
        }
    }
    user
}
fn question() -> ListRecords {
    ListRecords {
        object: "customer".parse().unwrap(),
        filter: None,
        search: None,
        sort: None,
        fields: None,
        customer: None,
        limit: 50,
        cursor: None,
    }
}
pub fn export() -> store::records::ExportStep {
    store::records::ExportStep {
        job: model::JobId::from_bytes([9; 16]),
        question: question(),
        format: "csv",
        rows: None,
    }
}
pub fn obligation<T>(outcome: Result<T, Refusal>) -> Option<ResponseKind> {
    match outcome {
        Err(Refusal::Forbidden { obligation: Some(Obligation::Restricted { response, .. }), .. }) => Some(response),
        _ => None,
    }
}
async fn clean(w: &World) {
    w.publisher.publish_once(w.now()).await.unwrap();
    let (_, report) = w.store.examine(w.now()).await.unwrap();
    assert!(report.findings.is_empty(), "{:?}", report.findings);
}

#[tokio::test]
async fn exports_are_suspended_by_hand_for_a_time_and_ended_early() {
    let w = World::new().await;
    assert!(w.records(w.rep, export()).await.is_ok());
    let id = take(&w, w.security, wanted(w.rep, ResponseKind::NoExport)).await.unwrap();
    assert_eq!(obligation(w.records(w.rep, export()).await), Some(ResponseKind::NoExport));
    // A job that was begun goes no further either.
    let customer = "customer".parse().unwrap();
    assert!(w.store.gate().would_admit(&w.caller(w.rep), Action::Export, &customer, &[]).is_err());
    assert_eq!(w.list(w.rep, "customer").await, 0, "reading goes on");
    assert!(w.records(w.other_rep, export()).await.is_ok(), "nobody else is meant");
    // The person is told plainly: what, until when, whom to ask; the officers' reason is not theirs to read.
    let own = w.store.read_own_responses(w.system(w.rep, ReadOwnResponses).await.unwrap()).await.unwrap().into_inner();
    assert_eq!(
        (own.in_force.len(), own.in_force[0].kind, own.in_force[0].automatic),
        (1, ResponseKind::NoExport, false)
    );
    assert!(own.in_force[0].until.is_some() && !own.ask.is_empty());
    let told = super::notices::notices(&w, w.rep).await;
    assert!(told.iter().any(|n| n.kind == store::notices::NoticeKind::Restricted && n.by.is_none()), "{told:?}");
    // Twice the same is nothing more; another kind is.
    assert_eq!(code(take(&w, w.security, wanted(w.rep, ResponseKind::NoExport)).await), "response_in_force");
    assert_eq!(responses(&w, w.security, false).await.len(), 1);
    end(&w, w.security, id).await.unwrap();
    assert!(w.records(w.rep, export()).await.is_ok());
    assert_eq!(code(end(&w, w.security, id).await), "response_over");
    let past = responses(&w, w.security, true).await;
    assert_eq!((past.len(), past[0].response.ended.as_ref().unwrap().by), (1, w.security));
    assert!(responses(&w, w.security, false).await.is_empty());
    // By itself: at its end it is gone, with no job run.
    take(&w, w.security, wanted(w.rep, ResponseKind::NoExport)).await.unwrap();
    assert!(w.records(w.rep, export()).await.is_err());
    w.pass_days(1);
    assert!(w.records(w.rep, export()).await.is_ok());
    clean(&w).await;
}

#[tokio::test]
async fn what_no_officer_may_take_and_who_may_not_take_at_all() {
    let w = World::new().await;
    let second_officer = officer(&w, "qian").await;
    assert_eq!(code(take(&w, w.security, wanted(w.security, ResponseKind::NoExport)).await), "own_response");
    for who in [w.admin, w.auditor, w.rep] {
        let refused = take(&w, who, wanted(w.other_rep, ResponseKind::NoExport)).await;
        assert!(matches!(refused, Err(Refusal::Forbidden { .. })), "{refused:?}");
    }
    assert!(matches!(
        take(&w, w.security, wanted(UserId::from_bytes([9; 16]), ResponseKind::NoExport)).await,
        Err(Refusal::NotFound)
    ));
    assert_eq!(
        code(take(&w, w.security, wanted(store::company::SYSTEM, ResponseKind::Suspend)).await),
        "system_account"
    );
    assert_eq!(code(take(&w, w.security, wanted(w.admin, ResponseKind::Suspend)).await), "last_holder");
    for bad in [
        TakeResponse { minutes: 0, ..wanted(w.rep, ResponseKind::StepUp) },
        TakeResponse { minutes: 43_201, ..wanted(w.rep, ResponseKind::StepUp) },
        TakeResponse { per_minute: None, ..wanted(w.rep, ResponseKind::Throttle) },
        TakeResponse { per_minute: Some(1), ..wanted(w.rep, ResponseKind::StepUp) },
        TakeResponse { reason: " ".into(), ..wanted(w.rep, ResponseKind::StepUp) },
        TakeResponse { message: "x".repeat(501), ..wanted(w.rep, ResponseKind::StepUp) },
    ] {
        assert!(matches!(take(&w, w.security, bad).await, Err(Refusal::Invalid(_))));
    }
    // Of two officers one can be suspended; then the other is the last, whatever the accounts say.
    let id = take(&w, w.security, wanted(second_officer, ResponseKind::Suspend)).await.unwrap();
    assert!(
        matches!(end(&w, second_officer, id).await, Err(Refusal::Forbidden { .. })),
        "who is suspended does nothing"
    );
    end(&w, w.security, id).await.unwrap();
    let own = take(&w, second_officer, wanted(w.security, ResponseKind::NoExport)).await.unwrap();
    assert_eq!(code(end(&w, w.security, own).await), "own_response");
    clean(&w).await;
}

#[tokio::test]
async fn it_lasts_by_the_word_of_two_and_ends_by_one() {
    let w = World::new().await;
    let (other, third) = (officer(&w, "qian").await, officer(&w, "sun").await);
    let id = take(&w, w.security, wanted(w.rep, ResponseKind::NoExport)).await.unwrap();
    assert_eq!(code(second(&w, other, id, true).await), "nothing_waits");
    last(&w, w.security, id).await.unwrap();
    assert_eq!(code(last(&w, other, id).await), "response_waits");
    assert_eq!(code(second(&w, w.security, id, true).await), "four_eyes");
    assert!(responses(&w, other, false).await[0].may_decide && !responses(&w, w.security, false).await[0].may_decide);
    second(&w, other, id, false).await.unwrap();
    assert!(responses(&w, other, false).await[0].response.until.is_some());
    last(&w, other, id).await.unwrap();
    second(&w, third, id, true).await.unwrap();
    w.pass_days(365);
    assert_eq!(obligation(w.records(w.rep, export()).await), Some(ResponseKind::NoExport));
    assert_eq!(code(last(&w, other, id).await), "response_lasts");
    end(&w, third, id).await.unwrap();
    assert!(w.records(w.rep, export()).await.is_ok());
    // One who waits for a word until it is over waits no more.
    let id = take(&w, w.security, wanted(w.rep, ResponseKind::NoExport)).await.unwrap();
    last(&w, w.security, id).await.unwrap();
    w.pass_days(1);
    assert_eq!(code(second(&w, other, id, true).await), "response_over");
    clean(&w).await;
}

async fn sign_in(w: &World, login: &str, password: &str) -> Result<SignedIn, SignInError> {
    let caller = w.caller(w.rep);
    let s =
        SignIn { login, password, code: None, previous: None, origin: &caller.origin, request_id: "r", at: caller.at };
    w.store.sign_in(s).await
}

#[tokio::test]
async fn who_is_suspended_is_out_and_is_told_why_only_by_the_right_password() {
    let w = World::new().await;
    officer(&w, "qian").await;
    // The auditor, for the accounts made at the beginning have passwords; with a second one, so that none is the last.
    let second_auditor = w.sales_rep("zhou").await;
    for (role, take) in [("sales_rep", true), ("audit_admin", false)] {
        let role = role.parse().unwrap();
        let user = second_auditor;
        if take {
            let op = store::company::TakeRole { user, role };
            w.store.take_role(w.system(w.security, op).await.unwrap()).await.unwrap();
        } else {
            w.store.assign_role(w.system(w.security, AssignRole { user, role }).await.unwrap()).await.unwrap();
        }
    }
    let password = "correct horse 3 battery";
    let signed_in = sign_in(&w, "auditor", password).await.unwrap();
    let who = async |w: &World| w.store.authenticate(signed_in.secret.expose(), w.now()).await.unwrap();
    assert!(who(&w).await.is_some());
    let other_node = Store::open(w.base.database(), w.vault.clone()).await.unwrap();
    assert!(other_node.authenticate(signed_in.secret.expose(), w.now()).await.unwrap().is_some());
    let id = take(&w, w.security, wanted(w.auditor, ResponseKind::Suspend)).await.unwrap();
    assert!(who(&w).await.is_none());
    assert!(!w.store.is_alive(signed_in.secret.expose(), w.now()).await.unwrap());
    assert!(matches!(sign_in(&w, "auditor", password).await, Err(SignInError::Suspended { until: Some(_) })));
    assert_eq!(sign_in(&w, "auditor", "wrong wrong wrong").await.unwrap_err(), SignInError::Wrong);
    // The other node too, at the next request.
    other_node.refresh().await.unwrap();
    assert!(other_node.authenticate(signed_in.secret.expose(), w.now()).await.unwrap().is_none());
    end(&w, w.security, id).await.unwrap();
    assert!(who(&w).await.is_none(), "an ended session does not come back");
    assert!(sign_in(&w, "auditor", password).await.is_ok());
    clean(&w).await;
}

#[tokio::test]
async fn a_throttle_lets_so_many_reads_through_and_a_second_factor_must_be_new() {
    let w = World::new().await;
    take(&w, w.security, wanted(w.rep, ResponseKind::Throttle)).await.unwrap();
    let read = async || w.records(w.rep, question()).await.map(|_| ());
    assert!(read().await.is_ok() && read().await.is_ok());
    match read().await {
        Err(Refusal::Forbidden { obligation: Some(Obligation::Restricted { wait_ms, .. }), rules }) => {
            assert!((50_000..60_000).contains(&wait_ms), "{wait_ms}");
            assert_eq!(rules, ["response.throttle"]);
        }
        other => panic!("{other:?}"),
    }
    take(&w, w.security, wanted(w.other_rep, ResponseKind::StepUp)).await.unwrap();
    assert_eq!(obligation(w.records(w.other_rep, question()).await), Some(ResponseKind::StepUp));
    let mut proved = w.caller(w.other_rep);
    proved.session = Some(model::SessionId::new(proved.at, [0; 10]));
    assert!(w.store.gate().admit(&proved, question()).await.is_ok());
    clean(&w).await;
}

fn rules(automatic: Vec<AutoRule>) -> ChangeResponseRules {
    ChangeResponseRules { rules: ResponseRules { automatic }, note: Note::default() }
}
fn auto(response: ResponseKind) -> AutoRule {
    AutoRule {
        rules: ["volume.night".into()].into(),
        families: ["canary".into()].into(),
        severity: Severity::High,
        response,
        minutes: 30,
        per_minute: (response == ResponseKind::Throttle).then_some(5),
    }
}
fn trigger(subject: UserId, rule: &str) -> Trigger {
    Trigger { subject, rule: rule.into(), family: "volume".into(), severity: Severity::High, alert: None }
}
async fn change(w: &World, op: ChangeResponseRules) -> Result<(), Refusal> {
    w.store.change_response_rules(w.system(w.security, op).await?).await.map(|_| ())
}

#[tokio::test]
async fn the_house_takes_by_rule_and_holds_back_at_its_breaker_over_restarts_and_nodes() {
    let w = World::new().await;
    let told = |w: &World| w.store.company().responses.len();
    assert_eq!(w.store.respond(&trigger(w.rep, "volume.night"), w.now()).await.unwrap(), Responded::Nothing);
    change(&w, rules(vec![auto(ResponseKind::Throttle), auto(ResponseKind::NoExport)])).await.unwrap();
    let mut bad = auto(ResponseKind::Suspend);
    bad.minutes = 1_441;
    assert!(matches!(change(&w, rules(vec![bad])).await, Err(Refusal::Invalid(_))));
    assert_eq!(w.store.respond(&trigger(w.rep, "another"), w.now()).await.unwrap(), Responded::Nothing);
    let Responded::Took(ids) = w.store.respond(&trigger(w.rep, "volume.night"), w.now()).await.unwrap() else {
        panic!()
    };
    assert_eq!((ids.len(), told(&w)), (2, 2));
    assert_eq!(obligation(w.records(w.rep, export()).await), Some(ResponseKind::NoExport));
    assert_eq!(w.positions(Action::ResponseRun).await.len(), 1);
    // The same alert grows: nothing twice.
    assert_eq!(w.store.respond(&trigger(w.rep, "volume.night"), w.now()).await.unwrap(), Responded::Nothing);
    // Of so few people one an hour: the next is held back, here and on a node that has just started.
    let held = Responded::HeldBack(Breaker::TooMany);
    assert_eq!(w.store.respond(&trigger(w.other_rep, "volume.night"), w.now()).await.unwrap(), held);
    let other_node = Store::open(w.base.database(), w.vault.clone()).await.unwrap();
    assert_eq!(other_node.respond(&trigger(w.other_rep, "volume.night"), w.now()).await.unwrap(), held);
    let of_officer = super::notices::notices(&w, w.security).await;
    assert_eq!(
        of_officer.iter().filter(|n| n.kind == store::notices::NoticeKind::BreakerOpen).count(),
        1,
        "{of_officer:?}"
    );
    // An officer ends it: that frees nobody's place within the hour.
    for id in ids {
        end(&w, w.security, id).await.unwrap();
    }
    assert_eq!(w.store.respond(&trigger(w.other_rep, "volume.night"), w.now()).await.unwrap(), held);
    w.pass_days(1);
    let last = Responded::HeldBack(Breaker::LastHolder);
    assert_eq!(w.store.respond(&trigger(w.admin, "volume.night"), w.now()).await.unwrap(), last);
    assert!(matches!(
        w.store.respond(&trigger(w.other_rep, "volume.night"), w.now()).await.unwrap(),
        Responded::Took(_)
    ));
    // The other node learns of it before its next request.
    other_node.refresh().await.unwrap();
    assert!(other_node.gate().admit(&w.caller(w.other_rep), export()).await.is_err());
    // Who left has nothing to lose.
    let op = SetUserStatus { user: w.rep, status: UserStatus::Disabled };
    w.store.set_user_status(w.system(w.admin, op).await.unwrap()).await.unwrap();
    w.pass_days(1);
    assert_eq!(w.store.respond(&trigger(w.rep, "volume.night"), w.now()).await.unwrap(), Responded::Nothing);
    clean(&w).await;
}

#[tokio::test]
async fn a_crash_between_an_alert_and_its_response_loses_none() {
    let w = World::new().await;
    let probing =
        AutoRule { rules: ["probing-refused".into()].into(), families: [].into(), ..auto(ResponseKind::NoExport) };
    change(&w, rules(vec![probing])).await.unwrap();
    super::watch::probe(&w, w.other_rep, 1).await;
    let mut dying = store::watch::Follower::ending_early(w.store.clone());
    assert!(dying.round(w.now()).await.is_err());
    assert!(super::watch::rules_of(&w, w.other_rep).await.contains(&"probing-refused".to_owned()), "it is durable");
    assert!(responses(&w, w.security, false).await.is_empty());
    // The next process takes it, and one after that nothing more.
    for _ in 0..2 {
        super::watch::follow(&w).await;
        assert_eq!(responses(&w, w.security, false).await.len(), 1);
    }
    assert_eq!(obligation(w.records(w.other_rep, export()).await), Some(ResponseKind::NoExport));
    clean(&w).await;
}

/// A response taken away, or made up, beside the program is not lived with.
#[tokio::test]
async fn what_the_follower_of_the_log_finds_sets_the_rules_off_once() {
    let w = World::new().await;
    let probing =
        AutoRule { rules: ["probing-refused".into()].into(), families: [].into(), ..auto(ResponseKind::NoExport) };
    change(&w, rules(vec![probing])).await.unwrap();
    super::watch::probe(&w, w.other_rep, 1).await;
    super::watch::follow(&w).await;
    let taken = responses(&w, w.security, false).await;
    assert_eq!(taken.len(), 1, "{taken:?}");
    let of = &taken[0].response;
    assert_eq!((of.subject, of.kind, of.by), (w.other_rep, ResponseKind::NoExport, None));
    assert!(of.cause.as_ref().is_some_and(|c| c.rule == "probing-refused" && c.alert.is_some()));
    assert_eq!(obligation(w.records(w.other_rep, export()).await), Some(ResponseKind::NoExport));
    // Its alert grows, and it is followed anew: nothing twice.
    super::watch::probe(&w, w.other_rep, 40).await;
    super::watch::follow(&w).await;
    assert_eq!(responses(&w, w.security, false).await.len(), 1);
    clean(&w).await;
}

#[tokio::test]
async fn what_was_long_ago_when_the_log_is_followed_is_for_people_to_judge() {
    let w = World::new().await;
    let probing =
        AutoRule { rules: ["probing-refused".into()].into(), families: [].into(), ..auto(ResponseKind::Suspend) };
    change(&w, rules(vec![probing])).await.unwrap();
    super::watch::probe(&w, w.other_rep, 1).await;
    w.pass_days(1);
    super::watch::follow(&w).await;
    assert_eq!(responses(&w, w.security, false).await.len(), 0);
}

#[tokio::test]
async fn who_touches_a_decoy_is_an_alert() {
    let w = World::new().await;
    super::canaries::plant(&w, w.security, 1, Some(w.rep)).await.unwrap();
    let decoy = *w.store.canaries().iter().next().unwrap();
    assert_eq!(w.view(w.rep, decoy).await.unwrap(), 1);
    super::watch::follow(&w).await;
    let rules = super::watch::rules_of(&w, w.rep).await;
    assert!(rules.iter().any(|r| r == "canary-touched"), "{rules:?}");
}

#[tokio::test]
async fn a_response_that_was_altered_beside_the_program_stops_everything() {
    let w = World::new().await;
    take(&w, w.security, wanted(w.rep, ResponseKind::NoExport)).await.unwrap();
    w.tamper("DELETE FROM response");
    assert!(Store::open(w.base.database(), w.vault.clone()).await.is_err());
    assert!(!w.store.examine(w.now()).await.unwrap().1.findings.is_empty());
}

/// From the officer's request to the first refusal by another node, which has the person's session in memory.
#[tokio::test]
async fn another_node_meets_it_within_two_seconds() {
    let w = World::new().await;
    let other_node = Store::open(w.base.database(), w.vault.clone()).await.unwrap();
    let (mut here, mut there) = (vec![], vec![]);
    for _ in 0..20 {
        let began = std::time::Instant::now();
        let id = take(&w, w.security, wanted(w.rep, ResponseKind::NoExport)).await.unwrap();
        assert!(w.records(w.rep, export()).await.is_err());
        here.push(began.elapsed().as_millis());
        // What each request does first; on the embedded database one process alone writes, and there is no other node.
        other_node.refresh().await.unwrap();
        assert!(other_node.gate().admit(&w.caller(w.rep), export()).await.is_err());
        there.push(began.elapsed().as_millis());
        end(&w, w.security, id).await.unwrap();
    }
    here.sort_unstable();
    there.sort_unstable();
    println!(
        "in force here, ms: {} (worst {}); on another node: {} (worst {})",
        here[10], here[19], there[10], there[19]
    );
    assert!(there[19] <= 2_000, "{there:?}");
}
