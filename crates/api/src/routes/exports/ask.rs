//! `POST /records/{object}/exports`: asks for a file, which is made in the background.

use access::path::Refusal;
use axum::extract::State;
use axum::http::HeaderMap;
use model::{Caller, Channel, JobId};
use serde::Deserialize;
use store::company::Note;
use store::exports::{AskFile, ExportFile, FileWriter};
use tokio::sync::OwnedSemaphorePermit;
use utoipa::ToSchema;

use super::run::{CHUNK, Export};
use super::view::ExportView;
use crate::answer::Answer;
use crate::extract::{Body, ObjectPath, SignedInCaller, random};
use crate::language::Language;
use crate::problem::{Code, Outcome, Problem};
use crate::routes::records::question::Question;
use crate::routes::records::sheet::{Columns, Format};
use crate::state::ApiState;

/// What to export, and why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskExportRequest {
    pub format: Format,
    #[serde(default)]
    pub question: Question,
    /// Recorded with the event; instead of `X-Purpose`.
    #[schema(max_length = 500)]
    #[serde(default)]
    pub purpose: Option<String>,
}

/// Ask for a file of records
///
/// Needs a purpose. The file is made in the background; ask for its progress, then take it. It lies encrypted, expires, and can be
/// taken by who asked for it alone. If the rules of the company ask for it, it waits for an approval first (`waiting`).
#[utoipa::path(
    post, path = "/records/{object}/exports", tag = "records",
    params(("object" = String, Path, example = "customer")),
    request_body = AskExportRequest,
    responses((status = 201, description = "it is under way, or waits for its approval", body = ExportView)),
    extensions(
        ("x-whosaw-action" = json!("export")), ("x-whosaw-recorded" = json!(true)),
        ("x-whosaw-events" = json!("an intent, one for each chunk of 500 rows, and an outcome")),
    ),
)]
pub async fn ask_export(
    State(state): State<ApiState>,
    who: SignedInCaller,
    ObjectPath(object): ObjectPath,
    headers: HeaderMap,
    Body(body): Body<AskExportRequest>,
) -> Outcome<Answer<ExportView>> {
    let caller = who.with_purpose(body.purpose.as_deref())?.by(Channel::Export).caller;
    let question = body.question.operation(object, CHUNK)?;
    let id = JobId::new(caller.at, random());
    let language = match Language::of(&headers) {
        Language::Zh => "zh",
        Language::En => "en",
    };
    let (format, language) = (body.format.as_str().to_owned(), language.to_owned());
    let op = AskFile { id, question, format, language, note: Note::default() };
    let grant = state.store.gate().admit(&caller, op).await?;
    let Ok(permit) = state.exports.clone().try_acquire_owned() else {
        let refused = grant.refuse(Refusal::StoreUnavailable("too many exports".into())).await;
        tracing::warn!(error = %refused, "too many exports are under way");
        return Err(Problem::new(Code::Overloaded).retry_after(30));
    };
    let asked = state.store.ask_file(grant).await?;
    let now = caller.at;
    let mut begun = None;
    let answer = Answer::with(asked, |(file, writer)| {
        begun = writer.map(|w| (file.clone(), w));
        ExportView::of(&state.store, file, now)
    });
    if let Some((file, writer)) = begun {
        spawn(&state, caller, file, writer, permit);
    }
    Ok(answer.created(format!("/api/v1/exports/{id}/progress")))
}

/// Makes the file in the background.
pub(super) fn spawn(
    state: &ApiState,
    caller: Caller,
    file: ExportFile,
    writer: FileWriter,
    permit: OwnedSemaphorePermit,
) {
    let language = if file.asked.language == "en" { Language::En } else { Language::Zh };
    let engine = state.store.gate().engine();
    let Some(definition) = engine.compiled().object(&file.object) else {
        tracing::error!(export.id = %file.id, "the object of an export is not there; it is closed as unknown");
        return;
    };
    let export = Export {
        state: state.clone(),
        caller,
        job: file.id,
        question: file.asked.question.clone(),
        format: Format::by_name(&file.asked.format).unwrap_or(Format::Csv),
        columns: Columns::new(definition, |name| file.asked.fields.contains(name), language),
        language,
        limit: u32::try_from(file.at_most).unwrap_or(u32::MAX),
        _permit: permit,
    };
    tokio::spawn(export.into_file(writer));
}
