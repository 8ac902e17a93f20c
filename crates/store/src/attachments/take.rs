//! Taking a file 下载附件: each time is one event, durable before the first byte leaves.

use access::path::{Disclosed, FileKey, FileNote, Grant, OnRecords, Operation, Refusal};
use model::{Action, FieldLevel, FileId, ObjectName, RecordId};
use serde_json::json;
use zeroize::Zeroizing;

use super::{attachments, field};
use crate::Store;
use crate::database::Query;
use crate::records::broken;

/// Take one file of one record.
pub struct TakeFile {
    pub object: ObjectName,
    pub id: RecordId,
    pub file: FileId,
}

impl Operation for TakeFile {
    const ACTION: Action = Action::DownloadFile;
}
impl OnRecords for TakeFile {
    fn object(&self) -> &ObjectName {
        &self.object
    }
    fn record(&self) -> Option<RecordId> {
        Some(self.id)
    }
    fn detail(&self) -> serde_json::Value {
        json!({ "act": "attachment.download", "attachment": { "id": self.file } })
    }
}

/// A file being taken: its parts, one after the other.
pub struct FileStream {
    store: Store,
    file: FileId,
    note: FileNote,
    key: FileKey,
    bytes: u64,
    parts: u32,
    next: u32,
}

impl FileStream {
    pub fn id(&self) -> FileId {
        self.file
    }
    pub fn note(&self) -> &FileNote {
        &self.note
    }
    pub fn bytes(&self) -> u64 {
        self.bytes
    }
    /// The next part of the plain file; `None` at its end.
    ///
    /// # Errors
    /// [`Refusal::Damaged`] when a part is not there (it was taken away meanwhile) or does not open: what was read is not the file.
    pub async fn next(&mut self) -> Result<Option<Zeroizing<Vec<u8>>>, Refusal> {
        if self.next >= self.parts {
            return Ok(None);
        }
        let n = self.next;
        let sql = "SELECT body FROM attachment_part WHERE file = ?1 AND n = ?2";
        let rows = self.store.read(Query::point(sql, vec![self.file.into(), i64::from(n).into()])).await?;
        let row = rows.first().ok_or(Refusal::Damaged)?;
        let part = self.key.open_part(n, row.bytes(0).map_err(broken)?)?;
        self.next = n.saturating_add(1);
        Ok(Some(part))
    }
}

impl Store {
    /// Records that the file is taken, then gives it.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when the record or the file is not there for the caller; [`Refusal::ForbiddenOnRecord`]; recorded.
    pub async fn take_file(&self, grant: Grant<TakeFile>) -> Result<Disclosed<FileStream>, Refusal> {
        let (grant, row) = self.fetch_for_act(grant).await?;
        let grant = grant.permit(&row).await?;
        let file = grant.operation().file;
        let opened = async {
            let stored = self.file_of(row.id, file).await?;
            let (note, key) = grant.open_file(&row, file, &stored.note)?;
            let mut names = vec![attachments()?];
            match field::level_of(grant.object_type()?, &grant.levels_on(&row), &note) {
                Some(FieldLevel::Hidden) => return Err(Refusal::NotFound),
                Some(FieldLevel::Masked) => {
                    return Err(Refusal::ForbiddenOnRecord { rules: vec![], obligation: None });
                }
                Some(_) => names.extend(note.field.clone()),
                None => {}
            }
            Ok((stored, note, key, names))
        };
        let (stored, note, key, names) = match opened.await {
            Ok(opened) => opened,
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        let told = json!({ "id": file, "bytes": stored.bytes, "sha256": note.sha256 });
        let stream =
            FileStream { store: self.clone(), file, note, key, bytes: stored.bytes, parts: stored.parts, next: 0 };
        grant.disclose_beside(&row, (names, vec![]), vec![("attachment", told)], stream).await
    }
}
