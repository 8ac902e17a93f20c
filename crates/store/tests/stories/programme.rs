//! The audit programme: its calendar is what was recorded, whatever anybody says; and management's numbers are what the log answers.

use access::path::{Disclosed, Refusal};
use govern::programme::{Cycle, Moment, SlotState};
use model::{Action, Decision, UserId};
use store::Query;
use store::company::Note;
use store::notices::{Due, ListNotices};
use store::posture::{Machine, RunPosture};
use store::programme::{
    ActivityView, ChangeProgramme, Entry, ExcuseSkip, OversightNumber, ReadOversight, ReadProgramme,
};

use super::house::code;
use super::requests::clean;
use super::world::World;

async fn activity(w: &World, id: &str) -> ActivityView {
    let grant = w.system(w.auditor, ReadProgramme).await.unwrap();
    let view = w.store.read_programme(grant).await.unwrap().into_inner();
    view.activities.into_iter().find(|a| a.activity.id == id).unwrap()
}
async fn change(w: &World, who: UserId, entries: Vec<Entry>) -> Result<(), Refusal> {
    let op = ChangeProgramme { entries, note: Note::default() };
    w.store.change_programme(w.system(who, op).await?).await.map(|_| ())
}
async fn excuse(w: &World, id: &str, first: &str, reason: &str) -> Result<(), Refusal> {
    let op = ExcuseSkip { activity: id.into(), first: first.into(), reason: reason.into() };
    w.store.excuse_skip(w.system(w.security, op).await?).await.map(|_| ())
}
pub(super) async fn numbers(w: &World) -> Vec<OversightNumber> {
    let grant = w.system(w.security, ReadOversight).await.unwrap();
    w.store.read_oversight(grant).await.map(Disclosed::into_inner).unwrap().numbers
}
async fn number(w: &World, id: &str) -> OversightNumber {
    numbers(w).await.into_iter().find(|n| n.id == id).unwrap()
}
fn entry(id: &str, cycle: Cycle, owner: Option<UserId>) -> Entry {
    Entry { activity: id.into(), on: true, cycle, owner, scope: "全部客户".into(), method: "逐条查看".into() }
}
fn states(a: &ActivityView) -> Vec<SlotState> {
    a.slots.iter().map(|s| s.state).collect()
}

#[tokio::test]
async fn the_calendar_is_what_ran_and_what_nobody_did_stays_skipped() {
    let w = World::new().await;
    assert_eq!(states(&activity(&w, "posture").await), [SlotState::Due], "it began today");
    let look = || async {
        let grant = w.system(w.security, RunPosture).await.unwrap();
        w.store.run_posture(grant, Machine::default()).await.unwrap();
    };
    look().await;
    w.pass_days(1);
    look().await;
    // Two days on which somebody worked and nobody looked; then one on which no server was at work.
    w.pass_days(1);
    w.sales_rep("zhou").await;
    w.pass_days(2);
    let a = activity(&w, "posture").await;
    assert_eq!(states(&a), [SlotState::Due, SlotState::Skipped, SlotState::Skipped, SlotState::Ran, SlotState::Ran]);
    assert_eq!((a.slots[1].why, a.slots[2].why), (Some(Moment::NoServer), Some(Moment::NotDone)));
    assert_eq!(a.slots[3].done.as_ref().unwrap().proof.as_deref(), Some("/posture"));

    // A word on it explains it and does not make it done.
    let skipped = a.slots[2].first.clone();
    excuse(&w, "posture", &skipped, "服务器迁移").await.unwrap();
    let a = activity(&w, "posture").await;
    assert_eq!((a.slots[2].state, a.excuses[0].reason.as_str()), (SlotState::Skipped, "服务器迁移"));
    assert_eq!(code(excuse(&w, "posture", &a.slots[0].first, "r").await), "invalid_value", "it is not over");
    assert_eq!(code(excuse(&w, "cooking", &skipped, "r").await), "unknown_activity");
    assert_eq!(code(excuse(&w, "posture", &skipped, " ").await), "invalid_value");
    assert_eq!(code(excuse(&w, "posture", "2026-13-01", "r").await), "invalid_value");

    // Asked for anew from now on, nothing before is skipped for it.
    assert!(matches!(change(&w, w.auditor, vec![]).await, Err(Refusal::Forbidden { .. })));
    change(&w, w.security, vec![entry("posture", Cycle::Week, Some(w.auditor))]).await.unwrap();
    let a = activity(&w, "posture").await;
    assert_eq!((states(&a), a.owner_name.is_some()), (vec![SlotState::Ran], true), "it ran this week");
    let twice = vec![entry("posture", Cycle::Day, None), entry("posture", Cycle::Week, None)];
    assert_eq!(code(change(&w, w.security, twice).await), "duplicate");
    assert_eq!(code(change(&w, w.security, vec![entry("cooking", Cycle::Day, None)]).await), "unknown_activity");
    let nobody = Some(UserId::from_bytes([9; 16]));
    assert_eq!(code(change(&w, w.security, vec![entry("ledger", Cycle::Day, nobody)]).await), "unknown_user");
    clean(&w).await;
}

