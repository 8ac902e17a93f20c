//! The log is followed, and what rules find becomes an alert that somebody handles.

use access::path::Refusal;
use detect::{Detector, Finding, Observation, StepError};
use model::{Action, AlertState, Feedback, RecordId, Severity, UserId};
use store::Query;
use store::audit::Paging;
use store::watch::{
    AlertFilter, AlertLine, AlertSort, CountAlerts, DETECTOR_FAILED, Follower, LOG_ALTERED, ListAlerts, ShowAlert,
    Triage, TriageAlert, TriageMany, Triaged,
};

use super::house::code;
use super::world::World;

const PROBING: &str = "probing-refused";

/// Eleven looks at what is not there, by numbers of its own.
pub async fn probe(w: &World, who: UserId, from: u8) {
    for n in 0..11 {
        let refused = w.view(who, RecordId::from_bytes([from + n; 16])).await;
        assert!(matches!(refused, Err(Refusal::NotFound | Refusal::Forbidden { .. })));
    }
}

pub async fn all(w: &World, follower: &mut Follower) -> u64 {
    let mut opened = 0;
    loop {
        let done = follower.round(w.now()).await.unwrap();
        opened += done.opened;
        if !done.more {
            return opened;
        }
    }
}

/// Follows to the end, and puts away what is known.
pub async fn follow(w: &World) {
    let mut follower = Follower::new(w.store.clone());
    all(w, &mut follower).await;
    follower.stop().await.unwrap();
}

async fn list(w: &World, who: UserId, states: Vec<AlertState>) -> Vec<AlertLine> {
    let filter = AlertFilter { states, ..AlertFilter::default() };
    let op = ListAlerts { filter, ..ListAlerts::default() };
    w.store.list_alerts(w.system(who, op).await.unwrap()).await.unwrap().into_inner().items
}

/// What rules found about somebody.
pub async fn rules_of(w: &World, subject: UserId) -> Vec<String> {
    let found = list(w, w.security, vec![]).await;
    found.into_iter().filter(|a| a.subject == subject).map(|a| a.rule).collect()
}

/// What rules found about somebody, in full.
pub async fn alerts_about(w: &World, subject: UserId) -> Vec<AlertLine> {
    list(w, w.security, vec![]).await.into_iter().filter(|a| a.subject == subject).collect()
}

pub async fn about(w: &World, subject: UserId) -> Vec<AlertLine> {
    let of = list(w, w.security, vec![]).await;
    of.into_iter().filter(|a| a.subject == subject && a.rule == PROBING).collect()
}

async fn triage(w: &World, who: UserId, alert: &AlertLine, triage: Triage) -> Result<Triaged, Refusal> {
    let op = TriageAlert { id: alert.id, version: Some(alert.version), triage, note: Some("looked at it".into()) };
    w.store.triage_alert(w.system(who, op).await?).await.map(|d| d.into_inner())
}

fn close(feedback: Feedback) -> Triage {
    Triage::Close { feedback, until: None }
}

pub async fn close_one(w: &World) {
    let alert = about(w, w.rep).await.remove(0);
    triage(w, w.security, &alert, close(Feedback::Unknown)).await.unwrap();
}

async fn seen(w: &World) -> i64 {
    w.number("SELECT COUNT(*) FROM observation").await
}

