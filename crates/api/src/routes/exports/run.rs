//! Carrying out an export: chunk by chunk, each decided and recorded before its rows go anywhere, into a stream or into a file.

use std::io;

use access::path::{Disclosed, RecordView, Refusal};
use bytes::Bytes;
use model::{Caller, JobId};
use store::exports::{FileWriter, marked};
use store::records::{ExportChunk, ListRecords};
use tokio::sync::{OwnedSemaphorePermit, mpsc};

use crate::language::Language;
use crate::problem::Problem;
use crate::routes::records::sheet::{BOM, Columns, Format, Workbook, csv, harmless};
use crate::state::ApiState;

/// Rows of one event.
pub(crate) const CHUNK: u32 = 500;
/// Chunks waiting for a slow client.
pub(crate) const WAITING: usize = 2;

/// One export under way.
pub(crate) struct Export {
    pub(crate) state: ApiState,
    pub(crate) caller: Caller,
    pub(crate) job: JobId,
    pub(crate) question: ListRecords,
    pub(crate) format: Format,
    pub(crate) columns: Columns,
    pub(crate) language: Language,
    /// Most rows.
    pub(crate) limit: u32,
    pub(crate) _permit: OwnedSemaphorePermit,
}

/// Why an export ended early.
pub(crate) enum Ended {
    /// The client went away.
    Gone,
    /// It was cancelled, or withdrawn for an erasure: that is recorded already.
    Stopped,
    Refused(Problem),
    Io,
}

impl Ended {
    /// For the record.
    pub(crate) fn why(&self) -> String {
        match self {
            Ended::Gone => "the client went away".to_owned(),
            Ended::Stopped => "it was stopped".to_owned(),
            Ended::Refused(problem) => format!("refused: {}", problem.code.as_str()),
            Ended::Io => "a temporary file could not be written".to_owned(),
        }
    }
}

/// Where the bytes go.
pub(crate) enum Sink {
    Stream(mpsc::Sender<io::Result<Bytes>>),
    File(Box<FileWriter>),
}

impl Sink {
    async fn send(&mut self, bytes: Bytes) -> Result<(), Ended> {
        match self {
            Sink::Stream(out) => out.send(Ok(bytes)).await.map_err(|_| Ended::Gone),
            Sink::File(writer) => writer.put(&bytes).await.map_err(stopped),
        }
    }
    /// Tells how many rows there are so far; an export that nobody waits for any more reads no further chunk.
    async fn beat(&mut self, rows: u64, now: model::UnixMs) -> Result<(), Ended> {
        match self {
            Sink::Stream(out) if out.is_closed() => Err(Ended::Gone),
            Sink::Stream(_) => Ok(()),
            Sink::File(writer) => writer.beat(rows, now).await.map_err(stopped),
        }
    }
}

fn stopped(refusal: Refusal) -> Ended {
    match refusal {
        Refusal::Conflict => Ended::Stopped,
        refusal => Ended::Refused(refusal.into()),
    }
}

impl Export {
    /// The moment of the next step: each is decided anew.
    pub(crate) fn now(&self) -> Caller {
        Caller { at: self.state.clock.now(), ..self.caller.clone() }
    }

    /// Hands out every row; `rows` counts them, also of an export that ends early.
    pub(crate) async fn write(&self, sink: &mut Sink, rows: &mut u64) -> Result<(), Ended> {
        match self.format {
            Format::Csv => self.csv(sink, rows).await,
            Format::Xlsx => self.xlsx(sink, rows).await,
        }
    }

