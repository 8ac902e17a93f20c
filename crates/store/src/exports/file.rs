//! The row of an export: sealed, and its version told by the event of each change.

use access::path::{Change, Param, Refusal};
use model::{FieldName, JobId, ObjectName, RecordId, RequestId, UnixMs, UserId};
use serde::{Deserialize, Serialize};
use vault::{Place, WrappedKey};

use crate::database::{DatabaseError, Query};
use crate::proof::tables::EXPORT_FILE;
use crate::records::{ListRecords, broken, detail};
use crate::requests::Standing;
use crate::{Row, Store};

/// How far an export is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExportState {
    /// For an approval 待审批.
    Waiting,
    /// May begin 已批准. Kept as waiting: its request tells.
    Approved,
    /// 已驳回. Likewise.
    Rejected,
    Running,
    /// The file can be taken.
    Ready,
    /// It left as it was made; there is no file.
    Sent,
    /// By who asked for it.
    Cancelled,
    Failed,
    /// The file's key is destroyed.
    Expired,
    /// Destroyed early: a customer in it was erased.
    Withdrawn,
    /// Its process ended in the middle.
    Unknown,
}

impl ExportState {
    pub const ALL: [ExportState; 11] = [
        ExportState::Waiting,
        ExportState::Approved,
        ExportState::Rejected,
        ExportState::Running,
        ExportState::Ready,
        ExportState::Sent,
        ExportState::Cancelled,
        ExportState::Failed,
        ExportState::Expired,
        ExportState::Withdrawn,
        ExportState::Unknown,
    ];
    pub const fn as_str(self) -> &'static str {
        match self {
            ExportState::Waiting => "waiting",
            ExportState::Approved => "approved",
            ExportState::Rejected => "rejected",
            ExportState::Running => "running",
            ExportState::Ready => "ready",
            ExportState::Sent => "sent",
            ExportState::Cancelled => "cancelled",
            ExportState::Failed => "failed",
            ExportState::Expired => "expired",
            ExportState::Withdrawn => "withdrawn",
            ExportState::Unknown => "unknown",
        }
    }
    fn read(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.as_str() == text)
    }
    /// Whether its file, whole or in the making, has a key.
    pub(crate) const fn has_key(self) -> bool {
        matches!(self, ExportState::Running | ExportState::Ready)
    }
}

/// What was asked for. Stored sealed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Asked {
    pub question: ListRecords,
    pub format: String,
    /// `zh` or `en`: of headings.
    pub language: String,
    pub purpose: Option<String>,
    /// The fields that were open to the caller when they asked.
    pub fields: Vec<FieldName>,
    /// Whether a sensitive field among them is shown in the clear on some record.
    pub sensitive: bool,
    /// What it waits, or waited, for.
    #[serde(default)]
    pub request: Option<RequestId>,
}

impl Asked {
    /// The question as the log tells it: never a searched text.
    pub fn described(&self) -> serde_json::Value {
        detail(&self.question)
    }
}

/// One time that the file was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    pub at: UnixMs,
    pub address: Option<String>,
}

/// An export, past or under way.
#[derive(Debug, Clone, PartialEq)]
pub struct ExportFile {
    pub id: JobId,
    pub actor: UserId,
    pub object: ObjectName,
    pub asked_at: UnixMs,
    pub asked: Asked,
    pub streamed: bool,
    pub state: ExportState,
    pub version: i64,
    /// Rows it may have.
    pub at_most: u64,
    pub rows: u64,
    pub parts: u32,
    pub bytes: u64,
    pub ended_at: Option<UnixMs>,
    pub expires_at: Option<UnixMs>,
    pub beat_at: UnixMs,
    pub taken: Vec<Taken>,
    /// `asked` as it is stored.
    pub(super) sealed: Vec<u8>,
}

fn number(n: u64) -> Param {
    i64::try_from(n).unwrap_or(i64::MAX).into()
}

impl ExportFile {
    /// What events tell of it.
    pub(crate) fn told(&self) -> serde_json::Value {
        serde_json::json!({ "id": self.id, "version": self.version, "state": self.state })
    }
    fn params(&self) -> Vec<Param> {
        vec![
            self.id.into(),
            self.actor.into(),
            self.object.as_str().into(),
            self.asked_at.into(),
            self.sealed.clone().into(),
            self.streamed.into(),
            self.state.as_str().into(),
            self.version.into(),
            number(self.at_most),
            number(self.rows),
            i64::from(self.parts).into(),
            number(self.bytes),
            self.ended_at.into(),
            self.expires_at.into(),
            self.beat_at.into(),
            // A list of times and addresses always serializes.
            serde_json::to_string(&self.taken).unwrap_or_default().into(),
        ]
    }
}

fn place(id: JobId, field: &str) -> Place<'_> {
    Place { object: "export", record: RecordId::from_bytes(*id.as_bytes()), field }
}

/// Where a part of a file stands.
pub(super) fn part_name(n: u32) -> String {
    format!("part/{n}")
}

/// A key or what it sealed does not open.
pub(super) fn shut(error: vault::VaultError) -> Refusal {
    tracing::error!(%error, "an export's key does not open");
    Refusal::Damaged
}

impl Store {
    pub(super) fn seal_asked(&self, id: JobId, asked: &Asked) -> Result<Vec<u8>, Refusal> {
        let text = serde_json::to_vec(asked).map_err(|_| Refusal::Damaged)?;
        let key = self.gate.recorder().export_keys().asked().map_err(shut)?;
        key.seal(&place(id, "asked"), crate::ids::random(), &text).map_err(shut)
    }
    pub(super) fn seal_part(key: &vault::DataKey, id: JobId, n: u32, plain: &[u8]) -> Result<Vec<u8>, Refusal> {
        key.seal(&place(id, &part_name(n)), crate::ids::random(), plain).map_err(shut)
    }
    pub(super) fn open_part(
        key: &vault::DataKey,
        id: JobId,
        n: u32,
        sealed: &[u8],
    ) -> Result<zeroize::Zeroizing<Vec<u8>>, Refusal> {
        key.open(&place(id, &part_name(n)), sealed).map_err(shut)
    }

