//! Audit reports: every number is recounted from the rows of the log by other code; who may have one made and who may read it; and that
//! none can be altered.

use access::path::Refusal;
use govern::{About, Definition, Kind, Period, Query as Asked, Report, SectionId, Unit, Value};
use jiff::tz::TimeZone;
use model::{Action, Channel, Decision, ReportId, UnixMs, UserId};
use sha2::{Digest, Sha256};
use store::Query;
use store::company::{Note, PublishPolicy};
use store::documents::Printed;
use store::jobs::{JobState, JobView, ListJobs};
use store::reports::{
    BeginReport, ChangeReportPlans, FileFormat, ListReports, PlanRound, ProveReportFile, ReadReportPlans, ReportPlan,
    ReportPlans, ShowReport, TakeReport,
};
use testkit::FixedClock;

use super::house::code;
use super::requests::clean;
use super::world::World;

fn shanghai() -> TimeZone {
    TimeZone::get("Asia/Shanghai").unwrap()
}

fn whole(kind: Kind) -> Definition {
    Definition::new(kind)
}

async fn begin(w: &World, who: UserId, definition: Definition, period: Period, part: bool) -> Result<JobView, Refusal> {
    let op = BeginReport::new(definition, period, part, w.now());
    w.store.begin_report(w.system(who, op).await?, &w.publisher).await.map(|d| d.into_inner())
}

async fn run(w: &World, who: UserId, job: &JobView) -> JobView {
    let clock = FixedClock(w.caller(who).at);
    Box::pin(w.store.run_job(job.id, &clock)).await.unwrap();
    let all = w.store.list_jobs(w.system(who, ListJobs).await.unwrap()).await.unwrap().into_inner();
    all.into_iter().find(|j| j.id == job.id).unwrap()
}

async fn show(w: &World, who: UserId, id: ReportId) -> Result<Report, Refusal> {
    w.store.show_report(w.system(who, ShowReport { id }).await?).await.map(|d| d.into_inner().1)
}

/// Made by somebody, and where it is.
pub async fn made(w: &World, who: UserId, definition: Definition, period: Period) -> ReportId {
    let job = begin(w, who, definition, period, false).await.unwrap();
    let done = run(w, who, &job).await;
    assert_eq!((done.state, done.why.as_deref()), (JobState::Done, None));
    done.act.unwrap().parse().unwrap()
}

async fn listed(w: &World, who: UserId) -> Result<Vec<ReportId>, Refusal> {
    let op = ListReports { limit: 50, ..ListReports::default() };
    let page = w.store.list_reports(w.system(who, op).await?).await?.into_inner();
    Ok(page.reports.into_iter().map(|c| c.id).collect())
}

/// Two months of work: views, looks at what is not there, lists, and duties.
async fn work_of_months(w: &World) {
    let customer = w.customer("明光", "13800138000").await;
    w.pass_days(8);
    // December.
    for day in 0..3 {
        w.view(w.rep, customer).await.unwrap();
        w.view(w.other_rep, customer).await.unwrap_err();
        w.list(w.rep, "customer").await;
        if day == 1 {
            w.view(w.rep, customer).await.unwrap();
        }
        w.pass_days(1);
    }
    w.sales_rep("zhou").await;
    // January.
    w.pass_days(30);
    w.view(w.rep, customer).await.unwrap();
}