#[tokio::test]
async fn who_tries_many_doors_becomes_one_alert_that_an_officer_closes() {
    let w = World::new().await;
    let mut follower = Follower::new(w.store.clone());
    probe(&w, w.other_rep, 1).await;
    probe(&w, w.other_rep, 20).await;
    assert!(all(&w, &mut follower).await >= 1);
    let found = about(&w, w.other_rep).await;
    assert_eq!(found.len(), 1, "{found:?}");
    let alert = &found[0];
    assert_eq!((alert.state, alert.severity, alert.subject_name.as_str()), (AlertState::Open, Severity::High, "LI"));
    assert!(alert.findings >= 2 && alert.why_zh.contains("被拒绝") && alert.why_en.contains("Refused"), "{alert:?}");

    // Read by the auditor, handled by the officer, and nobody else's to know.
    assert!(w.system(w.rep, ListAlerts::default()).await.is_err() && w.system(w.admin, CountAlerts).await.is_err());
    assert_eq!(
        list(&w, w.auditor, vec![AlertState::Open]).await.len(),
        list(&w, w.security, vec![AlertState::Open]).await.len()
    );
    let triaged = triage(&w, w.auditor, alert, close(Feedback::Malicious)).await;
    assert!(matches!(triaged, Err(Refusal::Forbidden { .. })), "{triaged:?}");
    let shown = w.store.show_alert(w.system(w.security, ShowAlert { id: alert.id }).await.unwrap()).await.unwrap();
    let shown = shown.into_inner();
    assert!(
        shown.evidence.len() >= 10 && shown.evidence.iter().all(|e| e.decision == "refused" && e.user == w.other_rep)
    );
    assert_eq!((shown.threshold, shown.proposal.is_none()), (10, true));

    // The officer is told, once, of nothing but that there is one.
    let told = super::notices::notices(&w, w.security).await;
    let told: Vec<_> = told.iter().filter(|n| n.kind == store::notices::NoticeKind::Alert).collect();
    assert!(!told.is_empty() && told.iter().all(|n| n.by.is_none()));

    let done = triage(&w, w.security, alert, close(Feedback::Suspicious)).await.unwrap();
    assert_eq!((done.line.state, done.line.feedback), (AlertState::Closed, Some(Feedback::Suspicious)));
    assert!(
        matches!(triage(&w, w.security, alert, Triage::Reopen).await, Err(Refusal::Conflict)),
        "of another version"
    );
    assert_eq!(code(triage(&w, w.security, &done.line, close(Feedback::Unknown)).await), "alert_closed");

    // Once more: another one. While it is open, the closed one is not opened again.
    w.pass_days(1);
    probe(&w, w.other_rep, 40).await;
    assert!(all(&w, &mut follower).await >= 1);
    let found = about(&w, w.other_rep).await;
    assert_eq!(found.len(), 2);
    assert_eq!(code(triage(&w, w.security, &done.line, Triage::Reopen).await), "alert_again");
    let (events, state) = w.store.examine(w.now()).await.unwrap();
    assert!(events.is_clean() && state.is_clean(), "{events:?} {state:?}");
}

#[tokio::test]
async fn what_is_expected_is_quiet_for_its_time_and_what_is_put_off_wakes() {
    let w = World::new().await;
    let mut follower = Follower::new(w.store.clone());
    probe(&w, w.other_rep, 1).await;
    all(&w, &mut follower).await;
    let alert = about(&w, w.other_rep).await.remove(0);
    for wrong in [w.now(), w.now().plus_days(91)] {
        let refused = triage(&w, w.security, &alert, Triage::Snooze { until: wrong }).await;
        assert!(matches!(refused, Err(Refusal::Invalid(_))), "{refused:?}");
    }
    let until = w.now().plus_days(2);
    let put_off = triage(&w, w.security, &alert, Triage::Snooze { until }).await.unwrap().line;
    assert_eq!((put_off.state, put_off.snoozed_until), (AlertState::Snoozed, Some(until)));
    assert_eq!(w.store.wake_alerts(w.now()).await.unwrap(), 0);
    assert_eq!(w.store.wake_alerts(until).await.unwrap(), 1);
    let alert = about(&w, w.other_rep).await.remove(0);
    assert_eq!(alert.state, AlertState::Open);

    let wrong = Triage::Close { feedback: Feedback::Malicious, until: Some(until) };
    assert!(matches!(triage(&w, w.security, &alert, wrong).await, Err(Refusal::Invalid(_))));
    let expected = Triage::Close { feedback: Feedback::Expected, until: Some(until) };
    let done = triage(&w, w.security, &alert, expected).await.unwrap();
    let filter = done.proposal.unwrap();
    assert!(filter.contains(PROBING) && filter.contains(&w.other_rep.to_string()));
    // The proposal is a filter that quiets the rule.
    let mut files: Vec<(&str, &str)> = detect::Pack::shipped_files().to_vec();
    files.push(("filter", &filter));
    assert!(detect::Pack::read(files).is_ok(), "{filter}");
    w.pass_days(1);
    probe(&w, w.other_rep, 40).await;
    all(&w, &mut follower).await;
    assert_eq!(about(&w, w.other_rep).await.len(), 1, "expected until tomorrow");
    w.pass_days(2);
    probe(&w, w.other_rep, 60).await;
    all(&w, &mut follower).await;
    assert_eq!(about(&w, w.other_rep).await.len(), 2);
}

