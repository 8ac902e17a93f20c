//! Scans are taken in once, findings followed over them, and what is grave is set aside by two.

use access::path::{Disclosed, Refusal};
use model::{FindingId, Severity, UserId};
use serde_json::json;
use store::arrived::Arrived;
use store::company::Note;
use store::findings::{
    Act, ActOnFinding, ChangeFindingRules, FindingRound, FindingRules, FindingView, FindingsPage, ListFindingPeople,
    ListFindings, ListScans, MeasureFindings, ScanCounts, ScanTaken, ShowFinding, State, TakeScan,
};
use store::notices::NoticeKind;

use super::cases::officer;
use super::house::code;
use super::notices::notices;
use super::requests::clean;
use super::world::World;

/// A report with these rules, each with how grave it is; `made` is a day of December 2026.
fn sarif(rules: &[(&str, &str)], made: u32) -> Vec<u8> {
    let result = |(rule, level): &(&str, &str)| json!({ "ruleId": rule, "level": level, "message": { "text": format!("{rule} is wrong") } });
    let results: Vec<_> = rules.iter().map(result).collect();
    let ended = format!("2026-11-{made:02}T01:00:00Z");
    json!({ "version": "2.1.0", "runs": [{
        "tool": { "driver": { "name": "lint" } },
        "invocations": [{ "executionSuccessful": true, "endTimeUtc": ended }], "results": results,
    }] })
    .to_string()
    .into_bytes()
}

async fn take_of(w: &World, asset: &str, body: Arrived, dry: bool) -> Result<ScanTaken, Refusal> {
    let op = TakeScan::new(asset.into(), "web.sarif".into(), None, body, dry);
    w.store.take_scan(w.system(w.security, op).await?).await.map(Disclosed::into_inner)
}
async fn take(w: &World, bytes: Vec<u8>) -> Result<ScanTaken, Refusal> {
    take_of(w, "crm-web", Arrived::Whole(bytes), false).await
}
fn counts(taken: &ScanTaken) -> (u64, u64, u64, u64) {
    let ScanCounts { found, still, reopened, verified } = taken.scan.counts;
    (found, still, reopened, verified)
}
async fn page(w: &World, op: ListFindings) -> FindingsPage {
    w.store.list_findings(w.system(w.security, op).await.unwrap()).await.unwrap().into_inner()
}
async fn all(w: &World) -> Vec<(String, Severity, State)> {
    let page = page(w, ListFindings { limit: 200, ..ListFindings::default() }).await;
    page.items.into_iter().map(|c| (c.rule, c.severity, c.state)).collect()
}
async fn named(w: &World, rule: &str) -> FindingId {
    let page = page(w, ListFindings { limit: 200, ..ListFindings::default() }).await;
    page.items.into_iter().find(|c| c.rule == rule).unwrap().id
}
async fn show(w: &World, who: UserId, id: FindingId) -> Result<FindingView, Refusal> {
    w.store.show_finding(w.system(who, ShowFinding { id }).await?).await.map(Disclosed::into_inner)
}
async fn act(w: &World, who: UserId, id: FindingId, act: Act) -> Result<i64, Refusal> {
    let version = show(w, w.security, id).await.unwrap().version;
    let op = ActOnFinding { id, version, act };
    w.store.act_on_finding(w.system(who, op).await?).await.map(Disclosed::into_inner)
}
fn accept(w: &World, days: i64) -> Act {
    Act::Accept { reason: "behind the wall".into(), until: w.now().plus_days(days) }
}

/// What the tamper drill has of findings: scans of two assets, one somebody's, one that is put up with, one that is gone.
pub async fn work(w: &World, round: u8) {
    let names: Vec<String> = (0..4).map(|n| format!("SL{round}{n}")).collect();
    let rules: Vec<(&str, &str)> = names.iter().map(|n| (n.as_str(), "warning")).collect();
    for asset in ["crm-web", "crm-app"] {
        let body = Arrived::Whole(sarif(&rules, 10 + u32::from(round)));
        take_of(w, asset, body, false).await.unwrap();
    }
    let (one, two) = (named(w, &names[2]).await, named(w, &names[3]).await);
    act(w, w.security, one, Act::Assign { to: Some(w.security), due: None }).await.unwrap();
    act(w, w.security, two, accept(w, 20)).await.unwrap();
}

