//! The audit policy under four eyes 双人复核: one person proposes, another consents, and only then it holds.
//!
//! One story. The security administrator proposes that lists of products are counted and contents go after a year, and says why. The
//! page tells what it means: about 3,100 events of the last 30 days would have said less. The auditor reads the difference and
//! consents; from the next request on it holds, as version 2. Had nobody consented within seven days, the proposal would have lapsed.
//!
//! Rules.
//! - A proposal holds nothing. Whoever proposed does not consent, nor does their deputy, nor a program.
//! - Versions and the proposal are one setting: sealed, anchored and told like every other. At most one proposal waits.
//! - How long contents are kept is one number, in the setting it always was; a policy in force has it from there.

mod effect;

use std::collections::{BTreeMap, BTreeSet};

use access::path::{Disclosed, Grant, JournalError, OnSystem, Operation, Refusal};
use model::audit_policy::{Depth, may_thin};
use model::{Action, AuditPolicy, Channel, Decision, ObjectName, RequestId, UnixMs, UserId, UserKind, UserStatus};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::draft::{Draft, Note};
use super::duties::barred;
use super::load::Loaded;
use super::people::operations;
use crate::Store;
use crate::audit::name_of;
use crate::ids::random;

pub(crate) use effect::push_longer;

/// Keys of the settings.
pub(crate) const AUDIT_POLICY: &str = "audit_policy";
pub(crate) const AUDIT_DAYS: &str = "audit_retention_days";
/// Days after which a proposal that nobody decided lapses.
pub const PROPOSAL_DAYS: i64 = 7;
/// Over how many days a proposal's effect is counted.
pub const EFFECT_DAYS: i64 = 30;
/// Versions that are kept beside the log, which keeps all.
const MOST_VERSIONS: usize = 100;
/// Longest reason, in characters.
const MOST_REASON: usize = 500;

/// One version that was in force, or is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditVersion {
    pub version: u32,
    pub policy: AuditPolicy,
    pub reason: String,
    pub proposed_by: UserId,
    pub proposed_at: UnixMs,
    pub consented_by: UserId,
    pub at: UnixMs,
}

/// What a proposal would have changed, had it held for the last [`EFFECT_DAYS`] days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AuditEffect {
    /// Events of the span.
    pub events: u64,
    /// Of these, about how many would name fewer records than they do now.
    pub thinned: u64,
    /// Names of records they would leave out, about.
    pub records: u64,
    /// Of these, how many would tell fields by class, or the question without values.
    pub shortened: u64,
    /// Events of any age whose contents would be dropped by the next retention, and are not by the rules in force.
    pub dropped: u64,
}

/// What waits for a second word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    pub id: RequestId,
    pub policy: AuditPolicy,
    pub reason: String,
    pub by: UserId,
    /// Who asked for it, if an agent proposed for somebody.
    pub on_behalf_of: Option<UserId>,
    pub at: UnixMs,
    pub lapses_at: UnixMs,
    pub effect: AuditEffect,
}

/// What the setting holds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AuditPolicies {
    /// Oldest first. Version 1 is what ships, and is not among them.
    pub versions: Vec<AuditVersion>,
    pub proposal: Option<Proposal>,
    /// When somebody last said to have looked through the log, and who.
    pub reviewed: Option<(UnixMs, UserId)>,
}

impl AuditPolicies {
    pub(crate) fn version(&self) -> u32 {
        self.versions.last().map_or(1, |v| v.version)
    }
    /// The policy in force, but for how long contents are kept.
    pub(crate) fn in_force(&self) -> AuditPolicy {
        self.versions.last().map(|v| v.policy.clone()).unwrap_or_default()
    }
}

/// Propose a change, if `base` is the version in force.
#[derive(Debug)]
pub struct ProposeAuditPolicy {
    pub base: u32,
    pub policy: AuditPolicy,
    pub reason: String,
    pub note: Note,
}

/// What a change would have meant.
#[derive(Debug)]
pub struct PreviewAuditPolicy {
    pub policy: AuditPolicy,
}

/// Take back one's own proposal.
#[derive(Debug)]
pub struct WithdrawAuditPolicy {
    pub id: RequestId,
}

/// Consent to somebody else's proposal, or refuse it.
#[derive(Debug)]
pub struct DecideAuditPolicy {
    pub id: RequestId,
    pub consent: bool,
    pub note: Note,
}

