//! `/admin/audit-policy`: the audit policy 审计策略, proposed by one person and put in force by another.

use axum::extract::State;
use model::audit_policy::LOCKED;
use model::{RequestId, UserId};
use serde::{Deserialize, Serialize};
use store::company::{
    AuditEffect, AuditPolicyView, AuditVersion, ConfirmReview, DecideAuditPolicy, Note, PreviewAuditPolicy,
    ProposeAuditPolicy, ReadAuditPolicy, WithdrawAuditPolicy,
};
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::{Body, IdPath, SignedInCaller};
use crate::problem::Outcome;
use crate::schema::{AuditPolicy, Made};
use crate::state::ApiState;

/// A policy as it is wanted.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewAuditRequest {
    #[schema(value_type = AuditPolicy)]
    pub policy: model::AuditPolicy,
}

/// A proposal.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProposeAuditRequest {
    /// The version in force that it starts from.
    pub base: u32,
    #[schema(value_type = AuditPolicy)]
    pub policy: model::AuditPolicy,
    /// Why. It stands in the log.
    #[schema(min_length = 1, max_length = 500)]
    pub reason: String,
}

/// The second word.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecideAuditRequest {
    pub consent: bool,
}

/// What a policy would have changed, had it held for the last 30 days.
#[derive(Serialize, ToSchema)]
pub struct AuditEffectAnswer {
    /// Over so many days.
    pub days: i64,
    /// Events of the span.
    pub events: u64,
    /// Of these, about how many would not have named their records.
    pub thinned: u64,
    /// Names of records they would leave out, about.
    pub records: u64,
    /// How many would tell fields by class, or the question without values.
    pub shortened: u64,
    /// Events of any age whose contents the next retention would drop, and does not by the rules in force.
    pub dropped: u64,
}

impl From<AuditEffect> for AuditEffectAnswer {
    fn from(e: AuditEffect) -> Self {
        let AuditEffect { events, thinned, records, shortened, dropped } = e;
        Self { days: store::company::EFFECT_DAYS, events, thinned, records, shortened, dropped }
    }
}

/// What waits for a second word.
#[derive(Serialize, ToSchema)]
pub struct AuditProposal {
    #[schema(value_type = Uuid)]
    pub id: RequestId,
    #[schema(value_type = AuditPolicy)]
    pub policy: model::AuditPolicy,
    pub reason: String,
    #[schema(value_type = Uuid)]
    pub by: UserId,
    pub by_name: String,
    pub at: i64,
    /// It lapses then if nobody decides.
    pub lapses_at: i64,
    pub effect: AuditEffectAnswer,
    /// Whether the caller may decide about it.
    pub may_decide: bool,
    /// Whether it is the caller's own.
    pub own: bool,
}

/// A version of the policy.
#[derive(Serialize, ToSchema)]
pub struct AuditPolicyVersion {
    pub version: u32,
    #[schema(value_type = AuditPolicy)]
    pub policy: model::AuditPolicy,
    pub reason: String,
    pub proposed_by: String,
    pub proposed_at: i64,
    pub consented_by: String,
    /// Since when it holds.
    pub at: i64,
}

/// The last time somebody looked through the log, and the next.
#[derive(Serialize, ToSchema)]
pub struct AuditReview {
    #[schema(required = true)]
    pub at: Option<i64>,
    #[schema(required = true)]
    pub by: Option<String>,
    pub due: i64,
}

/// What the server found when it last computed its log anew.
#[derive(Serialize, ToSchema)]
pub struct AuditVerification {
    pub at: i64,
    pub entries: u64,
    pub findings: u64,
}

/// The policy in force, what waits, and what cannot be set.
#[derive(Serialize, ToSchema)]
pub struct AuditPolicyAnswer {
    pub version: u32,
    #[schema(value_type = AuditPolicy)]
    pub policy: model::AuditPolicy,
    /// Object types whose lists and views may be told in less.
    pub may_thin: Vec<String>,
    /// What no policy can switch off.
    pub locked: Vec<&'static str>,
    pub least_days: u32,
    #[schema(required = true)]
    pub proposal: Option<AuditProposal>,
    /// Newest first. Version 1 is what ships.
    pub versions: Vec<AuditPolicyVersion>,
    pub review: AuditReview,
    #[schema(required = true)]
    pub verified: Option<AuditVerification>,
}

