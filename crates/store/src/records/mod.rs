//! Operations on records, one file per capability. Each takes its own grant and no other.

pub mod aggregate;
pub(crate) mod approval;
mod arms;
mod claim;
mod convert;
mod create;
mod delete;
mod discard;
mod duplicates;
mod edit;
pub mod export;
mod fetch;
pub mod forecast;
mod hand;
pub mod import;
pub mod list;
mod members;
mod merge;
mod merged;
mod numbers;
mod order;
mod parse;
mod recycle;
mod reveals;
mod search;
pub(crate) mod sorted;
mod stages;
pub(crate) mod statements;
mod these;
mod transfer;
mod view;

pub(crate) use duplicates::Asked;
pub(crate) use fetch::broken;
pub(crate) use hand::Kept;
pub(crate) use numbers::Numbering;
pub(crate) use stages::check as check_stages;
pub(crate) use statements::{NewOwner, SEGMENT, hand_over};

pub use aggregate::{Aggregate, AggregateLine, AggregateLines};
pub use claim::{ClaimRecord, Used};
pub use convert::{ConvertRecord, Made};
pub use create::{CreateOnce, CreateRecord, Creating};
pub use delete::DeleteRecord;
pub use discard::DiscardRecord;
pub use duplicates::{CheckDuplicates, Duplicate, Whose};
pub use edit::{EditOnce, EditRecord, Editing};
pub use export::{ExportChunk, ExportStep};
pub use forecast::{Forecast, ForecastLine, ForecastLines};
pub use import::{
    ImportChunk, ImportOutcome, ImportRow, ListImports, PastImport, Stays, UNDO_DAYS, UndoImport, Undone, Why,
};
pub use list::{CountRecords, Direction, ListRecords, Page, Sort};
pub(crate) use list::{detail, refused_detail};
pub(crate) use members::unless_exceeding;
pub use members::{EndShare, MemberKind, MemberView, ShareRecord};
pub use merge::{
    CompareRecords, CompareUndo, Compared, ComparedUndo, MOST_MERGED, MergeRecords, UNDO_MERGE_DAYS, UndoMerge,
    UndoneMerge,
};
pub use merged::PartOf;
pub use order::MOST_KEYS;
pub use parse::parse_values;
pub use recycle::{ListReturning, RecycleRecord, Returning};
pub use reveals::{ChangeRevealRules, CountReveals, ReadRevealRules, RevealRules, RevealsLeft};
pub(crate) use reveals::{LetThrough, REVEALS};
pub use these::{ListThese, MOST_IDS};
pub use transfer::{Return, TransferRecord, TransferTo};
pub use view::{PrintRecord, RevealFields, ViewRecord};