/// Read policy, versions and what waits.
#[derive(Debug)]
pub struct ReadAuditPolicy;

/// Say that one has looked through the log.
#[derive(Debug)]
pub struct ConfirmReview;

operations! {
    ProposeAuditPolicy: AuditPolicyManage, |op| json!({
        "act": "audit_policy.propose", "base": op.base, "new": op.policy, "proposed": op.note.get(),
    });
    PreviewAuditPolicy: AuditPolicyManage, |op| json!({ "act": "audit_policy.preview", "new": op.policy });
    WithdrawAuditPolicy: AuditPolicyManage, |op| json!({ "act": "audit_policy.withdraw", "of": op.id });
    DecideAuditPolicy: AuditPolicyConsent, |op| json!({
        "act": "audit_policy.decide", "of": op.id, "consent": op.consent, "changed": op.note.get(),
    });
    ReadAuditPolicy: DirectoryRead, |_op| json!({ "act": "audit_policy.read" });
    ConfirmReview: AuditRead, |_op| json!({ "act": "audit.review" });
}

/// Everything the page of the policy shows.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditPolicyView {
    pub version: u32,
    pub policy: AuditPolicy,
    /// Object types that may be told in less.
    pub may_thin: Vec<ObjectName>,
    pub proposal: Option<Proposal>,
    /// Whether the caller may decide about it.
    pub may_decide: bool,
    /// Whether it is the caller's own.
    pub own: bool,
    /// Newest first.
    pub versions: Vec<AuditVersion>,
    pub names: BTreeMap<UserId, String>,
    pub reviewed: Option<(UnixMs, UserId)>,
    pub review_due: UnixMs,
    pub verified: Option<Verified>,
}

/// What the server found when it last computed its log anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    pub at: UnixMs,
    /// Entries of the log.
    pub entries: u64,
    /// What was not as it must be.
    pub findings: u64,
}

fn check_reason(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Refusal::invalid("reason", "required", "say why"));
    }
    if text.chars().count() > MOST_REASON || text.chars().any(|c| c.is_control() && c != '\n') {
        return Err(Refusal::invalid("reason", "invalid_value", format!("1 to {MOST_REASON} characters")));
    }
    Ok(text.to_owned())
}

fn check(company: &Loaded, policy: &AuditPolicy) -> Result<(), Refusal> {
    let object = |name: &ObjectName| company.objects.get(name).map(|(_, o)| &**o);
    policy.check(object).map_err(|bad| Refusal::invalid(&bad.field, "invalid_value", bad.reason))
}

/// Without what says the same as saying nothing, so that equal policies are equal.
fn tidy(mut policy: AuditPolicy) -> AuditPolicy {
    policy.scope.retain(|_, depth| *depth != Depth::Full);
    policy
}

fn told(proposal: &Proposal) -> Value {
    json!({ "id": proposal.id, "by": proposal.by, "reason": proposal.reason, "effect": proposal.effect })
}

/// Whether they may give the second word: a person, and neither of those who proposed nor who stands in for them.
fn may_second(company: &Loaded, proposal: &Proposal, own: &[UserId], now: UnixMs) -> Result<(), Refusal> {
    let proposers: BTreeSet<UserId> = std::iter::once(proposal.by).chain(proposal.on_behalf_of).collect();
    let stands_in = |of: &UserId| {
        company.approvals.deputies.get(of).filter(|d| now < d.until).is_some_and(|d| own.contains(&d.user))
    };
    if own.iter().any(|user| proposers.contains(user)) || proposers.iter().any(stands_in) {
        return Err(barred("four_eyes", "the second word is another person's, and not their deputy's"));
    }
    let person = |user: &UserId| company.users.get(user).is_some_and(|u| u.kind == UserKind::Person);
    if !own.iter().all(person) {
        return Err(barred("four_eyes", "the second word is a person's"));
    }
    let active = |user: &UserId| company.users.get(user).is_some_and(|u| u.status == UserStatus::Active);
    if !proposers.iter().all(active) {
        return Err(barred("requester_left", "who proposed is not active any more"));
    }
    Ok(())
}

fn principals<O: Operation>(grant: &Grant<O>) -> Vec<UserId> {
    std::iter::once(grant.caller().user).chain(grant.caller().on_behalf_of).collect()
}

impl Draft {
    fn set_audit(&mut self, policies: AuditPolicies) -> Result<(), Refusal> {
        self.set(AUDIT_POLICY, &policies)?;
        self.next.audit = policies;
        Ok(())
    }
}

