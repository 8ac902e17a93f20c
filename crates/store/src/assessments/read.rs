//! Assessments as people see them: a list, one of them, one's own questions, and what can be chosen.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use access::path::{Disclosed, Grant, Refusal};
use govern::assessment::{Asked, Standing, suggest};
use model::{Action, AssessmentId, AssessmentQuestionId, FindingId, Severity, Text, UnixMs, UserId, UserStatus};

use super::describe::{EvidenceItem, Seen, controls_of};
use super::evidence::Evidence;
use super::look::room;
use super::row::{Answer, Approved, Assessment, Plan, Question, Returned, State, Word};
use super::stand::Stand;
use crate::Store;
use crate::audit::name_of;
use crate::reports::Reader;

/// Most assessments in one answer.
const MOST_LISTED: usize = 200;
/// Reports and reviews that one chooses from.
const MOST_CHOICES: usize = 50;

#[derive(Debug)]
pub struct ListAssessments;

#[derive(Debug)]
pub struct ShowAssessment {
    pub id: AssessmentId,
}

/// Questions that were given to the caller.
#[derive(Debug)]
pub struct ListOwnQuestions;

/// What the caller can link to; for who runs assessments also people and accounts.
#[derive(Debug)]
pub struct ListChoices;

/// What a list says of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssessmentCard {
    pub id: AssessmentId,
    pub name: String,
    pub organisation: String,
    pub standard: String,
    pub state: State,
    pub starts_at: UnixMs,
    pub ends_at: UnixMs,
    pub due_at: UnixMs,
    pub questions: usize,
    pub answered: usize,
    pub approved: usize,
    /// Raised so far.
    pub findings: usize,
}

/// A question as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionView {
    pub id: AssessmentQuestionId,
    pub version: i64,
    pub asked: Asked,
    /// `open`, `answered`, `approved`; for people from outside what is not approved is open.
    pub state: &'static str,
    pub answerer: Option<(UserId, String)>,
    pub answer: Option<Answer>,
    /// Not told to people from outside.
    pub answered_by: Option<String>,
    pub approved: Option<Approved>,
    pub approved_by: Option<String>,
    pub returned: Option<Returned>,
    pub words: Vec<(Word, String)>,
    /// Whether the caller may approve what stands there.
    pub may_approve: bool,
    pub suggested: Option<SuggestedAnswer>,
}

/// What the newest compliance report says to a question that nobody has answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuggestedAnswer {
    pub evidence: Evidence,
    pub title: Text,
    pub found: Text,
    pub standing: Option<Standing>,
    /// The clause or word by which it was found.
    pub by: String,
}

/// Somebody from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssessorView {
    pub id: UserId,
    pub name: String,
    pub login: String,
    pub named_by: String,
    pub named_at: UnixMs,
    /// Whether the account can sign in now.
    pub active: bool,
}

/// A finding that was raised, as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingLine {
    pub id: FindingId,
    pub question: AssessmentQuestionId,
    pub code: String,
    pub title: String,
    pub severity: Severity,
    pub state: scan::track::State,
    pub found_at: UnixMs,
    pub due_at: Option<UnixMs>,
}

/// One assessment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssessmentView {
    pub card: AssessmentCard,
    pub version: i64,
    pub plan: Plan,
    pub made_at: UnixMs,
    pub opened_at: Option<UnixMs>,
    pub closed_at: Option<UnixMs>,
    pub sha256: Option<String>,
    /// Nobody, for people from outside.
    pub assessors: Vec<AssessorView>,
    pub questions: Vec<QuestionView>,
    pub evidence: Vec<EvidenceItem>,
    pub findings: Vec<FindingLine>,
    pub manages: bool,
    /// Whether the caller can speak as an assessor.
    pub assesses: bool,
}

