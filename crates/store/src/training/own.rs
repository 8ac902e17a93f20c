//! One's own courses: reading, quizzes, and what is current then.

use std::collections::BTreeSet;

use access::path::{Disclosed, Grant, Refusal};
use model::{Text, UnixMs, User, UserId};
use serde_json::json;

use super::catalogue::{CourseHead, CourseKind, known, offered};
use super::current::current;
use super::row::{Attempt, Given, Open, Taken, told};
use crate::Store;
use crate::automation::host_of;
use crate::company::{Note, barred};
use crate::ids::random;

/// How long a quiz that was begun can be answered.
const ANSWERED_WITHIN_MS: i64 = 2 * 3_600_000;
const MINUTE_MS: i64 = 60_000;

#[derive(Debug)]
pub struct ListOwnTraining;

#[derive(Debug)]
pub struct ShowCourse {
    pub course: String,
}

#[derive(Debug)]
pub struct BeginQuiz {
    pub course: String,
}

#[derive(Debug)]
pub struct AnswerQuiz {
    pub course: String,
    /// For each question the positions that were chosen, as they were shown.
    pub answers: Vec<BTreeSet<usize>>,
    /// The digest of the text that is acknowledged, where the company has one.
    pub pledge: Option<String>,
    pub note: Note,
}

/// How one stands with a course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnCourse {
    pub id: String,
    pub title: Text,
    pub about: Text,
    pub kind: CourseKind,
    /// Questions of one quiz; none of a course outside.
    pub questions: usize,
    /// Where a course outside is taken, and the host that states who passed.
    pub outside: Option<(String, String)>,
    /// By the company's rules.
    pub required: bool,
    /// `open`, `due`, `overdue` or `passed`.
    pub state: &'static str,
    pub why: Option<&'static str>,
    pub due_at: Option<UnixMs>,
    pub passed_at: Option<UnixMs>,
    pub valid_until: Option<UnixMs>,
    pub attempts: usize,
    /// Before then no quiz begins.
    pub wait_until: Option<UnixMs>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnTraining {
    pub courses: Vec<OwnCourse>,
    pub trained_until: Option<UnixMs>,
}

/// A course with its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CourseView {
    pub course: OwnCourse,
    /// None of a course outside.
    pub pages: Vec<training::Page>,
    /// What whoever passes says they keep to, and its digest.
    pub pledge: Option<(Text, String)>,
}

/// A question as it is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedQuestion {
    pub text: Text,
    /// Whether several answers may be right.
    pub many: bool,
    pub options: Vec<Text>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuizView {
    pub questions: Vec<AskedQuestion>,
    pub answer_by: UnixMs,
}

/// A question that was not answered right, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongAnswer {
    pub place: usize,
    pub right: BTreeSet<usize>,
    pub why: Text,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuizMarked {
    pub right: usize,
    pub of: usize,
    pub passed: bool,
    /// Which answers were right is told of a quiz that was passed: of one that was not, only why.
    pub wrong: Vec<WrongAnswer>,
    pub valid_until: Option<UnixMs>,
    /// Until when the reader's training is current now.
    pub trained_until: Option<UnixMs>,
    pub wait_until: Option<UnixMs>,
}

impl Store {
    /// A course that is offered.
    pub(super) fn offered_course(&self, id: &str) -> Result<CourseHead, Refusal> {
        let head = self.known_course(id)?;
        if head.withdrawn { Err(Refusal::NotFound) } else { Ok(head) }
    }
    /// A course, also one that was withdrawn.
    pub(super) fn known_course(&self, id: &str) -> Result<CourseHead, Refusal> {
        known(&self.company().courses, id).ok_or(Refusal::NotFound)
    }

    /// Before then no quiz of it begins.
    fn waits(&self, taken: &Taken) -> Option<UnixMs> {
        let last = taken.body.attempts.last().filter(|a| !a.passed)?;
        Some(last.at.plus_ms(i64::from(self.company().training.wait_minutes) * MINUTE_MS))
    }

    fn own_course(&self, user: &User, course: &CourseHead, taken: Option<&Taken>, now: UnixMs) -> OwnCourse {
        let rules = &self.company().training;
        let required = rules.on && rules.of(user, std::slice::from_ref(course)).next().is_some();
        let outside = course.outside.as_ref();
        OwnCourse {
            id: course.id.clone(),
            title: course.title.clone(),
            about: course.about.clone(),
            kind: course.kind,
            questions: if course.kind == CourseKind::Outside { 0 } else { training::ASKED },
            outside: outside.map(|o| (o.launch.clone(), host_of(&o.launch).map_or_else(String::new, |(_, host)| host))),
            required,
            state: taken.map_or("open", |t| t.state(now)),
            why: taken.map(|t| t.body.why.as_str()),
            due_at: taken.and_then(|t| t.due_at),
            passed_at: taken.and_then(|t| t.body.passed_at),
            valid_until: taken.and_then(|t| t.valid_until),
            attempts: taken.map_or(0, |t| t.body.attempts.len()),
            wait_until: taken.and_then(|t| self.waits(t)).filter(|until| now < *until),
        }
    }

