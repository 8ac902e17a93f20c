//! Files of a case: given to it by who handles it, taken by who reads it.

use axum::body::{Body as HttpBody, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::Response;
use futures_util::StreamExt as _;
use model::{CaseId, FileId};
use store::cases::{AttachToCase, CaseFileStream, CaseUpload, TakeCaseFile};

use super::refused_act;
use super::view::CaseVersion;
use crate::answer::Answer;
use crate::extract::{FileName, IdPath, IfMatch, PairPath, SignedInCaller, random};
use crate::problem::{Code, Outcome, Problem};
use crate::routes::records::attachments::for_saving;
use crate::state::ApiState;

/// Give a case a file
///
/// The body is the file itself; its name stands in `X-File-Name`. What it is, is read from its content. It stays as long as the case.
#[utoipa::path(
    post, path = "/cases/{id}/files", tag = "cases",
    params(
        ("id" = uuid::Uuid, Path),
        ("If-Match" = String, Header, description = "the ETag of the version that was read"),
        ("X-File-Name" = String, Header, description = "percent-encoded UTF-8", example = "scan.png"),
    ),
    request_body(content = String, description = "the file", content_type = "application/octet-stream"),
    responses((status = 200, description = "what it made of the case", body = CaseVersion)),
    extensions(("x-whosaw-action" = json!("case.handle")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn attach_to_case(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<CaseId>,
    IfMatch(version): IfMatch,
    FileName(name): FileName,
    headers: HeaderMap,
    body: HttpBody,
) -> Outcome<Answer<CaseVersion>> {
    let Ok(permit) = state.uploads.clone().try_acquire_owned() else {
        return Err(Problem::new(Code::Overloaded).retry_after(5));
    };
    let length = headers.get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()).and_then(|v| v.parse().ok());
    let file = FileId::new(who.caller.at, random());
    let op = AttachToCase { id, version, file, name, length };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    let upload = state.store.attach_to_case(grant).await.map_err(refused_act)?;
    // In a task of its own: when the client goes away, what it had begun is ended and recorded all the same.
    let patience = state.config.timeout;
    let whole = tokio::spawn(async move {
        let _permit = permit;
        receive(upload, body, patience).await
    });
    match whole.await {
        Ok(done) => {
            let done = done.map_err(refused_act)?;
            let version = *done.get();
            Ok(Answer::with(done, |version| CaseVersion { version }).version(version))
        }
        Err(error) => {
            tracing::error!(panicked = error.is_panic(), "an upload to a case ended in the middle");
            Err(Problem::new(Code::Internal))
        }
    }
}

async fn receive(
    mut upload: CaseUpload,
    body: HttpBody,
    patience: std::time::Duration,
) -> Result<access::path::Disclosed<i64>, access::path::Refusal> {
    let mut pieces = body.into_data_stream();
    let broken = || access::path::Refusal::Barred {
        code: "malformed_request",
        reason: "the file did not arrive whole".to_owned(),
    };
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

/// Take a file of a case
///
/// Recorded before its first byte leaves, each time. Always for saving, never for drawing.
#[utoipa::path(
    get, path = "/cases/{id}/files/{file}", tag = "cases",
    params(("id" = uuid::Uuid, Path), ("file" = uuid::Uuid, Path)),
    responses((
        status = 200, description = "the file",
        content(
            (String = "application/octet-stream"), (String = "image/png"), (String = "image/jpeg"), (String = "application/pdf"),
        ),
        headers(("Content-Disposition" = String), ("Repr-Digest" = String)),
    )),
    extensions(("x-whosaw-action" = json!("case.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn take_case_file(
    State(state): State<ApiState>,
    who: SignedInCaller,
    PairPath(id, file): PairPath<CaseId, FileId>,
) -> Outcome<Response> {
    let grant = state.store.gate().admit_system(&who.caller, TakeCaseFile { id, file }).await?;
    let taken = state.store.take_case_file(grant).await?;
    let event = taken.event();
    let stream = taken.into_inner();
    let note = stream.file.clone();
    Ok(for_saving(HttpBody::from_stream(parts(stream)), event, (&note.name, note.kind), note.bytes, &note.sha256))
}

/// The parts as they are read; a broken stream when one cannot be, so that nobody takes a part for the whole.
fn parts(stream: CaseFileStream) -> impl futures_util::Stream<Item = std::io::Result<Bytes>> {
    futures_util::stream::unfold(Some(stream), |stream| async {
        let mut stream = stream?;
        match stream.next().await {
            Ok(None) => None,
            Ok(Some(part)) => Some((Ok(Bytes::copy_from_slice(&part)), Some(stream))),
            Err(error) => {
                tracing::error!(file.id = %stream.file.id, %error, "a file of a case could not be read to its end");
                Some((Err(std::io::Error::other("the file could not be read")), None))
            }
        }
    })
}
