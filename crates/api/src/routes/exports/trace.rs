//! `POST /audit/exports/trace`: which export a file came from. The file itself is not sent, only ids that stand in it.

use axum::extract::State;
use model::JobId;
use serde::{Deserialize, Serialize};
use store::company::Note;
use store::exports::TraceExport;
use utoipa::ToSchema;

use super::view::ExportView;
use crate::answer::Answer;
use crate::extract::{Body, SignedInCaller};
use crate::problem::{Code, Outcome, Problem};
use crate::schema::Items;
use crate::state::ApiState;

/// What was found in the file.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TraceRequest {
    /// Ids of records, letter by letter as they stand in the file. At most 200.
    #[serde(default)]
    pub ids: Vec<String>,
    /// Ids of exports that the file names: in its last row or its properties. At most 200.
    #[serde(default)]
    pub named: Vec<String>,
}

/// An export that the file may have come from.
#[derive(Serialize, ToSchema)]
pub struct TracedView {
    pub export: ExportView,
    /// The file names it.
    pub named: bool,
    /// Letters of ids that stand as this export writes them, of `letters`.
    pub agree: u32,
    pub letters: u32,
}

/// Which export a file came from
///
/// By what it names, and by how the letters of its ids are written.
#[utoipa::path(
    post, path = "/audit/exports/trace", tag = "audit",
    request_body = TraceRequest,
    responses((status = 200, description = "exports it agrees with, best first", body = Items<TracedView>)),
    extensions(("x-whosaw-action" = json!("audit.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn trace_export(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(body): Body<TraceRequest>,
) -> Outcome<Answer<Items<TracedView>>> {
    let bad = || Problem::new(Code::InvalidValues).item("/named", "invalid_value", "expected ids of exports");
    let named = body.named.iter().map(|t| t.parse::<JobId>().map_err(|_| bad())).collect::<Result<_, _>>()?;
    let op = TraceExport { ids: body.ids, named, note: Note::default() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    let found = state.store.trace_export(grant).await?;
    Ok(Answer::with(found, |found| Items {
        items: found
            .into_iter()
            .map(|t| TracedView {
                named: t.named,
                agree: t.agree,
                letters: t.letters,
                export: ExportView::of(&state.store, t.file, who.caller.at),
            })
            .collect(),
    }))
}
