//! `POST /records/{object}/{id}/submit`: submit a record for approval 提交审批; `GET …/approvals`: how that stands.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use store::requests::{ApprovalView, LookAtApproval, SubmitRecord};
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::{Body, IfMatch, RecordPath, SignedInCaller};
use crate::problem::{Outcome, Precondition};
use crate::routes::requests::RequestItem;
use crate::schema::Written;
use crate::state::ApiState;

/// Why it should be approved.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SubmitRequest {
    /// Sealed at rest, and in no log.
    #[schema(max_length = 500)]
    pub reason: String,
}

/// Somebody whose word is asked for.
#[derive(Serialize, ToSchema)]
pub struct AskedPerson {
    pub user: uuid::Uuid,
    pub name: String,
}

/// How a record's approval stands.
#[derive(Serialize, ToSchema)]
pub struct ApprovalAnswer {
    /// `draft`, `waiting`, `approved` or `refused`.
    #[schema(example = "waiting")]
    pub standing: &'static str,
    /// Whether it needs an approval as it stands.
    pub needed: bool,
    /// Whether the caller may submit it now.
    pub may_submit: bool,
    /// Whose word is asked for now.
    pub waits_for: Vec<AskedPerson>,
    /// Newest first. What people wrote is there for who asked, who decided, and who may edit or approve the record.
    pub requests: Vec<RequestItem>,
}

impl From<ApprovalView> for ApprovalAnswer {
    fn from(v: ApprovalView) -> Self {
        Self {
            standing: v.standing.as_str(),
            needed: v.needed,
            may_submit: v.may_submit,
            waits_for: v.waits_for.into_iter().map(|(user, name)| AskedPerson { user: user.0, name }).collect(),
            requests: v.requests.into_iter().map(RequestItem::from).collect(),
        }
    }
}

/// Submit a record for approval
///
/// For object types with such a process. Needs the right to edit the record. While it waits, what is approved stands still.
#[utoipa::path(
    post, path = "/records/{object}/{id}/submit", tag = "records",
    params(
        ("object" = String, Path, example = "contract"), ("id" = uuid::Uuid, Path),
        ("If-Match" = String, Header, description = "the ETag of the version that was read", example = "\"1\""),
    ),
    request_body = SubmitRequest,
    responses((status = 200, description = "submitted", body = Written, headers(("ETag" = String)))),
    extensions(("x-whosaw-action" = json!("edit")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn submit_record(
    State(state): State<ApiState>,
    who: SignedInCaller,
    RecordPath { object, id }: RecordPath,
    IfMatch(version): IfMatch,
    Body(body): Body<SubmitRequest>,
) -> Outcome<Answer<Written>> {
    let op = SubmitRecord { object, id, version, reason: body.reason };
    let grant = state.store.gate().admit(&who.caller, op).await?;
    let done = state.store.submit_record(grant).await.map_err(|r| Precondition::IfMatch.answer(r))?;
    let version = version.saturating_add(1);
    Ok(Answer::with(done, |id| Written { id: id.to_string(), version }).version(version))
}

/// How a record's approval stands
///
/// With everything that was decided about it, and who decides now.
#[utoipa::path(
    get, path = "/records/{object}/{id}/approvals", tag = "records",
    params(("object" = String, Path, example = "contract"), ("id" = uuid::Uuid, Path)),
    responses((status = 200, description = "how it stands", body = ApprovalAnswer)),
    extensions(("x-whosaw-action" = json!("view")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn look_at_approval(
    State(state): State<ApiState>,
    who: SignedInCaller,
    RecordPath { object, id }: RecordPath,
) -> Outcome<Answer<ApprovalAnswer>> {
    let grant = state.store.gate().admit(&who.caller, LookAtApproval { object, id }).await?;
    Ok(Answer::with(state.store.look_at_approval(grant).await?, ApprovalAnswer::from))
}
