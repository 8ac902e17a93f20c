//! Assessments by third parties: answers have two pairs of eyes, whoever comes from outside sees what is for them until their day and does
//! nothing else, what they raise is followed, and what was closed stays as it was.

use std::collections::BTreeSet;

use access::path::{Disclosed, Refusal};
use govern::assessment::{Form, Standing};
use govern::{Definition, Kind, Period, Unit};
use jiff::tz::TimeZone;
use model::{Action, AssessmentId, FindingId, Severity, UnixMs, UserId, UserKind};
use sha2::{Digest, Sha256};
use store::arrived::Arrived;
use store::assessments::{
    ActOnQuestion, AddEvidenceFile, AddQuestions, AnswerQuestion, AssessmentResult, AssessmentView, BeginAssessment,
    ChangeAssessment, ChangeAssessor, Evidence, FileOfEvidence, ListAssessments, ListChoices, ListOwnQuestions,
    LookAtEvidence, NewAnswer, NewFinding, Plan, QuestionAct, QuestionView, SayOnQuestion, ShowAssessment, State,
    StepAssessment, TakeAssessment, TakeEvidence,
};
use store::company::{Colleagues, CreateUser, GUEST_ACTIONS, NewUser, Note};
use store::documents::{MadeFrom, Printed};
use store::findings::{Act, ActOnFinding, ListFindings, ShowFinding, TakeScan};
use store::identity::{Authenticated, ChangePassword, ResetPassword, SignIn, SignInError, SignedIn};
use store::notices::NoticeKind;
use store::posture::{Machine, RunPosture};

use super::cases::officer;
use super::house::code;
use super::notices::notices;
use super::requests::clean;
use super::world::World;
use crate::base::literal;

const OWN: &str = "a cat on the warm roof";
const ASKED: &str = "id,section,question,zh\n\
    A.8.13,Operations,Are copies taken?,是否备份？\n\
    q2,Access,Is access reviewed?,是否复核权限？\n\
    q3,Access,Who answers for it?,谁负责？\n";

async fn account(w: &World, login: &str) -> UserId {
    let department = w.store.directory().user(w.admin).unwrap().department;
    let user = NewUser {
        login: login.into(),
        name: login.to_uppercase(),
        kind: UserKind::Person,
        department,
        manager: None,
        trained_until: None,
    };
    let grant = w.system(w.admin, CreateUser { user, note: Note::default() }).await.unwrap();
    w.store.create_user(grant).await.unwrap().into_inner()
}

