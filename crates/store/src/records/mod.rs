//! Operations on records, one file per capability. Each takes its own grant and no other.

mod arms;
mod create;
mod delete;
mod edit;
pub mod export;
mod fetch;
pub mod import;
pub mod list;
mod members;
mod order;
mod parse;
mod search;
pub(crate) mod sorted;
mod statements;
mod these;
mod transfer;
mod view;

pub(crate) use fetch::broken;
pub(crate) use statements::SEGMENT;

pub use create::CreateRecord;
pub use delete::DeleteRecord;
pub use edit::EditRecord;
pub use export::{ExportChunk, ExportStep};
pub use import::{ImportChunk, ImportOutcome, ImportRow};
pub use list::{CountRecords, Direction, ListRecords, Page, Sort};
pub use members::{EndShare, MemberKind, MemberView, ShareRecord};
pub use parse::parse_values;
pub use these::{ListThese, MOST_IDS};
pub use transfer::{TransferRecord, TransferTo};
pub use view::{RevealFields, ViewRecord};
