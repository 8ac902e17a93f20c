//! `GET /records/{object}`: a page of records. Each row shown is a disclosure.

use axum::extract::State;

use super::question::ListQuery;
use crate::answer::Answer;
use crate::extract::{ObjectPath, Query, SignedInCaller};
use crate::problem::Outcome;
use crate::schema::RecordPage;
use crate::state::ApiState;

/// A page of records
///
/// Filtered, searched, sorted. Only records and fields the caller may see take part in filter, search and order.
#[utoipa::path(
    get, path = "/records/{object}", tag = "records",
    params(("object" = String, Path, example = "customer"), ListQuery),
    responses((status = 200, description = "a page", body = RecordPage)),
    extensions(("x-whosaw-action" = json!("list")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_records(
    State(state): State<ApiState>,
    who: SignedInCaller,
    ObjectPath(object): ObjectPath,
    Query(query): Query<ListQuery>,
) -> Outcome<Answer<RecordPage>> {
    let grant = state.store.gate().admit(&who.caller, query.operation(object)?).await?;
    let page = state.store.list(grant).await?;
    let next = page.next;
    Ok(Answer::with(page.sealed.disclose().await?, |items| RecordPage { items, next }))
}
