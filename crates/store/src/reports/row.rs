//! Reports as rows: written once. The head is sealed and has the SHA-256 of what the report says; what it says is sealed beside it.

use access::path::{Change, Param, Refusal};
use govern::{Definition, Head, Made, Period, Report};
use model::{RecordId, ReportId, UnixMs};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use vault::Place;

use crate::ids::random;
use crate::proof::StateReport;
use crate::proof::tables::REPORT_FILE;
use crate::records::broken;
use crate::{Query, Row, Store};

/// Longest body that is opened, in bytes.
const MOST_BYTES: usize = 64 << 20;
/// How hard a body is compressed.
const LEVEL: i32 = 3;

/// What a list says of a report, without opening what it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Kept {
    pub(crate) definition: Definition,
    pub(crate) about_name: Option<String>,
    pub(crate) period: Period,
    pub(crate) whole: bool,
    pub(crate) made: Made,
    pub(crate) made_from: Head,
    /// Of the body's JSON, in hexadecimal.
    pub(crate) sha256: String,
    pub(crate) bytes: usize,
    pub(crate) findings: usize,
}

/// A report's row.
#[derive(Debug, Clone)]
pub(crate) struct Stored {
    pub(crate) id: ReportId,
    pub(crate) from: UnixMs,
    pub(crate) until: UnixMs,
    pub(crate) made_at: UnixMs,
    pub(crate) kept: Kept,
}

fn place(id: ReportId, field: &'static str) -> Place<'static> {
    Place { object: "report", record: RecordId(id.0), field }
}

fn shut(error: vault::VaultError) -> Refusal {
    tracing::error!(%error, "a report could not be sealed or opened");
    Refusal::Damaged
}

impl Store {
    /// The statements that keep a report, and what the event of their unit MUST tell.
    pub(super) fn insert_report(
        &self,
        id: ReportId,
        report: &Report,
    ) -> Result<(Vec<Change>, (&'static str, Value)), Refusal> {
        let body = serde_json::to_vec(report).map_err(|_| Refusal::Damaged)?;
        let kept = Kept {
            definition: report.definition.clone(),
            about_name: report.about_name.clone(),
            period: report.period,
            whole: report.whole,
            made: report.made.clone(),
            made_from: report.head.clone(),
            sha256: hex::encode(Sha256::digest(&body)),
            bytes: body.len(),
            findings: report.sections.iter().map(|s| s.findings.len()).sum(),
        };
        let head = serde_json::to_vec(&kept).map_err(|_| Refusal::Damaged)?;
        let packed = zstd::encode_all(body.as_slice(), LEVEL).map_err(|_| Refusal::Damaged)?;
        let key = &self.identity.report_key;
        let head = key.seal(&place(id, "head"), random(), &head).map_err(shut)?;
        let packed = key.seal(&place(id, "body"), random(), &packed).map_err(shut)?;
        let mut params: Vec<Param> = vec![
            id.into(),
            report.definition.kind.as_str().into(),
            report.from.into(),
            report.until.into(),
            report.made.at.into(),
            head.into(),
            1_i64.into(),
        ];
        params.push(self.seals().row(REPORT_FILE.name, &params).to_vec().into());
        let sql = "INSERT INTO report_file (id, kind, from_at, until_at, made_at, head, version, seal) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        let body = Change::new("INSERT INTO report_body (id, body) VALUES (?1, ?2)", vec![id.into(), packed.into()]);
        let told = json!([{ "id": id, "version": 1, "sha256": kept.sha256, "head": kept.made_from }]);
        Ok((vec![Change::new(sql, params).expecting(1), body.expecting(1)], ("report_files", told)))
    }

    fn read_report(&self, row: &Row) -> Result<Stored, Refusal> {
        if !REPORT_FILE.is_sealed(self.seals(), row) {
            tracing::error!("a report's row was altered beside the program; it is as if it were not there");
            return Err(Refusal::Damaged);
        }
        let id = ReportId::from_bytes(row.id(0).map_err(broken)?);
        let head = self.identity.report_key.open(&place(id, "head"), row.bytes(5).map_err(broken)?).map_err(shut)?;
        Ok(Stored {
            id,
            from: row.time(2).map_err(broken)?,
            until: row.time(3).map_err(broken)?,
            made_at: row.time(4).map_err(broken)?,
            kept: serde_json::from_slice(&head).map_err(|_| Refusal::Damaged)?,
        })
    }

    pub(crate) async fn report_row(&self, id: ReportId) -> Result<Option<Stored>, Refusal> {
        let rows = self.read(Query::new(REPORT_FILE.select("id = ?1"), vec![id.into()])).await?;
        rows.first().map(|row| self.read_report(row)).transpose()
    }

    /// Rows by a condition; one that was altered beside the program is left out, and `doctor` names it.
    pub(super) async fn report_rows(&self, condition: &str, params: Vec<Param>) -> Result<Vec<Stored>, Refusal> {
        let rows = self.read(Query::new(REPORT_FILE.select(condition), params)).await?;
        Ok(rows.iter().filter_map(|row| self.read_report(row).ok()).collect())
    }

    /// What a report says: the bytes of the JSON that its row has the digest of.
    pub(super) async fn report_body(&self, stored: &Stored) -> Result<Vec<u8>, Refusal> {
        let sql = "SELECT body FROM report_body WHERE id = ?1";
        let rows = self.read(Query::point(sql, vec![stored.id.into()])).await?;
        let Some(row) = rows.first() else {
            tracing::error!(report.id = %stored.id, "what a report says is not there");
            return Err(Refusal::Damaged);
        };
        let packed = self.identity.report_key.open(&place(stored.id, "body"), row.bytes(0).map_err(broken)?);
        let packed = packed.map_err(shut)?;
        let mut body = vec![];
        let limit = u64::try_from(MOST_BYTES).unwrap_or(u64::MAX);
        let open = zstd::stream::read::Decoder::new(packed.as_slice());
        let read = open.and_then(|open| std::io::Read::read_to_end(&mut std::io::Read::take(open, limit), &mut body));
        if read.is_err() || hex::encode(Sha256::digest(&body)) != stored.kept.sha256 {
            tracing::error!(report.id = %stored.id, "what a report says is not what was kept");
            return Err(Refusal::Damaged);
        }
        Ok(body)
    }

    /// Doctor: what each report says is there and is what was kept, and there is nothing else.
    pub(crate) async fn check_reports(&self, report: &mut StateReport) -> Result<(), Refusal> {
        const BODY: &str = "report_body";
        let mut there = std::collections::HashSet::new();
        // Those whose rows do not open are told of with the rows.
        for stored in self.report_rows("TRUE", vec![]).await? {
            there.insert(*stored.id.as_bytes());
            match self.report_body(&stored).await {
                Ok(_) => {}
                Err(Refusal::Damaged) => report.add(BODY, &[Param::Bytes(stored.id.as_bytes().to_vec())], "part"),
                Err(refusal) => return Err(refusal),
            }
        }
        for row in self.read(Query::new("SELECT id FROM report_body", vec![])).await? {
            report.rows += 1;
            if !row.id(0).is_ok_and(|id| there.contains(&id)) {
                report.add(BODY, row.0.get(..1).unwrap_or_default(), "not_on_record");
            }
        }
        Ok(())
    }
}
