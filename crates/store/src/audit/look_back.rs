//! What somebody looked at in their last days, in numbers: for whoever hands over what they had. Names no customer.

use std::collections::BTreeMap;

use access::path::{Disclosed, Grant, OnSystem, Operation, Refusal};
use model::action::On;
use model::{Action, Decision, UnixMs, UserId};
use serde::Serialize;
use serde_json::{Value, json};

use super::Span;
use super::counts::days_of;
use super::user::push_events;
use crate::Store;
use crate::company::operations;
use crate::records::broken;
use crate::sql::Sql;

/// Longest time looked back at, in days.
const MOST_DAYS: u32 = 366;

/// What a person did with records in the last days.
#[derive(Debug)]
pub struct LookBack {
    pub user: UserId,
    pub days: u32,
}

operations! {
    LookBack: Handover, |op| json!({ "act": "handover.look_back", "user": op.user, "days": op.days });
}

/// One operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LookBackRow {
    pub action: String,
    /// How often it was done, and how often it was refused.
    pub events: i64,
    pub refused: i64,
    /// Records touched, each as often as it was.
    pub records: i64,
}

/// One day of the company's calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LookBackDay {
    /// `2026-11-23`
    pub day: String,
    pub events: i64,
    pub records: i64,
}

/// The answer to [`LookBack`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LookedBack {
    pub from: UnixMs,
    pub to: UnixMs,
    /// By operation on records, those done most often first.
    pub rows: Vec<LookBackRow>,
    pub days: Vec<LookBackDay>,
    /// Distinct customers touched.
    pub customers: i64,
    /// Exports begun, and records that left with them.
    pub exports: i64,
    pub exported: i64,
}

impl Store {
    /// Answers [`LookBack`].
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Invalid`] for the days; [`Refusal::StoreUnavailable`],
    /// [`Refusal::AuditUnavailable`].
    pub async fn look_back(&self, grant: Grant<LookBack>) -> Result<Disclosed<LookedBack>, Refusal> {
        match self.looked_back(&grant).await {
            Ok(found) => grant.carry_out(vec![], found).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn looked_back(&self, grant: &Grant<LookBack>) -> Result<LookedBack, Refusal> {
        let (user, days, to) = (grant.operation().user, grant.operation().days, grant.now());
        if !self.company().users.contains_key(&user) {
            return Err(Refusal::NotFound);
        }
        if !(1..=MOST_DAYS).contains(&days) {
            return Err(Refusal::invalid("days", "invalid_value", format!("1 to {MOST_DAYS} days")));
        }
        self.ready_to_ask().await?;
        let from = to.plus_days(-i64::from(days));
        let span = Span { from: Some(from), to: Some(to) };
        let mut sql =
            Sql::new(self.db.dialect(), "SELECT e.action, e.decision, COUNT(*), CAST(SUM(e.touches) AS BIGINT) FROM (");
        push_events(&mut sql, "e.action, e.decision, e.touches", user, &|sql| span.push(sql));
        sql.push(") AS e GROUP BY e.action, e.decision");
        let mut rows: BTreeMap<Action, LookBackRow> = BTreeMap::new();
        let (mut exports, mut exported) = (0, 0);
        for row in self.read(sql.finish()).await? {
            let read = || Ok((row.int(0)?, row.int(1)?, row.int(2)?, row.opt_int(3)?.unwrap_or(0)));
            let (code, decision, events, records) = read().map_err(broken)?;
            let known = u16::try_from(code).ok().and_then(Action::from_code).filter(|a| a.on() == On::Record);
            let Some(action) = known else { continue };
            let none = || LookBackRow { action: action.as_str().to_owned(), events: 0, refused: 0, records: 0 };
            let is = |d: Decision| decision == i64::from(d.code());
            if is(Decision::Allowed) {
                let line = rows.entry(action).or_insert_with(none);
                line.events += events;
                line.records += records;
                exported += if action == Action::Export { records } else { 0 };
            } else if is(Decision::Refused) {
                rows.entry(action).or_insert_with(none).refused += events;
            } else if is(Decision::Intent) && action == Action::Export {
                exports += events;
            }
        }
        let mut rows: Vec<LookBackRow> = rows.into_values().collect();
        rows.sort_by(|a, b| b.events.cmp(&a.events).then_with(|| a.action.cmp(&b.action)));

        let quarter = super::counts::QUARTER_MS;
        let done = |sql: &mut Sql| {
            sql.push(" AND e.touches > 0 AND e.action < 100 AND e.decision = ")
                .bind(i64::from(Decision::Allowed.code()));
            span.push(sql);
        };
        let mut sql = Sql::new(self.db.dialect(), "SELECT q, COUNT(*), CAST(SUM(touches) AS BIGINT) FROM (");
        push_events(&mut sql, &format!("e.at / {quarter} AS q, e.touches AS touches"), user, &done);
        sql.push(") AS e GROUP BY q ORDER BY q");
        let mut by_day: BTreeMap<String, (i64, i64)> = BTreeMap::new();
        let day = days_of(self);
        for row in self.read(sql.finish()).await? {
            let read = || Ok((row.int(0)?, row.int(1)?, row.opt_int(2)?.unwrap_or(0)));
            let (quarter, events, records) = read().map_err(broken)?;
            let sum = by_day.entry(day(quarter)).or_default();
            sum.0 += events;
            sum.1 += records;
        }
        let days = by_day.into_iter().map(|(day, (events, records))| LookBackDay { day, events, records }).collect();

        let retained_before = self.retained_before().await?;
        let mut distinct = Sql::new(self.db.dialect(), "SELECT COUNT(DISTINCT t.customer) FROM (");
        push_events(&mut distinct, "e.seq, e.at, e.action, e.decision", user, &done);
        distinct.push(") AS e JOIN touch t ON t.seq = e.seq WHERE TRUE");
        self.push_kept(&mut distinct, retained_before);
        let customers = self.one_number(distinct).await?;
        Ok(LookedBack { from, to, rows, days, customers, exports, exported })
    }
}