#[tokio::test]
async fn an_activity_s_owner_is_told_once_that_it_is_due_and_once_that_it_was_skipped() {
    let w = World::new().await;
    change(&w, w.security, vec![entry("ledger", Cycle::Month, Some(w.auditor)), entry("cases", Cycle::Day, None)])
        .await
        .unwrap();
    let told = async || {
        w.store.tell_due(Due::Today, w.now()).await.unwrap();
        let op = ListNotices { unread: false, limit: 50, after: None };
        let page = w.store.list_notices(w.system(w.auditor, op).await.unwrap()).await.unwrap().into_inner();
        page.notices
            .into_iter()
            .map(|n| n.kind.as_str().to_owned())
            .filter(|k| k.starts_with("programme"))
            .collect::<Vec<_>>()
    };
    let left = || {
        let zone = jiff::tz::TimeZone::get("Asia/Shanghai").unwrap();
        let now = zone.to_datetime(jiff::Timestamp::from_millisecond(w.now().0).unwrap());
        i64::from(now.last_of_month().day() - now.day())
    };
    // In the first days of a month nobody is told.
    w.pass_days(left() + 2);
    w.sales_rep("zhou").await;
    assert!(!told().await.contains(&"programme_due".to_owned()));
    // Within its last week, once, however often the house looks.
    w.pass_days(left() - 3);
    let first = told().await;
    assert_eq!(first.iter().filter(|k| *k == "programme_due").count(), 1);
    assert_eq!(told().await, first);
    // The month is over.
    w.pass_days(5);
    w.sales_rep("chen").await;
    let skipped = |all: &[String]| all.iter().filter(|k| *k == "programme_skipped").count();
    let (before, after) = (skipped(&first), skipped(&told().await));
    assert_eq!(after, before + 1);
    assert_eq!(skipped(&told().await), after);
    clean(&w).await;
}

#[tokio::test]
async fn management_s_numbers_are_what_the_log_answers() {
    let w = World::new().await;
    let customer = w.customer("明光", "13800138000").await;
    for _ in 0..3 {
        w.view(w.rep, customer).await.unwrap();
    }
    w.view(w.other_rep, customer).await.unwrap_err();
    w.list(w.rep, "customer").await;
    let exposure = number(&w, "exposure").await;
    // Counted anew from the rows, by other words.
    let shows = [Action::List, Action::View, Action::Reveal, Action::Export, Action::Print, Action::BreakGlass];
    let codes: Vec<String> = shows.iter().map(|a| a.code().to_string()).collect();
    let sql = format!(
        "SELECT CAST(SUM(touches) AS BIGINT) FROM event WHERE decision = {} AND action IN ({})",
        Decision::Allowed.code(),
        codes.join(",")
    );
    w.store.examine(w.now()).await.unwrap();
    let rows = w.base.database().read(Query::new(sql, vec![])).await.unwrap();
    assert_eq!(exposure.value, Some(rows[0].int(0).unwrap()));
    assert!(exposure.value > Some(0) && exposure.proof.contains("/audit/log?from="));

    assert_eq!(number(&w, "narrowed").await.value, Some(0));
    let op = store::company::TakeRole { user: w.other_rep, role: "sales_rep".parse().unwrap() };
    w.store.take_role(w.system(w.security, op).await.unwrap()).await.unwrap();
    assert_eq!(number(&w, "narrowed").await.value, Some(1));
    // Nobody has looked or verified yet: there is no number, and that is not good.
    assert_eq!((number(&w, "posture").await.value, number(&w, "verified").await.good), (None, Some(false)));
    w.store.note_verification(w.now(), 10, 0).await.unwrap();
    let verified = number(&w, "verified").await;
    assert_eq!((verified.value, verified.good, number(&w, "altered").await.value), (Some(0), Some(true), Some(0)));
    // Each leads somewhere, and each is said in both languages.
    for n in numbers(&w).await {
        assert!(n.proof.starts_with('/') && !n.title.zh.is_empty() && !n.title.en.is_empty(), "{}", n.id);
    }
    assert!(w.system(w.rep, ReadOversight).await.is_err());
    clean(&w).await;
}
