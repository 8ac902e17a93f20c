//! Files that records carry 附件: a scan of the contract, a photo of the shop, the tender.
//!
//! Rule: a file is customer data like any field. It lies in the database in sealed parts, under a key of its own that is itself
//! sealed under the customer's data key; its name, kind and digest too. It comes and goes in parts, so that it is never held
//! whole; it is there once its last part is, with its event, and what a broken upload left is swept.
//!
//! ```text
//! let grant = gate.admit(caller, AttachFile { object, id, file, name, length }).await?;
//! let mut upload = store.attach(grant).await?;      // rights, then rules: kind, number, size
//! upload.put(&bytes).await?;                        // as it comes
//! let file = upload.finish().await?;                // from now on the record carries it
//! ```
//!
//! To see that there is a file is part of viewing the record; its name is shown to who may take it.

mod add;
mod carry;
mod field;
mod fit;
mod list;
mod remove;
mod row;
mod rules;
mod sweep;
mod take;

pub use add::{AttachFile, FileUpload};
pub use fit::{CountMisfits, Misfits};
pub use list::{FieldOfFiles, FileList, FileView, ListFiles};
pub use remove::RemoveFile;
pub use rules::{ChangeFileRules, FileRules, ReadFileRules};
pub use take::{FileStream, TakeFile};

pub(crate) use add::{PART, check_content, check_name, too_large};
pub(crate) use row::StoredFile;
pub(crate) use rules::FILES;

use access::path::Refusal;
use model::FieldName;

/// How events name the files of a record, beside its fields.
pub(crate) const NAME: &str = "attachments";

fn attachments() -> Result<FieldName, Refusal> {
    NAME.parse().map_err(|_| Refusal::Damaged)
}
