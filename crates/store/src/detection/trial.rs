//! Trying a rule on what was seen, before it is switched on.
//!
//! Rules: the same engine, over the same observations, in the order of the ledger; nothing is stored, nobody is told. A trial is bounded by
//! days and by events, the newest of them, and ends when nobody waits for it any more. Scores are of baselines that are learnt
//! from the span alone.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use access::path::{Disclosed, Grant, OnSystem, Operation, Param, Refusal};
use detect::{Detector, Finding, Lanes, Lang, Observation, Pack, Problem, Settings};
use model::{Action, AlertId, EventId, Feedback, UnixMs, UserId};
use serde_json::{Value, json};

use super::change::{check_filter, check_own, told};
use super::kept::shipped_text;
use crate::audit::name_of;
use crate::company::operations;
use crate::records::broken;
use crate::watch::Alert;
use crate::{Query, Store};

/// Longest span of a trial, in days.
pub const MOST_DAYS: u32 = 35;
/// Most events of a trial.
pub const MOST_TRIED: i64 = 100_000;
/// Events of one step, between which others are let through.
const STEP: u32 = 1_000;
/// People that are named, findings and alerts that are shown.
const MOST_PEOPLE: usize = 100;
const MOST_SHOWN: usize = 20;

/// Tries a rule, or filters of one, over the last days.
#[derive(Debug)]
pub struct TryRule {
    /// A rule there is.
    pub name: Option<String>,
    /// Instead of its text, or of one that is not saved.
    pub text: Option<String>,
    /// The filters it would have.
    pub filters: Vec<String>,
    pub days: u32,
}

operations! {
    TryRule: DetectionManage, |op| json!({
        "act": "detection.try", "rule": op.name, "draft": op.text.is_some(), "filters": op.filters.len(), "days": op.days,
    });
}

/// What a rule would have told: one alert for a person and day, as it is told then.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Trial {
    pub alerts: u64,
    /// By the company's day, in days since 1970-01-01.
    pub days: BTreeMap<i32, u64>,
    /// Most first. Who asks is not among them.
    pub people: Vec<(UserId, u64)>,
    /// How many people there are, those not named among them.
    pub persons: u64,
    /// The highest scores.
    pub examples: Vec<Example>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    pub user: UserId,
    pub at: UnixMs,
    pub count: u64,
    pub threshold: u64,
    pub why_zh: String,
    pub why_en: String,
    pub events: Vec<EventId>,
}

/// An alert of before that would not have been told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    pub id: AlertId,
    pub subject: UserId,
    pub last_at: UnixMs,
    pub feedback: Option<Feedback>,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tried {
    /// Events it was asked about.
    pub events: u64,
    /// The first of them.
    pub from: Option<UnixMs>,
    /// There were more within the days than a trial looks at.
    pub cut: bool,
    /// It asks for scores: they are of baselines learnt within the span.
    pub scored: bool,
    pub after: Trial,
    /// The rule as it is in force, where there is one.
    pub before: Option<Trial>,
    /// Alerts of the span that it would not have told, and how many there are.
    pub vanish: Vec<Past>,
    pub vanished: u64,
    /// Of all alerts of the rule that were called malicious, how many it would hide: such filters are refused.
    pub hides_malicious: u64,
    /// Names of the people above; empty for who does not read alerts, and is told of them without names.
    pub names: BTreeMap<UserId, String>,
}

/// A pack that is being tried, with what it said of whom.
struct Run {
    name: String,
    pack: Arc<Pack>,
    detector: Detector,
    lanes: Lanes,
    own: Vec<UserId>,
    /// The loudest of each person and day.
    told: BTreeMap<(UserId, i32), Finding>,
}

