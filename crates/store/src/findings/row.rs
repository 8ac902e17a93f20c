//! Findings and scans as rows: what lists ask by in the clear, all the rest under a key of the vault, the whole sealed.

use access::path::{Change, Param, Refusal};
use model::{FindingId, RecordId, ScanId, UnixMs, UserId};
use scan::track::Tracked;
use scan::{Format, Tally};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use vault::Place;

use crate::identity::Told;
use crate::ids::random;
use crate::proof::tables::{FINDING, FINDING_SCAN};
use crate::records::broken;
use crate::{Query, Row, Store};

/// A finding as stored.
#[derive(Debug, Clone)]
pub(super) struct Stored {
    pub(super) id: FindingId,
    pub(super) tracked: Tracked,
    /// 0 before it is stored.
    pub(super) version: i64,
}

/// What a scan did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScanCounts {
    /// Shown for the first time.
    pub found: u64,
    /// Known, and shown again as before.
    pub still: u64,
    pub reopened: u64,
    /// Shown no more, and closed.
    pub verified: u64,
}

/// What a scan's row says of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ScanBody {
    pub(super) file: String,
    pub(super) digest: String,
    pub(super) bytes: u64,
    pub(super) format: Format,
    pub(super) tool_version: Option<String>,
    pub(super) made_at: Option<UnixMs>,
    pub(super) complete: bool,
    pub(super) tally: Tally,
    pub(super) counts: ScanCounts,
    pub(super) by: UserId,
}

/// A scan as stored, never changed.
#[derive(Debug, Clone)]
pub(super) struct StoredScan {
    pub(super) id: ScanId,
    pub(super) asset: String,
    pub(super) tool: String,
    pub(super) at: UnixMs,
    pub(super) body: ScanBody,
}

/// A scan that was taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScanView {
    pub id: ScanId,
    pub asset: String,
    pub tool: String,
    pub tool_version: Option<String>,
    pub format: Format,
    pub file: String,
    /// SHA-256 in hexadecimal digits.
    pub digest: String,
    pub bytes: u64,
    pub at: UnixMs,
    pub by_name: String,
    /// As the report says.
    pub made_at: Option<UnixMs>,
    /// Whether it ran to its end. Else it closed nothing.
    pub complete: bool,
    pub tally: Tally,
    pub counts: ScanCounts,
}

impl StoredScan {
    pub(super) fn view(self, by_name: String) -> ScanView {
        let ScanBody { file, digest, bytes, format, tool_version, made_at, complete, tally, counts, .. } = self.body;
        let Self { id, asset, tool, at, .. } = self;
        ScanView {
            id,
            asset,
            tool,
            tool_version,
            format,
            file,
            digest,
            bytes,
            at,
            by_name,
            made_at,
            complete,
            tally,
            counts,
        }
    }
}

/// What an event tells of findings' rows.
pub(super) fn told<'a>(rows: impl IntoIterator<Item = &'a Stored>) -> Told {
    let one = |s: &Stored| json!({ "id": s.id, "version": s.version });
    ("finding_rows", rows.into_iter().map(one).collect::<Vec<Value>>().into())
}

/// What an event tells of a scan's row.
pub(super) fn told_scan(scan: &StoredScan) -> Told {
    ("scan_row", json!({ "id": scan.id, "version": 1, "sha256": scan.body.digest }))
}

fn place(id: FindingId) -> Place<'static> {
    Place { object: "finding", record: RecordId(id.0), field: "body" }
}
fn place_of_scan(id: ScanId) -> Place<'static> {
    Place { object: "finding_scan", record: RecordId(id.0), field: "body" }
}

fn shut(error: vault::VaultError) -> Refusal {
    tracing::error!(%error, "a finding or scan could not be sealed or opened");
    Refusal::Damaged
}

