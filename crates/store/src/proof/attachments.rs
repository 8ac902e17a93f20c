//! Files of records held against what the log tells: their rows, their notes, and the files themselves.

use std::collections::HashMap;

use access::path::{FileKey, Param, Refusal};
use model::RecordId;
use vault::WrappedKey;

use super::check::{Against, PAGE, StateReport};
use super::replay::Id;
use super::tables::ATTACHMENT;
use crate::Store;
use crate::attachments::StoredFile;
use crate::database::Query;
use crate::records::broken;

/// What a row says of its file, and its key, if its note opens.
struct Says {
    parts: u32,
    key: Option<FileKey>,
}

impl Store {
    pub(super) async fn check_attachments(
        &self,
        against: &Against<'_>,
        report: &mut StateReport,
    ) -> Result<(), Refusal> {
        let mut there: HashMap<Id, Says> = HashMap::new();
        for row in &self.sealed_rows(&ATTACHMENT, "", report).await? {
            let file = StoredFile::read(row).map_err(broken)?;
            match against.told.attached.get(file.id.as_bytes()) {
                Some((record, customer)) if *record == file.record && *customer == file.customer => {}
                None if against.excused(file.added_at) => {}
                _ => report.add(ATTACHMENT.name, ATTACHMENT.key(row), "not_on_record"),
            }
            let key = self.key_of_file(&file).await?;
            if key.is_none() {
                report.add(ATTACHMENT.name, ATTACHMENT.key(row), "note");
            }
            there.insert(*file.id.as_bytes(), Says { parts: file.parts, key });
        }
        for id in against.told.attached.keys().filter(|id| !there.contains_key(*id)) {
            report.add(ATTACHMENT.name, &[Param::Bytes(id.to_vec())], "missing");
        }
        self.check_parts_of_files(&there, report).await
    }

    async fn key_of_file(&self, file: &StoredFile) -> Result<Option<FileKey>, Refusal> {
        let Some(wrapped) = self.wrapped_key(file.customer).await? else { return Ok(None) };
        Ok(self.gate.recorder().file_key(file.customer, &wrapped, file.id, &file.note).ok())
    }

    pub(crate) async fn wrapped_key(&self, customer: RecordId) -> Result<Option<WrappedKey>, Refusal> {
        let sql = "SELECT kek_version, wrapped FROM data_key WHERE customer = ?1";
        let rows = self.read(Query::point(sql, vec![customer.into()])).await?;
        let Some(row) = rows.first() else { return Ok(None) };
        let (version, bytes) = (row.opt_int(0).map_err(broken)?, row.opt_bytes(1).map_err(broken)?);
        Ok(version.zip(bytes).map(|(version, bytes)| WrappedKey {
            kek_version: u32::try_from(version).unwrap_or(0),
            bytes: bytes.to_vec(),
        }))
    }

    /// Parts open at their places and are all there. Parts of no file are of an upload under way or a file that went: they open with
    /// no key, and are swept.
    async fn check_parts_of_files(&self, there: &HashMap<Id, Says>, report: &mut StateReport) -> Result<(), Refusal> {
        const TABLE: &str = "attachment_part";
        let mut found: HashMap<Id, u32> = HashMap::new();
        let mut after = (vec![], -1);
        loop {
            let sql = format!(
                "SELECT file, n, body FROM {TABLE} WHERE (file, n) > (?1, ?2) ORDER BY file, n LIMIT {}",
                PAGE / 50
            );
            let rows = self.read(Query::new(sql, vec![after.0.clone().into(), after.1.into()])).await?;
            let Some(last) = rows.last() else { break };
            after = (last.bytes(0).map_err(broken)?.to_vec(), last.int(1).map_err(broken)?);
            for row in &rows {
                report.rows += 1;
                let at = row.0.get(..2).unwrap_or_default();
                // A key that is none is nobody's file.
                let Ok(id) = row.id(0) else {
                    report.add(TABLE, at, "part");
                    continue;
                };
                let Some(Says { parts, key }) = there.get(&id) else { continue };
                let n = u32::try_from(row.int(1).map_err(broken)?).ok().filter(|n| n < parts);
                let body = row.bytes(2).map_err(broken)?;
                let opens = key.as_ref().is_none_or(|key| n.is_some_and(|n| key.open_part(n, body).is_ok()));
                if !opens {
                    report.add(TABLE, at, "part");
                }
                *found.entry(id).or_default() += 1;
            }
        }
        for (id, says) in there {
            if found.get(id).copied().unwrap_or(0) != says.parts {
                report.add(TABLE, &[Param::Bytes(id.to_vec())], "missing");
            }
        }
        Ok(())
    }
}
