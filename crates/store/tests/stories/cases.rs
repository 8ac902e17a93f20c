//! A case from its opening to its file, and who may know of it.

use access::path::{Disclosed, Refusal};
use ledger::check_evidence;
use ledger::log_check::Verdict as Checked;
use model::case::{Act, CaseState, MeasureKind, Severity, Verdict};
use model::response::ResponseKind;
use model::{Action, AlertState, CaseId, EventId, Feedback, InquiryId, UserId, UserKind};
use serde_json::json;
use sha2::{Digest, Sha256};
use store::Query;
use store::cases::{
    AnswerInquiry, CaseView, ExportCase, HandleCase, HistoryOfCase, InquiryState, ListCases, ListHandlers,
    ListOwnInquiries, MeasureCases, OpenCase, ShowCase, ShowOwnInquiry, TakeWith,
};
use store::company::{AssignRole, CreateUser, NewUser, Note, UpdateUser, UserChange};
use store::notices::NoticeKind;
use store::retention::ApplyRetention;

use super::house::code;
use super::notices::notices;
use super::requests::clean;
use super::responses::{export, obligation};
use super::world::{World, key};

/// Another security administrator.
pub async fn officer(w: &World, login: &str, manager: Option<UserId>) -> UserId {
    let department = w.store.directory().user(w.admin).unwrap().department;
    let user = NewUser {
        login: login.to_owned(),
        name: login.to_uppercase(),
        kind: UserKind::Person,
        department,
        manager,
        trained_until: None,
    };
    let grant = w.system(w.admin, CreateUser { user, note: Note::default() }).await.unwrap();
    let id = w.store.create_user(grant).await.unwrap().into_inner();
    let op = AssignRole { user: id, role: "security_admin".parse().unwrap() };
    w.store.assign_role(w.system(w.security, op).await.unwrap()).await.unwrap();
    id
}

/// The ids of somebody's events of one operation, in order.
pub async fn events_of(w: &World, user: UserId, action: Action) -> Vec<EventId> {
    w.store
        .list_cases(w.system(w.security, ListCases { limit: 1, ..ListCases::default() }).await.unwrap())
        .await
        .unwrap();
    let sql = format!("SELECT id FROM event WHERE action = {} AND actor = ?1 ORDER BY seq", action.code());
    let rows = w.base.database().read(Query::new(sql, vec![user.into()])).await.unwrap();
    rows.iter().map(|row| row.event(0).unwrap()).collect()
}

pub async fn open(
    w: &World,
    who: UserId,
    subject: UserId,
    severity: Severity,
    events: Vec<EventId>,
) -> Result<CaseId, Refusal> {
    let op =
        OpenCase { subject: Some(subject), title: "夜间查看陌生客户".into(), severity, events, alerts: vec![] };
    w.store.open_case(w.system(who, op).await?).await.map(Disclosed::into_inner)
}
pub async fn show(w: &World, who: UserId, id: CaseId) -> Result<CaseView, Refusal> {
    w.store.show_case(w.system(who, ShowCase { id }).await?).await.map(Disclosed::into_inner)
}
/// Acts on the case as it is.
pub async fn act(w: &World, who: UserId, id: CaseId, act: Act) -> Result<i64, Refusal> {
    let version = match show(w, w.auditor, id).await {
        Ok(view) => view.version,
        Err(_) => 1,
    };
    act_on(w, who, (id, version), act, vec![]).await
}
async fn act_on(
    w: &World,
    who: UserId,
    (id, version): (CaseId, i64),
    act: Act,
    shown: Vec<EventId>,
) -> Result<i64, Refusal> {
    let op = HandleCase { id, version, act, shown, take: TakeWith::default() };
    w.store.handle_case(w.system(who, op).await?).await.map(Disclosed::into_inner)
}
fn note(text: &str) -> Act {
    Act::Note { text: text.into() }
}
pub fn close(verdict: Verdict) -> Act {
    Act::Propose { verdict, root_cause: "好奇".into(), action: "谈话".into() }
}
async fn listed(w: &World, who: UserId) -> Vec<CaseId> {
    let op = ListCases { limit: 50, ..ListCases::default() };
    let page = w.store.list_cases(w.system(who, op).await.unwrap()).await.unwrap().into_inner();
    page.cases.iter().map(|c| c.id).collect()
}
pub async fn told(w: &World, who: UserId) -> Vec<NoticeKind> {
    notices(w, who).await.into_iter().map(|n| n.kind).collect()
}

