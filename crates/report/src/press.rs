//! The press: typst, handed one template, one JSON file and one font, and no more of the world.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::document::Document;
use crate::font::FONTS;

const TEMPLATE: &str = include_str!("template.typ");
/// A document of more pages is refused.
const MOST_PAGES: usize = 1000;
/// Layout calls itself; a thread's usual stack is for shallower work.
const STACK: usize = 32 << 20;

/// A document that is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pdf {
    pub bytes: Vec<u8>,
    pub pages: usize,
}

/// Why there is no PDF.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    #[error("the document is too long to be printed")]
    TooLong,
    #[error("a table's rows are not as its columns")]
    BadTable,
    #[error("the document cannot be set: {0}")]
    Press(String),
}

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// Sets a document. Takes processor time: not to be called where others wait.
///
/// # Errors
/// See [`ReportError`]. Never a panic: one within the press is told as an error.
pub fn pdf(document: &Document) -> Result<Pdf, ReportError> {
    let document = document.printable()?;
    let work = std::thread::Builder::new().name("report".into()).stack_size(STACK);
    std::thread::scope(|scope| {
        let set = work.spawn_scoped(scope, || set(&document)).map_err(|e| ReportError::Press(e.to_string()))?;
        set.join().unwrap_or_else(|_| Err(ReportError::Press("the press broke down".into())))
    })
}

fn set(document: &Document) -> Result<Pdf, ReportError> {
    let broken = |error: &dyn std::fmt::Display| ReportError::Press(error.to_string());
    let desk = Desk::new(document)?;
    let set = typst::compile::<PagedDocument>(&desk).output;
    let done = set.map_err(|errors| told(&errors)).and_then(|pages| {
        let count = pages.pages().len();
        if count > MOST_PAGES {
            return Err(ReportError::TooLong);
        }
        let (y, mo, d, h, mi, s) = document.made_at;
        let options = PdfOptions {
            ident: Smart::Custom(format!("{} {} {}", document.kind, document.title, document.head.root)),
            creator: Smart::Custom(Some("Whosaw".into())),
            timestamp: Datetime::from_ymd_hms(y, mo, d, h, mi, s).map(Timestamp::new_utc),
            standards: PdfStandards::new(&[PdfStandard::A_2a]).map_err(|e| broken(&e.message()))?,
            ..PdfOptions::default()
        };
        let bytes = typst_pdf::pdf(&pages, &options).map_err(|errors| told(&errors))?;
        Ok(Pdf { bytes, pages: count })
    });
    // What it remembers would grow from document to document.
    typst::comemo::evict(0);
    done
}

fn told(errors: &[typst::diag::SourceDiagnostic]) -> ReportError {
    ReportError::Press(errors.iter().take(3).map(|e| e.message.to_string()).collect::<Vec<_>>().join("; "))
}

/// All that the template can reach.
struct Desk {
    template: Source,
    data: FileId,
    json: Bytes,
}

fn named(name: &str) -> Result<FileId, ReportError> {
    let path = VirtualPath::new(name).map_err(|_| ReportError::Press("a name is no path".into()))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl Desk {
    fn new(document: &Document) -> Result<Self, ReportError> {
        let json = serde_json::to_vec(document).map_err(|e| ReportError::Press(e.to_string()))?;
        Ok(Self {
            template: Source::new(named("template.typ")?, TEMPLATE.to_owned()),
            data: named("document.json")?,
            json: Bytes::new(json),
        })
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }
    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.book
    }
    fn main(&self) -> FileId {
        self.template.id()
    }
    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() { Ok(self.template.clone()) } else { Err(FileError::AccessDenied) }
    }
    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data { Ok(self.json.clone()) } else { Err(FileError::AccessDenied) }
    }
    fn font(&self, index: usize) -> Option<Font> {
        FONTS.font.clone().filter(|_| index == 0)
    }
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