fn plan(w: &World, days: i64, evidence: &[Evidence]) -> Plan {
    Plan {
        name: "年度安全问卷".into(),
        organisation: "长江电气".into(),
        contact: "audit@example.com".into(),
        standard: "ISO/IEC 27001".into(),
        scope: "客户数据".into(),
        starts_at: w.now(),
        ends_at: w.now().plus_days(days),
        due_at: w.now().plus_days(days - 1),
        evidence: evidence.iter().cloned().collect(),
    }
}
async fn begin(w: &World, plan: Plan) -> Result<AssessmentId, Refusal> {
    let op = BeginAssessment::new(plan, w.now());
    w.store.begin_assessment(w.system(w.security, op).await?).await.map(Disclosed::into_inner)
}
async fn show(w: &World, who: UserId, id: AssessmentId) -> Result<AssessmentView, Refusal> {
    w.store.show_assessment(w.system(who, ShowAssessment { id }).await?).await.map(Disclosed::into_inner)
}
async fn ask(w: &World, id: AssessmentId, form: Form, text: &str) -> Result<usize, Refusal> {
    let op = AddQuestions { id, form, text: text.into(), note: Note::default() };
    w.store.add_questions(w.system(w.security, op).await?).await.map(Disclosed::into_inner)
}
/// Puts a file into the room as the caller sees it now.
async fn put(w: &World, who: UserId, id: AssessmentId, name: &str, body: Arrived) -> Result<i64, Refusal> {
    let version = show(w, w.security, id).await.unwrap().version;
    let op = AddEvidenceFile::new(id, version, name.into(), body, w.now());
    w.store.add_evidence_file(w.system(who, op).await?).await.map(Disclosed::into_inner)
}
/// Takes evidence as a file.
async fn take(w: &World, who: UserId, id: AssessmentId, item: &Evidence) -> Result<FileOfEvidence, Refusal> {
    let op = TakeEvidence { id, item: item.clone(), format: "pdf", language: "zh" };
    let none = || Err(store::documents::NotPrinted::TooLong);
    let (report, review) =
        (move |_, _: &govern::Report, _| none(), move |_: &store::reviews::ReviewResult, _, _| none());
    let grant = w.system(who, op).await?;
    w.store.take_assessment_evidence(grant, &w.publisher, report, review).await.map(Disclosed::into_inner)
}
async fn question(w: &World, id: AssessmentId, asked: &str) -> QuestionView {
    let view = show(w, w.security, id).await.unwrap();
    view.questions.into_iter().find(|q| q.asked.code == asked).unwrap()
}
async fn act(w: &World, who: UserId, id: AssessmentId, asked: &str, act: QuestionAct) -> Result<i64, Refusal> {
    let q = question(w, id, asked).await;
    let op = ActOnQuestion { id, question: q.id, version: q.version, act };
    w.store.act_on_question(w.system(who, op).await?).await.map(Disclosed::into_inner)
}
async fn answer(w: &World, who: UserId, id: AssessmentId, asked: &str, evidence: &[Evidence]) -> Result<i64, Refusal> {
    let q = question(w, id, asked).await;
    let answer = NewAnswer {
        standing: Standing::Met,
        text: "每日备份，每季度演练恢复。".into(),
        evidence: evidence.iter().cloned().collect(),
    };
    let op = AnswerQuestion { id, question: q.id, version: q.version, answer };
    w.store.answer_question(w.system(who, op).await?).await.map(Disclosed::into_inner)
}
async fn name(w: &World, who: UserId, id: AssessmentId, user: UserId, named: bool) -> Result<i64, Refusal> {
    let version = show(w, w.security, id).await.unwrap().version;
    let op = ChangeAssessor { id, version, user, named, note: Note::default() };
    w.store.change_assessor(w.system(who, op).await?).await.map(Disclosed::into_inner)
}
async fn step(w: &World, id: AssessmentId, to: State) -> Result<i64, Refusal> {
    let version = show(w, w.security, id).await.unwrap().version;
    let op = StepAssessment { id, version, to, note: Note::default() };
    w.store.step_assessment(w.system(w.security, op).await?).await.map(Disclosed::into_inner)
}
async fn look(w: &World, who: UserId, id: AssessmentId, item: &Evidence) -> Result<usize, Refusal> {
    let op = LookAtEvidence { id, item: item.clone() };
    w.store.look_at_evidence(w.system(who, op).await?).await.map(|d| d.into_inner().facts.len())
}
async fn say(w: &World, who: UserId, id: AssessmentId, asked: &str, raise: bool) -> Result<Option<FindingId>, Refusal> {
    let q = question(w, id, asked).await;
    let finding = raise.then(|| NewFinding { title: "恢复演练没有记录".into(), severity: Severity::Medium });
    let op =
        SayOnQuestion { id, question: q.id, text: "请补充演练记录。".into(), finding, note: Note::default() };
    w.store.say_on_question(w.system(who, op).await?).await.map(Disclosed::into_inner)
}
async fn sign_in(w: &World, login: &str, password: &str) -> Result<SignedIn, SignInError> {
    let caller = w.caller(w.admin);
    let s =
        SignIn { login, password, code: None, previous: None, origin: &caller.origin, request_id: "r", at: w.now() };
    w.store.sign_in(s).await
}
async fn known(w: &World, signed: &SignedIn) -> Option<Authenticated> {
    w.store.authenticate(signed.secret.expose(), w.now()).await.unwrap()
}
/// Somebody who has been given a password and has chosen their own.
async fn with_password(w: &World, user: UserId, login: &str) {
    let grant = w.system(w.admin, ResetPassword { user }).await.unwrap();
    let first = w.store.reset_password(grant, None).await.unwrap().into_inner().unwrap();
    let signed = sign_in(w, login, first.expose()).await.unwrap();
    let who = known(w, &signed).await.unwrap();
    assert_eq!(who.actions, Some(vec![Action::PasswordChange, Action::SignOut]));
    let caller = model::Caller { session: who.session, ..w.caller(user) };
    let grant = w.store.gate().admit_system(&caller, ChangePassword).await.unwrap();
    w.store.change_password(grant, first.expose(), OWN).await.unwrap();
}

