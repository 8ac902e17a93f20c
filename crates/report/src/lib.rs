//! Documents 文书: a typed document in; the bytes of a PDF/A file, a workbook, a table or a page out.
//!
//! One story. An officer takes a case as a PDF. `api` says what the document says, as [`Document`]; this room sets it, in Chinese or in
//! English, with its font in it; the event that records the taking tells the file's SHA-256, so that years later
//! `whosaw-verify report` says whether a file is that one.
//!
//! Rules.
//! - **What people wrote is data.** It reaches the page as values of one JSON file that a fixed template reads, never as source: a
//!   name that says `#read("…")` is printed so.
//! - **Nothing is lost in silence.** A character that the font has not is printed as its number, `U+1F600`; a value that is cut says
//!   how much is missing.
//! - **The same document, the same bytes.** No clock, no file, no network, no font of the machine.
//! - **Bounded.** So many blocks, rows, characters and pages; more is refused, not begun.

mod document;
mod font;
mod html;
mod press;
mod sheets;
mod text;

pub use document::{Align, Bar, Block, Column, Document, Fact, Figure, Head, Language, Section, Signature};
pub use html::html;
pub use press::{Pdf, ReportError, pdf};
pub use sheets::{harmless, table, workbook};