#[tokio::test]
async fn a_case_of_high_severity_is_asked_answered_and_closed_by_two() {
    let w = World::new().await;
    let zhao = officer(&w, "zhao", None).await;
    let customer = w.customer("甲", "13800138000").await;
    w.view(w.rep, customer).await.unwrap();
    w.view(w.rep, customer).await.unwrap();
    let seen = events_of(&w, w.rep, Action::View).await;
    let others = events_of(&w, w.security, Action::CaseRead).await;
    // Who did what is not to be learnt by opening cases.
    assert_eq!(code(open(&w, w.security, w.rep, Severity::High, others).await), "no_such_event");
    assert_eq!(code(open(&w, w.security, w.security, Severity::High, vec![]).await), "cannot_be_subject");
    let id = open(&w, w.security, w.rep, Severity::High, seen.clone()).await.unwrap();

    // Nobody sees a name before it was shown to them, with a reason that stands in the log.
    let view = show(&w, w.security, id).await.unwrap();
    assert_eq!((view.card.state, view.card.owner.clone(), view.evidence.len()), (CaseState::New, None, 2));
    assert!(view.card.subject.id.is_none() && view.card.subject.name.starts_with("K-"), "{:?}", view.card.subject);
    assert!(!format!("{view:?}").contains("WANG") && !format!("{view:?}").contains(&w.rep.to_string()));
    act(&w, w.security, id, Act::Reveal { reason: "须与其主管谈话".into() }).await.unwrap();
    let view = show(&w, w.security, id).await.unwrap();
    assert_eq!((view.card.subject.name.as_str(), view.card.owner.unwrap().id), ("WANG", Some(w.security)));
    assert_eq!(show(&w, zhao, id).await.unwrap().card.subject.id, None);
    assert_eq!(code(act(&w, w.security, id, Act::Reveal { reason: "r".into() }).await), "case_unchanged");

    // What was read before somebody else's act is not acted on.
    assert_eq!(code(act_on(&w, zhao, (id, 1), note("x"), vec![]).await), "the record has changed");
    assert_eq!(code(act(&w, w.security, id, note(" ")).await), "invalid_value");
    assert_eq!(code(act(&w, w.admin, id, note("x")).await), "not permitted");
    assert_eq!(code(act(&w, w.security, id, Act::Assign { to: w.rep }).await), "cannot_handle_case");

    // Asked, the subject sees the question and what they opened, and nothing else.
    let question = Act::Ask { question: InquiryId::from_bytes([0; 16]), text: "为什么查看？".into() };
    let version = show(&w, w.security, id).await.unwrap().version;
    act_on(&w, w.security, (id, version), question.clone(), vec![seen[0]]).await.unwrap();
    assert_eq!(code(act(&w, w.security, id, question).await), "question_waits");
    assert_eq!(show(&w, zhao, id).await.unwrap().card.state, CaseState::AwaitingAnswer);
    let news = notices(&w, w.rep).await;
    assert_eq!((news[0].kind, news[0].by), (NoticeKind::CaseQuestion, None));
    let asked = InquiryId(news[0].about.unwrap());
    let own = w.store.list_own_inquiries(w.system(w.rep, ListOwnInquiries).await.unwrap()).await.unwrap().into_inner();
    assert_eq!((own.len(), own[0].id, own[0].state), (1, asked, InquiryState::Waiting));
    let view = w.store.show_own_inquiry(w.system(w.rep, ShowOwnInquiry { id: asked }).await.unwrap()).await.unwrap();
    assert_eq!((view.get().opened.len(), view.get().opened[0].records.as_slice()), (1, [customer].as_slice()));
    let others = w.system(w.other_rep, ShowOwnInquiry { id: asked }).await.unwrap();
    assert_eq!(code(w.store.show_own_inquiry(others).await), "not found");
    let answer = |text: &str| AnswerInquiry { id: asked, text: text.into(), said: vec![] };
    let foreign = w.system(w.other_rep, answer("x")).await.unwrap();
    assert_eq!(code(w.store.answer_inquiry(foreign).await), "not found");
    w.store.answer_inquiry(w.system(w.rep, answer("客户来电咨询")).await.unwrap()).await.unwrap();
    let again = w.system(w.rep, answer("另一种说法")).await.unwrap();
    assert_eq!(code(w.store.answer_inquiry(again).await), "no_question");
    assert_eq!(told(&w, w.security).await, vec![NoticeKind::CaseAnswered]);

    // Two persons close it.
    assert_eq!(code(act(&w, w.security, id, Act::Contain { reason: "r".into() }).await), "measure_needed");
    let talk = Act::Measure { kind: MeasureKind::Talk, text: "已谈话".into(), until: None, response: None };
    act(&w, w.security, id, talk).await.unwrap();
    act(&w, w.security, id, Act::Grade { to: Severity::Low, reason: "解释合理".into() }).await.unwrap();
    act(&w, w.security, id, close(Verdict::Careless)).await.unwrap();
    assert!(show(&w, zhao, id).await.unwrap().may_consent && !show(&w, w.security, id).await.unwrap().may_consent);
    assert_eq!(told(&w, zhao).await, vec![NoticeKind::CaseConsent]);
    assert_eq!(code(act(&w, w.security, id, Act::Consent { comment: String::new() }).await), "second_person");
    assert_eq!(code(act(&w, w.security, id, note("x")).await), "closing_waits");
    act(&w, zhao, id, Act::Consent { comment: "同意".into() }).await.unwrap();
    assert_eq!(show(&w, w.auditor, id).await.unwrap().card.state, CaseState::Closed);
    assert_eq!(code(act(&w, zhao, id, note("x")).await), "case_closed");

    // The auditor takes the file; what it says is held by the log.
    let grant = w.system(w.auditor, ExportCase { id, reason: "年度审计".into() }).await.unwrap();
    let file = w.store.export_case(grant, &w.publisher).await.unwrap().into_inner();
    assert_eq!((file.evidence.events.len(), file.altered), (2, 0));
    for evidence in [&file.evidence, &file.history] {
        let text = serde_json::to_string(evidence).unwrap();
        let report = check_evidence(&serde_json::from_str(&text).unwrap(), &[key().verifier().clone()]);
        assert_eq!(report.verdict, Checked::Ok, "{report:?}");
    }
    let digest = hex_of(&Sha256::digest(&file.body));
    let last = file.history.events.iter().rev().find_map(|e| {
        let row = e.actor.as_ref()?.body.get("detail")?.get("case_row")?.clone();
        row.get("sha256").cloned()
    });
    assert_eq!(last, Some(json!(digest)));
    assert!(w.system(w.security, ExportCase { id, reason: "r".into() }).await.is_err());
    // No words of people are in the log.
    let history = serde_json::to_string(&file.history).unwrap();
    assert!(!history.contains("客户来电") && !history.contains("好奇") && history.contains("须与其主管谈话"));

    let lines = w.store.history_of_case(w.system(w.auditor, HistoryOfCase { id }).await.unwrap()).await.unwrap();
    let acts: Vec<&str> = lines.get().iter().map(|l| l.act.as_str()).collect();
    for wanted in
        ["case.open", "case.reveal", "case.show", "case.ask", "inquiry.answer", "case.propose", "case.consent"]
    {
        assert!(acts.contains(&wanted), "{wanted}: {acts:?}");
    }
    assert!(lines.get().iter().any(|l| l.decision == "refused") || acts.len() > 10);
    let figures = w.store.measure_cases(w.system(w.auditor, MeasureCases { days: 30 }).await.unwrap()).await.unwrap();
    assert_eq!((figures.get().cases, figures.get().close.of, figures.get().detect.of), (1, 1, 1));

    // Reopened, it is closed by two again, though it stands at low.
    act(&w, zhao, id, Act::Reopen { reason: "新线索".into() }).await.unwrap();
    act(&w, zhao, id, close(Verdict::Malicious)).await.unwrap();
    assert_eq!(code(act(&w, zhao, id, Act::Consent { comment: String::new() }).await), "second_person");
    act(&w, zhao, id, Act::Refuse { comment: "证据不足".into() }).await.unwrap();
    clean(&w).await;
}