/// What the tamper drill has of assessments: one that is closed with what it said, one that goes on.
pub async fn work(w: &World, round: u8) {
    for close in [true, false] {
        let id = begin(w, plan(w, 20, &[])).await.unwrap();
        put(w, w.security, id, "policy.txt", Arrived::Whole(vec![round; 100])).await.unwrap();
        ask(w, id, Form::Csv, ASKED).await.unwrap();
        let user = account(w, &format!("outside{round}{}", u8::from(close))).await;
        name(w, w.security, id, user, true).await.unwrap();
        step(w, id, State::Open).await.unwrap();
        say(w, user, id, "q3", !close).await.unwrap();
        if close {
            step(w, id, State::Closed).await.unwrap();
        }
    }
}

#[tokio::test]
async fn a_questionnaire_is_answered_by_two_and_shown_to_who_is_named_until_their_day() {
    let w = World::new().await;
    let grant = w.system(w.security, RunPosture).await.unwrap();
    w.store.run_posture(grant, Machine::default()).await.unwrap();
    let decoys = Evidence::Posture("detection.decoys".into());
    let id = begin(&w, plan(&w, 14, &[Evidence::Programme])).await.unwrap();
    assert_eq!(ask(&w, id, Form::Csv, ASKED).await.unwrap(), 3);

    // Given to whoever knows, written, and approved by somebody else.
    assert_eq!(code(act(&w, w.security, id, "q2", QuestionAct::Assign { to: Some(w.rep) }).await), "cannot_answer");
    act(&w, w.security, id, "A.8.13", QuestionAct::Assign { to: Some(w.admin) }).await.unwrap();
    assert_eq!(notices(&w, w.admin).await[0].kind, NoticeKind::AssessmentQuestion);
    let own =
        w.store.list_own_questions(w.system(w.admin, ListOwnQuestions).await.unwrap()).await.unwrap().into_inner();
    assert_eq!((own.len(), own[0].question.asked.code.as_str()), (1, "A.8.13"));
    assert_eq!(code(answer(&w, w.admin, id, "q2", &[]).await), "not found", "it was not given to them");
    assert_eq!(code(act(&w, w.security, id, "A.8.13", QuestionAct::Approve).await), "no_answer");
    answer(&w, w.admin, id, "A.8.13", std::slice::from_ref(&decoys)).await.unwrap();
    answer(&w, w.security, id, "q2", &[]).await.unwrap();
    assert_eq!(code(act(&w, w.security, id, "q2", QuestionAct::Approve).await), "own_answer");
    let back = QuestionAct::Return { reason: "请写明演练日期".into() };
    act(&w, w.security, id, "A.8.13", back).await.unwrap();
    assert_eq!(question(&w, id, "A.8.13").await.returned.unwrap().reason, "请写明演练日期");
    answer(&w, w.admin, id, "A.8.13", std::slice::from_ref(&decoys)).await.unwrap();
    act(&w, w.security, id, "A.8.13", QuestionAct::Approve).await.unwrap();

    // An account that the system administrator made. Nobody inside, and not oneself.
    let outside = account(&w, "outside").await;
    let stranger = account(&w, "stranger").await;
    assert_eq!(code(name(&w, w.security, id, w.security, true).await), "own_assessor");
    assert_eq!(code(name(&w, w.security, id, w.rep, true).await), "assessor_inside");
    assert!(matches!(name(&w, w.auditor, id, outside, true).await, Err(Refusal::Forbidden { .. })));
    name(&w, w.security, id, outside, true).await.unwrap();
    let other = begin(&w, plan(&w, 14, &[Evidence::Programme])).await.unwrap();
    name(&w, w.security, other, stranger, true).await.unwrap();
    with_password(&w, outside, "outside").await;

    // A draft is not there for them.
    assert_eq!(code(show(&w, outside, id).await), "not found");
    step(&w, id, State::Open).await.unwrap();
    step(&w, other, State::Open).await.unwrap();
    assert_eq!(code(ask(&w, id, Form::Csv, "id,question\n9,q\n").await), "assessment_not_draft");
    let listed =
        w.store.list_assessments(w.system(outside, ListAssessments).await.unwrap()).await.unwrap().into_inner();
    assert_eq!((listed.len(), listed[0].id, listed[0].answered), (1, id, 1));
    let seen = show(&w, outside, id).await.unwrap();
    assert!(seen.assesses && !seen.manages && seen.assessors.is_empty());
    let told: Vec<(&str, bool)> = seen.questions.iter().map(|q| (q.state, q.answer.is_some())).collect();
    assert_eq!(told, [("approved", true), ("open", false), ("open", false)], "what waits is not there");
    assert!(seen.questions.iter().all(|q| q.answered_by.is_none() && q.answerer.is_none() && q.suggested.is_none()));
    let items: BTreeSet<Evidence> = seen.evidence.iter().map(|e| e.item.clone()).collect();
    assert_eq!(items, [decoys.clone(), Evidence::Programme].into());
    assert!(look(&w, outside, id, &decoys).await.unwrap() > 1);
    assert!(look(&w, outside, id, &Evidence::Programme).await.unwrap() > 5);
    let hidden = Evidence::Posture("accounts.second_factor".into());
    assert_eq!(code(look(&w, outside, id, &hidden).await), "not found");
    // Of another's assessment nothing is there, and nothing inside may be done.
    assert_eq!(code(show(&w, outside, other).await), "not found");
    assert_eq!(code(show(&w, stranger, id).await), "not found");
    assert_eq!(code(look(&w, stranger, id, &Evidence::Programme).await), "not found");
    assert_eq!(code(say(&w, stranger, id, "q2", false).await), "not found");
    for refused in [answer(&w, outside, id, "q2", &[]).await, act(&w, outside, id, "q2", QuestionAct::Approve).await] {
        assert!(matches!(refused, Err(Refusal::Forbidden { .. })));
    }
    assert!(w.system(outside, ListFindings::default()).await.is_err());
    let grant = w.system(outside, Colleagues).await.unwrap();
    assert_eq!(w.store.colleagues(grant).await.unwrap().get().len(), 1, "no colleagues here");
    assert_eq!(w.list(outside, "customer").await, 0);

    // Signed in, the account does what a guest does, whatever roles somebody gives it.
    let signed = sign_in(&w, "outside", OWN).await.unwrap();
    assert!(signed.expires_at <= show(&w, w.security, id).await.unwrap().plan.ends_at);
    assert_eq!(known(&w, &signed).await.unwrap().actions.as_deref(), Some(GUEST_ACTIONS));
    clean(&w).await;

    // Past the end: no session, no sign-in, nothing there.
    w.pass_days(13);
    let late = sign_in(&w, "outside", OWN).await.unwrap();
    assert!(known(&w, &late).await.is_some());
    w.pass_days(1);
    assert!(known(&w, &late).await.is_none());
    assert!(!w.store.is_alive(late.secret.expose(), w.now()).await.unwrap());
    assert_eq!(sign_in(&w, "outside", OWN).await.unwrap_err(), SignInError::Wrong);
    assert_eq!(code(show(&w, outside, id).await), "not found");
    assert_eq!(code(say(&w, outside, id, "q2", true).await), "not found");
    assert!(!show(&w, w.security, id).await.unwrap().assessors[0].active);
    // Given more time, they are back; taken off, they are gone at once.
    let view = show(&w, w.security, id).await.unwrap();
    let plan = Plan { ends_at: w.now().plus_days(3), ..view.plan };
    let op = ChangeAssessment { id, version: view.version, plan };
    w.store.change_assessment(w.system(w.security, op).await.unwrap()).await.unwrap();
    let again = sign_in(&w, "outside", OWN).await.unwrap();
    assert!(show(&w, outside, id).await.is_ok());
    name(&w, w.security, id, outside, false).await.unwrap();
    assert!(known(&w, &again).await.is_none());
    assert_eq!(code(show(&w, outside, id).await), "not found");
    clean(&w).await;
}

