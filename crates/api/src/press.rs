//! Documents as answers: printed a few at a time, given out with the event that holds their digest, and its proof.

use access::path::Disclosed;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use model::EventId;
use report::{Document, ReportError};
use serde::{Deserialize, Serialize};
use store::documents::{NotPrinted, Printed};
use store::evidence::Evidence;
use store::reports::FileFormat;
use tokio::sync::{Semaphore, SemaphorePermit};
use utoipa::ToSchema;

use crate::answer::{AUDIT_EVENT, Answer, event_value};
use crate::problem::{Code, Problem};

/// Documents printed at once: each takes a processor while it is.
static PRESSES: Semaphore = Semaphore::const_new(2);

/// One's turn. Those who come while two are printed wait: it takes less than a second.
pub(crate) async fn turn() -> Result<SemaphorePermit<'static>, Problem> {
    PRESSES.acquire().await.map_err(|_| Problem::new(Code::Overloaded))
}

/// Why it was not printed, as the store says it.
pub(crate) fn not_printed(error: ReportError) -> NotPrinted {
    match error {
        ReportError::TooLong => NotPrinted::TooLong,
        error => NotPrinted::Broken(error.to_string()),
    }
}

/// As what a document is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DocumentFormat {
    #[default]
    Pdf,
    Xlsx,
    Html,
    Csv,
    Json,
}

impl DocumentFormat {
    pub(crate) const fn as_str(self) -> &'static str {
        self.of_store().as_str()
    }
    pub(crate) const fn content_type(self) -> &'static str {
        match self {
            DocumentFormat::Pdf => "application/pdf",
            DocumentFormat::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            DocumentFormat::Html => "text/html; charset=utf-8",
            DocumentFormat::Csv => "text/csv; charset=utf-8",
            DocumentFormat::Json => "application/json",
        }
    }
    pub(crate) const fn of_store(self) -> FileFormat {
        match self {
            DocumentFormat::Pdf => FileFormat::Pdf,
            DocumentFormat::Xlsx => FileFormat::Xlsx,
            DocumentFormat::Html => FileFormat::Html,
            DocumentFormat::Csv => FileFormat::Csv,
            DocumentFormat::Json => FileFormat::Json,
        }
    }
}

impl From<FileFormat> for DocumentFormat {
    fn from(f: FileFormat) -> Self {
        match f {
            FileFormat::Pdf => DocumentFormat::Pdf,
            FileFormat::Xlsx => DocumentFormat::Xlsx,
            FileFormat::Html => DocumentFormat::Html,
            FileFormat::Csv => DocumentFormat::Csv,
            FileFormat::Json => DocumentFormat::Json,
        }
    }
}

/// Prints a document; as JSON the bytes that it was made from.
pub(crate) fn print(
    format: DocumentFormat,
    document: impl FnOnce() -> Document,
    body: Vec<u8>,
) -> Result<Printed, NotPrinted> {
    let bytes = match format {
        DocumentFormat::Pdf => return pdf(&document()),
        DocumentFormat::Html => report::html(&document()).map_err(not_printed)?.into_bytes(),
        DocumentFormat::Xlsx => report::workbook(&document()).map_err(not_printed)?,
        DocumentFormat::Csv => report::table(&document()),
        DocumentFormat::Json => body,
    };
    Ok(Printed { bytes, pages: 1 })
}

/// The document as a PDF.
pub(crate) fn pdf(document: &Document) -> Result<Printed, NotPrinted> {
    report::pdf(document).map(|pdf| Printed { bytes: pdf.bytes, pages: pdf.pages }).map_err(not_printed)
}

/// The file as an answer, under this name.
pub(crate) fn file(bytes: Vec<u8>, event: EventId, content_type: &'static str, name: &str) -> Response {
    let mut response = bytes.into_response();
    let h = response.headers_mut();
    h.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    h.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    h.insert(AUDIT_EVENT, event_value(event));
    if let Ok(name) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        h.insert(header::CONTENT_DISPOSITION, name);
    }
    response
}

/// The proof of a file, under this name.
pub(crate) fn proof(taken: Disclosed<(Evidence, usize)>, name: String) -> Answer<Evidence> {
    let mut altered = 0;
    let answer = Answer::with(taken, |(evidence, n)| {
        altered = n;
        evidence
    });
    answer.evidence_file(name, altered)
}