#[tokio::test]
async fn a_scan_is_taken_in_once_and_the_next_one_closes_what_it_shows_no_more() {
    let w = World::new().await;
    let first = sarif(&[("SL1", "error"), ("SL2", "warning"), ("SL3", "note")], 20);

    // Tried, it changes nothing.
    let tried = take_of(&w, "crm-web", Arrived::Whole(first.clone()), true).await.unwrap();
    assert_eq!((counts(&tried), tried.dry, all(&w).await.len()), ((3, 0, 0, 0), true, 0));

    let taken = take(&w, first.clone()).await.unwrap();
    assert_eq!((counts(&taken), taken.known, taken.scan.tool.as_str()), ((3, 0, 0, 0), false, "lint"));
    assert_eq!(taken.lines[0].severity, Severity::High, "the gravest first");
    let again = take(&w, first.clone()).await.unwrap();
    assert_eq!((again.known, again.scan, again.lines.len()), (true, taken.scan, 0));
    let states = [("SL1", Severity::High), ("SL2", Severity::Medium), ("SL3", Severity::Low)];
    assert_eq!(all(&w).await, states.map(|(rule, s)| (rule.to_owned(), s, State::Open)));
    clean(&w).await;

    // Claimed, and open all the same until a scan tells.
    let (one, two) = (named(&w, "SL1").await, named(&w, "SL2").await);
    act(&w, w.security, one, Act::Assign { to: Some(w.security), due: None }).await.unwrap();
    for id in [one, two] {
        act(&w, w.security, id, Act::Fixed { note: "bound".into() }).await.unwrap();
    }
    w.pass_days(1);
    let second = take(&w, sarif(&[("SL2", "warning"), ("SL4", "error")], 24)).await.unwrap();
    // SL1 and SL3 are gone, SL2 is not mended after all, SL4 is new.
    assert_eq!(counts(&second), (1, 0, 1, 2));
    let one = show(&w, w.security, one).await.unwrap();
    assert_eq!((one.card.state, one.card.due_at), (State::Verified, None));
    let steps: Vec<&str> = one.history.iter().map(|l| l.step.kind.as_str()).collect();
    assert_eq!(steps, ["found", "assigned", "fixed", "verified"]);
    assert_eq!(show(&w, w.security, two).await.unwrap().card.state, State::Open);

    // An older report knows nothing of it; another asset has findings of its own, which close nothing here.
    assert_eq!(code(take(&w, sarif(&[("SL1", "error")], 22)).await), "scan_older");
    let elsewhere = take_of(&w, "crm-app", Arrived::Whole(sarif(&[("SL9", "error")], 24)), false).await.unwrap();
    assert_eq!(counts(&elsewhere), (1, 0, 0, 0));

    // One that did not run to its end closes nothing, and opens again what it shows.
    let broken = String::from_utf8(sarif(&[("SL1", "error")], 25)).unwrap().replace("true", "false");
    let third = take(&w, broken.into_bytes()).await.unwrap();
    assert_eq!((counts(&third), third.scan.complete), ((0, 0, 1, 0), false));
    assert_eq!(all(&w).await.iter().filter(|(_, _, s)| *s == State::Open).count(), 4);

    let op = ListScans { limit: 2, after: None };
    let scans = w.store.list_scans(w.system(w.auditor, op).await.unwrap()).await.unwrap().into_inner();
    assert_eq!((scans.items.len(), scans.next.is_some()), (2, true));
    let op = ListScans { limit: 2, after: scans.next };
    let rest = w.store.list_scans(w.system(w.auditor, op).await.unwrap()).await.unwrap().into_inner();
    assert_eq!((rest.items.len(), rest.next), (2, None));
    clean(&w).await;
}