fn hex_of(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

#[tokio::test]
async fn a_case_is_not_there_for_its_subject_and_who_reports_to_them() {
    let w = World::new().await;
    let zhao = officer(&w, "zhao", None).await;
    let qian = officer(&w, "qian", Some(w.security)).await;
    // About an officer: neither they nor who reports to them finds it.
    let id = open(&w, zhao, w.security, Severity::Medium, vec![]).await.unwrap();
    for stranger in [w.security, qian] {
        assert_eq!(listed(&w, stranger).await, vec![]);
        assert_eq!(code(show(&w, stranger, id).await), "not found");
        assert_eq!(code(act(&w, stranger, id, note("x")).await), "not found");
        let figures =
            w.store.measure_cases(w.system(stranger, MeasureCases { days: 30 }).await.unwrap()).await.unwrap();
        assert_eq!(figures.get().cases, 0);
        let lines = w.store.history_of_case(w.system(stranger, HistoryOfCase { id }).await.unwrap()).await;
        assert_eq!(code(lines), "not found");
        assert_eq!(code(act(&w, zhao, id, Act::Assign { to: stranger }).await), "cannot_handle_case");
    }
    assert_eq!((listed(&w, zhao).await, listed(&w, w.auditor).await), (vec![id], vec![id]));
    let handlers = w.store.list_handlers(w.system(zhao, ListHandlers).await.unwrap()).await.unwrap();
    assert_eq!(handlers.get().len(), 3);
    // Past its date it is told, once, to who may know of it. They cannot close it once they report to its subject.
    w.pass_days(12);
    let now = w.caller(w.admin).at;
    assert_eq!((w.store.escalate_cases(now).await.unwrap(), w.store.escalate_cases(now).await.unwrap()), (1, 0));
    assert_eq!((told(&w, zhao).await, told(&w, w.security).await), (vec![NoticeKind::CaseOverdue], vec![]));
    let change = UserChange { manager: Some(Some(w.security)), ..UserChange::default() };
    let op = UpdateUser { user: zhao, change, note: Note::default() };
    w.store.update_user(w.system(w.admin, op).await.unwrap()).await.unwrap();
    assert_eq!(code(act(&w, zhao, id, close(Verdict::Expected)).await), "not found");
    clean(&w).await;
}

#[tokio::test]
async fn retention_passes_over_what_a_case_cites() {
    let w = World::new().await;
    let customer = w.customer("甲", "13800138000").await;
    w.view(w.rep, customer).await.unwrap();
    w.view(w.rep, customer).await.unwrap();
    let seen = events_of(&w, w.rep, Action::View).await;
    let id = open(&w, w.security, w.rep, Severity::Low, vec![seen[0]]).await.unwrap();
    super::retention::set(&w, Some(200)).await.unwrap();
    w.pass_days(400);
    let op = ApplyRetention::at(w.now(), 200);
    w.store.apply_retention(w.system(w.security, op).await.unwrap()).await.unwrap();
    w.store.sweep_retained(w.now()).await.unwrap();
    let left = |id: EventId| {
        let w = &w;
        async move {
            let sql = "SELECT COUNT(*) FROM event WHERE id = ?1 AND body IS NOT NULL";
            w.base.database().read(Query::new(sql, vec![id.into()])).await.unwrap()[0].int(0).unwrap()
        }
    };
    assert_eq!((left(seen[0]).await, left(seen[1]).await), (1, 0));
    let grant = w.system(w.auditor, ExportCase { id, reason: "r".into() }).await.unwrap();
    let file = w.store.export_case(grant, &w.publisher).await.unwrap().into_inner();
    assert!(file.evidence.events[0].actor.is_some() && file.evidence.events[0].meta.is_some());
    assert_eq!(check_evidence(&file.evidence, &[key().verifier().clone()]).verdict, Checked::Ok);
    // Of what the retention dropped, doctor says what it says of any; nothing of the case is amiss.
    let (_, state) = w.store.examine(w.now()).await.unwrap();
    let own = ["case_file", "inquiry", "evidence_hold", "case_attachment", "case_attachment_part"];
    assert!(state.findings.iter().all(|f| !own.contains(&f.table)), "{:?}", state.findings);
}

#[tokio::test]
async fn a_measure_ends_sessions_and_one_person_closes_what_was_never_grave() {
    let w = World::new().await;
    let customer = w.customer("甲", "13800138000").await;
    w.view(w.rep, customer).await.unwrap();
    let seen = events_of(&w, w.rep, Action::View).await;
    let id = open(&w, w.security, w.rep, Severity::Medium, vec![]).await.unwrap();
    let ends =
        Act::Measure { kind: MeasureKind::EndSessions, text: "先结束会话".into(), until: None, response: None };
    act(&w, w.security, id, ends).await.unwrap();
    act(&w, w.security, id, Act::Contain { reason: "已无会话".into() }).await.unwrap();
    assert_eq!(show(&w, w.auditor, id).await.unwrap().card.state, CaseState::Contained);
    act(&w, w.security, id, Act::Cite { events: seen.clone() }).await.unwrap();
    assert_eq!(code(act(&w, w.security, id, Act::Cite { events: seen.clone() }).await), "case_unchanged");
    // One person closes it: it never was of high severity.
    act(&w, w.security, id, close(Verdict::Expected)).await.unwrap();
    assert_eq!(show(&w, w.auditor, id).await.unwrap().card.state, CaseState::Closed);
    clean(&w).await;
}

#[tokio::test]
async fn a_case_takes_from_its_subject_and_its_verdict_is_its_alerts_too() {
    let w = World::new().await;
    super::watch::probe(&w, w.other_rep, 1).await;
    super::watch::follow(&w).await;
    let alert = super::watch::about(&w, w.other_rep).await.remove(0).id;
    let op =
        OpenCase { subject: None, title: "t".into(), severity: Severity::Low, events: vec![], alerts: vec![alert] };
    let id = w.store.open_case(w.system(w.security, op).await.unwrap()).await.unwrap().into_inner();
    let measure = async |who, kind, minutes: Option<i64>, per_minute, message: &str| {
        let version = show(&w, w.auditor, id).await.unwrap().version;
        let until = minutes.map(|m| w.now().plus_seconds(m * 60));
        let act = Act::Measure { kind, text: "夜间大量访问".into(), until, response: None };
        let take = TakeWith { per_minute, message: message.into() };
        let op = HandleCase { id, version, act, shown: vec![], take };
        w.store.handle_case(w.system(who, op).await?).await.map(Disclosed::into_inner)
    };
    use MeasureKind::{NoExport, Suspend, Talk, Throttle};
    assert_eq!(code(measure(w.security, NoExport, None, None, "").await), "required");
    assert_eq!(code(measure(w.security, NoExport, Some(31 * 24 * 60), None, "").await), "invalid_value");
    assert_eq!(code(measure(w.security, Throttle, Some(60), None, "").await), "invalid_value");
    assert_eq!(code(measure(w.security, Talk, None, None, "只有被限制的人会看到").await), "invalid_value");
    assert_eq!(code(measure(w.auditor, NoExport, Some(60), None, "").await), "not permitted");
    assert!(show(&w, w.security, id).await.unwrap().measures.is_empty());

    // In one unit: the act in the case, and what is met by the next request.
    measure(w.security, NoExport, Some(120), None, "请与安全管理员联系").await.unwrap();
    assert_eq!(obligation(w.records(w.other_rep, export()).await), Some(ResponseKind::NoExport));
    assert_eq!(code(measure(w.security, NoExport, Some(60), None, "").await), "response_in_force");
    let line = show(&w, w.auditor, id).await.unwrap().measures.remove(0);
    let taken = line.taken.unwrap();
    assert!(taken.in_force && taken.ended.is_none() && taken.until.is_some_and(|u| u >= w.now().plus_seconds(7_000)));
    super::responses::end(&w, w.security, line.measure.response.unwrap()).await.unwrap();
    let taken = show(&w, w.auditor, id).await.unwrap().measures.remove(0).taken.unwrap();
    assert!(!taken.in_force && taken.ended.is_some());
    assert!(w.records(w.other_rep, export()).await.is_ok());
    measure(w.security, Suspend, Some(60), None, "").await.unwrap();
    assert!(w.records(w.other_rep, export()).await.is_err());

    // Closed with the case, as its verdict says; opened with it.
    let of = async || show(&w, w.auditor, id).await.unwrap().alerts.remove(0);
    assert_eq!((of().await.state, of().await.feedback), (AlertState::Open, None));
    act(&w, w.security, id, close(Verdict::Careless)).await.unwrap();
    let closed = of().await;
    assert_eq!(
        (closed.state, closed.feedback, closed.closed_by_case),
        (AlertState::Closed, Some(Feedback::Suspicious), true)
    );
    act(&w, w.security, id, Act::Reopen { reason: "又有发现".into() }).await.unwrap();
    assert_eq!((of().await.state, of().await.feedback), (AlertState::Open, None));
    // One that a later one has taken the place of stays closed.
    act(&w, w.security, id, close(Verdict::Malicious)).await.unwrap();
    w.pass_days(1);
    super::watch::probe(&w, w.other_rep, 40).await;
    super::watch::follow(&w).await;
    act(&w, w.security, id, Act::Reopen { reason: "再查".into() }).await.unwrap();
    assert_eq!((of().await.state, of().await.feedback), (AlertState::Closed, Some(Feedback::Malicious)));
    clean(&w).await;
}

/// Rows of every kind, for the drill.
pub async fn work(w: &World, round: u8) {
    let zhao = officer(w, &format!("zhao{round}"), None).await;
    let seen = events_of(w, w.rep, Action::Create).await;
    for (n, event) in (100 + round * 10..).zip(seen.into_iter().take(2)) {
        let id = open(w, w.security, w.rep, Severity::Low, vec![event]).await.unwrap();
        let question = Act::Ask { question: InquiryId::from_bytes([0; 16]), text: "为什么？".into() };
        act(w, w.security, id, question).await.unwrap();
        act(w, zhao, id, note("x")).await.unwrap();
        super::case_papers::attach(w, w.security, id, (n, "合同.pdf"), b"%PDF-1.7 x").await.unwrap();
    }
}
