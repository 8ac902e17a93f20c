//! Courses of a company's own, and courses outside: what other systems state makes somebody's training current, once, and can be taken back.

use std::collections::BTreeSet;
use std::io::{Cursor, Write};

use access::path::{Disclosed, Refusal};
use model::{StatementId, Text, UserId, UserKind};
use serde_json::{Value, json};
use store::arrived::Arrived;
use store::company::{AssignRole, CreateUser, NewUser, Note};
use store::documents::Printed;
use store::training::{
    AnswerQuiz, AssignTraining, BeginQuiz, Certificate, ChangeTrainingRules, CourseKind, CoursePut, ListCourses,
    ListOwnTraining, ListStatements, Outside, OwnCourse, PassRule, PutOutsideCourse, PutOwnCourse, QuizMarked,
    RequiredCourse, ShowCourse, StatementOutcome, StatementsTaken, TakeCertificate, TakeStatements, TrainingRules,
    WithdrawCourse,
};

use super::house::code;
use super::requests::clean;
use super::world::World;

const ZH: &str = "# 客户来访\n\n来访时的规矩。\n\n## 登记\n\n- 先登记\n- 再引领\n\n## 离开\n\n送到门口。\n";
const EN: &str =
    "# Visits\n\nWhat holds for visits.\n\n## Arriving\n\n- sign in\n- walk along\n\n## Leaving\n\nTo the door.\n";
const ACTIVITY: &str = "https://lms.example.com/courses/7";
const HOME: &str = "https://lms.example.com";

fn questions() -> String {
    let one = |n: usize| {
        json!({
            "id": format!("q{n}"), "text": { "zh": format!("题{n}"), "en": format!("question {n}") },
            "options": [{ "zh": "对", "en": "right", "right": true }, { "zh": "错", "en": "wrong" }],
            "why": { "zh": "因为", "en": "because" },
        })
    };
    json!((0..9).map(one).collect::<Vec<_>>()).to_string()
}
fn packed(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(vec![]));
    for (name, text) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
fn visits(en: &str) -> Vec<u8> {
    packed(&[("zh.md", ZH), ("en.md", en), ("questions.json", &questions())])
}
async fn put(w: &World, who: UserId, course: Option<&str>, bytes: Vec<u8>) -> Result<CoursePut, Refusal> {
    let op = PutOwnCourse { course: course.map(Into::into), body: Arrived::Whole(bytes), note: Note::default() };
    w.store.put_own_course(w.system(who, op).await?).await.map(Disclosed::into_inner)
}
fn outside() -> Outside {
    Outside {
        activity: ACTIVITY.into(),
        launch: "https://lms.example.com/start/7".into(),
        months: 12,
        rule: PassRule { completed: true, least_percent: Some(80) },
        home_page: Some(HOME.into()),
        mail_domain: Some("example.com".into()),
    }
}
async fn register(w: &World, course: Option<&str>, outside: Outside) -> Result<CoursePut, Refusal> {
    let op = PutOutsideCourse {
        course: course.map(Into::into),
        title: Text::new("外部合规课", "Compliance elsewhere"),
        about: Text::new("", ""),
        outside,
        note: Note::default(),
    };
    w.store.put_outside_course(w.system(w.security, op).await?).await.map(Disclosed::into_inner)
}
async fn require(w: &World, courses: &[&str]) -> Result<(), Refusal> {
    let required =
        |c: &&str| RequiredCourse { course: (*c).into(), roles: BTreeSet::from(["sales_rep".parse().unwrap()]) };
    let rules =
        TrainingRules { on: true, required: courses.iter().map(required).collect(), ..TrainingRules::default() };
    let op = ChangeTrainingRules { rules, note: Note::default() };
    w.store.change_training_rules(w.system(w.security, op).await?).await.map(|_| ())
}
async fn mine(w: &World, who: UserId, course: &str) -> OwnCourse {
    let all = w.store.list_own_training(w.system(who, ListOwnTraining).await.unwrap()).await.unwrap().into_inner();
    all.courses.into_iter().find(|c| c.id == course).unwrap()
}
async fn quiz(w: &World, who: UserId, course: &str) -> Result<QuizMarked, Refusal> {
    let begun = w.store.begin_quiz(w.system(who, BeginQuiz { course: course.into() }).await?).await?.into_inner();
    let right =
        |q: &store::training::AskedQuestion| q.options.iter().position(|o| o.en == "right").into_iter().collect();
    let answers = begun.questions.iter().map(right).collect();
    let op = AnswerQuiz { course: course.into(), answers, pledge: None, note: Note::default() };
    w.store.answer_quiz(w.system(who, op).await?).await.map(Disclosed::into_inner)
}

