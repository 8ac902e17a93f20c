//! Leavers: from notice on an alert opens that opens for nobody else; the page has the figures, what is still theirs, and a verdict that is
//! given once; nobody reads of their own leaving.

use access::path::{Disclosed, Refusal};
use model::case::Severity;
use model::{Action, CaseId, LeaverId, RecordId, UserId, UserKind, UserStatus};
use sha2::{Digest, Sha256};
use store::company::{CreateUser, NewUser, Note, SetUserStatus};
use store::handover::{BeginHandover, Receiver, SharesAfter, Wanted};
use store::leavers::{
    BeginLeaver, CaseToOpen, CloseLeaver, Figure, FigureLine, JudgeLeaver, LeaverCard, LeaverRound, LeaverState,
    LeaverVerdict, LeaverView, ListLeavers, ShowLeaver, WithdrawLeaver,
};
use store::notices::NoticeKind;
use store::records::{CreateRecord, PrintRecord};
use store::watch::Follower;

use super::cases::{officer, open as open_case, show as show_case};
use super::house::code;
use super::notices::notices;
use super::requests::clean;
use super::watch::{all as follow, rules_of};
use super::world::World;

async fn begin_on(w: &World, who: UserId, user: UserId, notice: &str, last: &str) -> Result<LeaverId, Refusal> {
    let op = BeginLeaver::new(user, (notice.into(), last.into()), "已提交辞职信".into(), w.now());
    w.store.begin_leaver(w.system(who, op).await?).await.map(Disclosed::into_inner)
}
/// With notice on the world's first day.
async fn begin(w: &World, user: UserId) -> LeaverId {
    begin_on(w, w.security, user, "2026-11-23", "2026-12-22").await.unwrap()
}
async fn show(w: &World, who: UserId, id: LeaverId) -> Result<LeaverView, Refusal> {
    w.store.show_leaver(w.system(who, ShowLeaver { id, days: 30 }).await?).await.map(Disclosed::into_inner)
}
async fn list(w: &World, who: UserId) -> Vec<LeaverCard> {
    w.store.list_leavers(w.system(who, ListLeavers).await.unwrap()).await.unwrap().into_inner()
}
fn verdict(id: LeaverId, verdict: LeaverVerdict) -> JudgeLeaver {
    JudgeLeaver { id, verdict, reason: "逐项核对".into(), days: 30, case: None, open: None, note: Note::default() }
}
async fn judge(w: &World, who: UserId, op: JudgeLeaver) -> Result<Option<CaseId>, Refusal> {
    w.store.judge_leaver(w.system(who, op).await?).await.map(Disclosed::into_inner)
}
async fn close(w: &World, who: UserId, id: LeaverId) -> Result<(), Refusal> {
    let op = CloseLeaver { id, note: Note::default() };
    w.store.close_leaver(w.system(who, op).await?).await.map(Disclosed::into_inner)
}
async fn withdraw(w: &World, who: UserId, id: LeaverId, reason: &str) -> Result<(), Refusal> {
    let op = WithdrawLeaver { id, reason: reason.into(), note: Note::default() };
    w.store.withdraw_leaver(w.system(who, op).await?).await.map(Disclosed::into_inner)
}
async fn hand_over(w: &World, user: UserId, to: UserId) {
    let wanted =
        Wanted { rules: vec![], others: Receiver::Users(vec![to]), shares: SharesAfter::End, reports_to: None };
    let op = BeginHandover { user, wanted, note: Note::default() };
    let id = w.store.begin_handover(w.system(w.admin, op).await.unwrap()).await.unwrap().into_inner();
    let caller = w.caller(w.admin);
    let clock = testkit::FixedClock(caller.at);
    w.store.carry_out_handover(&caller, id, &clock).await.unwrap();
}
async fn print(w: &World, who: UserId, id: RecordId) {
    let op = PrintRecord { object: "customer".parse().unwrap(), id };
    let sealed = w.store.print(w.records(who, op).await.unwrap()).await.unwrap();
    sealed.disclose().await.unwrap();
}
/// A customer of somebody's own.
async fn own(w: &World, who: UserId, name: &str) -> RecordId {
    let serde_json::Value::Object(values) = serde_json::json!({ "name": name, "phone": "13900000009" }) else {
        panic!("values are an object")
    };
    let op = CreateRecord { object: "customer".parse().unwrap(), values, owner: None, pool: false };
    w.store.create(w.records(who, op).await.unwrap()).await.unwrap().into_inner()
}
fn line(view: &LeaverView, figure: Figure) -> FigureLine {
    view.figures.lines.iter().find(|l| l.figure == figure).unwrap().clone()
}
const TAKES: &str = "leaver-takes-data";
async fn taken(w: &World, who: UserId) -> bool {
    rules_of(w, who).await.iter().any(|rule| rule == TAKES)
}