    /// Makes the file in the background, and records how that ended.
    pub(crate) async fn into_file(self, writer: FileWriter) {
        let (mut sink, mut rows) = (Sink::File(Box::new(writer)), 0);
        let done = self.write(&mut sink, &mut rows).await;
        let Sink::File(writer) = sink else { return };
        let outcome = match done {
            Ok(()) => writer.finish(&self.now()).await.map(|_| ()),
            Err(Ended::Stopped) => Ok(()),
            Err(ended) => {
                let why = ended.why();
                tracing::warn!(export.id = %self.job, reason = %why, "an export ended early");
                writer.fail(&self.now(), &why).await.map(|_| ())
            }
        };
        match outcome {
            Ok(()) | Err(Refusal::Conflict) => {}
            // It stays under way, and the sweeper closes it as unknown.
            Err(error) => tracing::error!(export.id = %self.job, %error, "the end of an export could not be recorded"),
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
        let refused = |r: Refusal| Ended::Refused(r.into());
        let op = ExportChunk { job: self.job, number, question };
        let grant = self.state.store.gate().admit(&self.now(), op).await.map_err(refused)?;
        let page = self.state.store.export_chunk(grant).await.map_err(refused)?;
        Ok((page.sealed.disclose().await.map_err(refused)?, page.next))
    }

    /// Every row, chunk by chunk, up to the limit; tells whether there were more.
    async fn rows(&self, count: &mut u64, sink: &mut Sink, out: &Out) -> Result<bool, Ended> {
        // A file's ids are marked; a stream is for programs, which may compare ids letter by letter.
        let keys = matches!(sink, Sink::File(_)).then(|| self.state.store.gate().recorder().export_keys());
        let (mut cursor, mut left) = (None, self.limit.max(1));
        for number in 0.. {
            let (shown, next) = self.chunk(number, cursor, left.min(CHUNK)).await?;
            let engine = self.state.store.gate().engine();
            let mut rows = Vec::with_capacity(shown.get().len());
            for record in shown.get() {
                let id = match &keys {
                    None => record.id.to_string(),
                    Some(keys) => marked(keys, self.job, record.id)
                        .map_err(|_| Ended::Refused(Problem::new(crate::problem::Code::Damaged)))?,
                };
                rows.push(self.columns.row(id, record, engine.directory()));
            }
            let n = rows.len();
            left = left.saturating_sub(u32::try_from(n).unwrap_or(u32::MAX));
            out.put(sink, rows).await?;
            *count += n as u64;
            sink.beat(*count, self.state.clock.now()).await?;
            match next {
                None => return Ok(false),
                Some(_) if left == 0 => return Ok(true),
                Some(next) => cursor = Some(next),
            }
        }
        Ok(true)
    }

    /// Whose export it is, when, and which: the watermark 水印.
    fn mark(&self) -> String {
        let engine = self.state.store.gate().engine();
        let user = engine.directory().user(self.caller.user);
        let who = user.map_or_else(|| self.caller.user.to_string(), |u| format!("{} ({})", u.name, u.login));
        let company = self.state.store.gate().settings().company.clone();
        let (at, job) = (self.caller.at, self.job);
        match self.language {
            Language::Zh => format!("{company} 内部资料，导出人 {who}，时间 {at}，导出编号 {job}"),
            Language::En => format!("{company}, internal. Exported by {who} at {at}, export {job}"),
        }
    }

    /// The last rows: that the file was cut, if it was, and the watermark.
    fn tail(&self, cut: bool) -> Vec<Vec<String>> {
        let mut tail = vec![];
        if cut {
            let text = match self.language {
                Language::Zh => format!("未完：此次导出最多 {} 行", self.limit),
                Language::En => format!("Cut: this export may have at most {} rows", self.limit),
            };
            tail.push(vec![text]);
        }
        tail.push(vec![harmless(&self.mark())]);
        tail
    }

    async fn csv(&self, sink: &mut Sink, count: &mut u64) -> Result<(), Ended> {
        sink.send(Bytes::from_static(BOM.as_bytes())).await?;
        let out = Out::Csv;
        out.put(sink, vec![self.columns.heading()]).await?;
        let cut = self.rows(count, sink, &out).await?;
        out.put(sink, self.tail(cut)).await
    }

    /// A workbook can only be sent when it is finished; its file has no name and is gone when it is closed.
    async fn xlsx(&self, sink: &mut Sink, count: &mut u64) -> Result<(), Ended> {
        let (rows_in, rows_out) = mpsc::channel::<Vec<Vec<String>>>(WAITING);
        let (mark, job) = (self.mark(), self.job);
        let writer = tokio::task::spawn_blocking(move || {
            write_workbook(rows_out, &mark, job)
                .inspect_err(|error| tracing::error!(%error, "a workbook could not be written"))
                .ok()
        });
        let out = Out::Xlsx(rows_in);
        out.put(sink, vec![self.columns.heading()]).await?;
        let cut = self.rows(count, sink, &out).await?;
        out.put(sink, self.tail(cut)).await?;
        drop(out);
        let mut file = writer.await.ok().flatten().ok_or(Ended::Io)?;
        io::Seek::rewind(&mut file).map_err(|_| Ended::Io)?;
        let mut parts = tokio_util::io::ReaderStream::new(tokio::fs::File::from_std(file));
        while let Some(part) = futures_util::StreamExt::next(&mut parts).await {
            sink.send(part.map_err(|_| Ended::Io)?).await?;
        }
        Ok(())
    }
}

/// Where rows go first.
enum Out {
    Csv,
    Xlsx(mpsc::Sender<Vec<Vec<String>>>),
}

impl Out {
    async fn put(&self, sink: &mut Sink, rows: Vec<Vec<String>>) -> Result<(), Ended> {
        match self {
            Out::Csv => sink.send(Bytes::from(csv(&rows))).await,
            Out::Xlsx(out) => out.send(rows).await.map_err(|_| Ended::Io),
        }
    }
}

/// Writes rows as they come and gives the finished file.
fn write_workbook(
    mut rows: mpsc::Receiver<Vec<Vec<String>>>,
    mark: &str,
    job: JobId,
) -> Result<std::fs::File, Box<dyn std::error::Error + Send + Sync>> {
    let mut book = Workbook::new()?;
    book.sign(mark, &job.to_string())?;
    while let Some(part) = rows.blocking_recv() {
        for row in part {
            book.row(&row)?;
        }
    }
    let file = tempfile::tempfile()?;
    book.save(file.try_clone()?)?;
    Ok(file)
}
