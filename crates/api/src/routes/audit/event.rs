//! `GET /audit/events/{id}`: one event in full, with its leaf and the proof that it stands in the signed log.

use axum::extract::State;
use model::EventId;
use store::audit::{EventDetail, ShowEvent};

use crate::answer::Answer;
use crate::extract::{IdPath, SignedInCaller};
use crate::problem::{Code, Outcome, Problem};
use crate::state::ApiState;

/// One event, with its proof
#[utoipa::path(
    get, path = "/audit/events/{id}", tag = "audit",
    params(("id" = uuid::Uuid, Path)),
    responses((status = 200, description = "the event", body = crate::schema::AnyObject)),
    extensions(("x-whosaw-action" = json!("audit.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn show_event(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<EventId>,
) -> Outcome<Answer<EventDetail>> {
    let publisher = state.publisher.clone().ok_or_else(|| Problem::new(Code::NotServed))?;
    let grant = state.store.gate().admit_system(&who.caller, ShowEvent { id }).await?;
    Ok(Answer::of(state.store.event(grant, &publisher).await?))
}
