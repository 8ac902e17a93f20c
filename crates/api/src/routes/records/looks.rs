//! `GET /records/{object}/{id}/looks`: who looked at a record 谁看过, for its owner and their managers.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use store::audit::{Look, Page, Paging, WhoLooked};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::answer::Answer;
use crate::extract::{Query, RecordPath, SignedInCaller};
use crate::problem::Outcome;
use crate::state::ApiState;

/// A page of the answer.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct LooksQuery {
    /// Rows of a page, 1 to 200; 50 if left out.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<u32>,
    /// From the page before.
    pub cursor: Option<String>,
}

/// One access to a record.
#[derive(ToSchema)]
#[allow(dead_code, reason = "the shape of `store::audit::Look`, for the document")]
pub struct LookView {
    event: Uuid,
    at: i64,
    user: Uuid,
    user_name: String,
    #[schema(required = true)]
    on_behalf_of: Option<Uuid>,
    channel: String,
    action: String,
    decision: String,
    /// Fields shown in the clear, of those the caller sees.
    shown: Vec<String>,
    /// Fields shown masked, of those the caller sees.
    masked: Vec<String>,
    /// `whole`, `erased`, `dropped`, `altered`.
    state: String,
}

/// A page of accesses to a record.
#[derive(Serialize, ToSchema)]
pub struct LooksAnswer {
    #[schema(value_type = Vec<LookView>)]
    pub items: Vec<Look>,
    /// The cursor of the next page; `null` at the end.
    #[schema(required = true)]
    pub next: Option<String>,
}

/// Who looked at a record
///
/// Accesses to this very record, newest first, refused ones too. What auditors and legal duties asked is not among them.
#[utoipa::path(
    get, path = "/records/{object}/{id}/looks", tag = "records",
    params(("object" = String, Path, example = "customer"), ("id" = uuid::Uuid, Path), LooksQuery),
    responses((status = 200, description = "a page, newest first", body = LooksAnswer)),
    extensions(("x-whosaw-action" = json!("who_looked")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn who_looked(
    State(state): State<ApiState>,
    who: SignedInCaller,
    RecordPath { object, id }: RecordPath,
    Query(query): Query<LooksQuery>,
) -> Outcome<Answer<LooksAnswer>> {
    let paging = Paging { limit: query.limit.unwrap_or(Paging::default().limit), cursor: query.cursor };
    let grant = state.store.gate().admit(&who.caller, WhoLooked { object, id, paging }).await?;
    let found = state.store.who_looked(grant).await?;
    Ok(Answer::with(found, |page: Page<Look>| LooksAnswer { items: page.items, next: page.next }))
}
