//! `POST /records/{object}/export`: a file of records, recorded chunk by chunk as it leaves.
//!
//! The intent is durable before the first byte, each chunk's event before the chunk, and the outcome says how many rows
//! left. The work runs beside the connection: a client that goes away ends it, and that is recorded too.

use std::io;

use access::path::{Disclosed, RecordView};
use axum::body::Body as HttpBody;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use model::{Caller, Channel, FieldLevel, JobId};
use serde::Deserialize;
use store::records::{ExportChunk, ExportStep, ListRecords};
use tokio::sync::{OwnedSemaphorePermit, mpsc};
use utoipa::ToSchema;

use super::question::Question;
use super::sheet::{BOM, Columns, Format, Workbook, csv, harmless};
use crate::answer::{AUDIT_EVENT, event_value};
use crate::extract::{Body, ObjectPath, SignedInCaller, random};
use crate::language::Language;
use crate::problem::{Code, Outcome, Problem};
use crate::state::ApiState;

/// Rows of one event.
const CHUNK: u32 = 500;
/// Chunks waiting for a slow client.
const WAITING: usize = 2;

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

/// One export under way.
struct Export {
    state: ApiState,
    caller: Caller,
    job: JobId,
    question: ListRecords,
    format: Format,
    columns: Columns,
    language: Language,
    limit: u32,
    _permit: OwnedSemaphorePermit,
}

/// Why an export ended early.
enum Ended {
    /// The client went away.
    Gone,
    Refused(Problem),
    Io,
}

/// Export records to a file
///
/// Needs a purpose. At most as many rows as the caller's roles allow; a file that was cut at that limit says so in its last
/// rows. The last row names who took the file, when, and the export.
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
    tokio::spawn(export.run(send));
    let stream = futures_util::stream::unfold(receive, |mut r| async { r.recv().await.map(|item| (item, r)) });

    let mut response = HttpBody::from_stream(stream).into_response();
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

type Sink = mpsc::Sender<io::Result<Bytes>>;

impl Export {
    async fn run(self, sink: Sink) {
        let mut rows = 0_u64;
        let done = match self.format {
            Format::Csv => self.csv(&sink, &mut rows).await,
            Format::Xlsx => self.xlsx(&sink, &mut rows).await,
        };
        let whole = done.is_ok();
        if let Err(ended) = done {
            let why = match ended {
                Ended::Gone => "the client went away".to_owned(),
                Ended::Refused(problem) => format!("refused: {}", problem.code.as_str()),
                Ended::Io => "a temporary file could not be written".to_owned(),
            };
            tracing::warn!(export.id = %self.job, reason = %why, "an export ended early");
            // A broken stream, so that nobody takes the part for the whole.
            let _ = sink.send(Err(io::Error::other("the export ended early"))).await;
        }
        self.end(rows, whole).await;
    }

    /// The moment of the next step: each is decided anew.
    fn now(&self) -> Caller {
        Caller { at: self.state.clock.now(), ..self.caller.clone() }
    }

    async fn end(&self, rows: u64, whole: bool) {
        let step = ExportStep {
            job: self.job,
            question: self.question.clone(),
            format: self.format.as_str(),
            rows: Some(rows),
        };
        let ended = match self.state.store.gate().admit(&self.now(), step).await {
            Ok(grant) => self.state.store.export_end(grant, whole).await.map(|_| ()),
            Err(refusal) => Err(refusal),
        };
        if let Err(error) = ended {
            // The intent stays without an outcome, and the sweeper closes it as unknown.
            tracing::error!(export.id = %self.job, %error, "the end of an export could not be recorded");
        }
    }

    /// The next rows, recorded.
    async fn chunk(
        &self,
        number: u32,
        cursor: Option<String>,
        limit: u32,
    ) -> Result<(Disclosed<Vec<RecordView>>, Option<String>), Ended> {
        let question = ListRecords { cursor, limit, ..self.question.clone() };
        let refused = |r: access::path::Refusal| Ended::Refused(r.into());
        let op = ExportChunk { job: self.job, number, question };
        let grant = self.state.store.gate().admit(&self.now(), op).await.map_err(refused)?;
        let page = self.state.store.export_chunk(grant).await.map_err(refused)?;
        Ok((page.sealed.disclose().await.map_err(refused)?, page.next))
    }