/// What the tamper drill has of leavers: one with a verdict, one that was taken back.
pub async fn work(w: &World, round: u8) {
    let (one, two) = (w.sales_rep(&format!("off{round}")).await, w.sales_rep(&format!("stays{round}")).await);
    let today: jiff::civil::Date = w.now().to_rfc3339().get(..10).unwrap().parse().unwrap();
    let last = today.checked_add(jiff::Span::new().days(200)).unwrap();
    let on = |user| BeginLeaver::new(user, (today.to_string(), last.to_string()), "辞职".into(), w.now());
    for (user, stays) in [(one, false), (two, true)] {
        let op = on(user);
        let id = w.store.begin_leaver(w.system(w.security, op).await.unwrap()).await.unwrap().into_inner();
        match stays {
            true => withdraw(w, w.security, id, "留下").await.unwrap(),
            false => drop(judge(w, w.security, verdict(id, LeaverVerdict::NothingUnusual)).await.unwrap()),
        }
    }
}

#[tokio::test]
async fn who_is_on_record_as_leaving_is_watched_until_that_is_closed_or_taken_back() {
    let w = World::new().await;
    let mut follower = Follower::new(w.store.clone());
    let customer = own(&w, w.other_rep, "长江电气").await;
    let colleague_s = own(&w, w.rep, "黄河机械").await;
    // Without notice a print is nothing.
    print(&w, w.other_rep, customer).await;
    follow(&w, &mut follower).await;
    assert!(!taken(&w, w.other_rep).await);

    let id = begin(&w, w.other_rep).await;
    print(&w, w.rep, colleague_s).await;
    print(&w, w.other_rep, customer).await;
    follow(&w, &mut follower).await;
    assert!(taken(&w, w.other_rep).await, "one print of somebody who leaves opens an alert");
    assert!(!taken(&w, w.rep).await, "and nobody else's does");
    let found = async || {
        let all = super::watch::alerts_about(&w, w.other_rep).await;
        all.into_iter().filter(|a| a.rule == TAKES).map(|a| a.findings).sum::<u64>()
    };
    let before = found().await;

    // Longer than a look at what they have would count, and over a restart.
    follower.stop().await.unwrap();
    w.pass_days(70);
    let mut again = Follower::new(w.store.clone());
    print(&w, w.other_rep, customer).await;
    follow(&w, &mut again).await;
    assert_eq!(found().await, before + 1);

    // The notice was taken back: as before.
    withdraw(&w, w.security, id, "决定留下").await.unwrap();
    w.pass_days(1);
    print(&w, w.other_rep, customer).await;
    follow(&w, &mut again).await;
    assert_eq!(found().await, before + 1);
    again.stop().await.unwrap();
    let mut restarted = Follower::new(w.store.clone());
    w.pass_days(1);
    print(&w, w.other_rep, customer).await;
    follow(&w, &mut restarted).await;
    assert_eq!(found().await, before + 1);
    assert_eq!(code(withdraw(&w, w.security, id, "再次").await), "leaver_over");
    clean(&w).await;
}

