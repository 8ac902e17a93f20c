//! The recorded path: admit -> read -> disclose. One way to customer data, and it leaves evidence.
//!
//! Rule: nothing outside this module can make a [`Grant`], look into a [`Sealed`] row, or make a [`Disclosed`] value.
//! A grant is used up by what it is used for; a row read under one grant cannot be disclosed under another.
//!
//! ```text
//! let grant = gate.admit(caller, ViewRecord { object, id }).await?;   // decided; a refusal is recorded before it is answered
//! let sealed = store.view(grant).await?;                              // the grant's filter went into the SQL
//! let shown = sealed.disclose().await?;                               // decrypted, masked, recorded durably, then released
//! ```

mod counters;
mod export_keys;
mod files;
mod gate;
mod grant;
mod journal;
mod log_keys;
mod operation;
mod reasons;
mod recorder;
mod refusal;
mod sealed;
mod seals;
mod settings;
mod thin;
mod touches;
mod view;
mod words;
mod write;

pub use counters::Counters;
pub use export_keys::ExportKeys;
pub use files::{FileKey, FileNote, NewFile};
pub use gate::{Gate, Parts};
pub use grant::{Changed, Grant, tell};
pub use journal::{Change, Entry, Expect, Journal, JournalError, Param, Position, TouchRow, Unit};
pub use log_keys::{LogKeys, log_body, log_day};
pub use operation::{OnRecords, OnSystem, Operation};
pub use reasons::{AskTies, NoTies, PURPOSE_RULE, Tie, Ties, TiesError};
pub use recorder::{AUDIT_KEY, Body, ItemSalts, Recorder, item_of};
pub use refusal::{FieldProblem, Refusal};
pub use sealed::{Disclosed, Sealed};
pub use seals::{Seal, Seals};
pub use settings::{Language, Settings};
pub use touches::{PACKED_TOUCH_BYTES, pack_touches, unpack_touches};
pub use view::RecordView;
pub use write::{
    Alike, Batch, Choose, Index, NewRecord, Part, Parting, Places, Replaced, Tokens, Values, Write, blank, keeps_rules,
    may_choose, normalize,
};
