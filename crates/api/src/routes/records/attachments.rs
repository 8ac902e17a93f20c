//! `/records/{object}/{id}/attachments`: the files that a record carries 附件.
//!
//! Rule: a file goes in and out as a stream of bytes and is never held whole. What goes out is for saving: never drawn by the
//! browser as a page of ours, whatever it is called or begins with.

use std::io;

use access::path::{Disclosed, Refusal};
use axum::body::Body as HttpBody;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use bytes::Bytes;
use futures_util::StreamExt as _;
use model::file::FileKind;
use model::{EventId, FieldName, FileId};
use serde::{Deserialize, Serialize};
use store::attachments::{AttachFile, FileList, FileStream, FileUpload, FileView, ListFiles, RemoveFile, TakeFile};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::answer::{AUDIT_EVENT, Answer, event_value};
use crate::extract::{FileName, FilePath, Query, RecordPath, SignedInCaller, random};
use crate::problem::{Code, Outcome, Problem};
use crate::state::ApiState;

/// For a file that somebody opens in a window all the same: nothing in it runs or loads.
const NOTHING_RUNS: &str = "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// A file that a record carries.
#[derive(Serialize, ToSchema)]
pub struct Attachment {
    pub id: Uuid,
    pub bytes: u64,
    /// Left out for who may not take the file, as are `kind` and `sha256`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `png`, `jpeg`, `pdf` or `other`, by its content.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'static str>,
    /// SHA-256 of the content.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    pub added_by: Uuid,
    pub added_at: i64,
    /// Whether the caller may ask to take it.
    pub takeable: bool,
    /// Whether the caller may take it away.
    pub removable: bool,
    /// The field of files that it is of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

impl From<FileView> for Attachment {
    fn from(f: FileView) -> Self {
        let kind = f.kind().map(model::FileKind::as_str);
        let FileView { id, bytes, added_by, added_at, note, takeable, removable, field } = f;
        let field = field.map(|f| f.to_string());
        let (name, sha256) = note.map(|n| (n.name, n.sha256)).unzip();
        Self {
            id: id.0,
            bytes,
            name,
            kind,
            sha256,
            added_by: added_by.0,
            added_at: added_at.0,
            takeable,
            removable,
            field,
        }
    }
}

/// A field that holds files.
#[derive(Serialize, ToSchema)]
pub struct AttachmentField {
    pub name: String,
    /// Whether the caller may add to it.
    pub addable: bool,
}

/// Which field a file is to be of.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AttachmentQuery {
    /// A field of files; without one the file is the record's.
    #[param(value_type = Option<String>, pattern = "^[a-z][a-z0-9_]{0,39}$")]
    pub field: Option<FieldName>,
}

/// The files of a record.
#[derive(Serialize, ToSchema)]
pub struct Attachments {
    /// Oldest first.
    pub items: Vec<Attachment>,
    /// Whether the caller may add one.
    pub may_add: bool,
    /// The fields of files that the caller knows of.
    pub fields: Vec<AttachmentField>,
    /// Most bytes of one.
    pub most_bytes: u64,
    /// Most of them.
    pub most_files: u32,
    /// Endings of names that are not taken.
    pub refused: Vec<String>,
}

impl From<FileList> for Attachments {
    fn from(list: FileList) -> Self {
        Self {
            items: list.files.into_iter().map(Attachment::from).collect(),
            may_add: list.may_add,
            fields: list
                .fields
                .into_iter()
                .map(|f| AttachmentField { name: f.name.to_string(), addable: f.addable })
                .collect(),
            most_bytes: list.rules.most_bytes(),
            most_files: list.rules.per_record,
            refused: list.rules.refused,
        }
    }
}