#[tokio::test]
async fn figures_stand_beside_the_same_person_s_and_colleagues_and_the_verdict_keeps_them() {
    let w = World::new().await;
    for n in 0..3 {
        w.sales_rep(&format!("peer{n}")).await;
    }
    let mut customers = vec![];
    for n in 0..8 {
        customers.push(w.customer(&format!("客户{n}"), &format!("1390000000{n}")).await);
    }
    w.view(w.rep, customers[0]).await.unwrap();
    // Two months later the notice; on the Saturday before it everything was looked at.
    w.pass_days(61);
    for id in &customers {
        w.view(w.rep, *id).await.unwrap();
    }
    print(&w, w.rep, customers[0]).await;
    w.pass_days(2);
    let id = begin_on(&w, w.security, w.rep, "2027-01-25", "2027-02-26").await.unwrap();
    w.view(w.rep, customers[1]).await.unwrap();
    let seen = show(&w, w.security, id).await.unwrap();
    assert_eq!((seen.figures.peers, seen.figures.company_wide), (4, false), "{:?}", seen.figures);
    let views = line(&seen, Figure::Views);
    assert_eq!((views.earlier, views.before, views.since, views.peers_before), (Some(0), 8, 1, Some(0)), "{views:?}");
    assert!(views.loud);
    let customers_seen = line(&seen, Figure::Customers);
    assert_eq!((customers_seen.before, customers_seen.since), (8, 1));
    let hours = line(&seen, Figure::OffHours);
    assert_eq!((hours.before, hours.since), (9, 0), "a Saturday");
    assert_eq!(line(&seen, Figure::Prints).before, 1);
    assert_eq!((line(&seen, Figure::Alerts).before, line(&seen, Figure::Cases).since), (0, 0));
    assert_eq!((seen.standing.account_active, seen.standing.handover, seen.standing.owned), (true, "none", 8));
    // The log does not reach twice ninety days back.
    let op = ShowLeaver { id, days: 90 };
    let far = w.store.show_leaver(w.system(w.auditor, op).await.unwrap()).await.unwrap().into_inner();
    assert_eq!((line(&far, Figure::Views).earlier, line(&far, Figure::Views).before), (None, 9));
    assert!(!far.manages && seen.manages);
    assert_eq!(
        code(w.store.show_leaver(w.system(w.auditor, ShowLeaver { id, days: 7 }).await.unwrap()).await),
        "invalid_value"
    );

    // By nobody without the duty; with a reason; once.
    assert!(w.system(w.auditor, verdict(id, LeaverVerdict::Explained)).await.is_err());
    let bare = JudgeLeaver { reason: " ".into(), ..verdict(id, LeaverVerdict::Explained) };
    assert_eq!(code(judge(&w, w.security, bare).await), "required");
    assert_eq!(code(judge(&w, w.security, verdict(id, LeaverVerdict::Case)).await), "required");
    assert_eq!(judge(&w, w.security, verdict(id, LeaverVerdict::Explained)).await.unwrap(), None);
    // What the log tells of it is the digest of what is kept.
    let told = w.detail_of_last(Action::LeaverManage).await;
    assert_eq!(code(judge(&w, w.security, verdict(id, LeaverVerdict::NothingUnusual)).await), "leaver_judged");
    let kept = show(&w, w.auditor, id).await.unwrap().verdict.unwrap();
    assert_eq!((kept.judged.verdict, kept.by.is_empty()), (LeaverVerdict::Explained, false));
    assert_eq!(hex::encode(Sha256::digest(kept.text.as_bytes())), kept.judged.sha256);
    assert!(!kept.text.contains("alerts"), "what is kept goes to people who may not read alerts");
    assert_eq!(told["given"]["sha256"], kept.judged.sha256.as_str());
    clean(&w).await;
}

#[tokio::test]
async fn it_is_closed_when_a_verdict_stands_the_account_is_disabled_and_everything_is_handed_over() {
    let w = World::new().await;
    w.customer("长江电气", "13900000001").await;
    let second = officer(&w, "sun", None).await;
    let id = begin(&w, w.rep).await;
    assert_eq!(code(close(&w, w.security, id).await), "leaver_unjudged");
    // A week before the last day, a day before, and after it: whoever looks after it is told, once over two nodes.
    assert_eq!(w.store.leaver_round(w.now()).await.unwrap(), LeaverRound::default());
    for (days, told) in [(23, 1), (6, 1), (2, 1), (2, 0)] {
        w.pass_days(days);
        let (one, two) = tokio::join!(w.store.leaver_round(w.now()), w.store.leaver_round(w.now()));
        assert_eq!(one.unwrap().reminded + two.unwrap().reminded, told, "{days}");
    }
    let about = notices(&w, second).await.into_iter().filter(|n| n.kind == NoticeKind::LeaverDue);
    assert_eq!(about.count(), 3);
    assert!(notices(&w, w.rep).await.iter().all(|n| n.kind != NoticeKind::LeaverDue));
    let card = list(&w, w.auditor).await.remove(0);
    assert!(card.overdue && card.near && card.verdict.is_none());

    // A verdict that opens a case; one of somebody else's is not taken.
    let foreign = open_case(&w, w.security, w.other_rep, Severity::Low, vec![]).await.unwrap();
    let other = JudgeLeaver { case: Some(foreign), ..verdict(id, LeaverVerdict::Case) };
    assert_eq!(code(judge(&w, w.security, other).await), "no_such_case");
    let open = Some(CaseToOpen { title: "离职前大量查看".into(), severity: Severity::Medium });
    let case = judge(&w, w.security, JudgeLeaver { open, ..verdict(id, LeaverVerdict::Case) }).await.unwrap().unwrap();
    assert_eq!(show_case(&w, w.security, case).await.unwrap().card.title, "离职前大量查看");
    assert_eq!(line(&show(&w, w.security, id).await.unwrap(), Figure::Cases).since, 1);

    assert_eq!(code(close(&w, w.security, id).await), "leaver_account_active");
    let disable = SetUserStatus { user: w.rep, status: UserStatus::Disabled };
    w.store.set_user_status(w.system(w.admin, disable).await.unwrap()).await.unwrap();
    assert_eq!(code(close(&w, w.security, id).await), "leaver_not_handed_over");
    hand_over(&w, w.rep, w.other_rep).await;
    // It is on record already: the handover puts nobody there twice.
    assert_eq!(w.store.leaver_round(w.now()).await.unwrap().begun, 0);
    assert_eq!(show(&w, w.security, id).await.unwrap().unmet, vec![]);
    close(&w, w.security, id).await.unwrap();
    assert_eq!(code(close(&w, w.security, id).await), "leaver_over");
    assert_eq!(w.store.leaver_round(w.now()).await.unwrap(), LeaverRound::default());
    let done = show(&w, w.auditor, id).await.unwrap();
    assert_eq!((done.card.state, done.standing.owned, done.ended.is_some()), (LeaverState::Closed, 0, true));
    clean(&w).await;
}

