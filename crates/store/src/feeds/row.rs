//! Files of other systems' logs as rows, sealed whole; what was read of them is sealed once more.

use std::collections::BTreeMap;

use access::path::{Change, Param, Refusal};
use model::{EventId, FeedLoadId, RecordId, UnixMs, UserId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use vault::Place;

use crate::ids::random;
use crate::proof::tables::FEED_LOAD;
use crate::records::broken;
use crate::{Query, Row, Store};

/// What became of the lines of a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoadCounts {
    pub lines: u64,
    /// Became events.
    pub taken: u64,
    /// Were there already.
    pub known: u64,
    /// The mapping, or the format, leaves them out.
    pub skipped: u64,
    pub rejected: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LoadState {
    /// It is being read, or was broken off: begun anew, it goes on.
    Running,
    Done,
    /// The file could not be read to its end.
    Failed,
}

impl LoadState {
    pub const fn as_str(self) -> &'static str {
        match self {
            LoadState::Running => "running",
            LoadState::Done => "done",
            LoadState::Failed => "failed",
        }
    }
}

/// What is sealed of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Body {
    pub(super) file: String,
    pub(super) bytes: u64,
    pub(super) by: UserId,
    /// The mapping it is read with.
    pub(super) source_version: u64,
    /// The last line that was dealt with.
    pub(super) position: u64,
    pub(super) counts: LoadCounts,
    /// Rejected lines by their reason.
    pub(super) codes: BTreeMap<String, u64>,
    /// Events of parts that hold rejected lines.
    pub(super) rejected_in: Vec<EventId>,
    /// When the first and the last of its events happened there.
    pub(super) span: Option<(UnixMs, UnixMs)>,
    pub(super) moved_at: UnixMs,
    pub(super) failure: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Load {
    pub(super) id: FeedLoadId,
    pub(super) source: String,
    pub(super) state: LoadState,
    pub(super) began_at: UnixMs,
    pub(super) body: Body,
    pub(super) version: i64,
}

/// A file, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LoadView {
    pub id: FeedLoadId,
    pub source: String,
    pub file: String,
    pub bytes: u64,
    pub by: UserId,
    pub by_name: String,
    pub state: LoadState,
    pub began_at: UnixMs,
    pub moved_at: UnixMs,
    pub counts: LoadCounts,
    pub codes: BTreeMap<String, u64>,
    pub first_at: Option<UnixMs>,
    pub last_at: Option<UnixMs>,
    pub failure: Option<String>,
}

impl Load {
    /// What an event tells of it. MUST be told, under `feed_loads`, by the event of each unit that writes the row.
    pub(super) fn told(&self) -> (&'static str, Value) {
        ("feed_loads", json!([{ "id": self.id, "version": self.version }]))
    }

    pub(super) fn view(&self, by_name: String) -> LoadView {
        LoadView {
            id: self.id,
            source: self.source.clone(),
            file: self.body.file.clone(),
            bytes: self.body.bytes,
            by: self.body.by,
            by_name,
            state: self.state,
            began_at: self.began_at,
            moved_at: self.body.moved_at,
            counts: self.body.counts,
            codes: self.body.codes.clone(),
            first_at: self.body.span.map(|s| s.0),
            last_at: self.body.span.map(|s| s.1),
            failure: self.body.failure.clone(),
        }
    }
}

fn place(id: FeedLoadId) -> Place<'static> {
    Place { object: "feed_load", record: RecordId(id.0), field: "body" }
}

impl Store {
    fn load_params(&self, load: &Load) -> Result<Vec<Param>, Refusal> {
        let body = serde_json::to_vec(&load.body).map_err(|_| Refusal::Damaged)?;
        let body = self.identity.feed_key.seal(&place(load.id), random(), &body).map_err(|error| {
            tracing::error!(%error, "how far a log was read could not be sealed");
            Refusal::Damaged
        })?;
        let mut params: Vec<Param> = vec![
            load.id.into(),
            load.source.as_str().into(),
            load.state.as_str().into(),
            load.began_at.into(),
            body.into(),
            load.version.into(),
        ];
        params.push(self.seals().row(FEED_LOAD.name, &params).to_vec().into());
        Ok(params)
    }

    pub(super) fn insert_load(&self, load: &Load) -> Result<Change, Refusal> {
        let sql = "INSERT INTO feed_load (id, source, state, began_at, body, version, seal) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        Ok(Change::new(sql, self.load_params(load)?).expecting(1))
    }

    /// The statement that keeps a changed row, if nobody changed it meanwhile.
    pub(super) fn update_load(&self, load: &mut Load) -> Result<Change, Refusal> {
        load.version = load.version.saturating_add(1);
        let mut params = self.load_params(load)?;
        params.push(load.version.saturating_sub(1).into());
        let sql = "UPDATE feed_load SET source = ?2, state = ?3, began_at = ?4, body = ?5, version = ?6, seal = ?7 \
                   WHERE id = ?1 AND version = ?8";
        Ok(Change::new(sql, params).expecting(1))
    }

    fn read_load(&self, row: &Row) -> Result<Load, Refusal> {
        if !FEED_LOAD.is_sealed(self.seals(), row) {
            tracing::error!("how far a log was read was altered beside the program; it is as if it were not there");
            return Err(Refusal::Damaged);
        }
        let id = FeedLoadId::from_bytes(row.id(0).map_err(broken)?);
        let plain = self.identity.feed_key.open(&place(id), row.bytes(4).map_err(broken)?).map_err(|error| {
            tracing::error!(load.id = %id, %error, "how far a log was read does not open");
            Refusal::Damaged
        })?;
        Ok(Load {
            id,
            source: row.text(1).map_err(broken)?.to_owned(),
            state: serde_json::from_value(row.text(2).map_err(broken)?.into()).map_err(|_| Refusal::Damaged)?,
            began_at: row.time(3).map_err(broken)?,
            body: serde_json::from_slice(&plain).map_err(|_| Refusal::Damaged)?,
            version: row.int(5).map_err(broken)?,
        })
    }

    /// One file.
    pub(super) async fn feed_load(&self, id: FeedLoadId) -> Result<Option<Load>, Refusal> {
        let rows = self.read(Query::new(FEED_LOAD.select("id = ?1"), vec![id.into()])).await?;
        rows.first().map(|row| self.read_load(row)).transpose()
    }

    /// Files of a source, those that began last first; one that was altered beside the program is left out.
    pub(super) async fn feed_loads(&self, source: &str) -> Result<Vec<Load>, Refusal> {
        let query = FEED_LOAD.select("source = ?1 ORDER BY began_at DESC, id LIMIT 1000");
        let rows = self.read(Query::new(query, vec![source.into()])).await?;
        Ok(rows.iter().filter_map(|row| self.read_load(row).ok()).collect())
    }
}