/// The files of a record
///
/// Part of viewing the record: names are told to who may take the files.
#[utoipa::path(
    get, path = "/records/{object}/{id}/attachments", tag = "records",
    params(("object" = String, Path, example = "customer"), ("id" = uuid::Uuid, Path)),
    responses((status = 200, description = "its files", body = Attachments)),
    extensions(("x-whosaw-action" = json!("view")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_attachments(
    State(state): State<ApiState>,
    who: SignedInCaller,
    RecordPath { object, id }: RecordPath,
) -> Outcome<Answer<Attachments>> {
    let grant = state.store.gate().admit(&who.caller, ListFiles { object, id }).await?;
    Ok(Answer::with(state.store.list_files(grant).await?, Attachments::from))
}

/// Give a record a file
///
/// The body is the file itself; its name stands in `X-File-Name`. What it is, is read from its content. A file larger than may be is
/// answered at once where its length is said.
#[utoipa::path(
    post, path = "/records/{object}/{id}/attachments", tag = "records",
    params(
        ("object" = String, Path, example = "customer"), ("id" = uuid::Uuid, Path),
        ("X-File-Name" = String, Header, description = "percent-encoded UTF-8", example = "scan.png"), AttachmentQuery,
    ),
    request_body(content = String, description = "the file", content_type = "application/octet-stream"),
    responses((status = 201, description = "added", body = Attachment, headers(("Location" = String)))),
    extensions(("x-whosaw-action" = json!("attach")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn add_attachment(
    State(state): State<ApiState>,
    who: SignedInCaller,
    RecordPath { object, id }: RecordPath,
    Query(query): Query<AttachmentQuery>,
    FileName(name): FileName,
    headers: HeaderMap,
    body: HttpBody,
) -> Outcome<Answer<Attachment>> {
    let Ok(permit) = state.uploads.clone().try_acquire_owned() else {
        return Err(Problem::new(Code::Overloaded).retry_after(5));
    };
    let length = headers.get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()).and_then(|v| v.parse().ok());
    let file = FileId::new(who.caller.at, random());
    let place = format!("/api/v1/records/{object}/{id}/attachments/{file}");
    let grant = state
        .store
        .gate()
        .admit(&who.caller, AttachFile { object, id, file, name, length, field: query.field })
        .await?;
    let upload = Box::pin(state.store.attach(grant)).await?;
    // In a task of its own: when the client goes away, what it had begun is ended and recorded all the same.
    let patience = state.config.timeout;
    let whole = tokio::spawn(async move {
        let _permit = permit;
        receive(upload, body, patience).await
    });
    match whole.await {
        Ok(done) => Ok(Answer::with(done?, Attachment::from).created(place)),
        Err(error) => {
            tracing::error!(panicked = error.is_panic(), "an upload ended in the middle");
            Err(Problem::new(Code::Internal))
        }
    }
}

async fn receive(
    mut upload: FileUpload,
    body: HttpBody,
    patience: std::time::Duration,
) -> Result<Disclosed<FileView>, Refusal> {
    let mut pieces = body.into_data_stream();
    let broken = || Refusal::Barred { code: "malformed_request", reason: "the file did not arrive whole".to_owned() };
    loop {
        let taken = match tokio::time::timeout(patience, pieces.next()).await {
            Ok(None) => return Box::pin(upload.finish()).await,
            Ok(Some(Ok(piece))) => upload.put(&piece).await,
            Ok(Some(Err(_))) | Err(_) => Err(broken()),
        };
        if let Err(refusal) = taken {
            return Err(upload.refuse(refusal).await);
        }
    }
}

/// Take a file of a record
///
/// Recorded before its first byte leaves, each time. Always for saving, never for drawing.
#[utoipa::path(
    get, path = "/records/{object}/{id}/attachments/{file}", tag = "records",
    params(
        ("object" = String, Path, example = "customer"), ("id" = uuid::Uuid, Path), ("file" = uuid::Uuid, Path),
    ),
    responses((
        status = 200, description = "the file",
        content(
            (String = "application/octet-stream"), (String = "image/png"), (String = "image/jpeg"), (String = "application/pdf"),
        ),
        headers(("Content-Disposition" = String), ("Repr-Digest" = String)),
    )),
    extensions(("x-whosaw-action" = json!("download_file")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn take_attachment(
    State(state): State<ApiState>,
    who: SignedInCaller,
    FilePath { record: RecordPath { object, id }, file }: FilePath,
) -> Outcome<Response> {
    let grant = state.store.gate().admit(&who.caller, TakeFile { object, id, file }).await?;
    let taken = state.store.take_file(grant).await?;
    let event = taken.event();
    let stream = taken.into_inner();
    let (length, note) = (stream.bytes(), stream.note().clone());
    Ok(for_saving(HttpBody::from_stream(parts(stream)), event, (&note.name, note.kind), length, &note.sha256))
}

/// A file that somebody put here, as an answer: for saving, never for drawing.
pub(crate) fn for_saving(
    body: HttpBody,
    event: EventId,
    (name, kind): (&str, FileKind),
    length: u64,
    sha256: &str,
) -> Response {
    let mut response = body.into_response();
    let h = response.headers_mut();
    h.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind.content_type()));
    h.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    h.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    h.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(NOTHING_RUNS));
    h.insert(AUDIT_EVENT, event_value(event));
    let (name, digest) = (disposition(name), repr_digest(sha256));
    for (key, value) in [(header::CONTENT_DISPOSITION, name), (HeaderName::from_static("repr-digest"), digest)] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            h.insert(key, value);
        }
    }
    response
}