#[tokio::test]
async fn whoever_is_handed_over_is_on_record_as_leaving_once() {
    let w = World::new().await;
    w.customer("长江电气", "13900000001").await;
    hand_over(&w, w.rep, w.other_rep).await;
    let (one, two) = tokio::join!(w.store.leaver_round(w.now()), w.store.leaver_round(w.now()));
    assert_eq!(one.unwrap().begun + two.unwrap().begun, 1);
    let card = list(&w, w.security).await.remove(0);
    assert_eq!((card.user, card.by, card.state), (w.rep, None, LeaverState::Open));
    withdraw(&w, w.security, card.id, "误操作").await.unwrap();
    assert_eq!(w.store.leaver_round(w.now()).await.unwrap().begun, 0, "what was taken back stays so");
    clean(&w).await;
}

#[tokio::test]
async fn nobody_reads_or_judges_their_own_leaving_and_what_is_wrong_is_told() {
    let w = World::new().await;
    let second = officer(&w, "sun", None).await;
    assert_eq!(code(begin_on(&w, w.security, w.security, "2026-11-23", "2026-12-01").await), "own_account");
    assert!(begin_on(&w, w.rep, w.other_rep, "2026-11-23", "2026-12-01").await.is_err());
    assert!(w.system(w.admin, ListLeavers).await.is_err() && w.system(w.rep, ListLeavers).await.is_err());
    let nobody = UserId::from_bytes([9; 16]);
    assert_eq!(code(begin_on(&w, w.security, nobody, "2026-11-23", "2026-12-01").await), "not found");
    for (notice, last, says) in [
        ("2026-11-23", "2026-11-22", "last_before_notice"),
        ("2026-11-24", "2026-12-24", "invalid_value"),
        ("2025-01-01", "2026-12-24", "invalid_value"),
        ("2026-11-23", "2029-12-24", "invalid_value"),
        ("2026-11-23", "soon", "invalid_value"),
    ] {
        assert_eq!(code(begin_on(&w, w.security, w.rep, notice, last).await), says, "{notice} {last}");
    }
    let department = w.store.directory().user(w.admin).unwrap().department;
    let user = NewUser {
        login: "sync".into(),
        name: "同步".into(),
        kind: UserKind::Service,
        department,
        manager: Some(w.rep),
        trained_until: None,
    };
    let program = CreateUser { user, note: Note::default() };
    let program = w.store.create_user(w.system(w.admin, program).await.unwrap()).await.unwrap().into_inner();
    assert_eq!(code(begin_on(&w, w.security, program, "2026-11-23", "2026-12-01").await), "unknown_user");

    let id = begin_on(&w, w.security, second, "2026-11-23", "2026-12-01").await.unwrap();
    assert_eq!(code(begin_on(&w, w.security, second, "2026-11-23", "2026-12-01").await), "already_leaving");
    // An officer who leaves: to them it is not there, nor are they told.
    assert_eq!(list(&w, second).await.len(), 0);
    assert_eq!(code(show(&w, second, id).await), "not found");
    assert_eq!(code(judge(&w, second, verdict(id, LeaverVerdict::NothingUnusual)).await), "not found");
    assert_eq!(code(withdraw(&w, second, id, "我不走").await), "not found");
    assert_eq!(code(close(&w, second, id).await), "not found");
    assert_eq!(code(show(&w, w.security, LeaverId::from_bytes([9; 16])).await), "not found");
    w.pass_days(10);
    assert_eq!(w.store.leaver_round(w.now()).await.unwrap().reminded, 1);
    assert!(notices(&w, second).await.iter().all(|n| n.kind != NoticeKind::LeaverDue));
    assert!(notices(&w, w.security).await.iter().any(|n| n.kind == NoticeKind::LeaverDue));
    assert_eq!(show(&w, w.security, begin(&w, w.rep).await).await.unwrap().standing.services, 1);
    // One that was altered beside the program is as if it were not there, and is found.
    w.tamper("UPDATE leaver SET last_at = last_at + 1 WHERE state = 'open'");
    assert!(show(&w, w.security, id).await.is_err());
    let (_, state) = w.store.examine(w.now()).await.unwrap();
    assert!(state.findings.iter().all(|f| f.table == "leaver") && state.findings.len() == 4, "{state:?}");
}
