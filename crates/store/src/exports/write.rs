//! Writing a file: in sealed parts, so that neither it nor its plain text is ever held or stored whole.

use access::path::{Change, JournalError, Refusal};
use model::{Action, Caller, Decision, JobId, UnixMs, UserId};
use serde_json::json;
use vault::DataKey;
use zeroize::Zeroizing;

use super::EXPORT_KEYS;
use super::file::{ExportFile, ExportState};
use crate::Store;
use crate::erase::scrub_due;
use crate::notices::{News, NoticeKind};

/// Plain bytes of a part.
const PART: usize = 256 << 10;

/// How a note that could not be made is answered.
pub(crate) fn not_noted(error: JournalError) -> Refusal {
    match error {
        JournalError::Unavailable => Refusal::AuditUnavailable,
        JournalError::Conflict { .. } | JournalError::Taken { .. } => Refusal::Conflict,
        JournalError::Failed { reason, .. } => Refusal::StoreUnavailable(reason),
    }
}

/// Writes the file of one export under way. Once the export was cancelled, or withdrawn for an erasure, every call is refused
/// with [`Refusal::Conflict`].
pub struct FileWriter {
    store: Store,
    file: ExportFile,
    key: DataKey,
    waiting: Zeroizing<Vec<u8>>,
}

impl FileWriter {
    pub(super) fn new(store: Store, file: ExportFile, key: DataKey) -> Self {
        Self { store, file, key, waiting: Zeroizing::default() }
    }
    pub fn file(&self) -> &ExportFile {
        &self.file
    }

    /// Tells how many rows there are so far.
    ///
    /// # Errors
    /// [`Refusal::Conflict`] when the export is not under way any more.
    pub async fn beat(&mut self, rows: u64, now: UnixMs) -> Result<(), Refusal> {
        (self.file.rows, self.file.beat_at) = (rows, now);
        let update = self.store.update_file(&self.file, self.file.version);
        self.store.kept(vec![update]).await
    }

    /// Adds bytes to the file.
    ///
    /// # Errors
    /// As [`Self::beat`].
    pub async fn put(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        self.waiting.extend_from_slice(bytes);
        while self.waiting.len() >= PART {
            let part = Zeroizing::new(self.waiting.drain(..PART).collect::<Vec<u8>>());
            self.part(&part).await?;
        }
        Ok(())
    }

    async fn part(&mut self, plain: &[u8]) -> Result<(), Refusal> {
        let n = self.file.parts;
        let body = Store::seal_part(&self.key, self.file.id, n, plain)?;
        self.file.parts = n.saturating_add(1);
        self.file.bytes = self.file.bytes.saturating_add(plain.len() as u64);
        let insert = Change::new(
            "INSERT INTO export_part (file, n, body) VALUES (?1, ?2, ?3)",
            vec![self.file.id.into(), i64::from(n).into(), body.into()],
        );
        // First of all the row: a part never comes to a file that was given up.
        let update = self.store.update_file(&self.file, self.file.version);
        self.store.kept(vec![update, insert]).await
    }

    /// The whole file is there: it can be taken from now on.
    ///
    /// # Errors
    /// As [`Self::beat`]; [`Refusal::AuditUnavailable`].
    pub async fn finish(mut self, caller: &Caller) -> Result<ExportFile, Refusal> {
        if !self.waiting.is_empty() {
            let rest = std::mem::take(&mut self.waiting);
            self.part(&rest).await?;
        }
        let lasts = self.store.company().export_rules.lasts_hours;
        self.file.expires_at = Some(UnixMs(caller.at.0.saturating_add(i64::from(lasts) * 3_600_000)));
        let Self { store, file, .. } = self;
        store.end_file(caller, file, ExportState::Ready, Decision::Allowed, json!({ "act": "export.ready" })).await
    }

    /// It ended early. `why` is for the record: no value of a customer.
    ///
    /// # Errors
    /// As [`Self::finish`].
    pub async fn fail(self, caller: &Caller, why: &str) -> Result<ExportFile, Refusal> {
        let Self { store, file, .. } = self;
        let detail = json!({ "act": "export.failed", "why": why });
        store.end_file(caller, file, ExportState::Failed, Decision::Failed, detail).await
    }
}

