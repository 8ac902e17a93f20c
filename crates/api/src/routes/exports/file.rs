//! `GET /exports/{id}/file`: takes the file. Recorded before its first byte leaves.

use std::io;

use axum::body::Body as HttpBody;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use model::JobId;
use store::exports::{DownloadExport, FileReader};

use crate::answer::{AUDIT_EVENT, event_value};
use crate::extract::{IdPath, SignedInCaller};
use crate::problem::Outcome;
use crate::routes::records::sheet::Format;
use crate::state::ApiState;

/// Take the file of an own export
///
/// By who asked for it alone, while they may still export what is in it, and only so often. 410 once it has expired.
#[utoipa::path(
    get, path = "/exports/{id}/file", tag = "exports",
    params(("id" = uuid::Uuid, Path)),
    responses((
        status = 200, description = "the file",
        content((String = "text/csv"), (String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
        headers(("X-Export-Id" = String), ("Content-Disposition" = String)),
    )),
    extensions(("x-whosaw-action" = json!("download")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn download_export(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<JobId>,
) -> Outcome<Response> {
    let grant = state.store.gate().admit_system(&who.caller, DownloadExport { id }).await?;
    let taken = state.store.download_export(grant).await?;
    let event = taken.event();
    let reader = taken.into_inner();
    let file = reader.file();
    let format = Format::by_name(&file.asked.format).unwrap_or(Format::Csv);
    let date: String = file.asked_at.to_rfc3339().chars().take(10).collect();
    let name = format!("attachment; filename=\"{}-{date}.{}\"", file.object, format.as_str());
    let length = file.bytes;
    let mut response = HttpBody::from_stream(parts(reader)).into_response();
    let h = response.headers_mut();
    h.insert(header::CONTENT_TYPE, HeaderValue::from_static(format.content_type()));
    h.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    h.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    h.insert(AUDIT_EVENT, event_value(event));
    for (key, value) in [("content-disposition", name), ("x-export-id", id.to_string())] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            h.insert(key, value);
        }
    }
    Ok(response)
}

/// The parts as they are read; a broken stream when one cannot be, so that nobody takes a part for the whole.
fn parts(reader: FileReader) -> impl futures_util::Stream<Item = io::Result<Bytes>> {
    futures_util::stream::unfold(Some(reader), |reader| async {
        let mut reader = reader?;
        match reader.next().await {
            Ok(None) => None,
            Ok(Some(part)) => Some((Ok(Bytes::copy_from_slice(&part)), Some(reader))),
            Err(error) => {
                tracing::error!(export.id = %reader.file().id, %error, "a file could not be read to its end");
                Some((Err(io::Error::other("the file could not be read")), None))
            }
        }
    })
}