impl Store {
    fn finding_mac(&self, name: &str, parts: &[Param]) -> [u8; 16] {
        let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, ..] = self.seals().row(name, parts);
        [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p]
    }
    /// By what a finding is known again.
    pub(super) fn finding_id(&self, asset: &str, fingerprint: &str) -> FindingId {
        FindingId::from_bytes(self.finding_mac("finding.id", &[asset.into(), fingerprint.into()]))
    }
    /// By what a file is known again.
    pub(super) fn scan_id(&self, asset: &str, digest: &str) -> ScanId {
        ScanId::from_bytes(self.finding_mac("finding_scan.id", &[asset.into(), digest.into()]))
    }

    fn finding_params(&self, stored: &Stored) -> Result<Vec<Param>, Refusal> {
        let t = &stored.tracked;
        let body = serde_json::to_vec(t).map_err(|_| Refusal::Damaged)?;
        let body = self.identity.finding_key.seal(&place(stored.id), random(), &body).map_err(shut)?;
        let mut params: Vec<Param> = vec![
            stored.id.into(),
            t.asset.as_str().into(),
            t.tool.as_str().into(),
            t.finding.severity.rank().into(),
            t.state.as_str().into(),
            t.owner.into(),
            i64::from(t.waits()).into(),
            t.found_at.into(),
            t.due_at.into(),
            t.next_at().into(),
            body.into(),
            stored.version.into(),
        ];
        params.push(self.seals().row(FINDING.name, &params).to_vec().into());
        Ok(params)
    }

    /// The statement that keeps it: of a row that nobody changed since it was read.
    pub(super) fn put_finding(&self, stored: &mut Stored) -> Result<Change, Refusal> {
        let was = stored.version;
        stored.version = was.saturating_add(1);
        let mut params = self.finding_params(stored)?;
        if was == 0 {
            let sql = "INSERT INTO finding (id, asset, tool, severity, state, owner, waits, found_at, due_at, next_at, body, \
                       version, seal) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) \
                       ON CONFLICT (id) DO NOTHING";
            return Ok(Change::new(sql, params).expecting(1));
        }
        params.push(was.into());
        let sql = "UPDATE finding SET asset = ?2, tool = ?3, severity = ?4, state = ?5, owner = ?6, waits = ?7, found_at = ?8, \
                   due_at = ?9, next_at = ?10, body = ?11, version = ?12, seal = ?13 WHERE id = ?1 AND version = ?14";
        Ok(Change::new(sql, params).expecting(1))
    }

    pub(super) fn read_finding(&self, row: &Row) -> Result<Stored, Refusal> {
        if !FINDING.is_sealed(self.seals(), row) {
            tracing::error!("a finding was altered beside the program; nothing is decided by it");
            return Err(Refusal::Damaged);
        }
        let id = FindingId::from_bytes(row.id(0).map_err(broken)?);
        let body = self.identity.finding_key.open(&place(id), row.bytes(10).map_err(broken)?).map_err(shut)?;
        let tracked = serde_json::from_slice(&body).map_err(|_| Refusal::Damaged)?;
        Ok(Stored { id, tracked, version: row.int(11).map_err(broken)? })
    }

    pub(super) async fn finding(&self, id: FindingId) -> Result<Option<Stored>, Refusal> {
        let rows = self.read(Query::point(FINDING.select("id = ?1"), vec![id.into()])).await?;
        rows.first().map(|row| self.read_finding(row)).transpose()
    }

    pub(super) fn insert_scan(&self, scan: &StoredScan) -> Result<Change, Refusal> {
        let body = serde_json::to_vec(&scan.body).map_err(|_| Refusal::Damaged)?;
        let body = self.identity.finding_key.seal(&place_of_scan(scan.id), random(), &body).map_err(shut)?;
        let mut params: Vec<Param> = vec![
            scan.id.into(),
            scan.asset.as_str().into(),
            scan.tool.as_str().into(),
            scan.at.into(),
            body.into(),
            1_i64.into(),
        ];
        params.push(self.seals().row(FINDING_SCAN.name, &params).to_vec().into());
        let sql = "INSERT INTO finding_scan (id, asset, tool, at, body, version, seal) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
                   ON CONFLICT (id) DO NOTHING";
        Ok(Change::new(sql, params).expecting(1))
    }

    pub(super) fn read_scan(&self, row: &Row) -> Result<StoredScan, Refusal> {
        if !FINDING_SCAN.is_sealed(self.seals(), row) {
            tracing::error!("a scan's row was altered beside the program; it is as if it were not there");
            return Err(Refusal::Damaged);
        }
        let id = ScanId::from_bytes(row.id(0).map_err(broken)?);
        let body = self.identity.finding_key.open(&place_of_scan(id), row.bytes(4).map_err(broken)?).map_err(shut)?;
        Ok(StoredScan {
            id,
            asset: row.text(1).map_err(broken)?.to_owned(),
            tool: row.text(2).map_err(broken)?.to_owned(),
            at: row.time(3).map_err(broken)?,
            body: serde_json::from_slice(&body).map_err(|_| Refusal::Damaged)?,
        })
    }

    /// Scans by a condition.
    pub(super) async fn scans(&self, condition: &str, params: Vec<Param>) -> Result<Vec<StoredScan>, Refusal> {
        let rows = self.read(Query::new(FINDING_SCAN.select(condition), params)).await?;
        rows.iter().map(|row| self.read_scan(row)).collect()
    }
}
