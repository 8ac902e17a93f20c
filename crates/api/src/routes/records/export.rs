//! `POST /records/{object}/export`: a file of records, recorded chunk by chunk as it leaves.
//!
//! The intent is durable before the first byte, each chunk's event before the chunk, and the outcome says how many rows
//! left. The work runs beside the connection: a client that goes away ends it, and that is recorded too.

use std::io;

use axum::body::Body as HttpBody;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use model::{Channel, FieldLevel, JobId};
use serde::Deserialize;
use store::records::ExportStep;
use tokio::sync::mpsc;
use utoipa::ToSchema;

use super::question::Question;
use super::sheet::{Columns, Format};
use crate::answer::{AUDIT_EVENT, event_value};
use crate::extract::{Body, ObjectPath, SignedInCaller, random};
use crate::language::Language;
use crate::problem::{Code, Outcome, Problem};
use crate::routes::exports::run::{CHUNK, Export, Sink, WAITING};
use crate::state::ApiState;

/// What to export, and why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExportRequest {
    pub format: Format,
    #[serde(default)]
    pub question: Question,
    /// Recorded with the event; instead of `X-Purpose`.
    #[schema(max_length = 500)]
    #[serde(default)]
    pub purpose: Option<String>,
}

/// Export records to a file
///
/// Needs a purpose. At most as many rows as the caller's roles allow; a file that was cut at that limit says so in its last
/// rows. The last row names who took the file, when, and the export. What needs an approval is refused: ask for a file.
#[utoipa::path(
    post, path = "/records/{object}/export", tag = "records",
    params(("object" = String, Path, example = "customer")),
    request_body = ExportRequest,
    responses((
        status = 200, description = "the file",
        content((String = "text/csv"), (String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
        headers(("X-Export-Id" = String), ("Content-Disposition" = String)),
    )),
    extensions(
        ("x-whosaw-action" = json!("export")), ("x-whosaw-recorded" = json!(true)),
        ("x-whosaw-events" = json!("an intent, one for each chunk of 500 rows, and an outcome")),
    ),
)]
pub async fn export_records(
    State(state): State<ApiState>,
    who: SignedInCaller,
    ObjectPath(object): ObjectPath,
    headers: HeaderMap,
    Body(body): Body<ExportRequest>,
) -> Outcome<Response> {
    let caller = who.with_purpose(body.purpose.as_deref())?.by(Channel::Export).caller;
    let question = body.question.operation(object.clone(), CHUNK)?;
    let job = JobId::new(caller.at, random());
    let format = body.format;
    let step = ExportStep { job, question: question.clone(), format: format.as_str(), rows: None };
    let grant = state.store.gate().admit(&caller, step).await?;
    // A column for a field that is hidden everywhere would tell that there is such a field.
    let visible = |name: &model::FieldName| {
        let wanted = question.fields.as_ref().is_none_or(|f| f.contains(name));
        wanted && !grant.field_filters(name.as_str(), FieldLevel::Masked).iter().any(|f| f.is_never())
    };
    let definition = match grant.object_type() {
        Ok(definition) => definition.clone(),
        Err(refusal) => return Err(grant.refuse(refusal).await.into()),
    };
    let language = Language::of(&headers);
    let columns = Columns::new(&definition, visible, language);
    let Ok(permit) = state.exports.clone().try_acquire_owned() else {
        let refused = grant.refuse(access::path::Refusal::StoreUnavailable("too many exports".into())).await;
        tracing::warn!(error = %refused, "too many exports are under way");
        return Err(Problem::new(Code::Overloaded).retry_after(30));
    };
    let begun = state.store.export_begin(grant).await?;
    let event = begun.event();
    let limit = begun.into_inner();
    let date: String = caller.at.to_rfc3339().chars().take(10).collect();
    let export = Export { state, caller, job, question, format, columns, language, limit, _permit: permit };
    let (send, receive) = mpsc::channel(WAITING);
    tokio::spawn(stream(export, send));
    let parts = futures_util::stream::unfold(receive, |mut r| async { r.recv().await.map(|item| (item, r)) });

    let mut response = HttpBody::from_stream(parts).into_response();
    let h = response.headers_mut();
    h.insert(header::CONTENT_TYPE, HeaderValue::from_static(format.content_type()));
    h.insert(AUDIT_EVENT, event_value(event));
    let name = format!("attachment; filename=\"{object}-{date}.{}\"", format.as_str());
    for (key, value) in [("content-disposition", name), ("x-export-id", job.to_string())] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            h.insert(key, value);
        }
    }
    Ok(response)
}

/// Sends the rows as they come, and records how that ended.
async fn stream(export: Export, send: mpsc::Sender<io::Result<Bytes>>) {
    let (mut sink, mut rows) = (Sink::Stream(send.clone()), 0);
    let done = export.write(&mut sink, &mut rows).await;
    let whole = done.is_ok();
    if let Err(ended) = done {
        tracing::warn!(export.id = %export.job, reason = %ended.why(), "an export ended early");
        // A broken stream, so that nobody takes the part for the whole.
        let _ = send.send(Err(io::Error::other("the export ended early"))).await;
    }
    let step = ExportStep {
        job: export.job,
        question: export.question.clone(),
        format: export.format.as_str(),
        rows: Some(rows),
    };
    if let Err(error) = export.state.store.export_end(&export.now(), step, whole).await {
        // The intent stays without an outcome, and the next start closes it as unknown.
        tracing::error!(export.id = %export.job, %error, "the end of an export could not be recorded");
    }
}