#[tokio::test]
async fn nobody_sees_an_alert_about_themselves_or_handles_one_about_their_manager() {
    let w = World::new().await;
    probe(&w, w.security, 1).await;
    probe(&w, w.rep, 20).await;
    follow(&w).await;
    let theirs = list(&w, w.auditor, vec![]).await;
    let own = theirs.iter().find(|a| a.subject == w.security && a.rule == PROBING).unwrap();
    assert!(list(&w, w.security, vec![]).await.iter().all(|a| a.subject != w.security));
    let shown = w.store.show_alert(w.system(w.security, ShowAlert { id: own.id }).await.unwrap()).await;
    assert!(matches!(shown, Err(Refusal::NotFound)));
    assert!(matches!(triage(&w, w.security, own, close(Feedback::Expected)).await, Err(Refusal::NotFound)));
    let count = |who| {
        let w = &w;
        async move { w.store.count_alerts(w.system(who, CountAlerts).await.unwrap()).await.unwrap().into_inner() }
    };
    assert_eq!(count(w.auditor).await.high - count(w.security).await.high, 1, "numbers do not tell of it either");
    // Several at once: what cannot be done is told, and the rest is done.
    let other = theirs.iter().find(|a| a.subject == w.rep && a.rule == PROBING).unwrap();
    let op = TriageMany { ids: vec![own.id, other.id], triage: close(Feedback::Suspicious), note: None };
    let report = w.store.triage_alerts(w.system(w.security, op).await.unwrap()).await.unwrap().into_inner();
    assert!(matches!(report[0].1, Some(Refusal::NotFound)) && report[1].1.is_none());
}

#[tokio::test]
async fn begun_anew_after_each_round_it_finds_the_same_once() {
    let w = World::new().await;
    // Another process takes over wherever the one before stopped, with what is on disk.
    let mut opened = 0;
    for n in 0..6 {
        for k in 0..4 {
            let _ = w.view(w.other_rep, RecordId::from_bytes([1 + n * 4 + k; 16])).await;
        }
        let mut follower = Follower::new(w.store.clone());
        opened += all(&w, &mut follower).await;
        if n % 2 == 0 {
            follower.stop().await.unwrap();
        }
    }
    let found = about(&w, w.other_rep).await;
    assert_eq!(found.len(), 1);
    // Told at ten and again at twenty, though no one follower saw so many.
    assert_eq!(found[0].findings, 2, "{found:?}");
    assert!(opened >= 1);
    let rows = "SELECT COUNT(*) FROM event WHERE seq < (SELECT MAX(seq) FROM observation) + 1";
    assert_eq!(w.number(rows).await, seen(&w).await, "each event was seen once");

    // Two at once: the second has lost, and begins anew.
    let (mut one, mut two) = (Follower::new(w.store.clone()), Follower::new(w.store.clone()));
    all(&w, &mut one).await;
    all(&w, &mut two).await;
    probe(&w, w.rep, 200).await;
    all(&w, &mut one).await;
    assert!(matches!(two.round(w.now()).await, Err(Refusal::Conflict | Refusal::StoreUnavailable(_))));
    assert_eq!(all(&w, &mut two).await, 0);
    assert_eq!(about(&w, w.rep).await.len(), 1);
}