fn id(n: u8) -> StatementId {
    StatementId::from_bytes([n; 16])
}
fn stated(n: u8, login: &str, verb: &str, scaled: f64, at: model::UnixMs) -> Value {
    json!({
        "id": id(n), "actor": { "account": { "homePage": HOME, "name": login } },
        "verb": { "id": format!("http://adlnet.gov/expapi/verbs/{verb}") }, "object": { "id": ACTIVITY },
        "result": { "score": { "scaled": scaled } }, "timestamp": at.to_rfc3339(),
    })
}
fn voids(n: u8, what: u8) -> Value {
    json!({
        "id": id(n), "actor": { "mbox": "mailto:lms@example.com" }, "verb": { "id": "http://adlnet.gov/expapi/verbs/voided" },
        "object": { "objectType": "StatementRef", "id": id(what) },
    })
}
async fn take(w: &World, who: UserId, statements: &Value) -> Result<StatementsTaken, Refusal> {
    let body = Arrived::Whole(statements.to_string().into_bytes());
    let op = TakeStatements { body, file: None, note: Note::default() };
    w.store.take_statements(w.system(who, op).await?).await.map(Disclosed::into_inner)
}
fn counts(taken: Result<StatementsTaken, Refusal>) -> Vec<(&'static str, usize)> {
    taken.unwrap().counts.into_iter().collect()
}
/// A system that may hand statements in: a program that the officer answers for.
async fn lms(w: &World) -> UserId {
    let department = w.store.directory().user(w.admin).unwrap().department;
    let user = NewUser {
        login: "lms".into(),
        name: "LMS".into(),
        kind: UserKind::Service,
        department,
        manager: Some(w.security),
        trained_until: None,
    };
    let made = w.system(w.admin, CreateUser { user, note: Note::default() }).await.unwrap();
    let user = w.store.create_user(made).await.unwrap().into_inner();
    let op = AssignRole { user, role: "security_admin".parse().unwrap() };
    w.store.assign_role(w.system(w.security, op).await.unwrap()).await.unwrap();
    user
}

/// What the tamper drill has of courses: an own one with a text, one outside, statements that passed and were refused.
pub async fn work(w: &World, round: u8) {
    put(w, w.security, None, visits(&EN.replace("To the door", &format!("To door {round}")))).await.unwrap();
    let activity = format!("{ACTIVITY}/{round}");
    register(w, None, Outside { activity: activity.clone(), ..outside() }).await.unwrap();
    let mut passes = stated(100 + round, "wang", "passed", 0.9, w.now());
    passes["object"]["id"] = activity.into();
    take(w, w.security, &json!([passes, stated(200 + round, "nobody", "passed", 0.9, w.now())])).await.unwrap();
}

