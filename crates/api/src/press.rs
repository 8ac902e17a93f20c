//! Documents as answers: printed a few at a time, given out with the event that holds their digest, and its proof.

use access::path::Disclosed;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use model::EventId;
use report::{Document, ReportError};
use store::documents::{NotPrinted, Printed};
use store::evidence::Evidence;
use tokio::sync::{Semaphore, SemaphorePermit};

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
