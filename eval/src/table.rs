//! The tables of `docs/detection.md`, over several companies.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::insiders::Scheme;
use crate::score::{BUDGETS, Run, Tally};

#[allow(clippy::cast_precision_loss, reason = "counts far below 2^52")]
fn share(n: usize, of: usize) -> f64 {
    if of == 0 { 0.0 } else { n as f64 / of as f64 }
}

fn methods(runs: &[Run]) -> Vec<&'static str> {
    runs.first().map(|r| r.results.iter().map(|m| m.method).collect()).unwrap_or_default()
}

fn tallies<'a>(runs: &'a [Run], method: &'a str, budget: u32) -> impl Iterator<Item = (&'a Run, &'a Tally)> {
    runs.iter().filter_map(move |r| {
        let result = r.results.iter().find(|m| m.method == method)?;
        Some((r, result.tallies.get(&budget)?))
    })
}

/// Mean over companies of the share of insiders found.
pub fn recall(runs: &[Run], method: &str, budget: u32) -> f64 {
    let shares: Vec<f64> = tallies(runs, method, budget).map(|(r, t)| share(t.found.len(), r.insiders.len())).collect();
    shares.iter().sum::<f64>() / f64::from(u32::try_from(shares.len().max(1)).unwrap_or(1))
}

/// Of one kind, over all companies: found, and how many there were.
pub fn by_kind(runs: &[Run], method: &str, budget: u32, scheme: Scheme) -> (usize, usize) {
    let mut found = (0, 0);
    for (run, tally) in tallies(runs, method, budget) {
        for (number, _) in run.insiders.iter().filter(|(_, s)| **s == scheme) {
            found.1 += 1;
            found.0 += usize::from(tally.found.contains_key(number));
        }
    }
    found
}

fn median(mut of: Vec<i32>) -> String {
    of.sort_unstable();
    of.get(of.len() / 2).map_or_else(|| "–".to_owned(), ToString::to_string)
}

/// Everything that is reported, as Markdown.
pub fn quality(runs: &[Run]) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "| method | recall at {} | at {} | at {} | precision at 10 | of the possible | days to detection at 10 (median, 90 %) |",
        BUDGETS[0], BUDGETS[1], BUDGETS[2]
    );
    let _ = writeln!(out, "|---|---|---|---|---|---|---|");
    for method in methods(runs) {
        let (mut alerts, mut good, mut possible) = (0, 0, 0);
        let mut days = vec![];
        for (_, t) in tallies(runs, method, 10) {
            alerts += t.alerts as usize;
            good += t.true_alerts as usize;
            possible += t.possible.min(t.alerts) as usize;
            days.extend(t.found.values().map(|(d, _)| *d));
        }
        days.sort_unstable();
        let late = days.get(days.len() * 9 / 10).map_or_else(|| "–".to_owned(), ToString::to_string);
        let _ = writeln!(
            out,
            "| {method} | {:.2} | {:.2} | {:.2} | {:.3} | {:.2} | {} , {late} |",
            recall(runs, method, 1),
            recall(runs, method, 3),
            recall(runs, method, 10),
            share(good, alerts),
            share(good, possible),
            median(days),
        );
    }
    out
}

/// The methods by kind of insider.
pub fn kinds(runs: &[Run], method: &str, against: &str) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "| kind of insider | of | at 1 | at 3 | at 10 | days to detection at 10 | {against} at 10 |");
    let _ = writeln!(out, "|---|---|---|---|---|---|---|");
    for scheme in Scheme::ALL {
        let (_, of) = by_kind(runs, method, 10, scheme);
        let at = |budget| by_kind(runs, method, budget, scheme).0;
        let mut days = vec![];
        for (run, tally) in tallies(runs, method, 10) {
            let of_kind: BTreeSet<u16> = run.insiders.iter().filter(|(_, s)| **s == scheme).map(|(n, _)| *n).collect();
            days.extend(tally.found.iter().filter(|(n, _)| of_kind.contains(n)).map(|(_, (d, _))| *d));
        }
        let _ = writeln!(
            out,
            "| {} | {of} | {:.2} | {:.2} | {:.2} | {} | {:.2} |",
            scheme.name(),
            share(at(1), of),
            share(at(3), of),
            share(at(10), of),
            median(days),
            share(by_kind(runs, against, 10, scheme).0, of),
        );
    }
    out
}

/// Which patterns spoke, how often they were right, and whom they found first.
pub fn patterns(runs: &[Run], method: &str, budget: u32) -> String {
    let mut by: BTreeMap<&str, (u32, u32, u32)> = BTreeMap::new();
    for (_, t) in tallies(runs, method, budget) {
        for (pattern, (alerts, good)) in &t.by_detector {
            let row = by.entry(pattern).or_default();
            row.0 += alerts;
            row.1 += good;
        }
        for (_, pattern) in t.found.values() {
            by.entry(pattern).or_default().2 += 1;
        }
    }
    let mut rows: Vec<_> = by.into_iter().collect();
    rows.sort_by_key(|(_, (alerts, ..))| std::cmp::Reverse(*alerts));
    let mut out =
        String::from("| pattern | alerts opened | true (also joined) | insiders it found first |\n|---|---|---|---|\n");
    for (pattern, (alerts, good, first)) in rows {
        let _ = writeln!(out, "| {pattern} | {alerts} | {good} | {first} |");
    }
    out
}
