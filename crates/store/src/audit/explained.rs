//! How much of what was looked at is explained: by department and month, of all accesses and of first ones.
//!
//! An access is one record touched by one allowed event of which a reason was asked. A first access is the first of one account to
//! one customer that the log still tells of: who comes back to a customer is mostly explained by having been there, so the first
//! time is the honest measure.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use access::engine::CalendarSpec;
use access::path::{Disclosed, Grant, OnSystem, Operation, Refusal};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use model::{Action, Decision, DepartmentId, Explanation, RecordId};
use serde::{Deserialize, Serialize};

use super::counts::QUARTER_MS;
use super::line::{EVENT, EVENT_COLUMNS, EventRow, TOUCH, TouchRow, open};
use super::{Span, settle};
use crate::Store;
use crate::records::broken;
use crate::sql::Sql;

/// Most first accesses looked into one by one: those of events in which some records were explained and others not.
const MOST_MIXED: i64 = 100_000;
const AT_ONCE: usize = 500;

/// How much is explained?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HowExplained {
    #[serde(default)]
    pub span: Span,
}

impl Operation for HowExplained {
    const ACTION: Action = Action::AccessExplain;
}
impl OnSystem for HowExplained {
    fn detail(&self) -> serde_json::Value {
        serde_json::json!({ "question": "how_explained", "asked": self })
    }
}

/// Accesses, and how many of them had a business reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Explained {
    pub accesses: i64,
    pub explained: i64,
    /// Of them those that were an account's first to a customer.
    pub first: i64,
    pub first_explained: i64,
}

impl Explained {
    fn add(&mut self, other: Explained) {
        self.accesses += other.accesses;
        self.explained += other.explained;
        self.first += other.first;
        self.first_explained += other.first_explained;
    }
}

/// One department in one month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExplainedRow {
    /// `2026-11`, of the company's calendar.
    pub month: String,
    /// The actor's department at that time; `None` for accounts without one.
    pub department: Option<DepartmentId>,
    pub label: String,
    #[serde(flatten)]
    pub explained: Explained,
}

/// The answer to [`HowExplained`]: newest month first, then the department with the most accesses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HowExplainedAnswer {
    /// The time zone of months.
    pub zone: String,
    pub rows: Vec<ExplainedRow>,
    pub all: Explained,
}

type Key = (Option<DepartmentId>, i64);

impl Store {
    /// Answers [`HowExplained`].
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn how_explained(&self, grant: Grant<HowExplained>) -> Result<Disclosed<HowExplainedAnswer>, Refusal> {
        let answer = self.explained_rows(&grant).await.map(|answer| (vec![], answer));
        settle(grant, answer).await
    }

    async fn explained_rows(&self, grant: &Grant<HowExplained>) -> Result<HowExplainedAnswer, Refusal> {
        self.ready_to_ask().await?;
        let span = grant.operation().span;
        let mut found: BTreeMap<Key, Explained> = BTreeMap::new();
        self.all_accesses(span, &mut found).await?;
        self.plain_firsts(span, &mut found).await?;
        self.mixed_firsts(span, &mut found).await?;

        let zone_name = CalendarSpec::from(self.gate().settings().calendar.clone()).time_zone;
        let zone = TimeZone::get(&zone_name).unwrap_or(TimeZone::UTC);
        let directory = grant.engine().directory();
        let mut rows: BTreeMap<(String, Option<DepartmentId>), Explained> = BTreeMap::new();
        let mut all = Explained::default();
        for ((department, quarter), explained) in found {
            all.add(explained);
            rows.entry((month(quarter, &zone), department)).or_default().add(explained);
        }
        let label = |id: Option<DepartmentId>| match id {
            None => String::new(),
            Some(id) => directory.departments.get(&id).map_or_else(|| id.to_string(), |d| d.name.clone()),
        };
        let mut rows: Vec<ExplainedRow> = rows
            .into_iter()
            .map(|((month, department), explained)| ExplainedRow {
                month,
                department,
                label: label(department),
                explained,
            })
            .collect();
        rows.sort_by(|a, b| {
            b.month.cmp(&a.month).then(b.explained.accesses.cmp(&a.explained.accesses)).then(a.label.cmp(&b.label))
        });
        Ok(HowExplainedAnswer { zone: zone_name, rows, all })
    }

    async fn all_accesses(&self, span: Span, found: &mut BTreeMap<Key, Explained>) -> Result<(), Refusal> {
        // The casts keep PostgreSQL from answering with decimals.
        let mut sql = Sql::new(self.db.dialect(), "SELECT e.department, e.at / ");
        sql.push(&QUARTER_MS.to_string()).push(", CAST(SUM(e.touches) AS BIGINT), CAST(SUM(e.unexplained) AS BIGINT)");
        sql.push(" FROM event e WHERE ");
        asked(&mut sql);
        span.push(&mut sql);
        sql.push(" GROUP BY e.department, e.at / ").push(&QUARTER_MS.to_string());
        for row in self.read(sql.finish()).await? {
            let read = || Ok((row.opt_id(0)?.map(DepartmentId::from_bytes), row.int(1)?, row.int(2)?, row.int(3)?));
            let (department, quarter, touches, without) = read().map_err(broken)?;
            let one = Explained { accesses: touches, explained: touches - without, ..Explained::default() };
            found.entry((department, quarter)).or_default().add(one);
        }
        Ok(())
    }