    /// Hands out every row, chunk by chunk, up to the limit; tells whether there were more.
    async fn rows(&self, count: &mut u64, out: &Out<'_>) -> Result<bool, Ended> {
        let (mut cursor, mut left) = (None, self.limit);
        for number in 0.. {
            let (shown, next) = self.chunk(number, cursor, left.min(CHUNK)).await?;
            let engine = self.state.store.gate().engine();
            let rows: Vec<_> = shown.get().iter().map(|r| self.columns.row(r, engine.directory())).collect();
            let n = rows.len();
            left = left.saturating_sub(u32::try_from(n).unwrap_or(u32::MAX));
            out.put(rows).await?;
            *count += n as u64;
            match next {
                None => return Ok(false),
                Some(_) if left == 0 => return Ok(true),
                Some(next) => cursor = Some(next),
            }
        }
        Ok(true)
    }

    /// The last rows: that the file was cut, if it was, and the watermark 水印.
    fn tail(&self, cut: bool) -> Vec<Vec<String>> {
        let engine = self.state.store.gate().engine();
        let user = engine.directory().user(self.caller.user);
        let who = user.map_or_else(|| self.caller.user.to_string(), |u| format!("{} ({})", u.name, u.login));
        let company = self.state.store.gate().settings().company.clone();
        let mut tail = vec![];
        if cut {
            let text = match self.language {
                Language::Zh => format!("未完：您的角色单次最多导出 {} 行", self.limit),
                Language::En => format!("Cut: your roles permit at most {} rows in one export", self.limit),
            };
            tail.push(vec![text]);
        }
        let (at, job) = (self.caller.at, self.job);
        tail.push(vec![harmless(&match self.language {
            Language::Zh => format!("{company} 内部资料，导出人 {who}，时间 {at}，导出编号 {job}"),
            Language::En => format!("{company}, internal. Exported by {who} at {at}, export {job}"),
        })]);
        tail
    }

    async fn csv(&self, sink: &Sink, count: &mut u64) -> Result<(), Ended> {
        sink.send(Ok(Bytes::from_static(BOM.as_bytes()))).await.map_err(|_| Ended::Gone)?;
        let out = Out::Csv(sink);
        out.put(vec![self.columns.heading()]).await?;
        let cut = self.rows(count, &out).await?;
        out.put(self.tail(cut)).await
    }

    /// A workbook can only be sent when it is finished; its file has no name and is gone when it is closed.
    async fn xlsx(&self, sink: &Sink, count: &mut u64) -> Result<(), Ended> {
        let (rows_in, rows_out) = mpsc::channel::<Vec<Vec<String>>>(WAITING);
        let writer = tokio::task::spawn_blocking(move || {
            write_workbook(rows_out)
                .inspect_err(|error| tracing::error!(%error, "a workbook could not be written"))
                .ok()
        });
        let out = Out::Xlsx { rows: rows_in, sink };
        out.put(vec![self.columns.heading()]).await?;
        let cut = self.rows(count, &out).await?;
        out.put(self.tail(cut)).await?;
        drop(out);
        let mut file = writer.await.ok().flatten().ok_or(Ended::Io)?;
        io::Seek::rewind(&mut file).map_err(|_| Ended::Io)?;
        let mut parts = tokio_util::io::ReaderStream::new(tokio::fs::File::from_std(file));
        while let Some(part) = futures_util::StreamExt::next(&mut parts).await {
            sink.send(part).await.map_err(|_| Ended::Gone)?;
        }
        Ok(())
    }
}

/// Where rows go.
enum Out<'a> {
    Csv(&'a Sink),
    Xlsx { rows: mpsc::Sender<Vec<Vec<String>>>, sink: &'a Sink },
}

impl Out<'_> {
    async fn put(&self, rows: Vec<Vec<String>>) -> Result<(), Ended> {
        match self {
            Out::Csv(sink) => sink.send(Ok(Bytes::from(csv(&rows)))).await.map_err(|_| Ended::Gone),
            // Nobody waits for the file any more: no further chunk is read.
            Out::Xlsx { sink, .. } if sink.is_closed() => Err(Ended::Gone),
            Out::Xlsx { rows: out, .. } => out.send(rows).await.map_err(|_| Ended::Io),
        }
    }
}

/// Writes rows as they come and gives the finished file.
fn write_workbook(
    mut rows: mpsc::Receiver<Vec<Vec<String>>>,
) -> Result<std::fs::File, Box<dyn std::error::Error + Send + Sync>> {
    let mut book = Workbook::new()?;
    while let Some(part) = rows.blocking_recv() {
        for row in part {
            book.row(&row)?;
        }
    }
    let file = tempfile::tempfile()?;
    book.save(file.try_clone()?)?;
    Ok(file)
}
