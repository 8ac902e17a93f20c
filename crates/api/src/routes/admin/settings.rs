//! `/admin/settings`: company settings, and how long things are kept 留存期限.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use store::company::{ChangeSettings, Note, ReadSettings, SettingsChange};
use store::retention::{ApplyRetention, ChangeRetention, ReadRetention, Retained, RetentionRules};
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::{Body, MergeBody, SignedInCaller};
use crate::problem::Outcome;
use crate::schema::AnyObject;
use crate::state::ApiState;

/// How long things are kept.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RetentionRequest {
    /// Bodies of events are dropped after so many days; `null` keeps them.
    pub audit_days: Option<u32>,
    /// A customer may not be erased before this many days.
    pub duty_days: u32,
}

/// How long things are kept now.
#[derive(Serialize, ToSchema)]
pub struct RetentionAnswer {
    /// Bodies of events are dropped after so many days; `null` keeps them.
    #[schema(required = true)]
    pub audit_days: Option<u32>,
    /// A customer may not be erased before this many days.
    pub duty_days: u32,
    /// The least `audit_days` may be.
    pub least_audit_days: u32,
}

impl From<RetentionRules> for RetentionAnswer {
    fn from(r: RetentionRules) -> Self {
        Self { audit_days: r.audit_days, duty_days: r.duty_days, least_audit_days: store::retention::MIN_AUDIT_DAYS }
    }
}

/// The rule that is applied: it must be the one in force.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApplyRequest {
    pub days: u32,
}

/// What a retention dropped.
#[derive(Serialize, ToSchema)]
pub struct RetainedAnswer {
    /// Keys that were destroyed, each of one day; what they sealed cannot be read any more.
    pub keys: u64,
    /// Events kept because of a legal hold.
    pub held: u64,
}

impl From<Retained> for RetainedAnswer {
    fn from(r: Retained) -> Self {
        Self { keys: r.keys, held: r.held }
    }
}

/// Company settings
#[utoipa::path(
    get, path = "/admin/settings", tag = "admin",
    responses((status = 200, description = "settings", body = AnyObject)),
    extensions(("x-whosaw-action" = json!("setting.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn read_settings(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<SettingsChange>> {
    let grant = state.store.gate().admit_system(&who.caller, ReadSettings).await?;
    Ok(Answer::of(state.store.read_settings(grant).await?))
}

/// Change company settings
#[utoipa::path(
    patch, path = "/admin/settings", tag = "admin",
    request_body = AnyObject,
    responses((status = 204, description = "changed")),
    extensions(("x-whosaw-action" = json!("setting.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn change_settings(
    State(state): State<ApiState>,
    who: SignedInCaller,
    MergeBody(change): MergeBody<SettingsChange>,
) -> Outcome<Answer<()>> {
    let grant = state.store.gate().admit_system(&who.caller, ChangeSettings { change, note: Note::default() }).await?;
    Ok(Answer::done(&state.store.change_settings(grant).await?))
}

/// How long things are kept
#[utoipa::path(
    get, path = "/admin/retention", tag = "admin",
    responses((status = 200, description = "the rules in force", body = RetentionAnswer)),
    extensions(("x-whosaw-action" = json!("setting.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn read_retention(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<RetentionAnswer>> {
    let grant = state.store.gate().admit_system(&who.caller, ReadRetention).await?;
    Ok(Answer::with(state.store.read_retention(grant).await?, RetentionAnswer::from))
}

/// Change how long things are kept
#[utoipa::path(
    put, path = "/admin/retention", tag = "admin",
    request_body = RetentionRequest,
    responses((status = 204, description = "changed")),
    extensions(("x-whosaw-action" = json!("setting.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn change_retention(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(b): Body<RetentionRequest>,
) -> Outcome<Answer<()>> {
    let rules = RetentionRules { audit_days: b.audit_days, duty_days: b.duty_days };
    let grant = state.store.gate().admit_system(&who.caller, ChangeRetention { rules }).await?;
    Ok(Answer::done(&state.store.change_retention(grant).await?))
}

/// Drop what is no longer kept
///
/// Destroys the keys of the days that are over: what was recorded on them cannot be read from then on. The rows are cleared
/// away afterwards, in the background. Hashes of the ledger are never dropped.
#[utoipa::path(
    post, path = "/admin/retention/apply", tag = "admin",
    request_body = ApplyRequest,
    responses((status = 200, description = "what was dropped", body = RetainedAnswer)),
    extensions(("x-whosaw-action" = json!("retention.apply")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn apply_retention(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(b): Body<ApplyRequest>,
) -> Outcome<Answer<RetainedAnswer>> {
    let op = ApplyRetention::at(who.caller.at, b.days);
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    let done = state.store.apply_retention(grant).await?;
    let (store, now) = (state.store.clone(), who.caller.at);
    tokio::spawn(async move {
        // One that stops half-way is finished by the server's next round.
        match store.sweep_retained(now).await {
            Ok(swept) => {
                tracing::info!(events = swept.events, held = swept.held, "a retention's rows were cleared away")
            }
            Err(_) => tracing::error!("a retention's rows could not all be cleared away; it is tried again"),
        }
    });
    Ok(Answer::with(done, RetainedAnswer::from))
}
