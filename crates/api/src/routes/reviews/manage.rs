//! Beginning, closing and calling off campaigns, and planning those to come.

use axum::extract::State;
use govern::review::Plan;
use model::ReviewId;
use serde::{Deserialize, Serialize};
use store::company::Note;
use store::reviews::{BeginReview, ChangeReviewPlans, EndReview, ReadReviewPlans, ReviewPlans};
use utoipa::ToSchema;

use super::form::{ReviewForm, ReviewPlanForm};
use crate::answer::Answer;
use crate::extract::{Body, IdPath, SignedInCaller};
use crate::problem::Outcome;
use crate::routes::cases::refused;
use crate::state::ApiState;

/// A campaign that was begun.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReviewBegun {
    pub id: uuid::Uuid,
}

/// Begin a campaign
///
/// Who has what at this moment is frozen as lines and given to reviewers. Nobody is given what they have themselves.
#[utoipa::path(
    post, path = "/reviews", tag = "reviews",
    request_body = ReviewForm,
    responses((status = 201, description = "begun, and reviewers are told", body = ReviewBegun)),
    extensions(("x-whosaw-action" = json!("review.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn begin_review(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(form): Body<ReviewForm>,
) -> Outcome<Answer<ReviewBegun>> {
    let op = BeginReview::new(form.into(), who.caller.at);
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    let begun = state.store.begin_review(grant).await.map_err(refused)?;
    let at = format!("/api/v1/reviews/{}", begun.get());
    Ok(Answer::with(begun, |id| ReviewBegun { id: id.0 }).created(at))
}

async fn end(state: &ApiState, who: &SignedInCaller, id: ReviewId, cancel: bool) -> Outcome<Answer<()>> {
    let grant = state.store.gate().admit_system(&who.caller, EndReview { id, cancel }).await?;
    Ok(Answer::done(&state.store.end_review(grant).await.map_err(refused)?))
}

/// Close a campaign before its date
///
/// As its date would: what nobody answered falls to what the campaign says, and what was decided is applied within seconds.
#[utoipa::path(
    post, path = "/reviews/{id}/close", tag = "reviews",
    params(("id" = uuid::Uuid, Path)),
    responses((status = 204, description = "nothing is answered any more")),
    extensions(("x-whosaw-action" = json!("review.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn close_review(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<ReviewId>,
) -> Outcome<Answer<()>> {
    end(&state, &who, id, false).await
}

/// Call a campaign off
///
/// Nothing of it is applied.
#[utoipa::path(
    post, path = "/reviews/{id}/cancel", tag = "reviews",
    params(("id" = uuid::Uuid, Path)),
    responses((status = 204, description = "called off")),
    extensions(("x-whosaw-action" = json!("review.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn cancel_review(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<ReviewId>,
) -> Outcome<Answer<()>> {
    end(&state, &who, id, true).await
}

/// Campaigns that begin by themselves.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewPlansForm {
    #[schema(max_items = 50)]
    pub plans: Vec<ReviewPlanForm>,
}

/// Campaigns that begin by themselves
#[utoipa::path(
    get, path = "/admin/review-plans", tag = "reviews",
    responses((status = 200, description = "all plans", body = ReviewPlansForm)),
    extensions(("x-whosaw-action" = json!("review.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn read_review_plans(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<ReviewPlansForm>> {
    let grant = state.store.gate().admit_system(&who.caller, ReadReviewPlans).await?;
    let form = |p: ReviewPlans| ReviewPlansForm { plans: p.plans.into_iter().map(ReviewPlanForm::from).collect() };
    Ok(Answer::with(state.store.read_review_plans(grant).await?, form))
}

/// Change which campaigns begin by themselves
///
/// A plan of the calendar begins with the next quarter or half-year, not with the one that is going on; one of an event with what happens
/// from now on.
#[utoipa::path(
    put, path = "/admin/review-plans", tag = "reviews",
    request_body = ReviewPlansForm,
    responses((status = 204, description = "changed")),
    extensions(("x-whosaw-action" = json!("review.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn change_review_plans(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(form): Body<ReviewPlansForm>,
) -> Outcome<Answer<()>> {
    let plans = ReviewPlans { plans: form.plans.into_iter().map(Plan::from).collect() };
    let op = ChangeReviewPlans { plans, note: Note::default() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::done(&state.store.change_review_plans(grant).await.map_err(refused)?))
}
