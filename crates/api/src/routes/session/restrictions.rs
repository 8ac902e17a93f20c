//! `GET /me/restrictions`: what is taken from the caller for a time, and whom to ask about it.

use axum::extract::State;
use serde::Serialize;
use store::responses::{OwnResponses, ReadOwnResponses};
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::SignedInCaller;
use crate::problem::Outcome;
use crate::routes::admin::responses::ResponseKindWord;
use crate::state::ApiState;

/// Something taken from the caller.
#[derive(Serialize, ToSchema)]
pub struct OwnRestriction {
    pub id: uuid::Uuid,
    pub kind: ResponseKindWord,
    /// Taken by the house, by a rule of the company.
    pub automatic: bool,
    /// What the officer wrote to the caller; may be empty.
    pub message: String,
    pub began: i64,
    /// `null`: until it is ended.
    #[schema(required = true)]
    pub until: Option<i64>,
    /// Reads a minute, of a throttle.
    #[schema(required = true)]
    pub per_minute: Option<u32>,
}

/// What is taken from the caller.
#[derive(Serialize, ToSchema)]
pub struct OwnRestrictions {
    pub in_force: Vec<OwnRestriction>,
    /// Security officers who can say why; none while nothing is taken.
    pub ask: Vec<String>,
}

/// What is taken from the caller for a time
#[utoipa::path(
    get, path = "/me/restrictions", tag = "session",
    responses((status = 200, description = "what is in force, and whom to ask", body = OwnRestrictions)),
    extensions(("x-whosaw-action" = json!("self.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn own_restrictions(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<OwnRestrictions>> {
    let grant = state.store.gate().admit_system(&who.caller, ReadOwnResponses).await?;
    let view = |own: OwnResponses| OwnRestrictions {
        in_force: own
            .in_force
            .into_iter()
            .map(|r| OwnRestriction {
                id: r.id.0,
                kind: r.kind.into(),
                automatic: r.automatic,
                message: r.message,
                began: r.began.0,
                until: r.until.map(|t| t.0),
                per_minute: r.per_minute,
            })
            .collect(),
        ask: own.ask,
    };
    Ok(Answer::with(state.store.read_own_responses(grant).await?, view))
}