/// The answer of a question, by other code: over all rows of the log, one after the other.
async fn recount(w: &World, asked: &Asked, is: Value) -> i64 {
    let sql = "SELECT at, actor, on_behalf_of, department, channel, action, decision, touches, unexplained FROM event";
    let rows = w.base.database().read(Query::new(sql, vec![])).await.unwrap();
    let mut sum = 0;
    for row in &rows {
        let at = row.int(0).unwrap();
        let who = [Some(row.id(1).unwrap()), row.opt_id(2).unwrap()];
        let department = row.opt_id(3).unwrap();
        let action = row.int(5).unwrap();
        let one = |mine: bool, list_is_empty: bool| list_is_empty || mine;
        let hit = at >= asked.from.0
            && at < asked.until.0
            && action != 215
            && one(asked.users.iter().any(|u| who.contains(&Some(*u.as_bytes()))), asked.users.is_empty())
            && one(asked.departments.iter().any(|d| department == Some(*d.as_bytes())), asked.departments.is_empty())
            && one(asked.channels.iter().any(|c| c.as_str() == row.text(4).unwrap()), asked.channels.is_empty())
            && one(asked.actions.iter().any(|a| i64::from(a.code()) == action), asked.actions.is_empty())
            && one(
                asked.decisions.iter().any(|d| i64::from(d.code()) == row.int(6).unwrap()),
                asked.decisions.is_empty(),
            )
            && match (asked.explained, row.opt_int(8).unwrap()) {
                (None, _) => true,
                (Some(true), n) => n == Some(0),
                (Some(false), n) => n.is_some_and(|n| n > 0),
            };
        if hit {
            sum += if is == Value::Records { row.int(7).unwrap() } else { 1 };
        }
    }
    sum
}

async fn assert_recounted(w: &World, report: &Report) -> usize {
    let mut checked = 0;
    for (asked, is, value) in report.asked() {
        if !matches!(is, Value::Events | Value::Records) {
            continue;
        }
        // An empty list asks for all: a number that asks for no operation at all is nought.
        assert_eq!(recount(w, &asked, is).await, value, "{asked:?}");
        checked += 1;
    }
    checked
}

fn of<'a>(report: &'a Report, id: &str) -> &'a govern::Figure {
    report.sections[0].figures.iter().find(|f| f.id == id).unwrap()
}

#[tokio::test]
async fn each_number_of_a_report_is_what_the_log_says_when_asked_anew() {
    let w = World::new().await;
    work_of_months(&w).await;
    let december = Period::containing(Unit::Month, "2026-12-09").unwrap();
    for kind in [Kind::Management, Kind::Officer, Kind::Policy, Kind::Compliance] {
        let id = made(&w, w.auditor, whole(kind), december).await;
        let report = show(&w, w.auditor, id).await.unwrap();
        assert!(report.whole, "{kind:?}");
        assert_eq!((report.from, report.until), december.span(&shanghai()).unwrap());
        let checked = assert_recounted(&w, &report).await;
        assert!(checked > 15, "{kind:?}: {checked}");
        // November was not in the log from its beginning: half a period is compared with nothing.
        assert!(!report.compared && report.sections.iter().flat_map(|s| &s.figures).all(|f| f.before.is_none()));
    }
    let department = w.store.directory().user(w.rep).unwrap().department;
    let about = |about: About, kind| Definition { about, ..whole(kind) };
    let of_department = about(About { department: Some(department), ..About::default() }, Kind::Department);
    let report = show(&w, w.auditor, made(&w, w.auditor, of_department, december).await).await.unwrap();
    assert!(assert_recounted(&w, &report).await > 15);
    let of_person = about(About { user: Some(w.rep), ..About::default() }, Kind::Person);
    let report = show(&w, w.auditor, made(&w, w.auditor, of_person, december).await).await.unwrap();
    assert!(assert_recounted(&w, &report).await > 15);
    assert_eq!(of(&report, "accesses").value, 7, "four views and three lists");
    // Of some channels alone: every number and its question are of these.
    let of_web = Definition { channels: [Channel::Web].into(), ..whole(Kind::Officer) };
    let all = show(&w, w.auditor, made(&w, w.auditor, whole(Kind::Officer), december).await).await.unwrap();
    let web = show(&w, w.auditor, made(&w, w.auditor, of_web, december).await).await.unwrap();
    assert!(assert_recounted(&w, &web).await > 15);
    assert!(of(&web, "events").value > 0 && of(&web, "events").value <= of(&all, "events").value);
    assert!(web.asked().iter().all(|(asked, ..)| asked.channels == [Channel::Web]));
    // Of some operations alone: numbers of others are not there, rather than 0.
    let of_views = Definition { operations: [Action::View, Action::List].into(), ..whole(Kind::Officer) };
    let views = show(&w, w.auditor, made(&w, w.auditor, of_views, december).await).await.unwrap();
    assert!(assert_recounted(&w, &views).await > 15);
    assert_eq!(of(&views, "accesses").value, of(&views, "events").value - of(&views, "refused").value);
    assert!(
        views.asked().iter().all(|(asked, ..)| asked.actions.iter().all(|a| [Action::View, Action::List].contains(a)))
    );
    let ids: Vec<&str> = views.sections.iter().flat_map(|s| &s.figures).map(|f| f.id.as_str()).collect();
    assert!(!ids.contains(&"exports") && !ids.contains(&"failed_sign_ins"), "{ids:?}");
    // Each day of the month is there, those without events too.
    let days = report.sections.iter().find(|s| s.id == SectionId::Days).unwrap();
    assert_eq!(days.tables[0].rows.len(), 31);
    clean(&w).await;
}