#[tokio::test]
async fn an_own_course_is_required_passed_given_another_text_and_withdrawn() {
    let w = World::new().await;
    assert!(matches!(put(&w, w.rep, None, visits(EN)).await, Err(Refusal::Forbidden { .. })));
    let made = put(&w, w.security, None, visits(EN)).await.unwrap();
    let course = made.course.as_str();
    assert_eq!((made.version, made.known), (1, false));
    // The same files again change nothing.
    assert!(put(&w, w.security, Some(course), visits(EN)).await.unwrap().known);

    assert_eq!(code(require(&w, &["cooking"]).await), "unknown_course");
    require(&w, &[course]).await.unwrap();
    assert!(w.store.train(w.now()).await.unwrap().given >= 2);
    assert_eq!((mine(&w, w.rep, course).await.state, mine(&w, w.rep, course).await.kind), ("due", CourseKind::Own));
    let shown =
        w.store.show_course(w.system(w.rep, ShowCourse { course: course.into() }).await.unwrap()).await.unwrap();
    assert_eq!(
        (shown.into_inner().pages.len(), mine(&w, w.rep, course).await.title),
        (2, Text::new("客户来访", "Visits"))
    );
    let passed = quiz(&w, w.rep, course).await.unwrap();
    assert!(passed.passed && passed.trained_until == passed.valid_until);

    // Another text: who passed the one before keeps that; a quiz that was begun is drawn anew.
    let begun =
        w.store.begin_quiz(w.system(w.other_rep, BeginQuiz { course: course.into() }).await.unwrap()).await.unwrap();
    let second = put(&w, w.security, Some(course), visits(&EN.replace("# Visits", "# Visitors"))).await.unwrap();
    assert_eq!((second.version, mine(&w, w.rep, course).await.state), (2, "passed"));
    let answers = begun.into_inner().questions.iter().map(|_| BTreeSet::from([0])).collect();
    let op = AnswerQuiz { course: course.into(), answers, pledge: None, note: Note::default() };
    let late = w.store.answer_quiz(w.system(w.other_rep, op).await.unwrap()).await;
    assert_eq!(code(late), "no_quiz");
    let all = w.store.list_courses(w.system(w.auditor, ListCourses).await.unwrap()).await.unwrap().into_inner();
    let card = all.iter().find(|c| c.head.id == course).unwrap();
    assert_eq!(card.versions.iter().map(|v| v.of.version).collect::<Vec<_>>(), [2, 1]);
    assert!(card.required && card.head.title.en == "Visitors");

    // It is withdrawn once nothing requires it; who was asked for it is free, and what was passed stands on its certificate.
    let withdraw = async |withdrawn| {
        let op = WithdrawCourse { course: course.into(), withdrawn };
        w.store.withdraw_course(w.system(w.security, op).await?).await.map(|_| ())
    };
    assert_eq!(code(withdraw(true).await), "course_required");
    require(&w, &["misuse"]).await.unwrap();
    let op = AssignTraining::new(w.rep, course.into(), true, 7);
    w.store.assign_training(w.system(w.security, op).await.unwrap()).await.unwrap();
    withdraw(true).await.unwrap();
    assert!(w.store.train(w.now()).await.unwrap().dropped >= 1, "the other rep's date");
    assert_eq!(code(quiz(&w, w.rep, course).await), "not found");
    let op = TakeCertificate { course: course.into(), language: "en" };
    let print = |c: &Certificate| Ok(Printed { bytes: format!("{c:?}").into_bytes(), pages: 1 });
    let taken = w.store.take_certificate(w.system(w.rep, op).await.unwrap(), &w.publisher, print).await.unwrap();
    assert!(String::from_utf8(taken.into_inner().bytes).unwrap().contains("version: 1"));
    withdraw(false).await.unwrap();
    assert!(quiz(&w, w.rep, course).await.unwrap().passed);
    clean(&w).await;
}