impl Store {
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn read_audit_policy(
        &self,
        grant: Grant<ReadAuditPolicy>,
    ) -> Result<Disclosed<AuditPolicyView>, Refusal> {
        let verified = match self.last_verified().await {
            Ok(verified) => verified,
            Err(refusal) => return Err(grant.refuse_system(refusal).await),
        };
        let (company, now) = (self.company(), grant.now());
        let audit = &company.audit;
        let proposal = audit.proposal.clone().filter(|p| now < p.lapses_at);
        let own = principals(&grant);
        let may_decide = grant.has_duty(Action::AuditPolicyConsent)
            && proposal.as_ref().is_some_and(|p| may_second(&company, p, &own, now).is_ok());
        let people = audit.versions.iter().flat_map(|v| [v.proposed_by, v.consented_by]);
        let people = people.chain(proposal.iter().map(|p| p.by)).chain(audit.reviewed.map(|(_, by)| by));
        let directory = grant.engine().directory().clone();
        let names = people.map(|id| (id, name_of(&directory, id))).collect();
        let policy = company.settings.audit.clone();
        let begun = audit.reviewed.map(|(at, _)| at).or_else(|| company.created.values().min().copied()).unwrap_or(now);
        let view = AuditPolicyView {
            version: audit.version(),
            may_thin: company.objects.values().filter(|(_, o)| may_thin(o)).map(|(_, o)| o.name.clone()).collect(),
            own: proposal.as_ref().is_some_and(|p| own.contains(&p.by)),
            may_decide,
            proposal,
            names,
            versions: audit.versions.iter().rev().cloned().collect(),
            reviewed: audit.reviewed,
            review_due: begun.plus_days(i64::from(policy.frequency.review_days)),
            verified,
            policy,
        };
        grant.carry_out(vec![], view).await
    }