#[tokio::test]
async fn a_period_is_compared_with_a_whole_one_before_and_half_of_one_is_never_shown_as_whole() {
    let w = World::new().await;
    work_of_months(&w).await;
    let day = |text| Period::containing(Unit::Day, text).unwrap();
    // What is not over is refused, or told as what there is so far.
    let january = Period::containing(Unit::Month, "2027-01-05").unwrap();
    let refused = begin(&w, w.auditor, whole(Kind::Management), january, false).await.map(|_| ());
    assert_eq!(code(refused), "report_period_open");
    let job = begin(&w, w.auditor, whole(Kind::Management), january, true).await.unwrap();
    let id = run(&w, w.auditor, &job).await.act.unwrap().parse().unwrap();
    let report = show(&w, w.auditor, id).await.unwrap();
    assert!(!report.whole && !report.compared && report.until < january.span(&shanghai()).unwrap().1);
    assert_recounted(&w, &report).await;
    let future = Period::containing(Unit::Month, "2030-01-05").unwrap();
    assert_eq!(code(begin(&w, w.auditor, whole(Kind::Management), future, true).await.map(|_| ())), "invalid_value");
    // The second of December had one view more than the first.
    let report =
        show(&w, w.auditor, made(&w, w.auditor, whole(Kind::Management), day("2026-12-02")).await).await.unwrap();
    assert!(report.compared);
    let accesses = of(&report, "accesses");
    assert_eq!((accesses.value, accesses.before), (3, Some(2)));
}

#[tokio::test]
async fn where_things_stand_is_told_as_management_s_dashboard_had_it() {
    let w = World::new().await;
    work_of_months(&w).await;
    let december = Period::containing(Unit::Month, "2026-12-09").unwrap();
    // Having one made is an activity of the programme itself; that one is among what the numbers count from now on.
    made(&w, w.auditor, whole(Kind::Officer), december).await;
    let report = show(&w, w.auditor, made(&w, w.auditor, whole(Kind::Management), december).await).await.unwrap();
    let standing = &report.sections.iter().find(|s| s.id == SectionId::Standing).unwrap().standing;
    let told: Vec<_> = standing.iter().map(|s| (s.id.clone(), s.value, s.before, s.good, s.is)).collect();
    let shown = super::programme::numbers(&w).await;
    let shown: Vec<_> = shown.iter().map(|n| (n.id.to_owned(), n.value, n.before, n.good, n.is)).collect();
    assert!(told.len() > 10 && told.iter().any(|(_, value, ..)| value.is_some_and(|v| v > 0)), "{told:?}");
    assert_eq!(told, shown);

    // The dashboard is not the auditor's any more: nor is what a report has of it, made already or not.
    let made_before = made(&w, w.security, whole(Kind::Management), december).await;
    let mut policy = w.store.company().policy.policy.clone();
    let base = w.store.company().policy.version;
    policy.rows.retain(|row| row.id != "audit_admin.programme");
    let op = PublishPolicy { base, policy, reason: "审计员不看仪表盘".into(), note: Note::default() };
    w.store.publish_policy(w.system(w.security, op).await.unwrap()).await.unwrap();
    assert_eq!(code(show(&w, w.auditor, made_before).await.map(|_| ())), "not found");
    assert!(!listed(&w, w.auditor).await.unwrap().contains(&made_before));
    let all = begin(&w, w.auditor, whole(Kind::Management), december, false).await;
    assert_eq!(code(all.map(|_| ())), "not permitted");
    let without = Definition { sections: [SectionId::Summary].into(), ..whole(Kind::Management) };
    show(&w, w.auditor, made(&w, w.auditor, without, december).await).await.unwrap();
    clean(&w).await;
}