/// The statements by which a file's key is destroyed; the bytes themselves are swept away later.
pub(super) fn drop_key(id: JobId) -> [Change; 2] {
    [
        Change::new("DELETE FROM export_key WHERE id = ?1", vec![id.into()]),
        Change::new(
            "INSERT INTO meta (key, value) VALUES (?1, '') ON CONFLICT (key) DO NOTHING",
            vec![scrub_due(EXPORT_KEYS).into()],
        ),
    ]
}

impl Store {
    /// Bookkeeping of a file in the making.
    async fn kept(&self, changes: Vec<Change>) -> Result<(), Refusal> {
        self.db.maintain(changes).await.map_err(not_noted)
    }

    /// Brings an export to another state, with its event; its key is destroyed where the state has none.
    ///
    /// # Errors
    /// [`Refusal::Conflict`] when its state changed meanwhile; [`Refusal::AuditUnavailable`].
    pub(super) async fn end_file(
        &self,
        caller: &Caller,
        mut file: ExportFile,
        state: ExportState,
        decision: Decision,
        detail: serde_json::Value,
    ) -> Result<ExportFile, Refusal> {
        let from = file.version;
        let had = file.state.has_key();
        file.version = from.saturating_add(1);
        file.state = state;
        file.ended_at = file.ended_at.or(Some(caller.at));
        let mut changes = vec![self.update_file(&file, from)];
        if had && !state.has_key() {
            changes.extend(drop_key(file.id));
        }
        let mut detail = access::path::tell(detail, [("file", file.told()), ("rows", file.rows.into())]);
        if state == ExportState::Ready {
            let news = News::of(NoticeKind::ExportReady, caller.at).in_object(&file.object).about(file.id.as_bytes());
            let telling = self.tell(&news, [file.actor]);
            detail = access::path::tell(detail, telling.told());
            changes.extend(telling.changes);
        }
        let noted = self.gate.note_on(caller, Action::Export, &file.object, decision, detail, changes).await;
        noted.map_err(not_noted)?;
        Ok(file)
    }

    /// Who asked for an export does not want it any more: it stops before its next chunk, and a finished file is destroyed.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when it is not the caller's (recorded); [`Refusal::Barred`] `export_over` when it has ended.
    pub async fn cancel_export(&self, caller: &Caller, id: JobId) -> Result<model::EventId, Refusal> {
        let found = self.own_file(caller.user, id).await;
        let refusal = match found {
            Ok(file) if file.state == ExportState::Waiting || file.state.has_key() => {
                let mut file = file;
                // A stream has nothing to be taken away; its client ends it.
                if file.streamed {
                    Refusal::Barred { code: "export_over", reason: "it is sent as it is made".to_owned() }
                } else {
                    let from = file.version;
                    let had = file.state.has_key();
                    (file.version, file.state) = (from.saturating_add(1), ExportState::Cancelled);
                    file.ended_at = Some(caller.at);
                    let mut changes = vec![self.update_file(&file, from)];
                    if had {
                        changes.extend(drop_key(file.id));
                    }
                    let mut detail = json!({ "act": "export.cancel", "file": file.told(), "rows": file.rows });
                    if let Some(request) = file.asked.request
                        && let Some((change, told)) = self.drop_export_request(request).await?
                    {
                        changes.push(change);
                        detail = access::path::tell(detail, [told]);
                    }
                    let noted =
                        self.gate.note_on(caller, Action::Export, &file.object, Decision::Allowed, detail, changes);
                    return noted.await.map_err(not_noted);
                }
            }
            Ok(file) => Refusal::Barred { code: "export_over", reason: format!("it is {}", file.state.as_str()) },
            Err(refusal) => refusal,
        };
        let detail = json!({ "act": "export.cancel", "export": id });
        let noted = self.gate.note(caller, Action::Export, Decision::Refused, detail, vec![]).await;
        noted.map_err(|_| Refusal::AuditUnavailable)?;
        Err(refusal)
    }

    /// Somebody's own export; another's is not there.
    pub(super) async fn own_file(&self, user: UserId, id: JobId) -> Result<ExportFile, Refusal> {
        self.file(id).await?.filter(|f| f.actor == user).ok_or(Refusal::NotFound)
    }
}