    /// What a policy would have meant.
    ///
    /// # Errors
    /// [`Refusal::Invalid`], [`Refusal::StoreUnavailable`]; recorded.
    pub async fn preview_audit_policy(
        &self,
        grant: Grant<PreviewAuditPolicy>,
    ) -> Result<Disclosed<AuditEffect>, Refusal> {
        let policy = tidy(grant.operation().policy.clone());
        let checked = check(&self.company(), &policy);
        let effect = match checked {
            Ok(()) => self.audit_effect(&policy, grant.now()).await,
            Err(refusal) => Err(refusal),
        };
        match effect {
            Ok(effect) => grant.carry_out(vec![], effect).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// Proposes a policy; it waits for somebody else's consent.
    ///
    /// # Errors
    /// [`Refusal::Invalid`]; [`Refusal::Barred`] `proposal_waiting`, `nothing_changed`; [`Refusal::Conflict`] when another version
    /// is in force; as every change.
    pub async fn propose_audit_policy(
        &self,
        grant: Grant<ProposeAuditPolicy>,
    ) -> Result<Disclosed<RequestId>, Refusal> {
        let op = grant.operation();
        let policy = tidy(op.policy.clone());
        let asked = check_reason(&op.reason).and_then(|reason| check(&self.company(), &policy).map(|()| reason));
        let asked = match asked {
            Ok(reason) => self.audit_effect(&policy, grant.now()).await.map(|effect| (reason, effect)),
            Err(refusal) => Err(refusal),
        };
        let (reason, effect) = match asked {
            Ok(asked) => asked,
            Err(refusal) => return Err(grant.refuse_system(refusal).await),
        };
        self.change_company(grant, move |grant, draft| {
            let (op, now) = (grant.operation(), grant.now());
            let mut policies = draft.from.audit.clone();
            if policies.proposal.as_ref().is_some_and(|p| now < p.lapses_at) {
                return Err(barred("proposal_waiting", "another proposal waits for its second word"));
            }
            if op.base != policies.version() {
                return Err(Refusal::Conflict);
            }
            check(&draft.from, &policy)?;
            if policy == draft.from.settings.audit {
                return Err(barred("nothing_changed", "this is the policy in force"));
            }
            let proposal = Proposal {
                id: RequestId::new(now, random()),
                policy,
                reason,
                by: grant.caller().user,
                on_behalf_of: grant.caller().on_behalf_of,
                at: now,
                lapses_at: now.plus_days(PROPOSAL_DAYS),
                effect,
            };
            op.note.set(told(&proposal));
            let id = proposal.id;
            policies.proposal = Some(proposal);
            draft.set_audit(policies)?;
            Ok(id)
        })
        .await
    }

    /// Takes back one's own proposal.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when it does not wait, or is somebody else's; as every change.
    pub async fn withdraw_audit_policy(&self, grant: Grant<WithdrawAuditPolicy>) -> Result<Disclosed<()>, Refusal> {
        self.change_company(grant, |grant, draft| {
            let mut policies = draft.from.audit.clone();
            let (id, by) = (grant.operation().id, grant.caller().user);
            policies.proposal.take_if(|p| p.id == id && p.by == by).ok_or(Refusal::NotFound)?;
            draft.set_audit(policies)
        })
        .await
    }

    /// Gives the second word. With a consent the policy is in force for the next request.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when it does not wait; [`Refusal::Barred`] `four_eyes` for who proposed, their deputy and programs,
    /// `proposal_lapsed`, `requester_left`; [`Refusal::Invalid`] when it would not be accepted any more; as every change.
    pub async fn decide_audit_policy(&self, grant: Grant<DecideAuditPolicy>) -> Result<Disclosed<()>, Refusal> {
        self.change_company(grant, |grant, draft| {
            let (op, now) = (grant.operation(), grant.now());
            let mut policies = draft.from.audit.clone();
            let proposal = policies.proposal.take_if(|p| p.id == op.id).ok_or(Refusal::NotFound)?;
            if now >= proposal.lapses_at {
                return Err(barred("proposal_lapsed", "nobody decided within seven days; propose it anew"));
            }
            let own = principals(grant);
            match may_second(&draft.from, &proposal, &own, now) {
                // Who proposed may be gone: then it can only be refused.
                Err(Refusal::Barred { code: "requester_left", .. }) if !op.consent => {}
                other => other?,
            }
            if !op.consent {
                op.note.set(json!({ "proposal": told(&proposal) }));
                return draft.set_audit(policies);
            }
            check(&draft.from, &proposal.policy)?;
            let version = policies.version().saturating_add(1);
            op.note.set(json!({
                "version": version, "proposal": told(&proposal), "old": draft.from.settings.audit, "new": proposal.policy,
            }));
            let policy = proposal.policy;
            policies.versions.push(AuditVersion {
                version,
                policy: policy.clone(),
                reason: proposal.reason,
                proposed_by: proposal.by,
                proposed_at: proposal.at,
                consented_by: grant.caller().user,
                at: now,
            });
            let over = policies.versions.len().saturating_sub(MOST_VERSIONS);
            policies.versions.drain(..over);
            draft.set(AUDIT_DAYS, &policy.retention.days)?;
            draft.next.settings.audit = policy;
            draft.set_audit(policies)
        })
        .await
    }

    /// Notes that somebody has looked through the log.
    ///
    /// # Errors
    /// As every change.
    pub async fn confirm_review(&self, grant: Grant<ConfirmReview>) -> Result<Disclosed<()>, Refusal> {
        self.change_company(grant, |grant, draft| {
            let mut policies = draft.from.audit.clone();
            policies.reviewed = Some((grant.now(), grant.caller().user));
            draft.set_audit(policies)
        })
        .await
    }

    /// Takes away a proposal that nobody decided in time, and records it; gives whether there was one.
    ///
    /// # Errors
    /// [`JournalError`]: it is tried again.
    pub async fn lapse_audit_proposal(&self, now: UnixMs) -> Result<bool, JournalError> {
        let _one_at_a_time = self.company.admin.lock().await;
        let from = self.company();
        let Some(lapsed) = from.audit.proposal.clone().filter(|p| now >= p.lapses_at) else { return Ok(false) };
        let mut policies = from.audit.clone();
        policies.proposal = None;
        let mut draft = Draft::new(from, self.seals().clone());
        draft.set_audit(policies).map_err(|_| JournalError::Unavailable)?;
        let sealed = draft.seal(now);
        let detail = json!({ "act": "audit_policy.lapse", "proposal": told(&lapsed) });
        let detail = access::path::tell(detail, [sealed]);
        let caller = Self::system_caller(Channel::Job, "audit_policy", now);
        self.gate.note(&caller, Action::AuditPolicyManage, Decision::Allowed, detail, draft.changes).await?;
        self.install(draft.next);
        Ok(true)
    }
}