#[tokio::test]
async fn who_may_have_one_made_and_who_may_read_it() {
    let w = World::new().await;
    work_of_months(&w).await;
    let boss = w.sales_rep("boss").await;
    let role = "company_owner".parse().unwrap();
    let op = store::company::AssignRole { user: boss, role };
    w.store.assign_role(w.system(w.security, op).await.unwrap()).await.unwrap();
    let december = Period::containing(Unit::Month, "2026-12-09").unwrap();
    let addressed = Definition { readers: [boss].into(), ..whole(Kind::Management) };
    assert!(begin(&w, w.rep, whole(Kind::Management), december, false).await.is_err());
    assert!(begin(&w, boss, whole(Kind::Management), december, false).await.is_err());
    let given = made(&w, w.security, addressed, december).await;
    let officers = made(&w, w.security, whole(Kind::Officer), december).await;

    // What tells of one needs the right to the log; about oneself nobody has one made, or is given it.
    let of = |user| Definition { about: About { user: Some(user), ..About::default() }, ..whole(Kind::Person) };
    assert_eq!(code(begin(&w, w.security, of(w.rep), december, false).await.map(|_| ())), "not permitted");
    assert_eq!(code(begin(&w, w.auditor, of(w.auditor), december, false).await.map(|_| ())), "report_about_oneself");
    let to_self = Definition { readers: [w.rep].into(), ..of(w.rep) };
    assert_eq!(code(begin(&w, w.auditor, to_self, december, false).await.map(|_| ())), "invalid_value");
    let person = made(&w, w.auditor, of(w.rep), december).await;

    assert_eq!(listed(&w, boss).await.unwrap(), [given]);
    assert_eq!(listed(&w, w.security).await.unwrap(), [officers, given]);
    assert_eq!(listed(&w, w.auditor).await.unwrap(), [person, officers, given]);
    assert!(listed(&w, w.rep).await.is_err());
    assert!(show(&w, boss, given).await.is_ok());
    // One that is not there and one that is not theirs are answered alike.
    for (who, id) in [(boss, officers), (boss, ReportId::from_bytes([9; 16])), (w.security, person)] {
        assert_eq!(code(show(&w, who, id).await.map(|_| ())), "not found");
    }
    clean(&w).await;
}

