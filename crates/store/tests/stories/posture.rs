//! The house looks at itself: once a day over nodes and clocks, and when it is asked to; waivers change no score; nothing can be altered.

use access::path::{Disclosed, Refusal};
use govern::posture::{Fact, Source, State, Web};
use model::{UnixMs, UserId};
use store::canaries::PlantCanaries;
use store::company::{AssignRole, Note};
use store::notices::NoticeKind;
use store::posture::{
    AssignCheck, CheckView, ConfirmWaiver, LiftWaiver, ListPostureRuns, Machine, PostureRound, PostureView,
    ReadPosture, RunCard, RunPosture, WaiveCheck,
};

use super::house::code;
use super::notices::notices;
use super::requests::clean;
use super::world::World;

const DECOYS: &str = "detection.decoys";

async fn run(w: &World, who: UserId) -> Result<RunCard, Refusal> {
    w.store.run_posture(w.system(who, RunPosture).await?, Machine::default()).await.map(Disclosed::into_inner)
}
async fn day(w: &World) -> PostureRound {
    w.store.posture_of_day(Machine::default(), w.now()).await.unwrap()
}
async fn read(w: &World, who: UserId) -> PostureView {
    w.store.read_posture(w.system(who, ReadPosture).await.unwrap()).await.unwrap().into_inner()
}
async fn check(w: &World, id: &str) -> CheckView {
    read(w, w.security).await.checks.into_iter().find(|c| c.check.id == id).unwrap()
}
async fn state(w: &World, id: &str) -> State {
    check(w, id).await.seen.unwrap().state
}
async fn runs(w: &World) -> Vec<RunCard> {
    let op = ListPostureRuns { limit: 50 };
    w.store.list_posture_runs(w.system(w.auditor, op).await.unwrap()).await.unwrap().into_inner()
}
async fn waive(w: &World, who: UserId, id: &str, until: UnixMs) -> Result<(), Refusal> {
    let op = WaiveCheck { check: id.into(), reason: "年底前更换".into(), until, note: Note::default() };
    w.store.waive_check(w.system(who, op).await?).await.map(|_| ())
}
async fn confirm(w: &World, who: UserId, id: &str) -> Result<(), Refusal> {
    let op = ConfirmWaiver { check: id.into() };
    w.store.confirm_waiver(w.system(who, op).await?).await.map(|_| ())
}
async fn lift(w: &World, id: &str) -> Result<(), Refusal> {
    w.store.lift_waiver(w.system(w.security, LiftWaiver { check: id.into() }).await?).await.map(|_| ())
}
async fn assign(w: &World, id: &str, owner: Option<UserId>, due_at: Option<UnixMs>) -> Result<(), Refusal> {
    let op = AssignCheck { check: id.into(), owner, due_at, note: Note::default() };
    w.store.assign_check(w.system(w.security, op).await?).await.map(|_| ())
}
async fn told(w: &World, who: UserId) -> usize {
    notices(w, who).await.iter().filter(|n| n.kind == NoticeKind::Posture).count()
}

/// A look and a waiver: for the drill.
pub async fn work(w: &World) {
    run(w, w.security).await.unwrap();
    waive(w, w.security, DECOYS, w.now().plus_days(10)).await.unwrap();
    assign(w, "backups.recent", Some(w.security), Some(w.now().plus_days(5))).await.unwrap();
}

#[tokio::test]
async fn an_officer_looks_mends_and_the_score_rises() {
    let w = World::new().await;
    assert!(read(&w, w.security).await.run.is_none());
    let first = run(&w, w.security).await.unwrap();
    assert_eq!((state(&w, DECOYS).await, first.by), (State::Bad, Some(w.security)));
    // What only a server knows is unknown here, and counts like what is bad.
    assert_eq!(state(&w, "transport.https").await, State::Unknown);
    let on_postgres = state(&w, "database.superuser").await != State::NotApplicable;
    assert_eq!(state(&w, "database.durable").await == State::NotApplicable, !on_postgres);

    let op = PlantCanaries { count: 1, owner: Some(w.rep), label: "诱饵".into(), note: Note::default() };
    w.store.plant_canaries(w.system(w.security, op).await.unwrap()).await.unwrap();
    assert_eq!(state(&w, DECOYS).await, State::Bad, "until somebody looks again");
    let second = run(&w, w.security).await.unwrap();
    assert_eq!(state(&w, DECOYS).await, State::Good);
    assert!(second.score.share > first.score.share, "{:?} {:?}", second.score.share, first.score.share);

    // What a server hands in is looked at too.
    let web = Web {
        tls: true,
        loopback: false,
        https: true,
        insecure: false,
        believed_bits: 0,
        ledger_public: true,
        ledger_folder: true,
    };
    let machine = Machine { web: Fact::known(web, w.now(), Source::Configuration), ..Machine::default() };
    let grant = w.system(w.security, RunPosture).await.unwrap();
    w.store.run_posture(grant, machine).await.unwrap();
    assert_eq!(state(&w, "transport.https").await, State::Good);
    assert_eq!(runs(&w).await.len(), 3);

    // Others read, and only officers look; a rep does neither.
    assert!(matches!(run(&w, w.auditor).await, Err(Refusal::Forbidden { .. })));
    assert!(w.system(w.rep, ReadPosture).await.is_err());
    assert_eq!(read(&w, w.admin).await.checks.len(), govern::posture::checks().count());
    clean(&w).await;
}