/// For saving under this name (RFC 6266): as it is, and in a form that every client reads.
fn disposition(name: &str) -> String {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_graphic() && !matches!(c, '"' | '\\' | '%') { c } else { '_' }).collect();
    let mut whole = String::with_capacity(name.len().saturating_mul(3));
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
            whole.push(char::from(byte));
        } else {
            whole.push_str(&format!("%{byte:02X}"));
        }
    }
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{whole}")
}

/// RFC 9530.
fn repr_digest(hexadecimal: &str) -> String {
    let bytes = hex::decode(hexadecimal).unwrap_or_default();
    format!("sha-256=:{}:", base64::engine::general_purpose::STANDARD.encode(bytes))
}

/// The parts as they are read; a broken stream when one cannot be, so that nobody takes a part for the whole.
fn parts(stream: FileStream) -> impl futures_util::Stream<Item = io::Result<Bytes>> {
    futures_util::stream::unfold(Some(stream), |stream| async {
        let mut stream = stream?;
        match stream.next().await {
            Ok(None) => None,
            Ok(Some(part)) => Some((Ok(Bytes::copy_from_slice(&part)), Some(stream))),
            Err(error) => {
                tracing::error!(file.id = %stream.id(), %error, "a file could not be read to its end");
                Some((Err(io::Error::other("the file could not be read")), None))
            }
        }
    })
}

/// Take a file away from a record
///
/// For good: by who added it, or who may edit the record. Not while a legal hold stands on the customer.
#[utoipa::path(
    delete, path = "/records/{object}/{id}/attachments/{file}", tag = "records",
    params(
        ("object" = String, Path, example = "customer"), ("id" = uuid::Uuid, Path), ("file" = uuid::Uuid, Path),
    ),
    responses((status = 204, description = "taken away")),
    extensions(("x-whosaw-action" = json!("attach")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn remove_attachment(
    State(state): State<ApiState>,
    who: SignedInCaller,
    FilePath { record: RecordPath { object, id }, file }: FilePath,
) -> Outcome<Answer<()>> {
    let grant = state.store.gate().admit(&who.caller, RemoveFile { object, id, file }).await?;
    Ok(Answer::done(&state.store.remove_file(grant).await?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_leave_its_header() {
        assert_eq!(
            disposition("a\"b; x=1\r\n%合.png"),
            "attachment; filename=\"a_b;_x=1____.png\"; filename*=UTF-8''a%22b%3B%20x%3D1%0D%0A%25%E5%90%88.png"
        );
    }
}