#[tokio::test]
async fn what_a_customer_may_be_told_names_no_employee_and_no_field() {
    let w = World::new().await;
    let customer = w.customer("明光", "13800138000").await;
    w.view(w.rep, customer).await.unwrap();
    w.view(w.other_rep, customer).await.unwrap_err();
    w.pass_days(1);
    let day = Period::containing(Unit::Day, "2026-11-23").unwrap();
    let of = |kind| Definition { about: About { customer: Some(customer), ..About::default() }, ..whole(kind) };
    assert_eq!(code(begin(&w, w.security, of(Kind::Customer), day, false).await.map(|_| ())), "not permitted");
    let full = show(&w, w.auditor, made(&w, w.auditor, of(Kind::Customer), day).await).await.unwrap();
    let looks = &full.sections[0].looks;
    // The attempt is known to the auditor, and who it was.
    assert!(looks.iter().any(|l| l.decision == Decision::Refused && l.user == Some(w.other_rep)));
    let view = looks.iter().find(|l| l.action == Action::View && l.decision == Decision::Allowed).unwrap();
    assert_eq!((view.user, view.user_name.as_deref()), (Some(w.rep), Some("WANG")));
    assert!(view.what.zh.contains("明文"), "{:?}", view.what);

    let told = show(&w, w.auditor, made(&w, w.auditor, of(Kind::Subject), day).await).await.unwrap();
    let looks = &told.sections[0].looks;
    assert!(!looks.is_empty() && looks.iter().all(|l| l.user.is_none() && l.user_name.is_none() && l.event.is_none()));
    assert!(looks.iter().all(|l| l.decision == Decision::Allowed));
    let view = looks.iter().find(|l| l.action == Action::View).unwrap();
    assert!(view.what.zh.contains("个人信息") && !view.what.zh.contains("手机"), "{:?}", view.what);
    assert_eq!(view.why.as_ref().unwrap().zh, "负责人");
    let text = serde_json::to_string(&told).unwrap();
    assert!(!text.contains("WANG") && !text.contains(&w.rep.to_string()) && !text.contains("明光"));
    clean(&w).await;
}

#[tokio::test]
async fn a_taken_file_is_held_by_its_event_and_a_kept_report_cannot_be_altered() {
    let w = World::new().await;
    work_of_months(&w).await;
    let december = Period::containing(Unit::Month, "2026-12-09").unwrap();
    let id = made(&w, w.auditor, whole(Kind::Management), december).await;
    let op = TakeReport { id, format: "json", language: "zh" };
    let print = |_, _: &Report, body: Vec<u8>| Ok(Printed { bytes: body, pages: 1 });
    let taken = w.store.take_report(w.system(w.auditor, op).await.unwrap(), print).await.unwrap();
    let event = taken.event();
    let taken = taken.into_inner();
    // The digest that the making told is that of these very bytes.
    assert_eq!(hex::encode(Sha256::digest(&taken.file.bytes)), taken.card.sha256);
    let op = ProveReportFile { id, event };
    let proved =
        w.store.prove_report_file(w.system(w.auditor, op).await.unwrap(), &w.publisher).await.unwrap().into_inner();
    let told = &proved.0.events[0].actor.as_ref().unwrap().body["detail"]["report"];
    assert_eq!(told["sha256"], taken.card.sha256.as_str());
    assert_eq!(told["head"]["size"], taken.card.head.size);
    let checked = ledger::check_evidence(&proved.0, &[super::world::key().verifier().clone()]);
    assert_eq!(checked.verdict, ledger::log_check::Verdict::Ok);
    let op = ProveReportFile { id: ReportId::from_bytes([9; 16]), event };
    let other = w.store.prove_report_file(w.system(w.auditor, op).await.unwrap(), &w.publisher).await.map(|_| ());
    assert_eq!(code(other), "not found");

    // Behind the server's back.
    clean(&w).await;
    w.tamper("UPDATE report_file SET kind = 'policy'");
    assert_eq!(code(show(&w, w.auditor, id).await.map(|_| ())), "stored data cannot be opened");
    assert!(findings(&w).await.contains(&("report_file", "seal")));
    w.tamper("UPDATE report_file SET kind = 'management'");
    clean(&w).await;
    let more = made(&w, w.auditor, whole(Kind::Policy), december).await;
    let (one, two) = (super::world::blob(model::RecordId(id.0)), super::world::blob(model::RecordId(more.0)));
    w.tamper(&format!(
        "UPDATE report_body SET body = (SELECT body FROM report_body WHERE id = {two}) WHERE id = {one}"
    ));
    assert_eq!(code(show(&w, w.auditor, id).await.map(|_| ())), "stored data cannot be opened");
    assert!(findings(&w).await.contains(&("report_body", "part")));
    w.tamper(&format!("DELETE FROM report_file WHERE id = {one}"));
    let found = findings(&w).await;
    assert!(
        found.contains(&("report_file", "missing")) && found.contains(&("report_body", "not_on_record")),
        "{found:?}"
    );
}