#[tokio::test]
async fn what_an_assessor_raises_is_followed_and_what_was_closed_stays_as_it_was() {
    let w = World::new().await;
    let zhao = officer(&w, "zhao", None).await;
    let outside = account(&w, "outside").await;
    let id = begin(&w, plan(&w, 30, &[])).await.unwrap();
    assert_eq!(code(step(&w, id, State::Open).await), "assessment_empty");
    assert_eq!(code(step(&w, id, State::Closed).await), "assessment_empty".replace("empty", "state"));
    ask(&w, id, Form::Json, r#"[{"id": "q1", "question": "谁负责？"}]"#).await.unwrap();
    assert_eq!(code(ask(&w, id, Form::Json, r#"[{"id": "q1", "question": "?"}]"#).await), "duplicate");
    ask(&w, id, Form::Csv, "id,question\nq2,Who else?\n").await.unwrap();
    act(&w, w.security, id, "q2", QuestionAct::Remove).await.unwrap();
    name(&w, w.security, id, outside, true).await.unwrap();
    step(&w, id, State::Open).await.unwrap();
    assert_eq!(say(&w, outside, id, "q1", false).await.unwrap(), None);
    let finding = say(&w, outside, id, "q1", true).await.unwrap().unwrap();
    assert_eq!(notices(&w, zhao).await[0].kind, NoticeKind::FindingRaised);
    clean(&w).await;

    // It is among the others; no scan closes it, and whoever says that it is fixed does not verify it.
    let shown = async || {
        let grant = w.system(w.security, ShowFinding { id: finding }).await.unwrap();
        w.store.show_finding(grant).await.unwrap().into_inner()
    };
    let found = shown().await;
    assert_eq!((found.card.severity, found.card.due_at.is_some()), (Severity::Medium, true));
    assert_eq!(found.raised.unwrap().assessment, id);
    let scan = r#"{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"assessment"}},
        "invocations":[{"executionSuccessful":true}],"results":[]}]}"#;
    let body = Arrived::Whole(scan.as_bytes().to_vec());
    let op = TakeScan::new("年度安全问卷".into(), "s.sarif".into(), None, body, false);
    w.store.take_scan(w.system(w.security, op).await.unwrap()).await.unwrap();
    let on = async |who: UserId, act: Act| {
        let version = shown().await.version;
        let op = ActOnFinding { id: finding, version, act };
        w.store.act_on_finding(w.system(who, op).await?).await.map(Disclosed::into_inner)
    };
    assert_eq!(shown().await.card.state, store::findings::State::Open);
    assert_eq!(code(on(zhao, Act::Verify { note: String::new() }).await), "finding_not_fixed");
    on(w.security, Act::Fixed { note: "已补记录".into() }).await.unwrap();
    assert_eq!(code(on(w.security, Act::Verify { note: String::new() }).await), "finding_own_word");
    on(zhao, Act::Verify { note: "看过记录".into() }).await.unwrap();
    assert_eq!(show(&w, outside, id).await.unwrap().findings[0].state, store::findings::State::Verified);

    // Closed: what it said has a digest, and nothing of it changes any more.
    answer(&w, w.security, id, "q1", &[]).await.unwrap();
    assert_eq!(code(step(&w, id, State::Closed).await), "assessment_waits");
    act(&w, zhao, id, "q1", QuestionAct::Approve).await.unwrap();
    step(&w, id, State::Closed).await.unwrap();
    let view = show(&w, w.auditor, id).await.unwrap();
    let op = TakeAssessment { id, format: "json", language: "zh" };
    let print = |result: &AssessmentResult, _: MadeFrom, body: Vec<u8>| {
        let answer = result.questions[0].answer.as_ref().unwrap();
        assert_eq!((result.questions.len(), result.findings.len()), (1, 1));
        assert_eq!((answer.by.as_deref(), answer.approved_by.as_deref()), (Some("安全管理员"), Some("ZHAO")));
        Ok(Printed { bytes: body, pages: 1 })
    };
    let taken = w.store.take_assessment(w.system(w.auditor, op).await.unwrap(), &w.publisher, print).await.unwrap();
    assert_eq!(view.sha256, Some(hex::encode(Sha256::digest(&taken.get().file.bytes))));
    for refused in [
        code(answer(&w, w.security, id, "q1", &[]).await),
        code(act(&w, zhao, id, "q1", QuestionAct::Return { reason: "r".into() }).await),
        code(name(&w, w.security, id, outside, false).await),
        code(step(&w, id, State::Open).await),
    ] {
        assert_eq!(refused, "assessment_closed");
    }
    assert_eq!(code(show(&w, outside, id).await), "not found");
    assert_eq!(code(say(&w, outside, id, "q1", true).await), "not found");
    clean(&w).await;
    w.tamper(&format!("UPDATE assessment_result SET body = {}", literal(&[0])));
    let (_, tables) = w.store.examine(w.now()).await.unwrap();
    assert!(tables.findings.iter().any(|f| (f.table, f.problem) == ("assessment_result", "part")));
}

#[tokio::test]
async fn a_file_is_evidence_of_the_one_assessment_that_it_was_put_into() {
    let w = World::new().await;
    let (id, other) = (begin(&w, plan(&w, 14, &[])).await.unwrap(), begin(&w, plan(&w, 14, &[])).await.unwrap());
    for (name, body, why) in [
        ("a.pdf", Arrived::Whole(vec![]), "file_empty"),
        ("a.pdf", Arrived::TooLarge, "file_too_large"),
        ("a.pdf", Arrived::Broken, "malformed_request"),
        ("a.exe", Arrived::Whole(b"x".to_vec()), "file_type_refused"),
        ("a.pdf", Arrived::Whole(b"MZ\x90\x00\x03\x00\x00\x00\x04\x00".to_vec()), "file_type_refused"),
        ("", Arrived::Whole(b"x".to_vec()), "invalid_value"),
    ] {
        assert_eq!(code(put(&w, w.security, id, name, body).await), why);
    }
    let text = b"%PDF-1.7 what we hold ourselves to".to_vec();
    assert!(matches!(
        put(&w, w.auditor, id, "a.pdf", Arrived::Whole(text.clone())).await,
        Err(Refusal::Forbidden { .. })
    ));
    put(&w, w.security, id, "制度.pdf", Arrived::Whole(text.clone())).await.unwrap();
    let shown = show(&w, w.security, id).await.unwrap();
    let [Evidence::File(file)] = shown.plan.evidence.iter().collect::<Vec<_>>()[..] else { panic!("a file alone") };
    let item = Evidence::File(*file);
    assert_eq!((shown.evidence[0].title.zh.as_str(), shown.evidence[0].file), ("制度.pdf", true));
    // Written by whoever read an older version, it is not taken.
    let op = AddEvidenceFile::new(id, shown.version - 1, "b.pdf".into(), Arrived::Whole(text.clone()), w.now());
    assert_eq!(
        code(w.store.add_evidence_file(w.system(w.security, op).await.unwrap()).await),
        "the record has changed"
    );

    // Answers of this assessment link to it, and nothing of another one does.
    ask(&w, id, Form::Csv, ASKED).await.unwrap();
    ask(&w, other, Form::Csv, ASKED).await.unwrap();
    answer(&w, w.security, id, "q2", std::slice::from_ref(&item)).await.unwrap();
    assert_eq!(code(answer(&w, w.security, other, "q2", std::slice::from_ref(&item)).await), "unknown_evidence");
    assert_eq!(code(begin(&w, plan(&w, 14, std::slice::from_ref(&item))).await), "unknown_evidence");
    assert_eq!(code(take(&w, w.security, other, &item).await), "not found");

    // From outside, as it was put there; its name is in no event.
    let (named, stranger) = (account(&w, "outside").await, account(&w, "stranger").await);
    name(&w, w.security, id, named, true).await.unwrap();
    name(&w, w.security, other, stranger, true).await.unwrap();
    step(&w, id, State::Open).await.unwrap();
    step(&w, other, State::Open).await.unwrap();
    assert_eq!(code(take(&w, stranger, id, &item).await), "not found");
    let FileOfEvidence::Given(what, bytes) = take(&w, named, id, &item).await.unwrap() else { panic!("as it is") };
    assert_eq!((what.name.as_str(), bytes), ("制度.pdf", text.clone()));
    assert_eq!(what.sha256, hex::encode(Sha256::digest(&text)));
    let seen = w.store.look_at_evidence(w.system(named, LookAtEvidence { id, item }).await.unwrap()).await.unwrap();
    assert!(seen.into_inner().facts.iter().any(|f| f.value.zh == what.sha256));
    clean(&w).await;

    // Another's bytes in its place are found, and given to nobody.
    put(&w, w.security, other, "b.txt", Arrived::Whole(b"another".to_vec())).await.unwrap();
    w.tamper("UPDATE assessment_file SET body = (SELECT body FROM assessment_file ORDER BY id LIMIT 1)");
    let (_, tables) = w.store.examine(w.now()).await.unwrap();
    assert!(tables.findings.iter().any(|f| (f.table, f.problem) == ("assessment_file", "part")));
    w.tamper("DELETE FROM assessment_file");
    assert!(take(&w, named, id, &Evidence::File(*file)).await.is_err());
}

#[tokio::test]
async fn a_control_is_suggested_and_linked_by_who_may_read_it_and_hostile_questionnaires_are_refused() {
    let w = World::new().await;
    let customer = w.customer("明光", "13800138000").await;
    w.view(w.rep, customer).await.unwrap();
    w.pass_days(10);
    let zone = TimeZone::get("Asia/Shanghai").unwrap();
    let period = Period::newest_over(Unit::Week, w.now(), &zone).unwrap();
    let report = super::reports::made(&w, w.security, Definition::new(Kind::Compliance), period).await;
    let id = begin(&w, plan(&w, 14, &[])).await.unwrap();
    ask(&w, id, Form::Csv, ASKED).await.unwrap();
    let suggested = question(&w, id, "A.8.13").await.suggested.unwrap();
    let control = Evidence::Control(report, "iso27001.A.8.13.backups".into());
    assert_eq!((suggested.by.as_str(), &suggested.evidence), ("A.8.13", &control));
    assert!(question(&w, id, "A.8.13").await.answer.is_none(), "a suggestion is no answer");
    // A room that holds as much as it may takes no file, and can be changed still.
    let choices = w.store.list_choices(w.system(w.security, ListChoices).await.unwrap()).await.unwrap().into_inner();
    let items: Vec<Evidence> = choices.evidence.iter().map(|choice| choice.item.clone()).take(100).collect();
    let full = begin(&w, plan(&w, 14, &items)).await.unwrap();
    assert_eq!(show(&w, w.security, full).await.unwrap().plan.evidence.len(), 100);
    let more = Arrived::Whole(b"more".to_vec());
    assert_eq!(code(put(&w, w.security, full, "more.txt", more).await), "too_many_evidence_files");
    name(&w, w.security, full, account(&w, "full").await, true).await.unwrap();
    let choices = w.store.list_choices(w.system(w.security, ListChoices).await.unwrap()).await.unwrap().into_inner();
    assert!(choices.evidence.iter().any(|e| e.item == control) && choices.answerers.len() == 2);
    // The system administrator reads no report, so they link to none.
    let choices = w.store.list_choices(w.system(w.admin, ListChoices).await.unwrap()).await.unwrap().into_inner();
    assert!(choices.evidence.iter().all(|e| matches!(e.item, Evidence::Posture(_))) && choices.answerers.is_empty());
    act(&w, w.security, id, "A.8.13", QuestionAct::Assign { to: Some(w.admin) }).await.unwrap();
    assert_eq!(code(answer(&w, w.admin, id, "A.8.13", std::slice::from_ref(&control)).await), "unknown_evidence");
    answer(&w, w.security, id, "A.8.13", &[control.clone(), Evidence::Report(report)]).await.unwrap();
    assert!(look(&w, w.auditor, id, &control).await.unwrap() > 4);
    // What stands there stays when somebody else writes on.
    answer(&w, w.admin, id, "A.8.13", std::slice::from_ref(&control)).await.unwrap();

    // Of one person nothing goes out.
    let mut one = Definition::new(Kind::Person);
    one.about.user = Some(w.rep);
    let person = super::reports::made(&w, w.auditor, one, period).await;
    let refused = begin(&w, plan(&w, 14, &[Evidence::Report(person)])).await;
    assert_eq!(code(refused), "unknown_evidence");

    let before = question(&w, id, "q2").await.version;
    for (form, text) in [
        (Form::Csv, "name\nx\n".to_owned()),
        (Form::Csv, "id,question\nq9,\n".to_owned()),
        (Form::Csv, format!("id,question\n{}", "q,x\n".repeat(600))),
        (Form::Csv, "x".repeat((1 << 20) + 1)),
        (Form::Json, "[".repeat(200_000)),
        (Form::Json, r#"[{"id": "q9", "question": "x", "extra": 1}]"#.to_owned()),
    ] {
        assert!(code(ask(&w, id, form, &text).await).starts_with("invalid_value"), "{}", &text[..9.min(text.len())]);
    }
    assert_eq!(
        (question(&w, id, "q2").await.version, show(&w, w.security, id).await.unwrap().questions.len()),
        (before, 3)
    );
    for (wrong, days) in [("ends_at", -3), ("ends_at", 400)] {
        let bad = Plan { ends_at: UnixMs(w.now().0).plus_days(days), ..plan(&w, 14, &[]) };
        assert_eq!(code(begin(&w, bad).await), "invalid_value", "{wrong} {days}");
    }
    assert!(begin(&w, Plan { name: "a\nb".into(), ..plan(&w, 14, &[]) }).await.is_err());
    // Somebody else changed it since.
    let version = show(&w, w.security, id).await.unwrap().version;
    let stale = StepAssessment { id, version: version + 1, to: State::Open, note: Note::default() };
    assert!(matches!(
        w.store.step_assessment(w.system(w.security, stale).await.unwrap()).await,
        Err(Refusal::Conflict)
    ));
    clean(&w).await;
}