#[tokio::test]
async fn a_file_that_is_no_course_is_refused_with_its_lines_and_on_record() {
    let w = World::new().await;
    let q = questions();
    let html = ZH.replace("送到门口", "<img src=x>");
    let places = async |bytes| match put(&w, w.security, None, bytes).await {
        Err(Refusal::Invalid(problems)) => {
            assert!(problems.iter().all(|p| p.code == "course_file" && p.own.is_some()));
            problems.into_iter().map(|p| p.field).collect::<Vec<_>>()
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(places(packed(&[("zh.md", &html), ("questions.json", &q)])).await, ["zh.md:12"]);
    assert_eq!(places(packed(&[("../zh.md", ZH), ("questions.json", &q)])).await, ["../zh.md"]);
    assert_eq!(places(b"no zip".to_vec()).await, [""]);
    for (body, why) in [(Arrived::TooLarge, "course_too_large"), (Arrived::Broken, "malformed_request")] {
        let op = PutOwnCourse { course: None, body, note: Note::default() };
        assert_eq!(code(w.store.put_own_course(w.system(w.security, op).await.unwrap()).await), why);
    }
    assert_eq!(code(put(&w, w.security, Some("own-0000000000"), visits(EN)).await), "not found");
    assert_eq!(code(put(&w, w.security, Some("misuse"), visits(EN)).await), "not found");
    for (wrong, why) in [
        (Outside { launch: "http://lms.example.com/".into(), ..outside() }, "invalid_value"),
        (Outside { launch: "javascript:alert(1)".into(), ..outside() }, "invalid_value"),
        (Outside { activity: "seven".into(), ..outside() }, "invalid_value"),
        (Outside { months: 37, ..outside() }, "invalid_value"),
        (Outside { home_page: None, mail_domain: None, ..outside() }, "required"),
    ] {
        assert_eq!(code(register(&w, None, wrong).await), why);
    }
    register(&w, None, outside()).await.unwrap();
    assert_eq!(code(register(&w, None, outside()).await), "duplicate");
    clean(&w).await;
}

#[tokio::test]
async fn what_a_system_states_makes_training_current_once_and_can_be_taken_back() {
    let w = World::new().await;
    let (rep, system) = (w.rep, lms(&w).await);
    let course = register(&w, None, outside()).await.unwrap().course;
    require(&w, &[&course]).await.unwrap();
    w.store.train(w.now()).await.unwrap();
    assert_eq!(mine(&w, rep, &course).await.outside.unwrap().1, "lms.example.com");
    assert_eq!(code(quiz(&w, rep, &course).await), "not found", "its quiz is elsewhere");

    // All that does not pass is told, none is dropped; then the same file again.
    let old = w.now().plus_days(-400);
    let batch = json!([
        stated(1, "wang", "completed", 0.5, w.now()),
        stated(2, "stranger", "passed", 0.9, w.now()),
        stated(3, "wang", "passed", 0.9, w.now().plus_days(1)),
        stated(4, "wang", "passed", 0.9, old),
        { "id": id(5), "verb": { "id": "x" } },
        { "id": id(6), "actor": {}, "verb": { "id": "x" }, "object": { "id": "https://elsewhere" } },
    ]);
    let each =
        [("future", 1), ("malformed", 1), ("noted", 1), ("outdated", 1), ("unknown_actor", 1), ("unknown_course", 1)];
    assert_eq!(counts(take(&w, system, &batch).await), each);
    assert_eq!(mine(&w, rep, &course).await.state, "due");
    // What was refused is read again, what was taken in is known.
    let again = [("future", 1), ("known", 2), ("malformed", 1), ("unknown_actor", 1), ("unknown_course", 1)];
    assert_eq!(counts(take(&w, system, &batch).await), again);

    let passes = stated(7, "WANG", "completed", 0.95, w.now());
    assert_eq!(counts(take(&w, system, &passes).await), [("passed", 1)]);
    let now = mine(&w, rep, &course).await;
    assert_eq!((now.state, now.valid_until), ("passed", w.store.company().users[&rep].trained_until));
    assert_eq!(counts(take(&w, system, &json!([passes, passes])).await), [("known", 2)]);
    let mut other = passes.clone();
    other["result"]["score"]["scaled"] = 1.into();
    assert_eq!(
        code(take(&w, system, &json!([stated(8, "li", "passed", 0.9, w.now()), other])).await),
        "statement_conflict"
    );
    assert_eq!(mine(&w, w.other_rep, &course).await.state, "due", "all or nothing");

    // A longer one stands when the newer is taken back; taken back too, nothing is current any more.
    let until = now.valid_until;
    w.pass_days(1);
    assert_eq!(counts(take(&w, system, &stated(9, "wang", "passed", 0.8, w.now())).await), [("passed", 1)]);
    assert_eq!(counts(take(&w, system, &stated(10, "wang", "passed", 0.8, old.plus_days(60))).await), [("older", 1)]);
    assert!(mine(&w, rep, &course).await.valid_until > until);
    assert_eq!(counts(take(&w, system, &voids(11, 9)).await), [("voids", 1)]);
    assert_eq!(mine(&w, rep, &course).await.valid_until, until);
    take(&w, system, &voids(12, 7)).await.unwrap();
    assert_eq!(mine(&w, rep, &course).await.state, "open");
    assert!(w.store.company().users[&rep].trained_until.unwrap() <= w.now());
    // One that was taken back before it came.
    take(&w, system, &voids(13, 14)).await.unwrap();
    assert_eq!(counts(take(&w, system, &stated(14, "wang", "passed", 0.9, w.now())).await), [("voided", 1)]);

    // After an officer asked for it, what was passed before that does not count.
    let before = w.now();
    w.pass_minutes(1);
    let op = AssignTraining::new(rep, course.clone(), true, 7);
    w.store.assign_training(w.system(w.security, op).await.unwrap()).await.unwrap();
    assert_eq!(counts(take(&w, system, &stated(15, "wang", "passed", 0.9, before)).await), [("before_asked", 1)]);
    assert_eq!(counts(take(&w, system, &stated(16, "wang", "passed", 0.9, w.now())).await), [("passed", 1)]);
    let list = ListStatements { outcome: Some(StatementOutcome::Passed), course: None, limit: 50, after: None };
    let list = w.store.list_statements(w.system(w.auditor, list).await.unwrap()).await.unwrap().into_inner();
    assert_eq!(list.items.iter().map(|s| s.id).collect::<Vec<_>>(), [id(16)]);
    clean(&w).await;
}

#[tokio::test]
async fn nobody_hands_in_what_is_stated_of_themselves_and_an_address_names_a_login_alone() {
    let w = World::new().await;
    register(&w, None, outside()).await.unwrap();
    let mut mail = stated(1, "", "passed", 0.9, w.now());
    for (mbox, outcome) in [
        ("mailto:security@example.com", "own"),
        ("mailto:security@elsewhere.com", "unknown_actor"),
        ("mailto:li@EXAMPLE.com", "passed"),
    ] {
        mail["actor"] = json!({ "mbox": mbox });
        mail.as_object_mut().unwrap().remove("id");
        assert_eq!(counts(take(&w, w.security, &mail).await), [(outcome, 1)], "{mbox}");
    }
    assert!(matches!(take(&w, w.rep, &mail).await, Err(Refusal::Forbidden { .. })));
    // By hand nobody takes back what is stated of themselves; a system does.
    let system = lms(&w).await;
    assert_eq!(counts(take(&w, system, &stated(2, "security", "passed", 0.9, w.now())).await), [("passed", 1)]);
    assert_eq!(counts(take(&w, w.security, &voids(3, 2)).await), [("own", 1)]);
    assert_eq!(counts(take(&w, system, &voids(3, 2)).await), [("voids", 1)]);
    for (text, why) in [("[", "statements_unreadable"), ("[]", "statements_empty")] {
        let op = TakeStatements { body: Arrived::Whole(text.into()), file: None, note: Note::default() };
        assert_eq!(code(w.store.take_statements(w.system(w.security, op).await.unwrap()).await), why);
    }
    clean(&w).await;
}

#[tokio::test]
async fn doctor_finds_texts_and_statements_that_were_altered_or_taken_away() {
    let w = World::new().await;
    let course = put(&w, w.security, None, visits(EN)).await.unwrap().course;
    register(&w, None, outside()).await.unwrap();
    take(&w, w.security, &json!([stated(1, "li", "passed", 0.9, w.now()), stated(2, "no", "passed", 0.9, w.now())]))
        .await
        .unwrap();
    clean(&w).await;
    w.tamper("DELETE FROM course_text");
    w.tamper("UPDATE training_statement SET outcome = 'passed' WHERE outcome = 'unknown_actor'");
    w.tamper("DELETE FROM training_statement WHERE user_id IS NOT NULL");
    let (_, tables) = w.store.examine(w.now()).await.unwrap();
    let found: Vec<(&str, &str)> = tables.findings.iter().map(|f| (f.table, f.problem)).collect();
    for one in [("course_text", "missing"), ("training_statement", "seal"), ("training_statement", "missing")] {
        assert!(found.contains(&one), "{one:?} in {found:?}");
    }
    assert!(quiz(&w, w.rep, &course).await.is_err(), "nothing is asked of a text that is not there");
}