    /// First accesses by events in which all records were explained, or none.
    async fn plain_firsts(&self, span: Span, found: &mut BTreeMap<Key, Explained>) -> Result<(), Refusal> {
        let mut sql = Sql::new(self.db.dialect(), "SELECT e.department, e.at / ");
        sql.push(&QUARTER_MS.to_string())
            .push(", COUNT(*), CAST(SUM(CASE WHEN e.unexplained = 0 THEN 1 ELSE 0 END) AS BIGINT)");
        firsts(&mut sql);
        sql.push(" WHERE (e.unexplained = 0 OR e.unexplained = e.touches)");
        span.push(&mut sql);
        sql.push(" GROUP BY e.department, e.at / ").push(&QUARTER_MS.to_string());
        for row in self.read(sql.finish()).await? {
            let read = || Ok((row.opt_id(0)?.map(DepartmentId::from_bytes), row.int(1)?, row.int(2)?, row.int(3)?));
            let (department, quarter, first, first_explained) = read().map_err(broken)?;
            let one = Explained { first, first_explained, ..Explained::default() };
            found.entry((department, quarter)).or_default().add(one);
        }
        Ok(())
    }

    /// The others: what the body says of each. One whose body was dropped when its retention ended counts neither way.
    async fn mixed_firsts(&self, span: Span, found: &mut BTreeMap<Key, Explained>) -> Result<(), Refusal> {
        let mut sql = Sql::new(self.db.dialect(), "SELECT f.seq, f.customer");
        firsts(&mut sql);
        sql.push(" WHERE e.unexplained > 0 AND e.unexplained < e.touches");
        span.push(&mut sql);
        sql.push(" ORDER BY f.seq LIMIT ").bind(MOST_MIXED);
        let mut first: BTreeSet<(i64, RecordId)> = BTreeSet::new();
        for row in self.read(sql.finish()).await? {
            first.insert((row.int(0).map_err(broken)?, row.record(1).map_err(broken)?));
        }
        let mut seqs: Vec<i64> = first.iter().map(|(seq, _)| *seq).collect();
        seqs.dedup();
        for part in seqs.chunks(AT_ONCE) {
            let mut sql = Sql::new(self.db.dialect(), "SELECT ");
            sql.push(EVENT).push(", ").push(TOUCH).push(" FROM event e JOIN touch t ON t.seq = e.seq WHERE e.seq IN ");
            sql.bind_list(part.iter().copied()).push(" ORDER BY e.seq, t.n");
            let rows = self.read(sql.finish()).await?;
            let rows: Vec<(EventRow, TouchRow)> = rows
                .iter()
                .map(|row| Ok((EventRow::read(row)?, TouchRow::read(row, EVENT_COLUMNS)?)))
                .collect::<Result<_, _>>()
                .map_err(broken)?;
            for of_event in rows.chunk_by(|a, b| a.0.seq == b.0.seq) {
                let Some((row, _)) = of_event.first() else { continue };
                let opened = open(row.clone(), self.gate().recorder());
                let mut without: HashSet<RecordId> = HashSet::new();
                let mut told: HashSet<RecordId> = HashSet::new();
                for (_, touch) in of_event {
                    let disclosure = usize::try_from(touch.disclosure).ok().and_then(|n| opened.disclosures.get(n));
                    let Some(reason) = disclosure.and_then(|d| d.reason) else { continue };
                    told.insert(touch.customer);
                    if reason == Explanation::None {
                        without.insert(touch.customer);
                    }
                }
                let mine = told.iter().filter(|customer| first.contains(&(row.seq, **customer)));
                let (mut count, mut explained) = (0, 0);
                for customer in mine {
                    count += 1;
                    explained += i64::from(!without.contains(customer));
                }
                let key = (row.department, row.at.0.div_euclid(QUARTER_MS));
                let one = Explained { first: count, first_explained: explained, ..Explained::default() };
                found.entry(key).or_default().add(one);
            }
        }
        Ok(())
    }
}

/// The condition that the event `e` is an access of which a reason was asked.
fn asked(sql: &mut Sql) {
    sql.push("e.unexplained IS NOT NULL AND e.decision = ").bind(i64::from(Decision::Allowed.code()));
}

/// ` FROM` the first access `f` of each account to each customer, with its event `e`.
fn firsts(sql: &mut Sql) {
    sql.push(" FROM (SELECT e.actor, t.customer, MIN(t.seq) AS seq FROM touch t JOIN event e ON e.seq = t.seq WHERE ");
    asked(sql);
    sql.push(" GROUP BY e.actor, t.customer) f JOIN event e ON e.seq = f.seq");
}

/// The month of a quarter of an hour (counted from 1970 in UTC) where the company is.
fn month(quarter: i64, zone: &TimeZone) -> String {
    let Ok(moment) = Timestamp::from_millisecond(quarter.saturating_mul(QUARTER_MS)) else {
        return quarter.to_string();
    };
    let there = zone.to_datetime(moment);
    format!("{:04}-{:02}", there.year(), there.month())
}
