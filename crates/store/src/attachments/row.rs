//! The row of a file: written once and sealed, and told by the event that wrote it.

use access::path::{Change, Param, Refusal};
use model::{FileId, ObjectName, RecordId, UnixMs, UserId};

use crate::database::{DatabaseError, Query};
use crate::proof::tables::ATTACHMENT;
use crate::records::broken;
use crate::{Row, Store};

/// A file as it is stored.
pub(crate) struct StoredFile {
    pub(crate) id: FileId,
    pub(crate) object: ObjectName,
    pub(crate) record: RecordId,
    pub(crate) customer: RecordId,
    pub(crate) added_by: UserId,
    pub(crate) added_at: UnixMs,
    pub(crate) parts: u32,
    pub(crate) bytes: u64,
    /// What [`access::path::NewFile::seal`] gave.
    pub(crate) note: Vec<u8>,
}

impl StoredFile {
    /// # Errors
    /// [`DatabaseError::Unexpected`].
    pub(crate) fn read(row: &Row) -> Result<Self, DatabaseError> {
        let bad = |column, expected| DatabaseError::Unexpected { column, expected };
        Ok(Self {
            id: FileId::from_bytes(row.id(0)?),
            object: row.text(1)?.parse().map_err(|_| bad(1, "an object's name"))?,
            record: row.record(2)?,
            customer: row.record(3)?,
            added_by: row.user(4)?,
            added_at: row.time(5)?,
            parts: u32::try_from(row.int(6)?).map_err(|_| bad(6, "a count"))?,
            bytes: u64::try_from(row.int(7)?).map_err(|_| bad(7, "a count"))?,
            note: row.bytes(8)?.to_vec(),
        })
    }

    /// The statement that adds it.
    pub(super) fn insert(&self, store: &Store) -> Change {
        let mut params: Vec<Param> = vec![
            self.id.into(),
            self.object.as_str().into(),
            self.record.into(),
            self.customer.into(),
            self.added_by.into(),
            self.added_at.into(),
            i64::from(self.parts).into(),
            i64::try_from(self.bytes).unwrap_or(i64::MAX).into(),
            self.note.clone().into(),
        ];
        params.push(store.seals().row(ATTACHMENT.name, &params).to_vec().into());
        let marks: Vec<String> = (1..=params.len()).map(|n| format!("?{n}")).collect();
        let columns = ATTACHMENT.columns.join(", ");
        Change::new(format!("INSERT INTO attachment ({columns}, seal) VALUES ({})", marks.join(", ")), params)
    }
}

impl Store {
    /// The files of a record, oldest first, each held against its seal.
    pub(super) async fn files_of(&self, record: RecordId) -> Result<Vec<StoredFile>, Refusal> {
        let sql = ATTACHMENT.select("record = ?1 ORDER BY id");
        let mut files = vec![];
        for row in &self.read(Query::new(sql, vec![record.into()])).await? {
            if ATTACHMENT.is_sealed(self.seals(), row) {
                files.push(StoredFile::read(row).map_err(broken)?);
            } else {
                // As if it were not there; doctor names it.
                tracing::error!("a row of attachment is not as the program wrote it");
            }
        }
        Ok(files)
    }

    /// One file of a record.
    pub(super) async fn file_of(&self, record: RecordId, id: FileId) -> Result<StoredFile, Refusal> {
        let sql = ATTACHMENT.select("id = ?1 AND record = ?2");
        let rows = self.read(Query::point(sql, vec![id.into(), record.into()])).await?;
        let row = rows.first().filter(|row| ATTACHMENT.is_sealed(self.seals(), row)).ok_or(Refusal::NotFound)?;
        StoredFile::read(row).map_err(broken)
    }
}
