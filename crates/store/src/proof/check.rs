//! The rows beside the ledger held against their seals and against what the log tells: for `doctor`.
//!
//! It opens values inside the program to see whether the indexes over them are right, and shows nothing of any customer: a
//! finding names a table, a row's key and what is wrong.

use access::path::{Param, Refusal};
use model::UnixMs;
use serde::Serialize;

use super::replay::Replay;
use super::tables::Table;
use crate::audit::EventScrub;
use crate::database::Query;
use crate::records::broken;
use crate::{Row, Store};

/// At most so many findings are listed; further ones are counted.
const MAX_LISTED: usize = 100;
/// Rows read at once.
pub(super) const PAGE: usize = 500;
/// How often the examination goes on with what was written meanwhile, before what differs is a finding.
const ROUNDS: u32 = 5;

/// One row that is not what the log says, or a table that is not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StateFinding {
    pub table: &'static str,
    /// The row's key: bytes in hexadecimal digits.
    pub key: String,
    /// Stable: `seal`, `missing`, `not_on_record`, `version`, `ended`, `revived`, `erased`, `index`, …
    pub problem: &'static str,
}

/// What an examination of the tables found.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct StateReport {
    /// Rows looked at.
    pub rows: u64,
    /// The first hundred.
    pub findings: Vec<StateFinding>,
    pub finding_count: u64,
}

impl StateReport {
    pub fn is_clean(&self) -> bool {
        self.finding_count == 0
    }
    pub(crate) fn add(&mut self, table: &'static str, key: &[Param], problem: &'static str) {
        self.finding_count = self.finding_count.saturating_add(1);
        if self.findings.len() < MAX_LISTED {
            self.findings.push(StateFinding { table, key: name(key), problem });
        }
    }
}

/// A key for people: no value of a customer is part of any.
fn name(key: &[Param]) -> String {
    let part = |p: &Param| match p {
        Param::Null => "-".to_owned(),
        Param::Int(n) => n.to_string(),
        Param::Text(text) => text.chars().take(80).collect(),
        Param::Bytes(bytes) => hex::encode(bytes),
    };
    key.iter().map(part).collect::<Vec<_>>().join("/")
}

/// What the rows are held against.
pub(super) struct Against<'a> {
    pub(super) told: &'a Replay,
    /// Events before it may have been dropped, and with them what they told.
    pub(super) retained: UnixMs,
    pub(super) now: UnixMs,
}

impl Against<'_> {
    /// Whether what is not on record may be so because its event was dropped, or is from before rows were sealed.
    pub(super) fn excused(&self, at: UnixMs) -> bool {
        at < self.retained || self.told.adopted.is_some_and(|adopted| at <= adopted)
    }
}

impl Store {
    /// Holds every event against its leaf, and then every row of every other table against its seal and against what the
    /// events tell. While others write, it goes on with what they wrote until the two agree.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::Damaged`]. What is wrong with the rows is a finding, not an error.
    pub async fn examine(&self, now: UnixMs) -> Result<(EventScrub, StateReport), Refusal> {
        let mut replay = Replay::default();
        let mut events = EventScrub::default();
        let mut done = 0;
        let mut round = 0;
        loop {
            self.ready_to_ask().await?;
            let query = Query::new("SELECT COALESCE(MAX(idx) + 1, 0) FROM ledger_leaf", vec![]);
            let size = self.read(query).await?.first().map_or(Ok(0), |row| row.int(0)).map_err(broken)?;
            let size = u64::try_from(size).unwrap_or(0);
            events.join(self.scrub_feeding(done..size, Some(&mut replay)).await?);
            let grown = size > done;
            done = size;
            let retained = self.retained_before().await?;
            let report = self.compare(&Against { told: &replay, retained, now }).await?;
            round += 1;
            if report.is_clean() || !grown || round >= ROUNDS {
                return Ok((events, report));
            }
        }
    }

    async fn compare(&self, against: &Against<'_>) -> Result<StateReport, Refusal> {
        let mut report = StateReport::default();
        self.check_company(against, &mut report).await?;
        self.check_credentials(against, &mut report).await?;
        self.check_own_settings(against, &mut report).await?;
        self.check_counters(against, &mut report).await?;
        self.check_passes(against, &mut report).await?;
        self.check_shares_and_holds(against, &mut report).await?;
        self.check_versioned(against, &mut report).await?;
        self.check_kept_answers_and_exports(against, &mut report).await?;
        self.check_exports(against, &mut report).await?;
        self.check_attachments(against, &mut report).await?;
        self.check_case_files(&mut report).await?;
        self.check_reports(&mut report).await?;
        self.check_review_results(&mut report).await?;
        self.check_assessment_results(&mut report).await?;
        self.check_evidence_files(&mut report).await?;
        self.check_records(against, &mut report).await?;
        self.check_merged(against, &mut report).await?;
        self.check_jobs(against, &mut report).await?;
        self.check_watch(against, &mut report).await?;
        self.check_feed_lines(against, &mut report).await?;
        self.check_log_keys(&mut report).await?;
        self.check_ledger_rows(against, &mut report).await?;
        Ok(report)
    }

    /// The next page of a table by its key, with its seal and `more` columns; `after` is the last key of the one before.
    pub(super) async fn page_of(&self, table: &Table, more: &str, after: &mut Vec<Param>) -> Result<Vec<Row>, Refusal> {
        let keys = table.columns.get(..table.keys).unwrap_or_default().join(", ");
        let marks: Vec<String> = (1..=after.len()).map(|n| format!("?{n}")).collect();
        let from = if after.is_empty() { "TRUE".to_owned() } else { format!("({keys}) > ({})", marks.join(", ")) };
        let sql = format!(
            "SELECT {}, seal{more} FROM {} WHERE {from} ORDER BY {keys} LIMIT {PAGE}",
            table.columns.join(", "),
            table.name
        );
        let rows = self.read(Query::new(sql, after.clone())).await?;
        if let Some(last) = rows.last() {
            *after = table.key(last).to_vec();
        }
        Ok(rows)
    }

    /// Every row of a sealed table, each held against its seal; those that have it.
    pub(crate) async fn sealed_rows(
        &self,
        table: &Table,
        more: &str,
        report: &mut StateReport,
    ) -> Result<Vec<Row>, Refusal> {
        let mut good = vec![];
        let mut after = vec![];
        loop {
            let rows = self.page_of(table, more, &mut after).await?;
            if rows.is_empty() {
                return Ok(good);
            }
            for row in rows {
                report.rows += 1;
                if table.is_sealed(self.seals(), &row) {
                    good.push(row);
                } else {
                    report.add(table.name, table.key(&row), "seal");
                }
            }
        }
    }
}