    /// The statement that adds it.
    pub(crate) fn insert_file(&self, file: &ExportFile) -> Change {
        let mut params = file.params();
        params.push(self.seals().row(EXPORT_FILE.name, &params).to_vec().into());
        let marks: Vec<String> = (1..=params.len()).map(|n| format!("?{n}")).collect();
        let columns = EXPORT_FILE.columns.join(", ");
        Change::new(format!("INSERT INTO export_file ({columns}, seal) VALUES ({})", marks.join(", ")), params)
    }

    /// The statement that changes it, if it still has version `from`.
    pub(super) fn update_file(&self, file: &ExportFile, from: i64) -> Change {
        let mut params = file.params();
        params.push(self.seals().row(EXPORT_FILE.name, &params).to_vec().into());
        let set: Vec<String> =
            EXPORT_FILE.columns.iter().enumerate().skip(1).map(|(n, c)| format!("{c} = ?{}", n + 1)).collect();
        let (seal, version) = (params.len(), params.len() + 1);
        params.push(from.into());
        let sql =
            format!("UPDATE export_file SET {}, seal = ?{seal} WHERE id = ?1 AND version = ?{version}", set.join(", "));
        Change::new(sql, params).expecting(1)
    }

    /// Rows by a condition, each held against its seal.
    pub(super) async fn files(&self, condition: &str, params: Vec<Param>) -> Result<Vec<ExportFile>, Refusal> {
        let rows = self.read(Query::new(EXPORT_FILE.select(condition), params)).await?;
        let key = self.gate.recorder().export_keys().asked().map_err(shut)?;
        let mut files = Vec::with_capacity(rows.len());
        for row in &rows {
            if !EXPORT_FILE.is_sealed(self.seals(), row) {
                // As if it were not there; doctor names it.
                tracing::error!("a row of export_file is not as the program wrote it");
                continue;
            }
            files.push(read(row, &key).map_err(broken)?);
        }
        Ok(files)
    }

    /// The export as its request stands: kept as waiting, it is shown as approved once it may begin.
    pub(super) async fn as_decided(&self, mut file: ExportFile, now: UnixMs) -> Result<ExportFile, Refusal> {
        if let (ExportState::Waiting, Some(request)) = (file.state, file.asked.request) {
            file.state = match self.export_request(request, now).await? {
                Standing::Waits => ExportState::Waiting,
                Standing::Approved => ExportState::Approved,
                Standing::Refused => ExportState::Rejected,
                Standing::Lapsed => ExportState::Expired,
            };
        }
        Ok(file)
    }

    pub(super) async fn file(&self, id: JobId) -> Result<Option<ExportFile>, Refusal> {
        Ok(self.files("id = ?1", vec![id.into()]).await?.pop())
    }
}

fn read(row: &Row, key: &vault::DataKey) -> Result<ExportFile, DatabaseError> {
    let bad = |column, expected| DatabaseError::Unexpected { column, expected };
    let count = |column: usize| u64::try_from(row.int(column)?).map_err(|_| bad(column, "a count"));
    let id = JobId::from_bytes(row.id(0)?);
    let sealed = row.bytes(4)?.to_vec();
    let text = key.open(&place(id, "asked"), &sealed).map_err(|_| bad(4, "what was asked"))?;
    Ok(ExportFile {
        id,
        actor: row.user(1)?,
        object: row.text(2)?.parse().map_err(|_| bad(2, "an object's name"))?,
        asked_at: row.time(3)?,
        asked: serde_json::from_slice(&text).map_err(|_| bad(4, "what was asked"))?,
        streamed: row.bool(5)?,
        state: ExportState::read(row.text(6)?).ok_or(bad(6, "a state"))?,
        version: row.int(7)?,
        at_most: count(8)?,
        rows: count(9)?,
        parts: u32::try_from(row.int(10)?).map_err(|_| bad(10, "a count"))?,
        bytes: count(11)?,
        ended_at: row.opt_time(12)?,
        expires_at: row.opt_time(13)?,
        beat_at: row.time(14)?,
        taken: serde_json::from_str(row.text(15)?).map_err(|_| bad(15, "a list"))?,
        sealed,
    })
}

/// A row of `id, kek_version, wrapped`.
pub(crate) fn read_key(row: &Row) -> Result<(JobId, WrappedKey), DatabaseError> {
    let bad = |_| DatabaseError::Unexpected { column: 1, expected: "a version" };
    let kek_version = u32::try_from(row.int(1)?).map_err(bad)?;
    Ok((JobId::from_bytes(row.id(0)?), WrappedKey { kek_version, bytes: row.bytes(2)?.to_vec() }))
}

/// Whether a part is one of this file, at this place: for `doctor`.
pub(crate) fn part_opens(key: &vault::DataKey, id: [u8; 16], n: i64, sealed: &[u8]) -> bool {
    u32::try_from(n).is_ok_and(|n| key.open(&place(JobId::from_bytes(id), &part_name(n)), sealed).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_are_read_as_they_are_written() {
        for state in ExportState::ALL {
            assert_eq!(ExportState::read(state.as_str()), Some(state));
            assert_eq!(serde_json::to_value(state).unwrap(), state.as_str());
        }
    }
}