#[tokio::test]
async fn a_large_scan_comes_in_parts_and_its_list_in_pages() {
    let w = World::new().await;
    let rules: Vec<String> = (0..1203).map(|n| format!("R{n:04}")).collect();
    let of = |keep: usize| -> Vec<(&str, &str)> {
        let level = |n: usize| if n.is_multiple_of(3) { "error" } else { "note" };
        rules.iter().take(keep).enumerate().map(|(n, r)| (r.as_str(), level(n))).collect()
    };
    assert_eq!(counts(&take(&w, sarif(&of(1203), 20)).await.unwrap()), (1203, 0, 0, 0));
    let (mut seen, mut after) = (std::collections::BTreeSet::new(), None);
    let mut last = Severity::Critical;
    loop {
        let page = page(&w, ListFindings { limit: 200, after, ..ListFindings::default() }).await;
        for card in page.items {
            assert!(card.severity <= last && seen.insert(card.id));
            last = card.severity;
        }
        match page.next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    assert_eq!(seen.len(), 1203);
    assert_eq!(counts(&take(&w, sarif(&of(3), 21)).await.unwrap()), (0, 3, 0, 1200));
    clean(&w).await;
}

#[tokio::test]
async fn grave_findings_are_set_aside_by_two_people_and_come_back_when_the_day_is_past() {
    let w = World::new().await;
    let zhao = officer(&w, "zhao", None).await;
    take(&w, sarif(&[("SL1", "error"), ("SL2", "note")], 20)).await.unwrap();
    let (grave, slight) = (named(&w, "SL1").await, named(&w, "SL2").await);

    assert_eq!(code(act(&w, w.security, grave, accept(&w, 181)).await), "invalid_value");
    act(&w, w.security, grave, accept(&w, 20)).await.unwrap();
    let asked = show(&w, zhao, grave).await.unwrap();
    assert_eq!((asked.card.state, asked.card.waits, asked.may_consent), (State::Open, true, true));
    assert!(!show(&w, w.security, grave).await.unwrap().may_consent);
    assert_eq!(notices(&w, zhao).await[0].kind, NoticeKind::FindingConsent);
    assert_eq!(code(act(&w, w.security, grave, Act::Consent { agree: true }).await), "finding_own_word");
    assert_eq!(page(&w, ListFindings { waits: true, limit: 9, ..ListFindings::default() }).await.items.len(), 1);
    act(&w, zhao, grave, Act::Consent { agree: true }).await.unwrap();
    // One alone does where it is slight.
    act(&w, zhao, slight, Act::FalsePositive { reason: "test code".into() }).await.unwrap();
    let states: Vec<State> = all(&w).await.into_iter().map(|(_, _, s)| s).collect();
    assert_eq!(states, [State::Accepted, State::FalsePositive]);
    assert_eq!(code(act(&w, zhao, grave, Act::Fixed { note: String::new() }).await), "finding_not_open");
    let again = take(&w, sarif(&[("SL1", "error"), ("SL2", "note")], 21)).await.unwrap();
    assert_eq!(counts(&again), (0, 2, 0, 0));

    assert_eq!(w.store.pass_findings(w.now()).await.unwrap(), FindingRound::default());
    w.pass_days(20);
    // Two nodes at the same moment: it is opened once.
    let (one, two) = tokio::join!(w.store.pass_findings(w.now()), w.store.pass_findings(w.now()));
    assert_eq!(one.unwrap().expired + two.unwrap().expired, 1);
    let back = show(&w, zhao, grave).await.unwrap();
    assert_eq!(
        (back.card.state, back.aside, back.history.last().unwrap().step.kind.as_str()),
        (State::Open, None, "expired")
    );
    assert_eq!(notices(&w, zhao).await[0].kind, NoticeKind::FindingBack);
    act(&w, zhao, slight, Act::Reopen { reason: "it is real".into() }).await.unwrap();
    clean(&w).await;
}

#[tokio::test]
async fn what_is_past_its_date_is_told_to_its_owner_and_measured() {
    let w = World::new().await;
    let zhao = officer(&w, "zhao", None).await;
    let rules = FindingRules { critical_days: 2, high_days: 5, ..FindingRules::default() };
    let change = async |rules: FindingRules| {
        let op = ChangeFindingRules { rules, note: Note::default() };
        w.store.change_finding_rules(w.system(w.security, op).await?).await.map(|_| ())
    };
    assert_eq!(code(change(FindingRules { high_days: 1, ..rules.clone() }).await), "invalid_value");
    change(rules).await.unwrap();
    take(&w, sarif(&[("SL1", "error"), ("SL2", "error")], 20)).await.unwrap();
    let (one, two) = (named(&w, "SL1").await, named(&w, "SL2").await);
    let people = w.store.list_finding_people(w.system(w.auditor, ListFindingPeople).await.unwrap()).await.unwrap();
    assert_eq!(people.get().len(), 2);
    assert_eq!(code(act(&w, w.security, one, Act::Assign { to: Some(w.rep), due: None }).await), "cannot_own_finding");
    act(&w, w.security, one, Act::Assign { to: Some(zhao), due: None }).await.unwrap();
    assert_eq!(notices(&w, zhao).await[0].kind, NoticeKind::FindingAssigned);
    w.pass_days(6);
    let (first, second) = tokio::join!(w.store.pass_findings(w.now()), w.store.pass_findings(w.now()));
    assert_eq!(first.unwrap().overdue + second.unwrap().overdue, 2);
    assert_eq!(w.store.pass_findings(w.now()).await.unwrap(), FindingRound::default());
    let told: Vec<(NoticeKind, bool)> =
        notices(&w, zhao).await.into_iter().map(|n| (n.kind, n.about.is_some())).take(2).collect();
    assert!(
        told.contains(&(NoticeKind::FindingOverdue, true)) && told.contains(&(NoticeKind::FindingOverdue, false)),
        "{told:?}"
    );
    assert_eq!(page(&w, ListFindings { overdue: true, limit: 9, ..ListFindings::default() }).await.items.len(), 2);

    take(&w, sarif(&[("SL2", "error")], 26)).await.unwrap();
    let op = MeasureFindings { weeks: 2 };
    let figures = w.store.measure_findings(w.system(w.auditor, op).await.unwrap()).await.unwrap().into_inner();
    assert_eq!((figures.open, figures.overdue), ([0, 0, 0, 1, 0], 1));
    assert_eq!((figures.median_days[3], figures.mended[3]), (Some(6), 1));
    assert_eq!(figures.weeks.iter().map(|w| w.open[3]).collect::<Vec<_>>(), [0, 1]);
    assert_eq!(figures.assets.len(), 1);

    // Whoever reads and does not manage acts on nothing; others know of nothing.
    let stale = ActOnFinding { id: two, version: 1, act: Act::Fixed { note: String::new() } };
    assert_eq!(
        code(w.store.act_on_finding(w.system(w.security, stale).await.unwrap()).await),
        "the record has changed"
    );
    let op = ActOnFinding { id: two, version: 2, act: Act::Fixed { note: String::new() } };
    assert!(w.system(w.auditor, op).await.is_err());
    assert!(show(&w, w.rep, two).await.is_err());
    assert!(!show(&w, w.auditor, two).await.unwrap().manages);
    assert_eq!(code(show(&w, w.auditor, FindingId::from_bytes([7; 16])).await), "not found");
    clean(&w).await;
}

#[tokio::test]
async fn hostile_reports_are_refused_within_bounds_and_on_record() {
    let w = World::new().await;
    let xml = br#"<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><report>&b;</report>"#;
    let deep = [b"[".repeat(200_000), b"]".repeat(200_000)].concat();
    let many = format!("[{}1]", "[],".repeat(3_100_000));
    let before = w.store.examine(w.now()).await.unwrap().0.events;
    for (bytes, why) in [
        (b"PK\x03\x04....".to_vec(), "scan_packed"),
        (b"\x1f\x8b\x08....".to_vec(), "scan_packed"),
        (xml.to_vec(), "scan_entities"),
        (deep, "scan_too_complex"),
        (many.into_bytes(), "scan_too_complex"),
        (vec![], "scan_empty"),
        (b"\xff\xfe\x00".to_vec(), "scan_not_text"),
        (b"{\"version\": \"2.1.0\", ".to_vec(), "scan_unreadable"),
        (b"{\"hello\": 1}".to_vec(), "scan_unknown_format"),
        (br#"{"version":"2.1.0","runs":[{"tool":1}]}"#.to_vec(), "scan_bad_shape"),
        (vec![b' '; (32 << 20) + 1], "scan_too_large"),
    ] {
        assert_eq!(code(take(&w, bytes).await), why);
    }
    assert_eq!(code(take_of(&w, "crm-web", Arrived::TooLarge, false).await), "scan_too_large");
    assert_eq!(code(take_of(&w, "crm-web", Arrived::Broken, false).await), "malformed_request");
    for asset in ["", " x", "a\nb", &"长".repeat(121)] {
        assert_eq!(code(take_of(&w, asset, Arrived::Whole(sarif(&[], 20)), false).await), "invalid_value", "{asset:?}");
    }
    assert_eq!(w.store.examine(w.now()).await.unwrap().0.events, before + 17, "each refusal is on record");
    assert!(all(&w).await.is_empty());
    clean(&w).await;
}

#[tokio::test]
async fn doctor_finds_findings_and_scans_that_were_altered_or_taken_away() {
    let w = World::new().await;
    take(&w, sarif(&[("SL1", "error"), ("SL2", "note"), ("SL3", "note")], 20)).await.unwrap();
    clean(&w).await;
    let (one, two) = (named(&w, "SL1").await, named(&w, "SL2").await);
    act(&w, w.security, one, Act::Fixed { note: String::new() }).await.unwrap();
    let blob = |id: FindingId| super::world::blob(model::RecordId(id.0));
    w.tamper(&format!("UPDATE finding SET state = 'verified' WHERE id = {}", blob(one)));
    w.tamper(&format!("DELETE FROM finding WHERE id = {}", blob(two)));
    w.tamper("DELETE FROM finding_scan");
    let (_, tables) = w.store.examine(w.now()).await.unwrap();
    let found: Vec<(&str, &str)> = tables.findings.iter().map(|f| (f.table, f.problem)).collect();
    for one in [("finding", "seal"), ("finding", "missing"), ("finding_scan", "missing")] {
        assert!(found.contains(&one), "{one:?} in {found:?}");
    }
    // What was altered is acted on by nobody, and stops no list.
    assert_eq!(all(&w).await.len(), 1);
}
