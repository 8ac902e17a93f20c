//! How cases go, in numbers: how long until they are noticed, begun and closed, and how often a rule was right.

use std::collections::BTreeMap;

use access::path::{Disclosed, Grant, Refusal};
use model::case::{CaseState, Severity, Verdict};

use super::Stored;
use super::read::is_open;
use crate::Store;
use crate::proof::tables::CASE_FILE;
use crate::sql::Sql;

/// Longest time looked back at.
pub const MOST_DAYS: u32 = 1100;
/// Cases counted at most; newer ones first.
const COUNTED: i64 = 10_000;

/// Count the cases opened in the last days that the caller may know of.
#[derive(Debug)]
pub struct MeasureCases {
    pub days: u32,
}

/// A time that cases took: of how many, the middle one, and nine tenths of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Times {
    pub of: u64,
    pub median_ms: Option<i64>,
    pub p90_ms: Option<i64>,
}

/// How often the cases of a rule were worth it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulePrecision {
    pub rule: String,
    pub closed: u64,
    pub right: u64,
}

/// The figures.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CaseFigures {
    pub cases: u64,
    pub overdue: u64,
    pub states: BTreeMap<CaseState, u64>,
    pub severities: BTreeMap<Severity, u64>,
    pub verdicts: BTreeMap<Verdict, u64>,
    /// From the first cited event to the alert, or to the opening where there was none.
    pub detect: Times,
    /// From the opening to the first act.
    pub triage: Times,
    /// From the opening to the end.
    pub close: Times,
    /// Of closed cases that came of alerts.
    pub rules: Vec<RulePrecision>,
}

fn times(mut all: Vec<i64>) -> Times {
    all.sort_unstable();
    let at = |tenths: usize| all.get((all.len().saturating_sub(1)).saturating_mul(tenths) / 10).copied();
    Times { of: all.len() as u64, median_ms: at(5), p90_ms: at(9) }
}

fn figures(cases: &[Stored], now: model::UnixMs) -> CaseFigures {
    let mut f = CaseFigures { cases: cases.len() as u64, ..CaseFigures::default() };
    let (mut detect, mut triage, mut close) = (vec![], vec![], vec![]);
    let mut rules: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for Stored { case, .. } in cases {
        *f.states.entry(case.state).or_default() += 1;
        *f.severities.entry(case.severity).or_default() += 1;
        f.overdue += u64::from(is_open(case.state) && case.is_overdue(now));
        let noticed = case.alerts.iter().map(|a| a.raised_at).min().unwrap_or(case.opened_at);
        detect.extend(case.first_event_at.map(|first| (noticed.0 - first.0).max(0)));
        triage.extend(case.triaged_at.map(|at| (at.0 - case.opened_at.0).max(0)));
        let Some((closing, at)) = case.closing.as_ref().and_then(|c| Some((c, c.closed_at?))) else { continue };
        close.push((at.0 - case.opened_at.0).max(0));
        *f.verdicts.entry(closing.verdict).or_default() += 1;
        for alert in &case.alerts {
            let rule = rules.entry(&alert.rule).or_default();
            rule.0 += 1;
            rule.1 += u64::from(closing.verdict.is_true());
        }
    }
    f.rules = rules
        .into_iter()
        .map(|(rule, (closed, right))| RulePrecision { rule: rule.to_owned(), closed, right })
        .collect();
    (f.detect, f.triage, f.close) = (times(detect), times(triage), times(close));
    f
}

impl Store {
    /// # Errors
    /// [`Refusal::Invalid`] for the days; [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn measure_cases(&self, grant: Grant<MeasureCases>) -> Result<Disclosed<CaseFigures>, Refusal> {
        let measured = async {
            let days = grant.operation().days;
            if !(1..=MOST_DAYS).contains(&days) {
                return Err(Refusal::invalid("days", "invalid_value", format!("1 to {MOST_DAYS} days")));
            }
            let mut sql = Sql::new(self.db.dialect(), &CASE_FILE.select("subject NOT IN "));
            sql.bind_list(self.strangers_to(grant.caller()));
            sql.push(" AND opened_at >= ").bind(grant.now().plus_days(-i64::from(days)));
            sql.push(" ORDER BY opened_at DESC, id DESC LIMIT ").bind(COUNTED);
            let rows = self.read(sql.finish()).await?;
            let cases: Vec<Stored> = rows.iter().filter_map(|row| self.read_case(row).ok()).collect();
            Ok(figures(&cases, grant.now()))
        };
        match measured.await {
            Ok(figures) => grant.carry_out(vec![], figures).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_and_nine_tenths_are_those_of_the_sorted() {
        assert_eq!(times(vec![]), Times::default());
        let t = times((1..=11).rev().collect());
        assert_eq!((t.of, t.median_ms, t.p90_ms), (11, Some(6), Some(10)));
        assert_eq!(times(vec![7]).p90_ms, Some(7));
    }
}
