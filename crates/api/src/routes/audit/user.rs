//! `GET /audit/users/{id}`: what a user touched.

use axum::extract::State;
use model::UserId;
use store::audit::{Did, UserActivity};

use super::span::SpanQuery;
use crate::answer::Answer;
use crate::extract::{IdPath, Query, SignedInCaller};
use crate::problem::Outcome;
use crate::state::ApiState;

/// What a user did
#[utoipa::path(
    get, path = "/audit/users/{id}", tag = "audit",
    params(("id" = uuid::Uuid, Path), SpanQuery),
    responses((status = 200, description = "customers touched, and a page of events", body = crate::schema::DidAnswer)),
    extensions(("x-whosaw-action" = json!("audit.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn user_activity(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(user): IdPath<UserId>,
    Query(query): Query<SpanQuery>,
) -> Outcome<Answer<Did>> {
    let (span, paging) = query.parts();
    let grant = state.store.gate().admit_system(&who.caller, UserActivity { user, span, paging }).await?;
    Ok(Answer::of(state.store.did(grant).await?))
}
