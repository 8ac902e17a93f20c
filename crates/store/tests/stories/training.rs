//! Courses are given, quizzes begun and answered once, and training is current from the quiz on that completes it.

use std::collections::BTreeSet;

use access::path::{Disclosed, Refusal};
use model::{EventId, Text, UserId};
use sha2::{Digest, Sha256};
use store::company::Note;
use store::documents::Printed;
use store::notices::NoticeKind;
use store::training::{
    AnswerQuiz, AssignTraining, BeginQuiz, Certificate, ChangeTrainingRules, ListOwnTraining, OwnTraining,
    ProveCertificate, QuizMarked, QuizView, RequiredCourse, ShowCourse, TakeCertificate, TrainingFilter,
    TrainingProgress, TrainingRound, TrainingRules,
};

use super::house::code;
use super::notices::notices;
use super::requests::clean;
use super::world::World;

const COURSES: [&str; 3] = ["personal-data", "exporting", "misuse"];

async fn rules(w: &World, rules: TrainingRules) -> Result<(), Refusal> {
    let op = ChangeTrainingRules { rules, note: Note::default() };
    w.store.change_training_rules(w.system(w.security, op).await?).await.map(|_| ())
}
fn on() -> TrainingRules {
    TrainingRules { on: true, ..TrainingRules::default() }
}
async fn mine(w: &World, who: UserId) -> OwnTraining {
    w.store.list_own_training(w.system(who, ListOwnTraining).await.unwrap()).await.unwrap().into_inner()
}
async fn states(w: &World, who: UserId) -> Vec<&'static str> {
    mine(w, who).await.courses.iter().map(|c| c.state).collect()
}
async fn begin(w: &World, who: UserId, course: &str) -> Result<QuizView, Refusal> {
    let op = BeginQuiz { course: course.into() };
    w.store.begin_quiz(w.system(who, op).await?).await.map(Disclosed::into_inner)
}
async fn answer(
    w: &World,
    who: UserId,
    course: &str,
    answers: Vec<BTreeSet<usize>>,
    pledge: Option<String>,
) -> Result<QuizMarked, Refusal> {
    let op = AnswerQuiz { course: course.into(), answers, pledge, note: Note::default() };
    w.store.answer_quiz(w.system(who, op).await?).await.map(Disclosed::into_inner)
}
/// What is right, by the courses' own text.
fn right(course: &str, quiz: &QuizView) -> Vec<BTreeSet<usize>> {
    let all = &training::course(course).unwrap().questions;
    let of = |asked: &store::training::AskedQuestion| {
        let question = all.iter().find(|q| q.text == asked.text).unwrap();
        let is_right = |shown: &Text| question.options.iter().any(|o| o.right && o.zh == shown.zh);
        asked.options.iter().enumerate().filter(|(_, o)| is_right(o)).map(|(n, _)| n).collect()
    };
    quiz.questions.iter().map(of).collect()
}
async fn pass(w: &World, who: UserId, course: &str) -> QuizMarked {
    let quiz = begin(w, who, course).await.unwrap();
    answer(w, who, course, right(course, &quiz), None).await.unwrap()
}

/// What was printed of a certificate is what it says.
async fn certificate(w: &World, who: UserId, course: &str) -> Result<(EventId, Printed), Refusal> {
    let op = TakeCertificate { course: course.into(), language: "zh" };
    let grant = w.system(who, op).await?;
    let print = |c: &Certificate| Ok(Printed { bytes: format!("{c:?}").into_bytes(), pages: 1 });
    let taken = w.store.take_certificate(grant, &w.publisher, print).await?;
    Ok((taken.event(), taken.into_inner()))
}
/// The certificate says who, what and until when; its event proves the very bytes, and nothing is proved of another's.
async fn certified(w: &World, rep: UserId) {
    let (event, file) = certificate(w, rep, COURSES[0]).await.unwrap();
    let text = String::from_utf8(file.bytes.clone()).unwrap();
    assert!(text.contains(&w.store.company().users[&rep].name) && text.contains("right: 8, of: 8"), "{text}");
    let prove = async |who, course: &str| {
        let grant = w.system(who, ProveCertificate { course: course.into(), event }).await?;
        w.store.prove_certificate(grant, &w.publisher).await.map(Disclosed::into_inner)
    };
    let (evidence, altered) = prove(rep, COURSES[0]).await.unwrap();
    let digest = hex::encode(Sha256::digest(&file.bytes));
    assert_eq!(altered, 0);
    assert!(serde_json::to_string(&evidence).unwrap().contains(&digest));
    assert!(prove(rep, COURSES[1]).await.is_err(), "it is of another course");
    assert!(prove(w.other_rep, COURSES[0]).await.is_err(), "it is another's");
    assert_eq!(code(certificate(w, w.other_rep, COURSES[0]).await), "not_passed");
}

