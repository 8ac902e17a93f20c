//! `/admin/flows`: flows of approval 审批流程, and who would decide.

use axum::extract::State;
use model::UserId;
use model::approval::{Approver, By, Flow, Mode, Step, Subject};
use serde::{Deserialize, Serialize};
use store::company::{ChangeFlows, Note, PreviewFlow, PreviewedSeat, ReadFlows};
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::{Body, SignedInCaller};
use crate::problem::Outcome;
use crate::schema::{AnyObject, Items, Label};
use crate::state::ApiState;

/// A step of a flow.
#[derive(ToSchema)]
#[allow(dead_code, reason = "the shape of `model::approval::Step`, for the document")]
pub struct StepForm {
    /// `{"kind": "user", "id": …}`, `role`, `manager` (level from 1), `department_role`, `owner`, `owner_line`.
    #[schema(value_type = Vec<AnyObject>)]
    pub approvers: Vec<Approver>,
    /// `any` 或签 or `all` 会签.
    #[schema(value_type = Option<String>)]
    pub mode: Option<Mode>,
    /// After so many hours the approvers' managers may decide too.
    pub hours: Option<u32>,
}

/// A flow.
#[derive(ToSchema)]
#[allow(dead_code, reason = "the shape of `model::approval::Flow`, for the document")]
pub struct FlowForm {
    #[schema(pattern = "^[a-z0-9_]{1,40}$", example = "large_exports")]
    pub name: String,
    pub label: Label,
    /// `access`, `export` or `record`.
    #[schema(value_type = String, example = "export")]
    pub subject: Subject,
    #[schema(example = "customer")]
    pub object: Option<String>,
    /// Exports of more rows than this.
    pub above_rows: Option<u64>,
    /// Of approvals of records: those of the object type that pass, as a filter.
    #[schema(value_type = Option<AnyObject>)]
    pub when: Option<model::Condition>,
    #[schema(value_type = Vec<StepForm>)]
    pub steps: Vec<Step>,
}

/// All flows, in order: the first that fits decides.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FlowsRequest {
    #[schema(value_type = Vec<FlowForm>)]
    pub flows: Vec<Flow>,
}

/// Who would decide, if somebody asked.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FlowPreviewRequest {
    #[schema(value_type = String, example = "export")]
    pub subject: Subject,
    /// Without them, those of a subject without a flow.
    #[schema(value_type = Option<Vec<StepForm>>)]
    #[serde(default)]
    pub steps: Option<Vec<Step>>,
    #[schema(value_type = uuid::Uuid)]
    pub requester: UserId,
    /// The owner of the record asked about.
    #[schema(value_type = Option<uuid::Uuid>)]
    #[serde(default)]
    pub owner: Option<UserId>,
}

/// One whose word is asked for, and who may give it.
#[derive(Serialize, ToSchema)]
pub struct SeatItem {
    pub of: uuid::Uuid,
    pub may: Vec<SeatedItem>,
}

/// Somebody who may give a word.
#[derive(Serialize, ToSchema)]
pub struct SeatedItem {
    pub user: uuid::Uuid,
    /// `named`, `stand_in`, `deputy` or `escalated`.
    #[schema(value_type = String)]
    pub by: By,
}

/// Step by step.
#[derive(Serialize, ToSchema)]
pub struct FlowPreviewAnswer {
    pub steps: Vec<Vec<SeatItem>>,
}

/// Flows of approval
#[utoipa::path(
    get, path = "/admin/flows", tag = "admin",
    responses((status = 200, description = "flows, in order", body = Items<FlowForm>)),
    extensions(("x-whosaw-action" = json!("setting.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn read_flows(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<Items<Flow>>> {
    let grant = state.store.gate().admit_system(&who.caller, ReadFlows).await?;
    Ok(Answer::with(state.store.read_flows(grant).await?, |items| Items { items }))
}

/// Set the flows of approval
///
/// The whole list. A request keeps the steps it began with.
#[utoipa::path(
    put, path = "/admin/flows", tag = "admin",
    request_body = FlowsRequest,
    responses((status = 204, description = "set")),
    extensions(("x-whosaw-action" = json!("setting.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn change_flows(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(b): Body<FlowsRequest>,
) -> Outcome<Answer<()>> {
    let op = ChangeFlows { flows: b.flows, note: Note::default() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::done(&state.store.change_flows(grant).await?))
}

/// Who would decide, if somebody asked
#[utoipa::path(
    post, path = "/admin/flows/who-decides", tag = "admin",
    request_body = FlowPreviewRequest,
    responses((status = 200, description = "whose word each step asks for, now", body = FlowPreviewAnswer)),
    extensions(("x-whosaw-action" = json!("setting.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn preview_flow(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(b): Body<FlowPreviewRequest>,
) -> Outcome<Answer<FlowPreviewAnswer>> {
    let op = PreviewFlow { steps: b.steps, subject: b.subject, requester: b.requester, owner: b.owner };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    let seat = |s: PreviewedSeat| SeatItem {
        of: s.of.0,
        may: s.may.into_iter().map(|(user, by)| SeatedItem { user: user.0, by }).collect(),
    };
    let form = |steps: Vec<Vec<PreviewedSeat>>| FlowPreviewAnswer {
        steps: steps.into_iter().map(|seats| seats.into_iter().map(seat).collect()).collect(),
    };
    Ok(Answer::with(state.store.preview_flow(grant).await?, form))
}