async fn findings(w: &World) -> Vec<(&'static str, &'static str)> {
    let (_, state) = w.store.examine(w.now()).await.unwrap();
    state.findings.iter().map(|f| (f.table, f.problem)).collect()
}

fn plan(id: &str, unit: Unit, on: bool) -> ReportPlan {
    let definition = whole(Kind::Management);
    ReportPlan { id: id.into(), name: "管理月报".into(), definition, unit, on, folder: [].into() }
}

async fn plans(w: &World, who: UserId, plans: Vec<ReportPlan>) -> Result<(), Refusal> {
    let op = ChangeReportPlans { plans: ReportPlans { plans }, has_folder: true, note: Note::default() };
    w.store.change_report_plans(w.system(who, op).await?).await.map(|_| ())
}

/// What a round does where no plan has a folder.
async fn due(w: &World, now: UnixMs) -> PlanRound {
    let mark = |plan: &ReportPlan, _: ReportId, _: Period| panic!("{} has no folder", plan.id);
    w.store.make_due_reports(now, &mark).await.unwrap()
}

#[tokio::test]
async fn a_plan_makes_each_period_once_whatever_the_clock_and_the_nodes_do() {
    let w = World::new().await;
    work_of_months(&w).await;
    assert_eq!(code(plans(&w, w.security, vec![plan("Bad", Unit::Month, true)]).await), "invalid_value");
    assert_eq!(
        code(plans(&w, w.security, vec![plan("a", Unit::Day, true), plan("a", Unit::Day, true)]).await),
        "duplicate"
    );
    assert!(plans(&w, w.rep, vec![]).await.is_err());
    plans(&w, w.security, vec![plan("monthly", Unit::Month, true), plan("kept", Unit::Week, false)]).await.unwrap();
    let kept = w.store.read_report_plans(w.system(w.auditor, ReadReportPlans).await.unwrap()).await.unwrap();
    assert_eq!(kept.get().plans.len(), 2);

    // As long as the log is not signed that far, nothing is made.
    assert_eq!(due(&w, w.now()).await.failed, 1);
    w.publisher.publish_once(w.now()).await.unwrap();
    // Two nodes at the same moment, and once more after that.
    let (a, b) = tokio::join!(due(&w, w.now()), due(&w, w.now()));
    let rounds = [a, b, due(&w, w.now()).await];
    assert_eq!(rounds.iter().map(|r| r.made).sum::<u64>(), 1, "{rounds:?}");
    assert!(rounds.iter().all(|r| r.failed == 0));
    let all = listed(&w, w.auditor).await.unwrap();
    assert_eq!(all.len(), 1);
    let report = show(&w, w.auditor, all[0]).await.unwrap();
    assert_eq!(
        (report.period.label().as_str(), report.whole, report.made.plan.as_deref()),
        ("2026-12", true, Some("管理月报"))
    );
    assert_recounted(&w, &report).await;
    // The clock goes back a week, and on again.
    let back = UnixMs(w.now().0 - 7 * 86_400_000);
    let before = due(&w, back).await;
    assert!(before.made <= 1, "December was over or November is");
    assert_eq!(due(&w, w.now()).await.made, 0);
    // The next month.
    w.pass_days(31);
    w.view(w.rep, w.customer("又一", "13900139000").await).await.unwrap();
    w.publisher.publish_once(w.now()).await.unwrap();
    assert_eq!(due(&w, w.now()).await.made, 1);
    clean(&w).await;
}

