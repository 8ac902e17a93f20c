//! Trying a rule on what was seen, before it is switched on.
//!
//! Rules: the same engine, over the same observations, in the order of the ledger, with the scores they had then; nobody is told. A trial is
//! bounded by days and by events, the newest of them, and goes on in the background (`jobs::trial`). Where scores were not kept, they are
//! of baselines that are learnt from the span alone.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use access::path::{Param, Refusal};
use detect::{Detector, Finding, Lanes, Lang, Pack, Problem, Settings};
use model::{AlertId, Directory, EventId, Feedback, UnixMs, UserId};
use serde::{Deserialize, Serialize};

use super::change::{check_filter, check_own, told};
use super::kept::shipped_text;
use crate::audit::name_of;
use crate::records::broken;
use crate::watch::{Alert, Judged};
use crate::{Query, Store};

/// Longest span of a trial, in days.
pub const MOST_DAYS: u32 = 366;
/// Most events of a trial.
pub const MOST_TRIED: i64 = 2_000_000;
/// Events of one step, between which others are let through.
const STEP: u32 = 2_000;
/// People that are named, findings and alerts that are shown.
const MOST_PEOPLE: usize = 100;
const MOST_SHOWN: usize = 20;

/// A rule, or filters of one, to be tried over the last days.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ToTry {
    /// A rule there is.
    pub name: Option<String>,
    /// Instead of its text, or of one that is not saved.
    pub text: Option<String>,
    /// The filters it would have.
    pub filters: Vec<String>,
    pub days: u32,
}

/// What a rule would have told: one alert for a person and day, as it is told then.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Past {
    pub id: AlertId,
    pub subject: UserId,
    pub last_at: UnixMs,
    pub feedback: Option<Feedback>,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Tried {
    /// Events it was asked about.
    pub events: u64,
    /// The first of them.
    pub from: Option<UnixMs>,
    /// There were more within the days than a trial looks at.
    pub cut: bool,
    /// It asks for scores, and of some events they were not kept: those are of baselines learnt within the span.
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
    #[serde(skip)]
    pub names: BTreeMap<UserId, String>,
}

