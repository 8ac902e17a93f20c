//! Campaigns, how far they are, and their lines.

use axum::extract::State;
use model::{ReviewId, UserId};
use serde::{Deserialize, Serialize};
use store::reviews::{LineFilter, ListReviewLines, ListReviews, ReviewView, ShowReview};
use utoipa::{IntoParams, ToSchema};

use super::form::{ReviewCardForm, ReviewForm, ReviewLine, ReviewerForm};
use crate::answer::Answer;
use crate::extract::{IdPath, Query, SignedInCaller};
use crate::problem::{Code, Outcome, Problem};
use crate::routes::cases::refused;
use crate::state::ApiState;

/// Campaigns.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReviewList {
    /// Newest first; at most 200.
    pub items: Vec<ReviewCardForm>,
}

/// Campaigns of access reviews
#[utoipa::path(
    get, path = "/reviews", tag = "reviews",
    responses((status = 200, description = "newest first", body = ReviewList)),
    extensions(("x-whosaw-action" = json!("review.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_reviews(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<ReviewList>> {
    let grant = state.store.gate().admit_system(&who.caller, ListReviews).await?;
    let all = state.store.list_reviews(grant).await?;
    Ok(Answer::with(all, |all| ReviewList { items: all.into_iter().map(ReviewCardForm::from).collect() }))
}

/// One campaign.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReviewDetail {
    pub card: ReviewCardForm,
    pub campaign: ReviewForm,
    /// How many entries the signed log had when it began; `null` where it was not signed yet.
    #[schema(required = true)]
    pub log_size: Option<u64>,
    /// Whether what was overdue went to whoever stands above.
    pub escalated: bool,
    /// Of the signed list, in hexadecimal, as the log holds it.
    #[schema(required = true)]
    pub sha256: Option<String>,
    pub reviewers: Vec<ReviewerForm>,
}

impl From<ReviewView> for ReviewDetail {
    fn from(v: ReviewView) -> Self {
        Self {
            card: v.card.into(),
            campaign: v.campaign.into(),
            log_size: v.head.map(|h| h.size),
            escalated: v.escalated,
            sha256: v.sha256,
            reviewers: v.reviewers.into_iter().map(ReviewerForm::from).collect(),
        }
    }
}

/// A campaign, and how far its reviewers are
#[utoipa::path(
    get, path = "/reviews/{id}", tag = "reviews",
    params(("id" = uuid::Uuid, Path)),
    responses((status = 200, description = "the campaign", body = ReviewDetail)),
    extensions(("x-whosaw-action" = json!("review.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn show_review(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<ReviewId>,
) -> Outcome<Answer<ReviewDetail>> {
    let grant = state.store.gate().admit_system(&who.caller, ShowReview { id }).await?;
    Ok(Answer::with(state.store.show_review(grant).await?, ReviewDetail::from))
}

/// Which lines.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OnlyLines {
    Open,
    Keep,
    Narrow,
    Revoke,
    Failed,
    High,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct LinesQuery {
    /// Lines that stand so.
    #[param(inline)]
    pub only: Option<OnlyLines>,
    /// Lines of this reviewer.
    #[param(value_type = Option<uuid::Uuid>)]
    pub reviewer: Option<String>,
}

/// Lines of a campaign.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReviewLines {
    /// The riskiest first; at most 1,000.
    pub items: Vec<ReviewLine>,
    /// Whether these are all.
    pub complete: bool,
}

/// The lines of a campaign
#[utoipa::path(
    get, path = "/reviews/{id}/lines", tag = "reviews",
    params(("id" = uuid::Uuid, Path), LinesQuery),
    responses((status = 200, description = "who had what, and what was decided", body = ReviewLines)),
    extensions(("x-whosaw-action" = json!("review.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_review_lines(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<ReviewId>,
    Query(q): Query<LinesQuery>,
) -> Outcome<Answer<ReviewLines>> {
    let bad = || Problem::new(Code::MalformedQuery).item("/query/reviewer", "invalid_value", "expected an id");
    let reviewer = q.reviewer.map(|r| r.parse::<UserId>().map_err(|_| bad())).transpose()?;
    let only = q.only.map(|o| {
        match o {
            OnlyLines::Open => "open",
            OnlyLines::Keep => "keep",
            OnlyLines::Narrow => "narrow",
            OnlyLines::Revoke => "revoke",
            OnlyLines::Failed => "failed",
            OnlyLines::High => "high",
        }
        .to_owned()
    });
    let op = ListReviewLines { id, filter: LineFilter { only, reviewer } };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    let found = state.store.list_review_lines(grant).await.map_err(refused)?;
    Ok(Answer::with(found, |(lines, complete)| ReviewLines {
        items: lines.into_iter().map(ReviewLine::from).collect(),
        complete,
    }))
}
