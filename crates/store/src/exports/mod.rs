//! Exports as governed objects: asked for, perhaps approved, made in the background, kept as a file that expires, and taken by
//! who asked for it alone, each time recorded.
//!
//! Rule: a file is a copy of customers' data, so it lies sealed under a key of its own, which is destroyed when the file expires,
//! is cancelled, or holds a customer who is erased. What the file holds was recorded chunk by chunk when it was made
//! (`records::export`); each download is an access of its own, and asks the rights of now.
//!
//! ```text
//! waiting -> approved -> running -> ready -> expired | withdrawn
//!         -> rejected            -> cancelled | failed | unknown
//! ```
//!
//! A change of state is one unit with its event, which tells the row's new version, so that `doctor` knows what the row must be.

mod ask;
mod file;
mod lists;
mod mark;
mod rules;
mod sweep;
mod take;
mod write;

pub use ask::{AskFile, BeginExport};
pub use file::{Asked, ExportFile, ExportState, Taken};
pub use lists::{AuditExports, ExportPage, ListExports, Progress};
pub use mark::{MOST_MARKS, TraceExport, Traced, marked};
pub use rules::{ChangeExportRules, ExportRules, ReadExportRules};
pub use take::{DownloadExport, FileReader};
pub use write::FileWriter;

pub(crate) use ask::Allowance;
pub(crate) use file::{part_opens, read_key};
pub(crate) use rules::EXPORTS;
pub(crate) use write::not_noted;

/// What is noted to be cleaned away once keys of files were destroyed.
pub(crate) const EXPORT_KEYS: &str = "export_keys";
