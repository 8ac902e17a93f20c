//! `GET /reviews/{id}/file`: the signed list as a file whose digest the log holds; `GET /reviews/{id}/proofs/{event}`: the proof of that.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use govern::Head;
use model::{EventId, ReviewId};
use serde::Deserialize;
use store::evidence::Evidence;
use store::reviews::{ProveReviewFile, ReviewResult, TakeReview};
use utoipa::IntoParams;

use super::paper;
use crate::answer::Answer;
use crate::extract::{IdPath, PairPath, Query, SignedInCaller};
use crate::language::Language;
use crate::press::{self, DocumentFormat};
use crate::problem::{Code, Outcome, Problem};
use crate::state::ApiState;

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct ReviewFileQuery {
    /// `pdf` if left out.
    #[param(inline)]
    pub format: Option<DocumentFormat>,
}

/// Take the signed list of a campaign as a file
///
/// Who had what on the day it began, what was decided, and what was done. The event of this request, whose id is in `X-Audit-Event`, holds the
/// file's SHA-256; its proof is given by `GET /reviews/{id}/proofs/{event}`, and `whosaw-verify report` checks both.
#[utoipa::path(
    get, path = "/reviews/{id}/file", tag = "reviews",
    params(("id" = uuid::Uuid, Path), ReviewFileQuery),
    responses((status = 200, description = "the file", body = String, content_type = "application/pdf")),
    extensions(("x-whosaw-action" = json!("review.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn take_review(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<ReviewId>,
    Query(query): Query<ReviewFileQuery>,
    headers: HeaderMap,
) -> Outcome<Response> {
    let publisher = state.publisher.clone().ok_or_else(|| Problem::new(Code::NotServed))?;
    let format = query.format.unwrap_or_default();
    let language = Language::of(&headers);
    let op = TakeReview { id, format: format.as_str(), language: language.say("zh", "en") };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    let _turn = press::turn().await?;
    let print = move |result: &ReviewResult, head: Head, body: Vec<u8>| {
        press::print(format, || paper::document(result, head, language), body)
    };
    let taken = state.store.take_review(grant, &publisher, print).await?;
    let event = taken.event();
    let taken = taken.into_inner();
    let day = taken.began_at.to_rfc3339();
    let name = format!("whosaw-access-review-{}.{}", day.get(..10).unwrap_or_default(), format.as_str());
    Ok(press::file(taken.file.bytes, event, format.content_type(), &name))
}

/// Take the proof of a list's file
///
/// The evidence file of the event that the file was given out with, for `whosaw-verify report`.
#[utoipa::path(
    get, path = "/reviews/{id}/proofs/{event}", tag = "reviews",
    params(("id" = uuid::Uuid, Path), ("event" = uuid::Uuid, Path)),
    responses((status = 200, description = "the evidence file", body = crate::schema::AnyObject)),
    extensions(("x-whosaw-action" = json!("review.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn prove_review_file(
    State(state): State<ApiState>,
    who: SignedInCaller,
    PairPath(id, event): PairPath<ReviewId, EventId>,
) -> Outcome<Answer<Evidence>> {
    let publisher = state.publisher.clone().ok_or_else(|| Problem::new(Code::NotServed))?;
    let grant = state.store.gate().admit_system(&who.caller, ProveReviewFile { id, event }).await?;
    let taken = state.store.prove_review_file(grant, &publisher).await?;
    Ok(press::proof(taken, format!("whosaw-review-{id}.evidence.json")))
}