#[tokio::test]
async fn a_file_for_the_folder_is_told_before_it_leaves_and_only_what_a_plan_wants_leaves() {
    let w = World::new().await;
    work_of_months(&w).await;
    w.publisher.publish_once(w.now()).await.unwrap();
    let into = |folder: &[FileFormat]| ReportPlan {
        folder: folder.iter().copied().collect(),
        ..plan("monthly", Unit::Month, true)
    };
    let op = ChangeReportPlans {
        plans: ReportPlans { plans: vec![into(&[FileFormat::Csv])] },
        has_folder: false,
        note: Note::default(),
    };
    let none = w.store.change_report_plans(w.system(w.security, op).await.unwrap()).await;
    assert_eq!(code(none.map(|_| ())), "no_folder");
    plans(&w, w.security, vec![into(&[FileFormat::Csv])]).await.unwrap();

    // It is marked before it is kept, so a crash in between loses nothing.
    let marked = std::sync::Mutex::new(vec![]);
    let mark = |plan: &ReportPlan, id: ReportId, _: Period| marked.lock().unwrap().push((plan.id.clone(), id));
    assert_eq!(w.store.make_due_reports(w.now(), &mark).await.unwrap().made, 1);
    let marked = marked.into_inner().unwrap();
    let [(name, id)] = marked.as_slice() else { panic!("{marked:?}") };
    assert_eq!(name, "monthly");

    let give = async |id: ReportId, format: FileFormat| {
        let print = |report: &Report, _: Vec<u8>| Ok(Printed { bytes: report.period.label().into_bytes(), pages: 1 });
        w.store.print_for_folder(id, (format, "zh"), print, w.now()).await.unwrap()
    };
    let before = w.positions(Action::ReportRead).await.len();
    assert!(give(*id, FileFormat::Csv).await);
    assert_eq!(w.positions(Action::ReportRead).await.len(), before + 1);
    // Not as what no plan wants it, not what somebody had made, not what is not there.
    let by_hand =
        made(&w, w.security, whole(Kind::Officer), Period::containing(Unit::Month, "2026-12-09").unwrap()).await;
    for (id, format) in
        [(*id, FileFormat::Pdf), (by_hand, FileFormat::Csv), (ReportId::from_bytes([9; 16]), FileFormat::Csv)]
    {
        assert!(!give(id, format).await);
    }
    plans(&w, w.security, vec![into(&[])]).await.unwrap();
    assert!(!give(*id, FileFormat::Csv).await);
    assert_eq!(w.positions(Action::ReportRead).await.len(), before + 1);

    // Whoever reads it proves the file by its event.
    let position = *w.positions(Action::ReportRead).await.last().unwrap();
    let ids = w.bytes(&format!("SELECT e.id FROM event e WHERE e.seq = {position}")).await;
    let event = model::EventId::from_bytes(ids[0].as_slice().try_into().unwrap());
    let op = ProveReportFile { id: *id, event };
    let proved = w.store.prove_report_file(w.system(w.auditor, op).await.unwrap(), &w.publisher).await.unwrap();
    let told = &proved.get().0.events[0].actor.as_ref().unwrap().body["detail"]["report"];
    assert_eq!(
        (told["format"].as_str(), told["sha256"].as_str()),
        (Some("csv"), Some(hex::encode(Sha256::digest("2026-12")).as_str()))
    );
    clean(&w).await;
}

/// One that stands, for the drill.
pub async fn work(w: &World) {
    let day = Period::now(Unit::Day, w.now(), &shanghai()).unwrap();
    let job = begin(w, w.auditor, whole(Kind::Officer), day, true).await;
    if let Ok(job) = job {
        run(w, w.auditor, &job).await;
    }
}