#[tokio::test]
async fn a_waiver_changes_no_score_and_ends_by_itself() {
    let w = World::new().await;
    let before = run(&w, w.security).await.unwrap().score;
    let until = w.now().plus_days(30);
    waive(&w, w.security, DECOYS, until).await.unwrap();
    assert_eq!(check(&w, DECOYS).await.waiver.unwrap().state, "in_force");
    let after = run(&w, w.security).await.unwrap().score;
    assert_eq!((after.share, after.bad), (before.share, before.bad), "a waiver mends nothing");
    assert_eq!(state(&w, DECOYS).await, State::Bad);

    // Past its end it is over, and whoever sees to it is told once.
    w.pass_days(31);
    assert_eq!(check(&w, DECOYS).await.waiver.unwrap().state, "over");
    assign(&w, DECOYS, Some(w.auditor), Some(w.now().plus_days(7))).await.unwrap();
    let told_before = told(&w, w.auditor).await;
    run(&w, w.security).await.unwrap();
    assert_eq!(told(&w, w.auditor).await, told_before + 1);
    run(&w, w.security).await.unwrap();
    assert_eq!(told(&w, w.auditor).await, told_before + 1, "it is no news any more");
    assert_eq!(code(lift(&w, DECOYS).await), "posture_no_waiver");

    // What cannot be meant is told by its field.
    assert_eq!(code(waive(&w, w.security, "no.such", until).await), "not found");
    assert_eq!(code(waive(&w, w.security, DECOYS, w.now()).await), "invalid_value");
    assert_eq!(code(waive(&w, w.security, DECOYS, w.now().plus_days(181)).await), "invalid_value");
    assert_eq!(code(assign(&w, DECOYS, Some(UserId::from_bytes([9; 16])), None).await), "unknown_user");
    assert_eq!(code(assign(&w, DECOYS, None, Some(w.now())).await), "invalid_value");
    clean(&w).await;
}

#[tokio::test]
async fn what_is_grave_is_waived_by_two() {
    let w = World::new().await;
    run(&w, w.security).await.unwrap();
    let grave = "backups.recent";
    assert_eq!(state(&w, grave).await, State::Bad);
    waive(&w, w.security, grave, w.now().plus_days(10)).await.unwrap();
    assert_eq!(check(&w, grave).await.waiver.unwrap().state, "waiting");
    assert_eq!(code(confirm(&w, w.security, grave).await), "posture_second_person");
    assert_eq!(code(confirm(&w, w.security, DECOYS).await), "posture_no_waiver");
    // A second officer, who was no sales rep before.
    let other = w.sales_rep("zhao").await;
    let take = store::company::TakeRole { user: other, role: "sales_rep".parse().unwrap() };
    w.store.take_role(w.system(w.security, take).await.unwrap()).await.unwrap();
    let give = AssignRole { user: other, role: "security_admin".parse().unwrap() };
    w.store.assign_role(w.system(w.security, give).await.unwrap()).await.unwrap();
    confirm(&w, other, grave).await.unwrap();
    let waiver = check(&w, grave).await.waiver.unwrap();
    assert_eq!((waiver.state, waiver.second_name.as_deref()), ("in_force", Some("ZHAO")));
    assert_eq!(code(confirm(&w, other, grave).await), "posture_no_waiver");
    lift(&w, grave).await.unwrap();
    assert!(check(&w, grave).await.waiver.is_none());
    clean(&w).await;
}

#[tokio::test]
async fn the_house_looks_once_a_day_whatever_the_clock_does() {
    let w = World::new().await;
    // Two nodes at the same moment.
    let (one, two) = tokio::join!(
        w.store.posture_of_day(Machine::default(), w.now()),
        w.store.posture_of_day(Machine::default(), w.now())
    );
    assert_eq!(u8::from(one.unwrap().looked) + u8::from(two.unwrap().looked), 1);
    assert_eq!((day(&w).await, runs(&w).await.len()), (PostureRound::default(), 1));
    assert_eq!((runs(&w).await[0].by, w.store.posture_due(w.now()).await.unwrap()), (None, false));
    // The first look is told to the officer as one notice.
    assert_eq!(told(&w, w.security).await, 1);

    w.pass_days(1);
    assert!(w.store.posture_due(w.now()).await.unwrap());
    assert!(day(&w).await.looked);
    // The clock is put back a day and on again: both days have their look.
    w.pass_days(-1);
    assert!(!day(&w).await.looked);
    w.pass_days(1);
    assert!(!day(&w).await.looked);
    assert_eq!(runs(&w).await.len(), 2);
    // Three days without a server are three looks less, and none is made up.
    w.pass_days(4);
    assert!(day(&w).await.looked);
    assert_eq!(runs(&w).await.len(), 3);
    clean(&w).await;
}

#[tokio::test]
async fn a_look_that_was_altered_is_found() {
    let w = World::new().await;
    run(&w, w.security).await.unwrap();
    waive(&w, w.security, DECOYS, w.now().plus_days(10)).await.unwrap();
    clean(&w).await;
    for (table, sql) in [
        ("posture_run", "UPDATE posture_run SET at = at + 1"),
        ("posture_check", "DELETE FROM posture_check"),
        ("posture_run", "DELETE FROM posture_run"),
    ] {
        w.base.execute(sql);
        let (_, tables) = w.store.examine(w.now()).await.unwrap();
        assert!(tables.findings.iter().any(|f| f.table == table), "{sql}: {:?}", tables.findings);
    }
}
