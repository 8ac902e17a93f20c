//! Beginning, changing, opening and closing an assessment, and naming who comes from outside.
//!
//! Rule: whatever changes until when an assessor may look is one change of the company with the assessment's row: the account and the
//! assessment never say different days.

use std::sync::Arc;

use access::path::{Change, Disclosed, Grant, OnSystem, Refusal};
use model::defaults::ASSESSOR;
use model::{Action, AssessmentId, RoleName, UnixMs, UserId, UserKind, UserStatus};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::evidence::Evidence;
use super::row::{Assessment, Body, Named, Plan, State, shut, told_assessment};
use super::stand::Stand;
use crate::Store;
use crate::company::{Draft, Note, barred, check_about, exclusion};
use crate::ids::random;

/// Accounts from outside that one assessment has.
pub const MOST_ASSESSORS: usize = 10;
/// Assessments that are kept.
const MOST_KEPT: usize = 1_000;
/// The longest time for which anybody from outside can look, in days.
const LONGEST_DAYS: i64 = 366;
pub(super) const MOST_EVIDENCE: usize = 100;
const LONGEST_NAME: usize = 120;
const LONGEST_TEXT: usize = 2_000;

#[derive(Debug)]
pub struct BeginAssessment {
    pub id: AssessmentId,
    pub plan: Plan,
}

impl BeginAssessment {
    pub fn new(plan: Plan, at: UnixMs) -> Self {
        Self { id: AssessmentId::new(at, random()), plan }
    }
}

/// As it was read.
#[derive(Debug)]
pub struct ChangeAssessment {
    pub id: AssessmentId,
    pub version: i64,
    pub plan: Plan,
}

/// Open it for assessors, or close it for ever.
#[derive(Debug)]
pub struct StepAssessment {
    pub id: AssessmentId,
    pub version: i64,
    pub to: State,
    pub note: Note,
}

/// Name an account from outside, or take it off.
#[derive(Debug)]
pub struct ChangeAssessor {
    pub id: AssessmentId,
    pub version: i64,
    pub user: UserId,
    pub named: bool,
    pub note: Note,
}

fn check_plan(plan: &Plan, now: UnixMs) -> Result<(), Refusal> {
    let line = |field: &str, text: &str, least: usize| {
        let long = !(least..=LONGEST_NAME).contains(&text.chars().count());
        if long || text.trim() != text || text.chars().any(char::is_control) {
            let reason = format!("{least} to {LONGEST_NAME} characters on one line");
            return Err(Refusal::invalid(field, "invalid_value", reason));
        }
        Ok(())
    };
    line("name", &plan.name, 1)?;
    line("organisation", &plan.organisation, 1)?;
    line("contact", &plan.contact, 0)?;
    line("standard", &plan.standard, 0)?;
    let strange = plan.scope.chars().any(|c| c.is_control() && c != '\n');
    if strange || plan.scope.chars().count() > LONGEST_TEXT {
        return Err(Refusal::invalid("scope", "invalid_value", format!("at most {LONGEST_TEXT} characters")));
    }
    if plan.ends_at <= plan.starts_at || plan.starts_at.plus_days(LONGEST_DAYS) < plan.ends_at {
        let reason = format!("after it starts, and at most {LONGEST_DAYS} days later");
        return Err(Refusal::invalid("ends_at", "invalid_value", reason));
    }
    if plan.ends_at <= now {
        return Err(Refusal::invalid("ends_at", "invalid_value", "a moment to come"));
    }
    if plan.due_at > plan.ends_at || plan.due_at.plus_days(LONGEST_DAYS) < plan.starts_at {
        return Err(Refusal::invalid("due_at", "invalid_value", "not after the end"));
    }
    if plan.evidence.len() > MOST_EVIDENCE {
        return Err(Refusal::invalid("evidence", "invalid_value", format!("at most {MOST_EVIDENCE}")));
    }
    Ok(())
}

fn closed() -> Refusal {
    barred("assessment_closed", "the assessment is closed, and what it said is kept")
}