impl Run {
    fn new(name: &str, pack: Pack, own: Vec<UserId>) -> Run {
        let pack = Arc::new(pack);
        // A trial holds what it holds beside the detector itself: fewer groups will do.
        let settings = Settings { groups: 20_000, ..Settings::default() };
        let detector = Detector::new(Arc::clone(&pack), settings);
        let lanes = Lanes::new(Arc::clone(&pack), settings);
        Run { name: name.to_owned(), pack, detector, lanes, own, told: BTreeMap::new() }
    }
    fn step(&mut self, of: &Observation) {
        // As the log is followed: another system's events are judged among themselves.
        let judged = match self.lanes.step(of, Detector::step) {
            Some(judged) => {
                self.detector.pass(of.seq);
                judged.map(|judged| judged.findings)
            }
            None => self.detector.step(of),
        };
        let Ok(findings) = judged else { return };
        for finding in findings {
            if finding.rule == self.name && !self.own.contains(&finding.user) {
                self.told.insert((finding.user, finding.day), finding);
            }
        }
    }
    fn trial(&self) -> Trial {
        let mut people: BTreeMap<UserId, u64> = BTreeMap::new();
        let mut days: BTreeMap<i32, u64> = BTreeMap::new();
        for (user, day) in self.told.keys() {
            *people.entry(*user).or_default() += 1;
            *days.entry(*day).or_default() += 1;
        }
        let persons = people.len() as u64;
        let mut people: Vec<_> = people.into_iter().collect();
        people.sort_by_key(|(user, n)| (std::cmp::Reverse(*n), *user));
        people.truncate(MOST_PEOPLE);
        let mut loudest: Vec<&Finding> = self.told.values().collect();
        loudest.sort_by(|a, b| b.score.total_cmp(&a.score).then(b.last.cmp(&a.last)));
        let why =
            |finding: &Finding, lang| self.pack.rule(&self.name).map_or_else(String::new, |r| r.why(finding, lang));
        let examples = loudest.into_iter().take(MOST_SHOWN).map(|f| Example {
            user: f.user,
            at: f.last,
            count: f.count,
            threshold: f.threshold,
            why_zh: why(f, Lang::Zh),
            why_en: why(f, Lang::En),
            events: f.evidence.clone(),
        });
        Trial { alerts: self.told.len() as u64, days, people, persons, examples: examples.collect() }
    }
    /// Told of this person within these days.
    fn says(&self, user: UserId, from: i32, to: i32) -> bool {
        self.told.range((user, from)..=(user, to)).next().is_some()
    }
}

fn invalid(field: &str, text: &str, problems: &[Problem]) -> Refusal {
    Refusal::Invalid(problems.iter().map(|p| told(field, text, p)).collect())
}

fn pack_of(name: &str, text: &str, filters: &[String]) -> Result<Pack, Vec<Problem>> {
    Pack::read(std::iter::once((name, text)).chain(filters.iter().map(|f| ("filter", f.as_str()))))
}

