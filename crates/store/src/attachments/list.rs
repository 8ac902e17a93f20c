//! Which files a record carries: part of viewing it.

use std::collections::BTreeSet;

use access::path::{Disclosed, FileNote, Grant, OnRecords, Operation, Refusal};
use model::{Action, FieldLevel, FieldName, FileId, FileKind, ObjectName, RecordId, UnixMs, UserId};
use serde_json::json;

use super::row::StoredFile;
use super::rules::FileRules;
use super::{attachments, field};
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
    /// The field it is of.
    pub field: Option<FieldName>,
}

impl FileView {
    pub(super) fn new(file: &StoredFile, note: Option<FileNote>, takeable: bool, removable: bool) -> Self {
        let StoredFile { id, bytes, added_by, added_at, .. } = file;
        let field = note.as_ref().and_then(|n| n.field.clone());
        Self { id: *id, bytes: *bytes, added_by: *added_by, added_at: *added_at, note, takeable, removable, field }
    }
    pub fn kind(&self) -> Option<FileKind> {
        self.note.as_ref().map(|n| n.kind)
    }
}

/// A field that holds files.
pub struct FieldOfFiles {
    pub name: FieldName,
    /// Whether the caller may add to it.
    pub addable: bool,
}

/// The files of a record, and what the caller may do about them.
pub struct FileList {
    pub files: Vec<FileView>,
    /// Whether the caller may add one.
    pub may_add: bool,
    /// The fields of files that the caller knows of.
    pub fields: Vec<FieldOfFiles>,
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
        let levels = grant.levels_on(&row);
        let listed = async {
            let definition = grant.object_type()?.clone();
            let (mut files, mut shown, mut masked) = (vec![], BTreeSet::new(), BTreeSet::new());
            if open {
                shown.insert(attachments()?)
            } else {
                masked.insert(attachments()?)
            };
            for stored in self.files_of(row.id).await? {
                // Opened to know which field it is of; what it says leaves for who may take it.
                let note = grant.open_file(&row, stored.id, &stored.note)?.0;
                let level = field::level_of(&definition, &levels, &note);
                if level == Some(FieldLevel::Hidden) {
                    continue;
                }
                let of = level.and(note.field.clone());
                let readable = level.is_none_or(|l| l >= FieldLevel::ReadOnly);
                if let Some(name) = &of {
                    if open && readable {
                        shown.insert(name.clone())
                    } else {
                        masked.insert(name.clone())
                    };
                }
                let own = may_edit || stored.added_by == user;
                let removable = may_add && own && level.is_none_or(|l| l == FieldLevel::Editable);
                let note = (open && readable).then_some(note);
                files.push(FileView { field: of, ..FileView::new(&stored, note, takeable && readable, removable) });
            }
            let known = field::fields(&definition).filter_map(|(at, f)| {
                let level = levels.get(at).copied().unwrap_or(FieldLevel::Hidden);
                let addable = may_add && level == FieldLevel::Editable;
                (level > FieldLevel::Hidden).then(|| FieldOfFiles { name: f.name.clone(), addable })
            });
            let fields = known.collect();
            Ok((files, fields, (shown.into_iter().collect(), masked.into_iter().collect())))
        };
        let (files, fields, named) = match listed.await {
            Ok(listed) => listed,
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        let list = FileList { files, may_add, fields, rules: self.company().file_rules.clone() };
        grant.disclose_beside(&row, named, vec![], list).await
    }
}