impl Tried {
    /// Fills in the names of those it is about.
    pub(crate) fn named_by(mut self, directory: &Directory) -> Self {
        let of = |t: &Trial| {
            let people: Vec<UserId> =
                t.people.iter().map(|(user, _)| *user).chain(t.examples.iter().map(|e| e.user)).collect();
            people
        };
        let people = of(&self.after).into_iter().chain(self.before.iter().flat_map(of));
        let people = people.chain(self.vanish.iter().map(|past| past.subject));
        self.names = people.map(|user| (user, name_of(directory, user))).collect();
        self
    }
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
    fn step(&mut self, judged: &Judged) {
        let of = &judged.of;
        // As the log is followed: another system's events are judged among themselves.
        let found = match (self.lanes.step(of, Detector::step), &judged.scores) {
            (Some(judged), _) => {
                self.detector.pass(of.seq);
                judged.map(|judged| judged.findings)
            }
            (None, Some(scores)) => self.detector.step_scored(of, scores.clone()),
            (None, None) => self.detector.step(of),
        };
        let Ok(findings) = found else { return };
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

/// A trial under way.
pub(crate) struct UnderWay {
    runs: Vec<Run>,
    name: String,
    /// The rule asks for scores.
    asks_scores: bool,
    since: UnixMs,
    own: Vec<UserId>,
    /// The next observation, and the last.
    next: u64,
    end: u64,
    /// Those dropped or altered are left out by the store; the detector is given one after the other all the same.
    place: u64,
    /// Events that there are to go over.
    pub(crate) total: u64,
    tried: Tried,
}

impl UnderWay {
    pub(crate) fn done(&self) -> u64 {
        self.tried.events
    }
}

impl Store {
    /// The packs of a trial: as it is to be, and as it is in force, where there is such a rule.
    fn packs(&self, what: &ToTry) -> Result<(String, Vec<Pack>), Refusal> {
        if !(1..=MOST_DAYS).contains(&what.days) {
            return Err(Refusal::invalid("days", "invalid_value", format!("1 to {MOST_DAYS} days")));
        }
        let kept = what.name.as_deref().map(|name| self.text_of(name).ok_or(Refusal::NotFound)).transpose()?;
        let ships = what.name.as_deref().is_some_and(|name| shipped_text(name).is_some());
        if ships && what.text.is_some() {
            return Err(Refusal::invalid("text", "shipped_rule", "a rule that ships keeps its text"));
        }
        let text = what.text.clone().or_else(|| kept.clone());
        let text = text.ok_or_else(|| Refusal::invalid("text", "required", "name a rule, or give a text"))?;
        let name = match (&what.name, ships) {
            (Some(name), true) => name.clone(),
            (name, _) => check_own(name.as_deref(), &text).map_err(|p| invalid("text", &text, &p))?.1,
        };
        for (n, filter) in what.filters.iter().enumerate() {
            check_filter(&name, filter).map_err(|p| invalid(&format!("filters.{n}"), filter, &p))?;
        }
        let mut packs = vec![pack_of(&name, &text, &what.filters).map_err(|p| invalid("text", &text, &p))?];
        if let Some(kept) = &kept {
            let company = self.company();
            let filters = company.detection.items.get(&name).map(|(_, item)| item.filters.clone()).unwrap_or_default();
            // What is in force may not read any more: then there is nothing to compare with.
            packs.extend(pack_of(&name, kept, &filters).ok());
        }
        Ok((name, packs))
    }

    /// Begins a trial of what was seen until now. Who asks is never among those it tells of.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with every problem of text and filters; [`Refusal::NotFound`] for a rule there is not;
    /// [`Refusal::StoreUnavailable`].
    pub(crate) async fn begin_trying(&self, what: &ToTry, own: Vec<UserId>, now: UnixMs) -> Result<UnderWay, Refusal> {
        let (name, packs) = self.packs(what)?;
        let asks_scores = packs.first().and_then(|p| p.rule(&name)).is_some_and(|r| !r.measures.is_empty());
        let runs = packs.into_iter().map(|pack| Run::new(&name, pack, own.clone())).collect();
        let since = now.plus_days(-i64::from(what.days));
        let mut under = UnderWay {
            runs,
            name,
            asks_scores,
            since,
            own,
            next: 1,
            end: 0,
            place: 0,
            total: 0,
            tried: Tried::default(),
        };
        self.ready_to_ask().await?;
        let span = "SELECT MIN(seq), MAX(seq) FROM observation WHERE at >= ?1";
        let rows = self.read(Query::new(span, vec![since.into()])).await?;
        let Some(row) = rows.first() else { return Ok(under) };
        let (Some(begin), Some(end)) = (row.opt_int(0).map_err(broken)?, row.opt_int(1).map_err(broken)?) else {
            return Ok(under);
        };
        let newest = "SELECT seq FROM observation WHERE seq <= ?1 ORDER BY seq DESC LIMIT 1 OFFSET ?2";
        let rows = self.read(Query::new(newest, vec![end.into(), (MOST_TRIED - 1).into()])).await?;
        let cut = rows.first().map(|row| row.int(0)).transpose().map_err(broken)?.filter(|least| *least > begin);
        let begin = cut.unwrap_or(begin);
        let params: Vec<Param> = vec![begin.into(), end.into()];
        let rows =
            self.read(Query::new("SELECT COUNT(*) FROM observation WHERE seq >= ?1 AND seq <= ?2", params)).await?;
        let total = rows.first().map_or(Ok(0), |row| row.int(0)).map_err(broken)?;
        let whole = |n: i64| u64::try_from(n).map_err(|_| Refusal::Damaged);
        (under.next, under.end, under.total) = (whole(begin)?, whole(end)?, whole(total)?);
        under.tried.cut = cut.is_some();
        Ok(under)
    }

    /// Goes over the next observations; whether there are more.
    pub(crate) async fn try_on(&self, under: &mut UnderWay) -> Result<bool, Refusal> {
        if under.next > under.end {
            return Ok(false);
        }
        let mut seen = self.observations(under.next, STEP).await?;
        let last = seen.last().map(|judged| judged.of.seq);
        seen.retain(|judged| judged.of.seq <= under.end);
        let Some(last) = last else {
            under.next = under.end.saturating_add(1);
            return Ok(false);
        };
        under.tried.from = under.tried.from.or(seen.first().map(|judged| judged.of.at));
        under.tried.events += seen.len() as u64;
        under.tried.scored |= under.asks_scores && seen.iter().any(|judged| judged.scores.is_none());
        under.next = last.saturating_add(1);
        let (mut runs, mut place) = (std::mem::take(&mut under.runs), under.place);
        // Off the threads that answer others.
        let stepped = tokio::task::spawn_blocking(move || {
            for mut judged in seen {
                place += 1;
                judged.of.seq = place;
                runs.iter_mut().for_each(|run| run.step(&judged));
            }
            (runs, place)
        });
        (under.runs, under.place) = stepped.await.map_err(|error| {
            tracing::error!(%error, "a trial broke off");
            Refusal::Damaged
        })?;
        Ok(under.next <= under.end)
    }

    /// What came of it.
    pub(crate) async fn tried(&self, what: &ToTry, under: UnderWay) -> Result<Tried, Refusal> {
        let UnderWay { runs, name, since, own, mut tried, .. } = under;
        let [after, rest @ ..] = runs.as_slice() else { return Err(Refusal::Damaged) };
        let alerts = if what.name.is_some() { self.alerts_of_rule(&name).await? } else { vec![] };
        tried.hides_malicious = self.hides(&name, &what.filters, &alerts).await?.len() as u64;
        if let Some(before) = rest.first() {
            let gone = vanished(&alerts, since, &own, before, after);
            tried.vanished = gone.len() as u64;
            tried.vanish = gone.into_iter().take(MOST_SHOWN).collect();
            tried.before = Some(before.trial());
        }
        tried.after = after.trial();
        Ok(tried)
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