/// What the tamper drill has of training: a course that was passed, one that is due, a quiz that was begun.
pub async fn work(w: &World, round: u8) {
    let course = COURSES[usize::from(round) % 3];
    pass(w, w.rep, course).await;
    let op = AssignTraining::new(w.other_rep, course.into(), true, 7);
    w.store.assign_training(w.system(w.security, op).await.unwrap()).await.unwrap();
    begin(w, w.other_rep, course).await.unwrap();
}

#[tokio::test]
async fn somebody_is_given_courses_fails_passes_and_is_current_until_the_first_runs_out() {
    let w = World::new().await;
    let rep = w.rep;
    assert_eq!(
        (w.store.train(w.now()).await.unwrap(), states(&w, rep).await),
        (TrainingRound::default(), vec!["open"; 3])
    );
    rules(&w, on()).await.unwrap();

    // Two nodes at the same moment: each course is given once.
    let (one, two) = tokio::join!(w.store.train(w.now()), w.store.train(w.now()));
    let people = w.store.company().users.values().filter(|u| u.kind == model::UserKind::Person).count() as u64;
    assert_eq!(one.unwrap().given + two.unwrap().given, 3 * people);
    assert_eq!(states(&w, rep).await, ["due"; 3]);
    let news = notices(&w, rep).await;
    assert_eq!((news.len(), news[0].kind, news[0].by), (3, NoticeKind::Training, None), "{news:?}");

    // Begun again it is the same quiz; answers that do not fit it are told.
    let quiz = begin(&w, rep, COURSES[0]).await.unwrap();
    assert_eq!((quiz.clone(), quiz.questions.len()), (begin(&w, rep, COURSES[0]).await.unwrap(), training::ASKED));
    assert_eq!(code(begin(&w, rep, "cooking").await), "not found");
    assert_eq!(code(answer(&w, rep, COURSES[1], vec![], None).await), "no_quiz");
    assert_eq!(code(answer(&w, rep, COURSES[0], vec![[0].into()], None).await), "invalid_value");
    let beyond = vec![BTreeSet::from([99]); training::ASKED];
    assert_eq!(code(answer(&w, rep, COURSES[0], beyond, None).await), "invalid_value");

    // Not passed: why is told, what would have been right is not; then one waits.
    let failed = answer(&w, rep, COURSES[0], vec![BTreeSet::new(); training::ASKED], None).await.unwrap();
    assert_eq!((failed.passed, failed.right, failed.wrong.len()), (false, 0, training::ASKED));
    assert!(failed.wrong.iter().all(|one| one.right.is_empty() && !one.why.zh.is_empty()));
    assert_eq!(code(begin(&w, rep, COURSES[0]).await), "quiz_waits");
    assert_eq!(code(answer(&w, rep, COURSES[0], right(COURSES[0], &quiz), None).await), "no_quiz");
    w.pass_minutes(6);

    let passed = pass(&w, rep, COURSES[0]).await;
    assert_eq!((passed.passed, passed.trained_until), (true, None));
    w.pass_days(1);
    pass(&w, rep, COURSES[1]).await;
    let last = pass(&w, rep, COURSES[2]).await;
    // Current until the first of them runs out: a year after that quiz, in the gate's own picture.
    assert_eq!((last.trained_until, mine(&w, rep).await.trained_until), (passed.valid_until, passed.valid_until));
    assert_eq!(w.store.company().users[&rep].trained_until, passed.valid_until);
    assert_eq!(states(&w, rep).await, ["passed"; 3]);
    certified(&w, rep).await;
    clean(&w).await;

    // Thirty days before it runs out it is given again, and reminded of; past it, it is overdue.
    w.pass_days(336);
    w.store.train(w.now()).await.unwrap();
    assert_eq!(states(&w, rep).await[0], "due");
    let before = notices(&w, rep).await.len();
    w.pass_days(25);
    assert!(w.store.train(w.now()).await.unwrap().reminded > 0);
    assert_eq!(w.store.train(w.now()).await.unwrap(), TrainingRound::default());
    assert!(notices(&w, rep).await.len() > before);
    w.pass_days(10);
    assert_eq!(states(&w, rep).await[0], "overdue");
    assert_eq!(code(certificate(&w, rep, COURSES[0]).await), "not_passed", "it ran out");
    clean(&w).await;
}