/// The accounts from outside as an assessment has them now: until its end, or until now.
fn follow_guests(draft: &mut Draft, a: &Assessment, over: Option<UnixMs>) -> Result<(), Refusal> {
    let mut guests = (*draft.next.guests).clone();
    let until = a.body.plan.ends_at;
    let ends = over.map_or(until, |now| until.min(now));
    for user in a.body.assessors.keys() {
        guests.entry(*user).or_default().assessments.insert(a.id, ends);
    }
    if guests == *draft.next.guests {
        return Ok(());
    }
    draft.set(crate::company::GUESTS, &guests)?;
    draft.next.guests = Arc::new(guests);
    Ok(())
}

impl Store {
    /// What a caller may link to as evidence is what they can read themselves, and files of the assessment.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with `unknown_evidence` for what is not there, or not for them.
    pub(super) async fn check_evidence<'e, O: access::path::Operation>(
        &self,
        grant: &Grant<O>,
        of: Option<&Assessment>,
        all: impl IntoIterator<Item = &'e Evidence>,
    ) -> Result<(), Refusal> {
        for one in all {
            let own = |a: &Assessment| matches!(one, Evidence::File(id) if a.body.files.contains_key(id));
            if !of.is_some_and(own) && !self.may_link(grant, one).await? {
                let reason = format!("`{one}` is not there, or not yours to show");
                return Err(Refusal::invalid("evidence", "unknown_evidence", reason));
            }
        }
        Ok(())
    }

    /// Begins one as a draft; gives its id.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with the field; [`Refusal::Barred`] `too_many_assessments`; recorded.
    pub async fn begin_assessment(&self, grant: Grant<BeginAssessment>) -> Result<Disclosed<AssessmentId>, Refusal> {
        let (now, by) = (grant.now(), grant.caller().user);
        let drafted = async {
            let BeginAssessment { id, plan } = grant.operation();
            check_plan(plan, now)?;
            self.check_evidence(&grant, None, &plan.evidence).await?;
            let kept = self.read(crate::Query::new("SELECT COUNT(*) FROM assessment", vec![])).await?;
            let kept = kept.first().map_or(Ok(0), |row| row.int(0)).map_err(crate::records::broken)?;
            if usize::try_from(kept).unwrap_or(usize::MAX) >= MOST_KEPT {
                return Err(barred("too_many_assessments", format!("at most {MOST_KEPT} assessments are kept")));
            }
            let mut made = Assessment {
                id: *id,
                state: State::Draft,
                made_at: now,
                body: Body {
                    plan: plan.clone(),
                    by,
                    assessors: std::collections::BTreeMap::new(),
                    files: std::collections::BTreeMap::new(),
                    opened_at: None,
                    closed_at: None,
                    closed_by: None,
                    sha256: None,
                },
                version: 0,
            };
            Ok((vec![self.put_assessment(&mut made)?], vec![told_assessment(&made)]))
        };
        match drafted.await {
            Ok((changes, told)) => {
                let id = grant.operation().id;
                grant.carry_out_telling(told, changes, id).await
            }
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// One that the caller runs, as they read it, and that is not closed.
    pub(super) async fn running<O: OnSystem>(
        &self,
        grant: &Grant<O>,
        id: AssessmentId,
        version: i64,
    ) -> Result<(Assessment, Stand), Refusal> {
        let stand = self.stand_of(grant);
        if !stand.manages {
            return Err(Refusal::NotFound);
        }
        let found = self.assessment_for(id, &stand).await?;
        match found {
            Assessment { state: State::Closed, .. } => Err(closed()),
            found if found.version != version => Err(Refusal::Conflict),
            found => Ok((found, stand)),
        }
    }

    /// Writes it in one unit with the accounts that follow it; gives its version.
    pub(super) async fn keep_assessment<O: OnSystem>(
        &self,
        grant: Grant<O>,
        drafted: Result<(Assessment, Option<UnixMs>, Vec<Change>), Refusal>,
        also: impl FnOnce(&Grant<O>, &mut Draft, &mut Assessment) -> Result<(), Refusal>,
    ) -> Result<Disclosed<i64>, Refusal> {
        let (mut a, over, changes) = match drafted {
            Ok(drafted) => drafted,
            Err(refusal) => return Err(grant.refuse_system(refusal).await),
        };
        self.change_company(grant, |grant, draft| {
            also(grant, draft, &mut a)?;
            follow_guests(draft, &a, over)?;
            draft.changes.push(self.put_assessment(&mut a)?);
            draft.changes.extend(changes);
            draft.told.push(told_assessment(&a));
            Ok(a.version)
        })
        .await
    }

    /// Changes what it is about, and until when; accounts of assessors follow.
    ///
    /// # Errors
    /// [`Refusal::NotFound`]; [`Refusal::Conflict`]; [`Refusal::Invalid`]; [`Refusal::Barred`] `assessment_closed`; recorded.
    pub async fn change_assessment(&self, grant: Grant<ChangeAssessment>) -> Result<Disclosed<i64>, Refusal> {
        let drafted = async {
            let ChangeAssessment { id, version, plan } = grant.operation();
            let (mut a, _) = self.running(&grant, *id, *version).await?;
            check_plan(plan, grant.now())?;
            self.check_evidence(&grant, Some(&a), plan.evidence.difference(&a.body.plan.evidence)).await?;
            a.body.plan = plan.clone();
            Ok((a, None, vec![]))
        };
        let drafted = drafted.await;
        self.keep_assessment(grant, drafted, |_, _, _| Ok(())).await
    }

    /// Opens a draft for its assessors; or closes one that is open: what it said is kept, its digest told by the event, and its
    /// accounts from outside end.
    ///
    /// # Errors
    /// As [`Store::change_assessment`]; [`Refusal::Barred`] `assessment_empty` without questions and evidence, `assessment_waits` while
    /// answers wait for approval, `assessment_state` for a step that leads nowhere.
    pub async fn step_assessment(&self, grant: Grant<StepAssessment>) -> Result<Disclosed<i64>, Refusal> {
        let now = grant.now();
        let drafted = async {
            let StepAssessment { id, version, to, note } = grant.operation();
            let (mut a, stand) = self.running(&grant, *id, *version).await?;
            let questions = self.questions_of(*id).await?;
            match (a.state, *to) {
                (State::Draft, State::Open) => {
                    if questions.is_empty() && a.body.plan.evidence.is_empty() {
                        return Err(barred("assessment_empty", "there is no question and no evidence"));
                    }
                    (a.state, a.body.opened_at) = (State::Open, Some(now));
                    Ok((a, None, vec![]))
                }
                (State::Open, State::Closed) => {
                    if questions.iter().any(|q| q.state() == "answered") {
                        return Err(barred("assessment_waits", "answers wait for their approval"));
                    }
                    (a.state, a.body.closed_at) = (State::Closed, Some(now));
                    a.body.closed_by = Some(grant.caller().user);
                    let result = self.assessment_result(&a, &questions, &stand, now).await?;
                    let body = serde_json::to_vec(&result).map_err(|_| Refusal::Damaged)?;
                    let sha256 = hex::encode(Sha256::digest(&body));
                    note.set(json!({
                        "sha256": sha256, "bytes": body.len(), "questions": questions.len(),
                        "findings": result.findings.len(),
                    }));
                    a.body.sha256 = Some(sha256);
                    Ok((a, Some(now), vec![self.keep_result(*id, &body)?]))
                }
                _ => Err(barred("assessment_state", "a draft is opened, and what is open is closed")),
            }
        };
        let drafted = drafted.await;
        self.keep_assessment(grant, drafted, |_, _, _| Ok(())).await
    }

    /// The statement that keeps what it said.
    fn keep_result(&self, id: AssessmentId, body: &[u8]) -> Result<Change, Refusal> {
        let packed = zstd::encode_all(body, 3).map_err(|_| Refusal::Damaged)?;
        let packed = self.identity.assessment_key.seal(&super::result::place(id), random(), &packed).map_err(shut)?;
        let sql = "INSERT INTO assessment_result (id, body) VALUES (?1, ?2) ON CONFLICT (id) DO NOTHING";
        Ok(Change::new(sql, vec![id.into(), packed.into()]).expecting(1))
    }

    /// Names an account from outside, or takes it off. From then on it is a guest's: it can look at what it is named in until that ends,
    /// and do nothing else.
    ///
    /// # Errors
    /// As [`Store::change_assessment`]; [`Refusal::Forbidden`] without the duty that gives roles; [`Refusal::Barred`] with
    /// `own_assessor`, `assessor_inside` for somebody who has other roles or people, `too_many_assessors`, `no_assessor_role`.
    pub async fn change_assessor(&self, grant: Grant<ChangeAssessor>) -> Result<Disclosed<i64>, Refusal> {
        let now = grant.now();
        let drafted = async {
            let ChangeAssessor { id, version, user, named, note } = grant.operation();
            let (mut a, stand) = self.running(&grant, *id, *version).await?;
            if stand.own.contains(user) {
                return Err(barred("own_assessor", "nobody assesses what they look after themselves"));
            }
            if !named {
                a.body.assessors.remove(user).ok_or(Refusal::NotFound)?;
                return Ok((a, Some(now), vec![]));
            }
            if a.body.plan.ends_at <= now {
                return Err(Refusal::invalid("ends_at", "invalid_value", "the assessment is past its end"));
            }
            if a.body.assessors.len() >= MOST_ASSESSORS && !a.body.assessors.contains_key(user) {
                return Err(barred("too_many_assessors", format!("at most {MOST_ASSESSORS} are named")));
            }
            if !grant.has_duty(Action::RoleAssign) {
                return Err(Refusal::Forbidden { rules: vec![], obligation: None });
            }
            a.body.assessors.insert(*user, Named { by: grant.caller().user, at: now });
            note.set(json!({ "until": a.body.plan.ends_at }));
            Ok((a, None, vec![]))
        };
        let (a, off, changes) = match drafted.await {
            Ok(drafted) => drafted,
            Err(refusal) => return Err(grant.refuse_system(refusal).await),
        };
        self.keep_assessment(grant, Ok((a, None, changes)), |grant, draft, a| {
            let user = grant.operation().user;
            match off {
                Some(now) => end_guest(draft, a.id, user, now),
                None => give_role(draft, grant.caller().user, user),
            }
        })
        .await
    }
}

/// Past now, the account has nothing of this assessment.
fn end_guest(draft: &mut Draft, id: AssessmentId, user: UserId, now: UnixMs) -> Result<(), Refusal> {
    let mut guests = (*draft.next.guests).clone();
    if let Some(at) = guests.get_mut(&user).and_then(|g| g.assessments.get_mut(&id)) {
        *at = (*at).min(now);
    }
    draft.set(crate::company::GUESTS, &guests)?;
    draft.next.guests = Arc::new(guests);
    Ok(())
}

/// The account becomes an outsider's: an active person without any other role, who is nobody's manager.
fn give_role(draft: &mut Draft, by: UserId, user: UserId) -> Result<(), Refusal> {
    let inside = || barred("assessor_inside", "the account has other roles, or people report to it; make a new one");
    let unknown = || Refusal::invalid("user", "unknown_user", "there is no such active person");
    let role: RoleName = ASSESSOR.parse().map_err(|_| Refusal::Damaged)?;
    if !draft.from.roles.contains_key(&role) {
        return Err(barred("no_assessor_role", "there is no role `assessor`; define it again"));
    }
    if draft.from.users.values().any(|u| u.manager == Some(user)) {
        return Err(inside());
    }
    let account = draft.from.users.get(&user).ok_or_else(unknown)?;
    if account.kind != UserKind::Person || account.status != UserStatus::Active {
        return Err(unknown());
    }
    check_about(&draft.from, by, account)?;
    if account.roles.iter().any(|r| *r != role) {
        return Err(inside());
    }
    if account.roles.contains(&role) {
        return Ok(());
    }
    let account = draft.next.users.get_mut(&user).ok_or_else(unknown)?;
    account.roles.insert(role.clone());
    let roles = account.roles.clone();
    if let Some((a, b)) = exclusion(&draft.from, &roles) {
        return Err(barred("excluded_roles", format!("`{a}` and `{b}` exclude each other")));
    }
    draft.push(
        "INSERT INTO user_role (user_id, role) VALUES (?1, ?2) ON CONFLICT (user_id, role) DO NOTHING",
        vec![user.into(), role.as_str().into()],
    );
    Ok(())
}
