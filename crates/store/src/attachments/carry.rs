//! Files of records that are merged away, and of what belongs to them: they go over to the survivor.

use access::path::{Change, OnRecords, Refusal, Write};
use model::{RecordId, StoredRow};

use super::StoredFile;
use crate::Store;
use crate::proof::tables::ATTACHMENT;
use crate::records::broken;
use crate::sql::Sql;

impl Store {
    /// The files of these records and of any of these customers, at most so many.
    ///
    /// # Errors
    /// [`Refusal::Damaged`] when one was altered beside the program: it would stay behind.
    pub(crate) async fn files_about(&self, ids: &[RecordId], most: usize) -> Result<Vec<StoredFile>, Refusal> {
        let mut sql = Sql::new(self.db.dialect(), &ATTACHMENT.select("record IN "));
        sql.bind_list(ids.iter().copied()).push(" OR customer IN ").bind_list(ids.iter().copied());
        sql.push(" ORDER BY id LIMIT ").bind(i64::try_from(most).unwrap_or(i64::MAX));
        let rows = self.read(sql.finish_point()).await?;
        if rows.iter().any(|row| !ATTACHMENT.is_sealed(self.seals(), row)) {
            tracing::error!("the row of a merged record's file was altered beside the program");
            return Err(Refusal::Damaged);
        }
        rows.iter().map(|row| StoredFile::read(row).map_err(broken)).collect()
    }

    /// The statements that take files over: notes are sealed anew, contents stay as they are. `others` are merged into `home`.
    ///
    /// # Errors
    /// [`Refusal::Damaged`] when a note does not open: end the act with [`Write::refuse`].
    pub(crate) fn carry_files<O: OnRecords>(
        &self,
        write: &Write<O>,
        files: Vec<StoredFile>,
        others: &[StoredRow],
        home: &StoredRow,
    ) -> Result<Vec<Change>, Refusal> {
        let mut changes = vec![];
        for mut file in files {
            let theirs = others.iter().find(|other| other.customer == file.customer).ok_or(Refusal::Damaged)?;
            let was = file.record;
            file.note = write.note_under(theirs, file.id, &file.note, home)?;
            file.customer = home.customer;
            if others.iter().any(|other| other.id == file.record) {
                file.record = home.id;
            }
            let gone = "DELETE FROM attachment WHERE id = ?1 AND record = ?2";
            changes.push(Change::new(gone, vec![file.id.into(), was.into()]).expecting(1));
            changes.push(file.insert(self));
        }
        Ok(changes)
    }
}