#[tokio::test]
async fn an_officer_asks_again_and_the_company_s_words_are_acknowledged() {
    let w = World::new().await;
    let rep = w.rep;
    for course in COURSES {
        pass(&w, rep, course).await;
    }
    let year = mine(&w, rep).await.trained_until;
    assert!(year.is_some());
    let give = async |user, course: &str, days| {
        let op = AssignTraining::new(user, course.into(), true, days);
        w.store.assign_training(w.system(w.security, op).await?).await.map(|_| ())
    };
    assert_eq!(code(give(rep, "cooking", 7).await), "unknown_course");
    assert_eq!(code(give(rep, "misuse", 0).await), "invalid_value");
    assert_eq!(code(give(UserId::from_bytes([7; 16]), "misuse", 7).await), "unknown_user");
    give(rep, "misuse", 7).await.unwrap();
    let until = mine(&w, rep).await.trained_until.unwrap();
    assert!((w.now().plus_days(7).0 - until.0).abs() < 10_000, "until the date what was passed counts");
    assert_eq!(notices(&w, rep).await[0].kind, NoticeKind::Training);

    let pledge = Text::new("不外传。", "It stays inside.");
    for bad in [
        TrainingRules { pledge: Text::new("不外传。", ""), ..on() },
        TrainingRules { due_days: 0, ..on() },
        TrainingRules { valid_months: 37, ..on() },
        TrainingRules { required: vec![RequiredCourse { course: "cooking".into(), roles: BTreeSet::new() }], ..on() },
        TrainingRules {
            required: vec![RequiredCourse {
                course: "misuse".into(),
                roles: BTreeSet::from(["wizard".parse().unwrap()]),
            }],
            ..on()
        },
    ] {
        assert!(rules(&w, bad.clone()).await.is_err(), "{bad:?}");
    }
    rules(&w, TrainingRules { pledge: pledge.clone(), ..on() }).await.unwrap();
    let op = ShowCourse { course: "misuse".into() };
    let shown = w.store.show_course(w.system(rep, op).await.unwrap()).await.unwrap().into_inner();
    let (text, digest) = shown.pledge.unwrap();
    assert_eq!((text, shown.pages.len()), (pledge, 5));
    let quiz = begin(&w, rep, "misuse").await.unwrap();
    assert_eq!(code(answer(&w, rep, "misuse", right("misuse", &quiz), None).await), "required");
    let passed = answer(&w, rep, "misuse", right("misuse", &quiz), Some(digest)).await.unwrap();
    assert!(passed.passed && passed.trained_until >= year, "{passed:?}");

    // Who sees how far everybody is: the officers, and nobody else.
    let progress = async |who| {
        let op =
            TrainingProgress { filter: TrainingFilter { state: Some("passed".into()), ..TrainingFilter::default() } };
        w.store.training_progress(w.system(who, op).await?).await.map(Disclosed::into_inner)
    };
    assert!(progress(rep).await.is_err());
    let all = progress(w.auditor).await.unwrap();
    assert_eq!((all.lines.len(), all.complete), (3, true));
    assert!(all.lines.iter().all(|l| l.user == rep));
    assert_eq!(all.departments.iter().map(|d| d.current).sum::<usize>(), 1);
    clean(&w).await;
}
