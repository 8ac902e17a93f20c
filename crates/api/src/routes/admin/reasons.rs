//! `/admin/reasons`: which business reasons 业务理由 count, and whether a look without one needs a purpose.

use axum::extract::State;
use model::reason::Link;
use model::{Explanation, ReasonRules};
use serde::{Deserialize, Serialize};
use store::company::{ChangeReasons, Note, ReadReasons};
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::{Body, SignedInCaller};
use crate::problem::Outcome;
use crate::schema::{Condition, Reason};
use crate::state::ApiState;

/// A template: who owns such a record is explained when they look at the customer it is about.
#[derive(ToSchema)]
#[allow(dead_code, reason = "the shape of `model::reason::Link`, for the document")]
pub struct ReasonLink {
    /// `open_opportunity`, `open_task` or `follow_up`.
    #[schema(inline)]
    pub reason: Reason,
    #[schema(example = "task")]
    pub object: String,
    /// Only records that pass: what is still open.
    pub only: Option<Condition>,
    /// How many days after it was last written it counts; without it, as long as it passes.
    #[schema(minimum = 1, maximum = 365)]
    pub days: Option<u32>,
}

/// Which reasons count.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReasonsForm {
    #[schema(value_type = Vec<Reason>)]
    pub counted: std::collections::BTreeSet<Explanation>,
    #[schema(value_type = Vec<ReasonLink>)]
    pub links: Vec<Link>,
    /// What somebody made themselves less than so many minutes before explains nothing.
    #[schema(maximum = 1440)]
    pub weak_minutes: u32,
    /// A look at personal data without a reason is refused until a purpose is given.
    pub ask_purpose: bool,
}

/// Business reasons
#[utoipa::path(
    get, path = "/admin/reasons", tag = "admin",
    responses((status = 200, description = "the rules in force", body = ReasonsForm)),
    extensions(("x-whosaw-action" = json!("policy.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn read_reasons(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<ReasonsForm>> {
    let grant = state.store.gate().admit_system(&who.caller, ReadReasons).await?;
    Ok(Answer::with(state.store.read_reasons(grant).await?, |r| ReasonsForm {
        counted: r.counted,
        links: r.links,
        weak_minutes: r.weak_minutes,
        ask_purpose: r.ask_purpose,
    }))
}

/// Set the business reasons
///
/// They hold for what happens from then on; what was recorded before stays explained as it was.
#[utoipa::path(
    put, path = "/admin/reasons", tag = "admin",
    request_body = ReasonsForm,
    responses((status = 204, description = "set")),
    extensions(("x-whosaw-action" = json!("policy.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn change_reasons(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(form): Body<ReasonsForm>,
) -> Outcome<Answer<()>> {
    let ReasonsForm { counted, links, weak_minutes, ask_purpose } = form;
    let rules = ReasonRules { counted, links, weak_minutes, ask_purpose };
    let grant = state.store.gate().admit_system(&who.caller, ChangeReasons { rules, note: Note::default() }).await?;
    Ok(Answer::done(&state.store.change_reasons(grant).await?))
}