    pub(super) fn learner(&self, id: UserId) -> Result<User, Refusal> {
        self.company().users.get(&id).cloned().ok_or(Refusal::NotFound)
    }

    /// The caller's courses in the order they are best taken in, and until when all training that they need is current.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn list_own_training(&self, grant: Grant<ListOwnTraining>) -> Result<Disclosed<OwnTraining>, Refusal> {
        let (me, now) = (grant.caller().user, grant.now());
        let all = async {
            let (user, taken) = (self.learner(me)?, self.taken_by(me).await?);
            let of = |course: &CourseHead| taken.iter().find(|t| t.course == course.id);
            let heads = offered(&self.company().courses);
            let courses = heads.iter().map(|c| self.own_course(&user, c, of(c), now)).collect();
            Ok(OwnTraining { courses, trained_until: user.trained_until })
        };
        match all.await {
            Ok(all) => grant.carry_out(vec![], all).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    pub(super) async fn own_taken(&self, user: UserId, course: &str) -> Result<Option<Taken>, Refusal> {
        Ok(self.taken_by(user).await?.into_iter().find(|t| t.course == course))
    }

    /// # Errors
    /// [`Refusal::NotFound`] for no such course; recorded.
    pub async fn show_course(&self, grant: Grant<ShowCourse>) -> Result<Disclosed<CourseView>, Refusal> {
        let (me, now) = (grant.caller().user, grant.now());
        let view = async {
            let course = self.offered_course(&grant.operation().course)?;
            let pages = match course.kind {
                CourseKind::Outside => vec![],
                _ => self.whole(&course).await?.pages.clone(),
            };
            let (user, taken) = (self.learner(me)?, self.own_taken(me, &course.id).await?);
            let rules = &self.company().training;
            let pledge = rules.pledge_digest().map(|digest| (rules.pledge.clone(), digest));
            Ok(CourseView { course: self.own_course(&user, &course, taken.as_ref(), now), pages, pledge })
        };
        match view.await {
            Ok(view) => grant.carry_out(vec![], view).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// Begins a quiz, or gives the one that was begun.
    ///
    /// # Errors
    /// [`Refusal::NotFound`]; [`Refusal::Barred`] `quiz_waits` too soon after one that was not passed; [`Refusal::Conflict`].
    pub async fn begin_quiz(&self, grant: Grant<BeginQuiz>) -> Result<Disclosed<QuizView>, Refusal> {
        let (me, now) = (grant.caller().user, grant.now());
        let begun = async {
            let head = self.offered_course(&grant.operation().course)?;
            let course = self.whole(&head).await?;
            let kept = self.own_taken(me, &head.id).await?;
            let mut taken = kept.unwrap_or_else(|| self.new_taken(me, &head.id, Given::Own, now));
            if self.waits(&taken).is_some_and(|until| now < until) {
                return Err(barred("quiz_waits", "the next quiz begins a little later"));
            }
            let open = match taken.body.open.clone().filter(|o| stands(o, &head, now)) {
                Some(open) => open,
                None => Open { seed: random(), at: now, version: head.version },
            };
            let questions = training::draw(&course, &open.seed).iter().map(asked).collect();
            let view = QuizView { questions, answer_by: open.at.plus_ms(ANSWERED_WITHIN_MS) };
            taken.body.open = Some(open);
            let change = self.put_taken(&mut taken)?;
            Ok((vec![told([&taken])], vec![change], view))
        };
        match begun.await {
            Ok((told, changes, view)) => grant.carry_out_telling(told, changes, view).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// Marks the answers to the quiz that was begun, once.
    ///
    /// # Errors
    /// [`Refusal::NotFound`]; [`Refusal::Barred`] `no_quiz` where none was begun or its time is over; [`Refusal::Invalid`] for
    /// answers that do not fit the quiz, or where the company's text is not acknowledged; [`Refusal::Conflict`].
    pub async fn answer_quiz(&self, grant: Grant<AnswerQuiz>) -> Result<Disclosed<QuizMarked>, Refusal> {
        let (me, now) = (grant.caller().user, grant.now());
        let read = async {
            let head = self.offered_course(&grant.operation().course)?;
            let course = self.whole(&head).await?;
            Ok::<_, Refusal>((self.taken_by(me).await?, head, course))
        };
        let (all, head, course) = match read.await {
            Ok(read) => read,
            Err(refusal) => return Err(grant.refuse_system(refusal).await),
        };
        let (mut taken, marked) = match self.marked(grant.operation(), &all, (&head, &course), now) {
            Ok(done) => done,
            Err(refusal) => return Err(grant.refuse_system(refusal).await),
        };
        grant.operation().note.set(json!({ "right": marked.right, "of": marked.of, "passed": marked.passed }));
        if !marked.passed {
            let wait_until = self.waits(&taken).filter(|until| now < *until);
            let answer = QuizMarked { wait_until, ..marked };
            return match self.put_taken(&mut taken) {
                Ok(change) => grant.carry_out_telling(vec![told([&taken])], vec![change], answer).await,
                Err(refusal) => Err(grant.refuse_system(refusal).await),
            };
        }
        self.change_company(grant, |_, draft| {
            let mut user = draft.from.users.get(&me).ok_or(Refusal::NotFound)?.clone();
            let stands: Vec<&Taken> = all.iter().filter(|t| t.course != taken.course).chain([&taken]).collect();
            let heads = offered(&draft.from.courses);
            if let Some(current) = current(&stands, &draft.from.training, &user, &heads, now) {
                user.trained_until = Some(current);
            }
            let answer = QuizMarked { trained_until: user.trained_until, ..marked };
            if draft.from.users.get(&me) != Some(&user) {
                draft.set_trained(user);
            }
            let change = self.put_taken(&mut taken)?;
            draft.changes.push(change);
            draft.told.push(told([&taken]));
            Ok(answer)
        })
        .await
    }

    fn marked(
        &self,
        op: &AnswerQuiz,
        all: &[Taken],
        (head, course): (&CourseHead, &training::Course),
        now: UnixMs,
    ) -> Result<(Taken, QuizMarked), Refusal> {
        let begun = all.iter().find(|t| t.course == head.id).cloned();
        let open = begun.as_ref().and_then(|t| t.body.open.clone()).filter(|o| stands(o, head, now));
        let (Some(mut taken), Some(open)) = (begun, open) else {
            return Err(barred("no_quiz", "no quiz was begun, or its time is over"));
        };
        let quiz = training::draw(course, &open.seed);
        let fits = op.answers.len() == quiz.len()
            && op.answers.iter().zip(&quiz).all(|(chosen, asked)| chosen.iter().all(|at| *at < asked.order.len()));
        if !fits {
            return Err(Refusal::invalid(
                "answers",
                "invalid_value",
                "the positions chosen, for each question of the quiz",
            ));
        }
        let rules = self.company().training.clone();
        let (wanted, given) = (rules.pledge_digest(), op.pledge.clone());
        if wanted.is_some() && wanted != given {
            return Err(Refusal::invalid("pledge", "required", "what the company wants to be kept to is acknowledged"));
        }
        let result = training::mark(&quiz, &op.answers);
        taken.body.open = None;
        taken.keep(Attempt { at: now, right: result.right, of: result.of, passed: result.passed });
        if result.passed {
            let months = i64::from(rules.valid_months);
            taken.body.passed_at = Some(now);
            taken.body.passed_version = Some(head.version);
            taken.body.pledge = wanted;
            taken.body.reminded = 0;
            taken.due_at = None;
            taken.valid_until = Some(self.gate.settings().calendar.months_after(now, months));
        }
        let why = |w: training::Wrong<'_>| WrongAnswer {
            place: w.place,
            right: if result.passed { w.right } else { BTreeSet::new() },
            why: w.question.why.clone(),
        };
        let wrong = result.wrong.into_iter().map(why).collect();
        let (right, of, passed, valid_until) = (result.right, result.of, result.passed, taken.valid_until);
        let marked = QuizMarked { right, of, passed, wrong, valid_until, trained_until: None, wait_until: None };
        Ok((taken, marked))
    }
}

fn stands(open: &Open, course: &CourseHead, now: UnixMs) -> bool {
    open.version == course.version && now < open.at.plus_ms(ANSWERED_WITHIN_MS)
}

fn asked(asked: &training::Asked<'_>) -> AskedQuestion {
    let option = |at: &usize| asked.question.options.get(*at).map(|o| Text::new(o.zh.clone(), o.en.clone()));
    AskedQuestion {
        text: asked.question.text.clone(),
        many: asked.question.many(),
        options: asked.order.iter().filter_map(option).collect(),
    }
}