impl From<AuditPolicyView> for AuditPolicyAnswer {
    fn from(view: AuditPolicyView) -> Self {
        let names = view.names;
        let name = |id: UserId| names.get(&id).cloned().unwrap_or_else(|| id.to_string());
        let (may_decide, own) = (view.may_decide, view.own);
        let version = |v: AuditVersion| AuditPolicyVersion {
            version: v.version,
            policy: v.policy,
            reason: v.reason,
            proposed_by: name(v.proposed_by),
            proposed_at: v.proposed_at.0,
            consented_by: name(v.consented_by),
            at: v.at.0,
        };
        Self {
            version: view.version,
            policy: view.policy,
            may_thin: view.may_thin.iter().map(|n| n.as_str().to_owned()).collect(),
            locked: LOCKED.to_vec(),
            least_days: model::audit_policy::MIN_AUDIT_DAYS,
            proposal: view.proposal.map(|p| AuditProposal {
                id: p.id,
                policy: p.policy,
                reason: p.reason,
                by: p.by,
                by_name: name(p.by),
                at: p.at.0,
                lapses_at: p.lapses_at.0,
                effect: p.effect.into(),
                may_decide,
                own,
            }),
            versions: view.versions.into_iter().map(version).collect(),
            review: AuditReview {
                at: view.reviewed.map(|(at, _)| at.0),
                by: view.reviewed.map(|(_, by)| name(by)),
                due: view.review_due.0,
            },
            verified: view.verified.map(|v| AuditVerification { at: v.at.0, entries: v.entries, findings: v.findings }),
        }
    }
}

/// The audit policy
#[utoipa::path(
    get, path = "/admin/audit-policy", tag = "admin",
    responses((status = 200, description = "the policy in force, its versions, and what waits", body = AuditPolicyAnswer)),
    extensions(("x-whosaw-action" = json!("directory.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn read_audit_policy(
    State(state): State<ApiState>,
    who: SignedInCaller,
) -> Outcome<Answer<AuditPolicyAnswer>> {
    let grant = state.store.gate().admit_system(&who.caller, ReadAuditPolicy).await?;
    Ok(Answer::with(state.store.read_audit_policy(grant).await?, AuditPolicyAnswer::from))
}

/// What an audit policy would have changed
#[utoipa::path(
    post, path = "/admin/audit-policy/preview", tag = "admin",
    request_body = PreviewAuditRequest,
    responses((status = 200, description = "counted over the last 30 days", body = AuditEffectAnswer)),
    extensions(("x-whosaw-action" = json!("audit_policy.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn preview_audit_policy(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(b): Body<PreviewAuditRequest>,
) -> Outcome<Answer<AuditEffectAnswer>> {
    let grant = state.store.gate().admit_system(&who.caller, PreviewAuditPolicy { policy: b.policy }).await?;
    Ok(Answer::with(state.store.preview_audit_policy(grant).await?, AuditEffectAnswer::from))
}

/// Propose a change of the audit policy
///
/// It holds nothing until somebody else has consented, and lapses after seven days.
#[utoipa::path(
    post, path = "/admin/audit-policy/proposals", tag = "admin",
    request_body = ProposeAuditRequest,
    responses((status = 201, description = "it waits", body = Made)),
    extensions(("x-whosaw-action" = json!("audit_policy.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn propose_audit_policy(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(b): Body<ProposeAuditRequest>,
) -> Outcome<Answer<Made>> {
    let op = ProposeAuditPolicy { base: b.base, policy: b.policy, reason: b.reason, note: Note::default() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    let made = state.store.propose_audit_policy(grant).await?;
    let place = format!("/api/v1/admin/audit-policy/proposals/{}", made.get());
    Ok(Answer::with(made, |id| Made { id: id.to_string() }).created(place))
}

/// Take back one's own proposal
#[utoipa::path(
    delete, path = "/admin/audit-policy/proposals/{id}", tag = "admin",
    params(("id" = uuid::Uuid, Path)),
    responses((status = 204, description = "taken back")),
    extensions(("x-whosaw-action" = json!("audit_policy.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn withdraw_audit_policy(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<RequestId>,
) -> Outcome<Answer<()>> {
    let grant = state.store.gate().admit_system(&who.caller, WithdrawAuditPolicy { id }).await?;
    Ok(Answer::done(&state.store.withdraw_audit_policy(grant).await?))
}

/// Consent to a proposal, or refuse it
///
/// By a person who neither proposed it nor stands in for who did. With a consent it holds for the next request.
#[utoipa::path(
    post, path = "/admin/audit-policy/proposals/{id}/decide", tag = "admin",
    params(("id" = uuid::Uuid, Path)),
    request_body = DecideAuditRequest,
    responses((status = 204, description = "decided")),
    extensions(("x-whosaw-action" = json!("audit_policy.consent")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn decide_audit_policy(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<RequestId>,
    Body(b): Body<DecideAuditRequest>,
) -> Outcome<Answer<()>> {
    let op = DecideAuditPolicy { id, consent: b.consent, note: Note::default() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::done(&state.store.decide_audit_policy(grant).await?))
}

/// Say that one has looked through the log
#[utoipa::path(
    post, path = "/audit/review", tag = "audit",
    responses((status = 204, description = "noted")),
    extensions(("x-whosaw-action" = json!("audit.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn confirm_review(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<()>> {
    let grant = state.store.gate().admit_system(&who.caller, ConfirmReview).await?;
    Ok(Answer::done(&state.store.confirm_review(grant).await?))
}