fn stumbling(detector: &mut Detector, of: &Observation) -> Result<Vec<Finding>, StepError> {
    assert!(of.action != Action::Create, "a detector that cannot stand this");
    detector.step(of)
}

#[tokio::test]
async fn a_detector_that_fails_stops_nothing_and_is_an_alert_itself() {
    let w = World::new().await;
    let mut follower = Follower::stepping(w.store.clone(), stumbling);
    w.customer("甲", "13800138000").await;
    probe(&w, w.other_rep, 1).await;
    w.customer("乙", "13800138001").await;
    all(&w, &mut follower).await;
    let found = list(&w, w.security, vec![AlertState::Open]).await;
    let failed: Vec<_> = found.iter().filter(|a| a.rule == DETECTOR_FAILED).collect();
    assert_eq!((failed.len(), failed[0].findings), (1, 2), "{found:?}");
    assert!(found.iter().any(|a| a.rule == PROBING), "what came between was judged");
    // The next one passes over what failed.
    let mut next = Follower::stepping(w.store.clone(), stumbling);
    assert_eq!(all(&w, &mut next).await, 0);
}

#[tokio::test]
async fn an_event_that_was_altered_is_said_and_seen_by_what_is_left_of_it() {
    let w = World::new().await;
    let mut follower = Follower::new(w.store.clone());
    all(&w, &mut follower).await;
    probe(&w, w.other_rep, 1).await;
    let change = format!(
        "UPDATE event SET channel = 'api' WHERE action = {} AND seq = (SELECT MAX(seq) FROM event WHERE action = 2)",
        Action::View.code()
    );
    assert!(w.store.feed(w.system(w.auditor, store::audit::Feed::default()).await.unwrap()).await.is_ok());
    w.tamper(&change);
    all(&w, &mut follower).await;
    let found = list(&w, w.security, vec![]).await;
    assert!(found.iter().any(|a| a.rule == LOG_ALTERED && a.severity == Severity::Critical), "{found:?}");
    let newest = w.number("SELECT MAX(seq) FROM event WHERE action = 2").await;
    assert_eq!(w.store.observations_at(&[newest]).await.unwrap().len(), 1);
}

#[tokio::test]
async fn lists_are_filtered_ranked_and_paged() {
    let w = World::new().await;
    for (n, who) in [w.rep, w.other_rep, w.admin, w.auditor].into_iter().enumerate() {
        probe(&w, who, 1 + 20 * n as u8).await;
    }
    follow(&w).await;
    for sort in [AlertSort::Rank, AlertSort::Recent] {
        let filter = AlertFilter { rules: vec![PROBING.into()], ..AlertFilter::default() };
        let mut cursor = None;
        let mut all = vec![];
        loop {
            let paging = Paging { limit: 3, cursor: cursor.take() };
            let op = ListAlerts { filter: filter.clone(), sort, paging, ..ListAlerts::default() };
            let page = w.store.list_alerts(w.system(w.security, op).await.unwrap()).await.unwrap().into_inner();
            all.extend(page.items.into_iter().map(|a| a.id));
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 4, "{sort:?}");
    }
    let wrong = AlertFilter { families: vec!["weather".into()], ..AlertFilter::default() };
    let op = ListAlerts { filter: wrong, ..ListAlerts::default() };
    assert!(matches!(w.store.list_alerts(w.system(w.security, op).await.unwrap()).await, Err(Refusal::Invalid(_))));
    let rows = w.base.database().read(Query::new("SELECT body FROM alert LIMIT 1", vec![])).await.unwrap();
    assert!(!String::from_utf8_lossy(rows[0].bytes(0).unwrap()).contains("finding"), "what an alert says is sealed");
}

/// Closes what a rule has open about somebody as malicious.
pub async fn close_as_malicious(w: &World, subject: UserId, rule: &str) {
    let of = list(w, w.security, vec![AlertState::Open]).await;
    for alert in of.iter().filter(|a| a.subject == subject && a.rule == rule) {
        triage(w, w.security, alert, close(Feedback::Malicious)).await.unwrap();
    }
}
