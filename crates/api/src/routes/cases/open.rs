//! `POST /cases`: a case by hand.

use axum::extract::State;
use model::case::Severity;
use model::{AlertId, EventId, UserId};
use serde::Deserialize;
use store::cases::OpenCase;
use utoipa::ToSchema;

use super::refused;
use crate::answer::Answer;
use crate::extract::{Body, SignedInCaller};
use crate::problem::Outcome;
use crate::schema::Made;
use crate::state::ApiState;

/// A case to open.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseRequest {
    /// Whom it is about; may be left out where alerts say so. Nobody opens one about themselves or their direct manager.
    #[schema(value_type = Option<uuid::Uuid>)]
    #[serde(default)]
    pub subject: Option<UserId>,
    /// What it is about, without names.
    #[schema(min_length = 1, max_length = 120)]
    pub title: String,
    #[schema(value_type = String, example = "high")]
    pub severity: Severity,
    /// Events by the subject or done for them: held from then on.
    #[schema(value_type = Vec<uuid::Uuid>, max_items = 500)]
    #[serde(default)]
    pub events: Vec<EventId>,
    /// Alerts it comes of, all about one person and in no case yet; what they name is cited too.
    #[schema(value_type = Vec<uuid::Uuid>, max_items = 50)]
    #[serde(default)]
    pub alerts: Vec<AlertId>,
}

/// Open a case
#[utoipa::path(
    post, path = "/cases", tag = "cases",
    request_body = CaseRequest,
    responses((status = 201, description = "opened", body = Made, headers(("Location" = String)))),
    extensions(("x-whosaw-action" = json!("case.handle")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn open_case(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(b): Body<CaseRequest>,
) -> Outcome<Answer<Made>> {
    let op = OpenCase { subject: b.subject, title: b.title, severity: b.severity, events: b.events, alerts: b.alerts };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    let opened = state.store.open_case(grant).await.map_err(refused)?;
    let location = format!("/api/v1/cases/{}", opened.get());
    Ok(Answer::with(opened, |id| Made { id: id.to_string() }).created(location))
}
