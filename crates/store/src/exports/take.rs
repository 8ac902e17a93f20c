//! Taking a file: by who asked for it alone, while they may still export what is in it, so often and no more.

use std::sync::Arc;

use access::path::{Disclosed, Grant, OnSystem, Operation, Refusal};
use model::{Action, Caller, Channel, JobId};
use serde_json::json;
use zeroize::Zeroizing;

use super::file::{ExportFile, ExportState, Taken, read_key, shut};
use crate::Store;
use crate::database::Query;
use crate::records::broken;

/// Takes the file of an own export.
#[derive(Debug)]
pub struct DownloadExport {
    pub id: JobId,
}

impl Operation for DownloadExport {
    const ACTION: Action = Action::Download;
}
impl OnSystem for DownloadExport {
    fn detail(&self) -> serde_json::Value {
        json!({ "act": "export.download", "export": self.id })
    }
}

/// A file being taken: its parts, one after the other.
pub struct FileReader {
    store: Store,
    file: Arc<ExportFile>,
    key: vault::DataKey,
    next: u32,
}

impl FileReader {
    pub fn file(&self) -> &ExportFile {
        &self.file
    }
    /// The next part of the plain file; `None` at its end.
    ///
    /// # Errors
    /// [`Refusal::Damaged`] when a part is not there or does not open: what was read is not the file.
    pub async fn next(&mut self) -> Result<Option<Zeroizing<Vec<u8>>>, Refusal> {
        if self.next >= self.file.parts {
            return Ok(None);
        }
        let n = self.next;
        let sql = "SELECT body FROM export_part WHERE file = ?1 AND n = ?2";
        let rows = self.store.read(Query::point(sql, vec![self.file.id.into(), i64::from(n).into()])).await?;
        let row = rows.first().ok_or(Refusal::Damaged)?;
        let part = Store::open_part(&self.key, self.file.id, n, row.bytes(0).map_err(broken)?)?;
        self.next = n.saturating_add(1);
        Ok(Some(part))
    }
}

impl Store {
    /// Records that the file is taken, then gives it.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when it is not the caller's; [`Refusal::Barred`] `export_expired`, `export_not_ready`,
    /// `export_downloads_used`; [`Refusal::Forbidden`] when they may not export this any more. All recorded.
    pub async fn download_export(&self, grant: Grant<DownloadExport>) -> Result<Disclosed<FileReader>, Refusal> {
        let (file, key) = match self.may_take(grant.caller(), grant.operation().id).await {
            Ok(found) => found,
            Err(refusal) => return Err(grant.refuse_system(refusal).await),
        };
        let from = file.version;
        let mut file = file;
        file.version = from.saturating_add(1);
        let address = grant.caller().origin.address.map(|a| a.to_string());
        file.taken.push(Taken { at: grant.now(), address });
        let change = self.update_file(&file, from);
        let more = vec![("file", file.told()), ("object", file.object.as_str().into()), ("rows", file.rows.into())];
        let reader = FileReader { store: self.clone(), file: Arc::new(file), key, next: 0 };
        grant.carry_out_telling(more, vec![change], reader).await
    }

    async fn may_take(&self, caller: &Caller, id: JobId) -> Result<(ExportFile, vault::DataKey), Refusal> {
        let file = self.own_file(caller.user, id).await?;
        let barred = |code, reason: String| Err(Refusal::Barred { code, reason });
        match file.state {
            ExportState::Ready if file.expires_at.is_some_and(|at| at > caller.at) => {}
            ExportState::Ready | ExportState::Expired | ExportState::Withdrawn => {
                return barred("export_expired", "the file was destroyed, or its time is over".to_owned());
            }
            state => return barred("export_not_ready", format!("it is {}", state.as_str())),
        }
        let most = self.company().export_rules.downloads;
        if file.taken.len() >= usize::try_from(most).unwrap_or(usize::MAX) {
            return barred("export_downloads_used", format!("it was taken {most} times"));
        }
        // The purpose was given when it was asked for, and holds for the file.
        let mut asking = caller.clone();
        asking.origin.channel = Channel::Export;
        asking.purpose = asking.purpose.or_else(|| file.asked.purpose.clone());
        self.gate.would_admit(&asking, Action::Export, &file.object, &file.asked.fields)?;
        let sql = "SELECT id, kek_version, wrapped FROM export_key WHERE id = ?1";
        let rows = self.read(Query::point(sql, vec![id.into()])).await?;
        let (_, wrapped) = rows.first().map(read_key).transpose().map_err(broken)?.ok_or(Refusal::Damaged)?;
        let key = self.gate.recorder().export_keys().open(id, &wrapped).map_err(shut)?;
        Ok((file, key))
    }
}
