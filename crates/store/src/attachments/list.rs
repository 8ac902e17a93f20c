//! Which files a record carries: part of viewing it.

use access::path::{Disclosed, FileNote, Grant, OnRecords, Operation, Refusal};
use model::{Action, FileId, FileKind, ObjectName, RecordId, UnixMs, UserId};
use serde_json::json;

use super::attachments;
use super::row::StoredFile;
use super::rules::FileRules;
use crate::Store;

/// List the files of one record.
pub struct ListFiles {
    pub object: ObjectName,
    pub id: RecordId,
}

impl Operation for ListFiles {
    const ACTION: Action = Action::View;
}
impl OnRecords for ListFiles {
    fn object(&self) -> &ObjectName {
        &self.object
    }
    fn record(&self) -> Option<RecordId> {
        Some(self.id)
    }
    fn detail(&self) -> serde_json::Value {
        json!({ "act": "attachment.list" })
    }
}

/// A file as the caller sees it.
#[derive(Clone)]
pub struct FileView {
    pub id: FileId,
    pub bytes: u64,
    pub added_by: UserId,
    pub added_at: UnixMs,
    /// Name, kind and digest; `None` for who may not take the file.
    pub note: Option<FileNote>,
    /// Whether the caller may ask to take it: at once, or with what would help (a purpose, a second factor).
    pub takeable: bool,
    pub removable: bool,
}

impl FileView {
    pub(super) fn new(file: &StoredFile, note: Option<FileNote>, takeable: bool, removable: bool) -> Self {
        let StoredFile { id, bytes, added_by, added_at, .. } = file;
        Self { id: *id, bytes: *bytes, added_by: *added_by, added_at: *added_at, note, takeable, removable }
    }
    pub fn kind(&self) -> Option<FileKind> {
        self.note.as_ref().map(|n| n.kind)
    }
}

/// The files of a record, and what the caller may do about them.
pub struct FileList {
    pub files: Vec<FileView>,
    /// Whether the caller may add one.
    pub may_add: bool,
    pub rules: FileRules,
}

impl Store {
    /// Lists the files of a record.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Damaged`]; recorded.
    pub async fn list_files(&self, grant: Grant<ListFiles>) -> Result<Disclosed<FileList>, Refusal> {
        let (grant, row) = self.fetch_for_act(grant).await?;
        let grant = grant.permit(&row).await?;
        let object = grant.operation().object.clone();
        let may = |action| grant.right_on(action, &object, &row);
        let (open, takeable) = match may(Action::DownloadFile) {
            Ok(_) => (true, true),
            Err(Refusal::ForbiddenOnRecord { obligation, .. }) => (false, obligation.is_some()),
            Err(_) => (false, false),
        };
        let (may_add, may_edit) = (may(Action::Attach).is_ok(), may(Action::Edit).is_ok());
        let user = grant.caller().user;
        let listed = async {
            let mut files = vec![];
            for stored in self.files_of(row.id).await? {
                let note = if open { Some(grant.open_file(&row, stored.id, &stored.note)?.0) } else { None };
                let removable = may_add && (may_edit || stored.added_by == user);
                files.push(FileView::new(&stored, note, takeable, removable));
            }
            Ok((files, attachments()?))
        };
        let (files, name) = match listed.await {
            Ok(listed) => listed,
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        let named = if open { (vec![name], vec![]) } else { (vec![], vec![name]) };
        let list = FileList { files, may_add, rules: self.company().file_rules.clone() };
        grant.disclose_beside(&row, named, vec![], list).await
    }
}
