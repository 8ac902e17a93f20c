//! `/me/reviews`: the lines that are one's own to answer, and answering them.

use std::collections::BTreeSet;

use axum::extract::State;
use model::{ReviewLineId, UnixMs, UserId};
use serde::{Deserialize, Serialize};
use store::reviews::{Choice, DecideReview, ListOwnReviews, OwnReview};
use utoipa::ToSchema;

use super::form::{ReviewLine, UnansweredChoice};
use crate::answer::Answer;
use crate::extract::{Body, SignedInCaller};
use crate::problem::{Code, Outcome, Problem};
use crate::routes::cases::refused;
use crate::state::ApiState;

/// A campaign with the reader's lines.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnReviewForm {
    pub id: uuid::Uuid,
    pub name: String,
    pub began_at: i64,
    pub due_at: i64,
    pub ends_at: i64,
    /// What becomes of a line that stays unanswered.
    pub unanswered: UnansweredChoice,
    /// The riskiest first. Those that were answered can be answered otherwise until the campaign closes.
    pub lines: Vec<ReviewLine>,
}

impl From<OwnReview> for OwnReviewForm {
    fn from(r: OwnReview) -> Self {
        Self {
            id: r.id.0,
            name: r.name,
            began_at: r.began_at.0,
            due_at: r.due_at.0,
            ends_at: r.ends_at.0,
            unanswered: r.unanswered.into(),
            lines: r.lines.into_iter().map(ReviewLine::from).collect(),
        }
    }
}

/// Campaigns that wait for the reader.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnReviewsAnswer {
    /// Those due first stand first.
    pub items: Vec<OwnReviewForm>,
}

/// What is the reader's to review
#[utoipa::path(
    get, path = "/me/reviews", tag = "reviews",
    responses((status = 200, description = "by campaign", body = OwnReviewsAnswer)),
    extensions(("x-whosaw-action" = json!("review.decide")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_own_reviews(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<OwnReviewsAnswer>> {
    let grant = state.store.gate().admit_system(&who.caller, ListOwnReviews).await?;
    let all = state.store.list_own_reviews(grant).await?;
    Ok(Answer::with(all, |all| OwnReviewsAnswer { items: all.reviews.into_iter().map(OwnReviewForm::from).collect() }))
}

/// What is answered.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReviewChoice {
    Keep,
    Narrow,
    Revoke,
    Delegate,
}

/// An answer to one line, or to several of low risk.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewAnswer {
    #[schema(value_type = Vec<uuid::Uuid>, min_items = 1, max_items = 200)]
    pub lines: BTreeSet<ReviewLineId>,
    pub choice: ReviewChoice,
    /// Needed for lines of high risk, to keep against the recommendation, and to delegate.
    #[serde(default)]
    #[schema(max_length = 500)]
    pub reason: String,
    /// Of `narrow`: when it ends.
    #[serde(default)]
    pub until: Option<i64>,
    /// Of `narrow`: that a share is for reading from then on.
    #[serde(default)]
    pub read_only: bool,
    /// Of `delegate`: to whom.
    #[serde(default)]
    #[schema(value_type = Option<uuid::Uuid>)]
    pub to: Option<UserId>,
}

/// How many lines were answered.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReviewAnswered {
    pub lines: usize,
}

/// Answer lines of a review
///
/// Each must be the reader's to answer; several at once must all be of low risk. What is decided is applied when the campaign closes, and can
/// be decided otherwise until then.
#[utoipa::path(
    post, path = "/me/reviews/decisions", tag = "reviews",
    request_body = ReviewAnswer,
    responses((status = 200, description = "answered", body = ReviewAnswered)),
    extensions(("x-whosaw-action" = json!("review.decide")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn decide_review(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(b): Body<ReviewAnswer>,
) -> Outcome<Answer<ReviewAnswered>> {
    let needed = || Problem::new(Code::InvalidValues).item("/to", "required", "to whom it is passed on");
    let choice = match b.choice {
        ReviewChoice::Keep => Choice::Keep,
        ReviewChoice::Revoke => Choice::Revoke,
        ReviewChoice::Narrow => Choice::Narrow { until: b.until.map(UnixMs), read_only: b.read_only },
        ReviewChoice::Delegate => Choice::Delegate { to: b.to.ok_or_else(needed)? },
    };
    let op = DecideReview { lines: b.lines, choice, reason: b.reason };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    let done = state.store.decide_review(grant).await.map_err(refused)?;
    Ok(Answer::with(done, |lines| ReviewAnswered { lines }))
}