impl Store {
    /// What the rule, and its filters, would have told over the last days.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with every problem of text and filters; [`Refusal::NotFound`] for a rule there is not;
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn try_rule(&self, grant: Grant<TryRule>) -> Result<Disclosed<Tried>, Refusal> {
        let op = grant.operation();
        let own: Vec<UserId> = std::iter::once(grant.caller().user).chain(grant.caller().on_behalf_of).collect();
        let directory = grant.has_duty(Action::AlertRead).then(|| grant.engine().directory().clone());
        match self.tried(op, own, grant.now()).await {
            Ok(mut tried) => {
                if let Some(directory) = directory {
                    let of = |t: &Trial| {
                        let people: Vec<UserId> =
                            t.people.iter().map(|(user, _)| *user).chain(t.examples.iter().map(|e| e.user)).collect();
                        people
                    };
                    let people = of(&tried.after).into_iter().chain(tried.before.iter().flat_map(of));
                    let people = people.chain(tried.vanish.iter().map(|past| past.subject));
                    tried.names = people.map(|user| (user, name_of(&directory, user))).collect();
                }
                grant.carry_out(vec![], tried).await
            }
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn tried(&self, op: &TryRule, own: Vec<UserId>, now: UnixMs) -> Result<Tried, Refusal> {
        if !(1..=MOST_DAYS).contains(&op.days) {
            return Err(Refusal::invalid("days", "invalid_value", format!("1 to {MOST_DAYS} days")));
        }
        let kept = op.name.as_deref().map(|name| self.text_of(name).ok_or(Refusal::NotFound)).transpose()?;
        let ships = op.name.as_deref().is_some_and(|name| shipped_text(name).is_some());
        if ships && op.text.is_some() {
            return Err(Refusal::invalid("text", "shipped_rule", "a rule that ships keeps its text"));
        }
        let text = op.text.clone().or_else(|| kept.clone());
        let text = text.ok_or_else(|| Refusal::invalid("text", "required", "name a rule, or give a text"))?;
        let name = match (&op.name, ships) {
            (Some(name), true) => name.clone(),
            (name, _) => check_own(name.as_deref(), &text).map_err(|p| invalid("text", &text, &p))?.1,
        };
        for (n, filter) in op.filters.iter().enumerate() {
            check_filter(&name, filter).map_err(|p| invalid(&format!("filters.{n}"), filter, &p))?;
        }
        let pack = pack_of(&name, &text, &op.filters).map_err(|p| invalid("text", &text, &p))?;
        let scored = pack.rule(&name).is_some_and(|r| !r.measures.is_empty());
        let mut runs = vec![Run::new(&name, pack, own.clone())];
        if let (Some(kept), true) = (&kept, op.name.is_some()) {
            let company = self.company();
            let filters = company.detection.items.get(&name).map(|(_, item)| item.filters.clone()).unwrap_or_default();
            // What is in force may not read any more: then there is nothing to compare with.
            runs.extend(pack_of(&name, kept, &filters).ok().map(|pack| Run::new(&name, pack, own.clone())));
        }
        let since = now.plus_days(-i64::from(op.days));
        let (mut tried, runs) = self.run_over(runs, since).await?;
        let [after, rest @ ..] = runs.as_slice() else { return Err(Refusal::Damaged) };
        let alerts = if op.name.is_some() { self.alerts_of_rule(&name).await? } else { vec![] };
        tried.hides_malicious = self.hides(&name, &op.filters, &alerts).await?.len() as u64;
        if let Some(before) = rest.first() {
            let gone = vanished(&alerts, since, &own, before, after);
            tried.vanished = gone.len() as u64;
            tried.vanish = gone.into_iter().take(MOST_SHOWN).collect();
            tried.before = Some(before.trial());
        }
        tried.after = after.trial();
        tried.scored = scored;
        Ok(tried)
    }

    /// Shows the runs what was seen since a moment, the newest [`MOST_TRIED`] at most.
    async fn run_over(&self, mut runs: Vec<Run>, since: UnixMs) -> Result<(Tried, Vec<Run>), Refusal> {
        self.ready_to_ask().await?;
        let first = |sql: &'static str, params: Vec<Param>| async move {
            let rows = self.read(Query::new(sql, params)).await?;
            rows.first().map(|row| row.opt_int(0)).transpose().map(Option::flatten).map_err(broken)
        };
        let Some(begin) = first("SELECT MIN(seq) FROM observation WHERE at >= ?1", vec![since.into()]).await? else {
            return Ok((Tried::default(), runs));
        };
        let newest = "SELECT seq FROM observation ORDER BY seq DESC LIMIT 1 OFFSET ?1";
        let cut = first(newest, vec![(MOST_TRIED - 1).into()]).await?.filter(|least| *least > begin);
        let mut tried = Tried { cut: cut.is_some(), ..Tried::default() };
        let mut next = u64::try_from(cut.unwrap_or(begin)).map_err(|_| Refusal::Damaged)?;
        // Those dropped or altered are left out by the store; the detector is given one after the other all the same.
        let mut place = 0_u64;
        loop {
            let seen = self.observations(next, STEP).await?;
            let Some(last) = seen.last().map(|of| of.seq) else { break };
            tried.from = tried.from.or(seen.first().map(|of| of.at));
            tried.events += seen.len() as u64;
            next = last.saturating_add(1);
            // Off the threads that answer others. A request that is dropped ends after the step it is in.
            let stepped = tokio::task::spawn_blocking(move || {
                for mut of in seen {
                    place += 1;
                    of.seq = place;
                    runs.iter_mut().for_each(|run| run.step(&of));
                }
                (runs, place)
            });
            (runs, place) = stepped.await.map_err(|error| {
                tracing::error!(%error, "a trial broke off");
                Refusal::Damaged
            })?;
        }
        Ok((tried, runs))
    }
}

/// Alerts that the rule as it is in force tells again, and the rule as it is tried does not.
fn vanished(alerts: &[Alert], since: UnixMs, own: &[UserId], before: &Run, after: &Run) -> Vec<Past> {
    let mut seen = BTreeSet::new();
    let day = |at: UnixMs| i32::try_from(at.0.div_euclid(86_400_000)).unwrap_or(i32::MAX);
    alerts
        .iter()
        .filter(|a| a.last_at >= since && !own.contains(&a.subject))
        // The company's day may be one beside that of UTC.
        .filter(|a| {
            let (from, to) = (day(a.first_at).saturating_sub(1), day(a.last_at).saturating_add(1));
            before.says(a.subject, from, to) && !after.says(a.subject, from, to)
        })
        .filter(|a| seen.insert(a.id))
        .map(|a| Past { id: a.id, subject: a.subject, last_at: a.last_at, feedback: a.body.feedback })
        .collect()
}
