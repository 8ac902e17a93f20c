//! `POST /cases/{id}/export`: the case file 案卷, to be checked with `whosaw-verify` anywhere.

use std::io::{Cursor, Write};

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use model::CaseId;
use serde::Deserialize;
use store::cases::{CaseFile, ExportCase};
use utoipa::ToSchema;

use super::{refused, summary};
use crate::answer::{AUDIT_EVENT, EVIDENCE_ALTERED, event_value};
use crate::extract::{Body, IdPath, SignedInCaller};
use crate::language::Language;
use crate::problem::{Code, Outcome, Problem};
use crate::state::ApiState;

/// Why the file is taken.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseExportRequest {
    #[schema(min_length = 1, max_length = 500)]
    pub reason: String,
}

/// Take the case file
///
/// A zip: `README.md` in the language asked for, `case.json` (whose SHA-256 stands in the newest event of the history),
/// `evidence.json` (the cited events), `history.json` (the events about the case) and `files/`; the two are evidence files that
/// `whosaw-verify evidence` checks. It names who the case is about. `X-Evidence-Altered` as with evidence.
#[utoipa::path(
    post, path = "/cases/{id}/export", tag = "cases",
    params(("id" = uuid::Uuid, Path)),
    request_body = CaseExportRequest,
    responses((status = 200, description = "the case file", body = String, content_type = "application/zip")),
    extensions(("x-whosaw-action" = json!("audit.evidence")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn export_case(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<CaseId>,
    headers: HeaderMap,
    Body(b): Body<CaseExportRequest>,
) -> Outcome<Response> {
    let publisher = state.publisher.clone().ok_or_else(|| Problem::new(Code::NotServed))?;
    let grant = state.store.gate().admit_system(&who.caller, ExportCase { id, reason: b.reason }).await?;
    let taken = state.store.export_case(grant, &publisher).await.map_err(refused)?;
    let event = taken.event();
    let file = taken.into_inner();
    let bytes = zipped(&file, Language::of(&headers), &publisher.verifier().to_string()).map_err(|error| {
        tracing::error!(%error, "a case file could not be packed");
        Problem::new(Code::Damaged)
    })?;
    let mut response = bytes.into_response();
    let h = response.headers_mut();
    h.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/zip"));
    h.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    h.insert(EVIDENCE_ALTERED, HeaderValue::from(file.altered));
    h.insert(AUDIT_EVENT, event_value(event));
    if let Ok(name) = HeaderValue::from_str(&format!("attachment; filename=\"whosaw-case-{id}.zip\"")) {
        h.insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(response)
}

fn zipped(file: &CaseFile, language: Language, key: &str) -> std::io::Result<Vec<u8>> {
    let mut zip = zip::ZipWriter::new(Cursor::new(vec![]));
    let options = zip::write::SimpleFileOptions::default();
    let parts: [(&str, Vec<u8>); 5] = [
        ("README.md", summary::summary(file, language).into_bytes()),
        ("case.json", file.body.clone()),
        ("evidence.json", serde_json::to_vec_pretty(&file.evidence)?),
        ("history.json", serde_json::to_vec_pretty(&file.history)?),
        // For convenience: trust comes from where the key was published.
        ("log.vkey", format!("{key}\n").into_bytes()),
    ];
    for (name, bytes) in parts {
        zip.start_file(name, options)?;
        zip.write_all(&bytes)?;
    }
    for ((note, bytes), n) in file.files.iter().zip(1_u32..) {
        // Two may have one name.
        zip.start_file(format!("files/{n:02}-{}", note.name), options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}