/// A question of one's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnQuestion {
    pub assessment: AssessmentId,
    pub name: String,
    pub organisation: String,
    pub due_at: UnixMs,
    pub question: QuestionView,
    pub evidence: Vec<EvidenceItem>,
}

/// What one can choose from.
#[derive(Debug, Clone, Default)]
pub struct Choices {
    pub evidence: Vec<EvidenceItem>,
    /// Who can be given a question.
    pub answerers: Vec<(UserId, String)>,
    /// Accounts that can be named as assessors: active people without roles.
    pub accounts: Vec<(UserId, String, String)>,
}

fn figures(a: &Assessment, questions: &[Question], stand: &Stand) -> AssessmentCard {
    let count = |state: &str| questions.iter().filter(|q| q.state() == state).count();
    let approved = count("approved");
    let plan = &a.body.plan;
    AssessmentCard {
        id: a.id,
        name: plan.name.clone(),
        organisation: plan.organisation.clone(),
        standard: plan.standard.clone(),
        state: a.state,
        starts_at: plan.starts_at,
        ends_at: plan.ends_at,
        due_at: plan.due_at,
        questions: questions.len(),
        // How far the house is with what it has not shown yet is its own.
        answered: if stand.outside { approved } else { approved + count("answered") },
        approved,
        findings: questions.iter().flat_map(|q| &q.body.words).filter(|w| w.finding.is_some()).count(),
    }
}

