//! What is left of files that are not there: of uploads that broke off, and of files whose row was taken away.

use access::path::{Change, Refusal};
use model::{FileId, RecordId, UnixMs};

use crate::Store;
use crate::database::Query;
use crate::exports::not_noted;
use crate::records::broken;

/// An upload takes no longer: parts of an older file without a row are left over.
const UPLOAD_MS: i64 = 2 * 3_600_000;
/// Parts removed in one transaction.
const STEP: i64 = 40;

impl Store {
    /// The files of a customer, or of one record of theirs: before they go.
    pub(crate) async fn file_ids(&self, column: &str, of: RecordId) -> Result<Vec<FileId>, Refusal> {
        let query = Query::new(format!("SELECT id FROM attachment WHERE {column} = ?1"), vec![of.into()]);
        self.read(query).await?.iter().map(|row| Ok(FileId::from_bytes(row.id(0).map_err(broken)?))).collect()
    }

    /// Removes the parts of files that have no row any more. Nobody can open them; what cannot be removed now is swept later.
    pub(crate) async fn clear_files(&self, files: &[FileId]) {
        for file in files {
            if let Err(refusal) = self.clear_parts_of(*file).await {
                tracing::warn!(file.id = %file, %refusal, "parts of a file that is gone are still there; they are swept later");
            }
        }
    }

    async fn clear_parts_of(&self, file: FileId) -> Result<(), Refusal> {
        let sql = "SELECT p.n FROM attachment_part p WHERE p.file = ?1 \
                   AND NOT EXISTS (SELECT 1 FROM attachment a WHERE a.id = p.file) ORDER BY p.n LIMIT ?2";
        loop {
            let rows = self.read(Query::new(sql, vec![file.into(), STEP.into()])).await?;
            if rows.is_empty() {
                return Ok(());
            }
            let mut changes = vec![];
            for row in &rows {
                let n = row.int(0).map_err(broken)?;
                let sql = "DELETE FROM attachment_part WHERE file = ?1 AND n = ?2";
                changes.push(Change::new(sql, vec![file.into(), n.into()]));
            }
            self.db.maintain(changes).await.map_err(not_noted)?;
        }
    }

    /// Removes parts that belong to no file, and are not of an upload under way. Of how many files.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`]: the next round goes on.
    pub async fn sweep_files(&self, now: UnixMs) -> Result<usize, Refusal> {
        // Ids begin with the moment they were made in.
        let before = FileId::new(UnixMs(now.0.saturating_sub(UPLOAD_MS)), [0; 10]);
        let sql = "SELECT DISTINCT p.file FROM attachment_part p WHERE p.file < ?1 \
                   AND NOT EXISTS (SELECT 1 FROM attachment a WHERE a.id = p.file) LIMIT 1000";
        let rows = self.read(Query::new(sql, vec![before.into()])).await?;
        for row in &rows {
            self.clear_parts_of(FileId::from_bytes(row.id(0).map_err(broken)?)).await?;
        }
        Ok(rows.len())
    }
}