impl Store {
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn list_assessments(
        &self,
        grant: Grant<ListAssessments>,
    ) -> Result<Disclosed<Vec<AssessmentCard>>, Refusal> {
        let all = async {
            let stand = self.stand_of(&grant);
            let mut cards = vec![];
            for a in self.assessments_for(&stand, MOST_LISTED).await? {
                cards.push(figures(&a, &self.questions_of(a.id).await?, &stand));
            }
            Ok(cards)
        };
        match all.await {
            Ok(all) => grant.carry_out(vec![], all).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    fn question_view(&self, q: &Question, stand: &Stand) -> QuestionView {
        let directory = self.directory();
        let inside = |id: UserId| Some(name_of(&directory, id)).filter(|_| !stand.outside);
        let sees = stand.sees_answer(q);
        let answer = q.body.answer.clone().filter(|_| sees);
        let wrote = |a: &Answer| stand.own.iter().any(|own| a.by == *own || a.by_for == Some(*own));
        QuestionView {
            id: q.id,
            version: q.version,
            asked: q.body.asked.clone(),
            state: if sees { q.state() } else { "open" },
            answerer: q.answerer.and_then(|id| Some((id, inside(id)?))),
            answered_by: answer.as_ref().and_then(|a| inside(a.by)),
            may_approve: stand.manages && q.body.approved.is_none() && answer.as_ref().is_some_and(|a| !wrote(a)),
            answer,
            approved: q.body.approved,
            approved_by: q.body.approved.and_then(|ok| inside(ok.by)),
            returned: q.body.returned.clone().filter(|_| !stand.outside),
            words: q.body.words.iter().map(|w| (w.clone(), name_of(&directory, w.by))).collect(),
            suggested: None,
        }
    }

    /// # Errors
    /// [`Refusal::NotFound`]; recorded.
    pub async fn show_assessment(&self, grant: Grant<ShowAssessment>) -> Result<Disclosed<AssessmentView>, Refusal> {
        let view = async {
            let stand = self.stand_of(&grant);
            let a = self.assessment_for(grant.operation().id, &stand).await?;
            self.assessment_view(a, &stand, &grant).await
        };
        match view.await {
            Ok(view) => grant.carry_out(vec![], view).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn assessment_view(
        &self,
        a: Assessment,
        stand: &Stand,
        grant: &Grant<ShowAssessment>,
    ) -> Result<AssessmentView, Refusal> {
        let (now, engine) = (grant.now(), grant.engine().clone());
        let directory = engine.directory();
        let questions = self.questions_of(a.id).await?;
        let mut seen = Seen::of(&a);
        let mut evidence = vec![];
        for item in room(&a, &questions, stand) {
            evidence.push(self.describe(&item, &mut seen, directory, now).await?);
        }
        let raised: BTreeMap<FindingId, &Question> =
            questions.iter().flat_map(|q| q.body.words.iter().filter_map(move |w| Some((w.finding?, q)))).collect();
        let ids: Vec<FindingId> = raised.keys().copied().collect();
        let mut findings = vec![];
        for (id, t) in self.raised_findings(&ids).await? {
            let Some(q) = raised.get(&id) else { continue };
            findings.push(FindingLine {
                id,
                question: q.id,
                code: q.body.asked.code.clone(),
                title: t.finding.title,
                severity: t.finding.severity,
                state: t.state,
                found_at: t.found_at,
                due_at: t.due_at,
            });
        }
        let mut shown: Vec<QuestionView> = questions.iter().map(|q| self.question_view(q, stand)).collect();
        if stand.manages && a.state != State::Closed {
            self.add_suggestions(&mut shown, grant).await?;
        }
        let company = self.company();
        let account = |(id, named): (&UserId, &super::row::Named)| {
            let user = company.users.get(id);
            AssessorView {
                id: *id,
                name: name_of(directory, *id),
                login: user.map(|u| u.login.clone()).unwrap_or_default(),
                named_by: name_of(directory, named.by),
                named_at: named.at,
                active: user.is_some_and(|u| u.status == UserStatus::Active) && !company.is_over(*id, now),
            }
        };
        let assessors = if stand.outside { vec![] } else { a.body.assessors.iter().map(account).collect() };
        Ok(AssessmentView {
            card: figures(&a, &questions, stand),
            version: a.version,
            made_at: a.made_at,
            opened_at: a.body.opened_at,
            closed_at: a.body.closed_at,
            sha256: a.body.sha256.clone(),
            assessors,
            questions: shown,
            evidence,
            findings,
            manages: stand.manages,
            assesses: stand.assesses && stand.is_named(&a),
            plan: a.body.plan,
        })
    }

    /// What the newest compliance report that the caller may give away says to questions without an answer.
    async fn add_suggestions<O: access::path::Operation>(
        &self,
        questions: &mut [QuestionView],
        grant: &Grant<O>,
    ) -> Result<(), Refusal> {
        if !questions.iter().any(|q| q.answer.is_none()) || !grant.has_duty(Action::ReportRead) {
            return Ok(());
        }
        let engine = grant.engine().clone();
        let reports = self.reports_to_give(Reader::of(grant), engine.directory(), 500).await?;
        let Some(newest) = reports.into_iter().find(|r| r.kind == govern::Kind::Compliance) else { return Ok(()) };
        let Some((_, _, report)) = self.report_given(newest.id).await? else { return Ok(()) };
        let controls: Vec<govern::Control> = controls_of(&report).cloned().collect();
        for q in questions.iter_mut().filter(|q| q.answer.is_none()) {
            q.suggested = suggest(&q.asked, &controls).map(|s| SuggestedAnswer {
                evidence: Evidence::Control(newest.id, s.control.id.clone()),
                title: s.control.title.clone(),
                found: s.control.found.clone(),
                standing: s.standing,
                by: if s.clause { s.control.clause.clone() } else { s.by.to_owned() },
            });
        }
        Ok(())
    }

    /// Questions that were given to the caller, of assessments that are not closed; those due first stand first.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn list_own_questions(
        &self,
        grant: Grant<ListOwnQuestions>,
    ) -> Result<Disclosed<Vec<OwnQuestion>>, Refusal> {
        let (now, engine) = (grant.now(), grant.engine().clone());
        let own = async {
            let stand = self.stand_of(&grant);
            let user = grant.caller().user;
            if stand.outside || stand.own.iter().any(|own| *own != user) {
                return Ok(vec![]);
            }
            let condition = "answerer = ?1 AND state <> 'removed' ORDER BY assessment, place LIMIT 1000";
            let mut seen = Seen::default();
            let mut found = vec![];
            let mut of: BTreeMap<AssessmentId, Option<Assessment>> = BTreeMap::new();
            for q in self.questions_where(condition, vec![user.into()]).await? {
                if let Entry::Vacant(place) = of.entry(q.assessment) {
                    place.insert(self.assessment(q.assessment).await?);
                }
                let a = of.get(&q.assessment).and_then(Option::as_ref).filter(|a| a.state != State::Closed);
                let Some(a) = a else { continue };
                seen.also(a);
                let mut evidence = vec![];
                for item in q.body.answer.iter().flat_map(|answer| &answer.evidence) {
                    evidence.push(self.describe(item, &mut seen, engine.directory(), now).await?);
                }
                found.push(OwnQuestion {
                    assessment: a.id,
                    name: a.body.plan.name.clone(),
                    organisation: a.body.plan.organisation.clone(),
                    due_at: a.body.plan.due_at,
                    // Words of assessors are the officer's to pass on.
                    question: QuestionView { words: vec![], ..self.question_view(&q, &stand) },
                    evidence,
                });
            }
            found.sort_by_key(|q| q.due_at);
            Ok(found)
        };
        match own.await {
            Ok(own) => grant.carry_out(vec![], own).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// What the caller can link to as evidence; who runs assessments is also told who can answer, and which accounts can be named.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn list_choices(&self, grant: Grant<ListChoices>) -> Result<Disclosed<Choices>, Refusal> {
        match self.choices(&grant).await {
            Ok(choices) => grant.carry_out(vec![], choices).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn choices(&self, grant: &Grant<ListChoices>) -> Result<Choices, Refusal> {
        let (now, stand, engine) = (grant.now(), self.stand_of(grant), grant.engine().clone());
        let directory = engine.directory();
        let mut links = vec![];
        if grant.has_duty(Action::ReportRead) {
            let reports = self.reports_to_give(Reader::of(grant), directory, MOST_CHOICES).await?;
            links.extend(reports.iter().map(|r| Evidence::Report(r.id)));
            if let Some(newest) = reports.iter().find(|r| r.kind == govern::Kind::Compliance)
                && let Some((_, _, report)) = self.report_given(newest.id).await?
            {
                links.extend(controls_of(&report).map(|c| Evidence::Control(newest.id, c.id.clone())));
            }
        }
        if grant.has_duty(Action::ReviewRead) {
            links.extend(self.reviews_to_give(MOST_CHOICES).await?.iter().map(|r| Evidence::Review(r.id)));
        }
        if grant.has_duty(Action::PostureRead) {
            links.extend(govern::posture::checks().map(|c| Evidence::Posture(c.id.to_owned())));
        }
        if grant.has_duty(Action::ProgrammeRead) {
            links.push(Evidence::Programme);
        }
        let (mut seen, mut choices) = (Seen::default(), Choices::default());
        for item in &links {
            choices.evidence.push(self.describe(item, &mut seen, directory, now).await?);
        }
        if stand.manages {
            let named = |id: UserId| (id, name_of(directory, id));
            choices.answerers = self.holders_of(Action::AssessmentAnswer, now).into_iter().map(named).collect();
            let company = self.company();
            let bare = |u: &&model::User| {
                let roles = u.roles.iter().all(|r| r.as_str() == model::defaults::ASSESSOR);
                let person = u.kind == model::UserKind::Person && u.status == UserStatus::Active;
                person && roles && !stand.own.contains(&u.id)
            };
            let account = |u: &model::User| (u.id, u.name.clone(), u.login.clone());
            choices.accounts = company.users.values().filter(bare).map(account).collect();
            choices.accounts.sort_by(|a, b| (&a.1, a.0).cmp(&(&b.1, b.0)));
        }
        Ok(choices)
    }
}
