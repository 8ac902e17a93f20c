//! Findings as those see them who may: a list, one in full, scans, and how it goes.

use std::collections::BTreeMap;

use access::path::{Disclosed, Grant, Refusal};
use model::{FindingId, ScanId, Severity, UnixMs, UserId};
use scan::track::{Aside, State, Step, Tracked};
use scan::{Finding, Week};

use super::MOST_LISTED;
use super::row::{ScanView, Stored};
use crate::audit::name_of;
use crate::proof::tables::{FINDING, FINDING_SCAN};
use crate::sql::Sql;
use crate::{Query, Store};

const MOST_WEEKS: u32 = 104;

/// Findings, the gravest first.
#[derive(Debug, Clone, Default)]
pub struct ListFindings {
    /// Of these states; of all where empty.
    pub states: Vec<State>,
    pub severity: Option<Severity>,
    pub asset: Option<String>,
    pub owner: Option<UserId>,
    pub overdue: bool,
    /// Only those that wait for a second person.
    pub waits: bool,
    pub limit: usize,
    /// What a page before gave.
    pub after: Option<String>,
}

#[derive(Debug)]
pub struct ShowFinding {
    pub id: FindingId,
}

/// Scans that were taken in, newest first.
#[derive(Debug, Clone, Default)]
pub struct ListScans {
    pub limit: usize,
    pub after: Option<String>,
}

/// Who manages findings.
#[derive(Debug)]
pub struct ListFindingPeople;

/// How it goes.
#[derive(Debug)]
pub struct MeasureFindings {
    pub weeks: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingPerson {
    pub id: UserId,
    pub name: String,
}

/// A finding in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingCard {
    pub id: FindingId,
    pub title: String,
    pub rule: String,
    pub ids: Vec<String>,
    pub severity: Severity,
    pub state: State,
    pub asset: String,
    pub tool: String,
    pub part: String,
    pub location: String,
    pub owner: Option<FindingPerson>,
    pub found_at: UnixMs,
    pub seen_at: UnixMs,
    pub due_at: Option<UnixMs>,
    pub overdue: bool,
    /// For a second person.
    pub waits: bool,
    /// Of what is accepted.
    pub until: Option<UnixMs>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingsPage {
    pub items: Vec<FindingCard>,
    pub next: Option<String>,
}

/// A line of the history, with names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepLine {
    pub step: Step,
    pub by: Option<String>,
    pub to: Option<String>,
}

/// A finding in full.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingView {
    pub card: FindingCard,
    pub version: i64,
    pub finding: Finding,
    pub opened_at: UnixMs,
    pub scan: ScanId,
    /// Where people raised it.
    pub raised: Option<scan::track::Raised>,
    pub aside: Option<(Aside, String, Option<String>)>,
    pub history: Vec<StepLine>,
    /// Whether the reader may act on it.
    pub manages: bool,
    /// Whether the reader's word would set it aside.
    pub may_consent: bool,
    /// The longest time for which it can be accepted, in days.
    pub accept_days: u32,
    /// Whether setting it aside takes a second person.
    pub takes_two: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScansPage {
    pub items: Vec<ScanView>,
    pub next: Option<String>,
}

/// An asset, and how it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssetLine {
    pub asset: String,
    /// In the order of [`Severity::ALL`].
    pub open: [u64; 5],
    pub overdue: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingsFigures {
    /// Open now, in the order of [`Severity::ALL`].
    pub open: [u64; 5],
    pub overdue: u64,
    pub waits: u64,
    pub accepted: u64,
    pub assets: Vec<AssetLine>,
    pub weeks: Vec<Week>,
    pub median_days: [Option<i64>; 5],
    pub mended: [u64; 5],
}

fn bad_cursor() -> Refusal {
    Refusal::invalid("cursor", "invalid_value", "not a place in this list")
}

fn card(store: &Store, id: FindingId, t: &Tracked, now: UnixMs) -> FindingCard {
    let f = &t.finding;
    FindingCard {
        id,
        title: f.title.clone(),
        rule: f.rule.clone(),
        ids: f.ids.clone(),
        severity: f.severity,
        state: t.state,
        asset: t.asset.clone(),
        tool: t.tool.clone(),
        part: f.part.clone(),
        location: f.location.clone(),
        owner: t.owner.map(|id| FindingPerson { id, name: name_of(&store.directory(), id) }),
        found_at: t.found_at,
        seen_at: t.seen_at,
        due_at: t.due_at,
        overdue: t.is_overdue(now),
        waits: t.waits(),
        until: t.aside.as_ref().filter(|a| a.in_force).and_then(|a| a.until),
    }
}

impl Store {
    /// # Errors
    /// [`Refusal::Invalid`] for the cursor; [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn list_findings(&self, grant: Grant<ListFindings>) -> Result<Disclosed<FindingsPage>, Refusal> {
        match self.page_of_findings(grant.operation(), grant.now()).await {
            Ok(page) => grant.carry_out(vec![], page).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn page_of_findings(&self, op: &ListFindings, now: UnixMs) -> Result<FindingsPage, Refusal> {
        let limit = op.limit.clamp(1, MOST_LISTED);
        let mut sql = Sql::new(self.db.dialect(), &FINDING.select("1 = 1"));
        if !op.states.is_empty() {
            sql.push(" AND state IN ").bind_list(op.states.iter().map(|s| s.as_str()));
        }
        if let Some(severity) = op.severity {
            sql.push(" AND severity = ").bind(severity.rank());
        }
        if let Some(asset) = &op.asset {
            sql.push(" AND asset = ").bind(asset.as_str());
        }
        if let Some(owner) = op.owner {
            sql.push(" AND owner = ").bind(owner);
        }
        if op.overdue {
            sql.push(" AND due_at < ").bind(now);
        }
        if op.waits {
            sql.push(" AND waits = 1");
        }
        if let Some(after) = &op.after {
            let mut parts = after.splitn(3, '.');
            let mut number = || parts.next().and_then(|p| p.parse::<i64>().ok()).ok_or_else(bad_cursor);
            let (severity, at) = (number()?, number()?);
            let id = parts.next().and_then(|p| p.parse::<FindingId>().ok()).ok_or_else(bad_cursor)?;
            sql.push(" AND (severity, found_at, id) < (").bind(severity).push(", ").bind(at).push(", ");
            sql.bind(id).push(")");
        }
        let most = i64::try_from(limit).unwrap_or(50).saturating_add(1);
        sql.push(" ORDER BY severity DESC, found_at DESC, id DESC LIMIT ").bind(most);
        let rows = self.read(sql.finish()).await?;
        let more = rows.len() > limit;
        // One that was altered beside the program is left out: doctor tells of it.
        let mut found: Vec<Stored> = rows.iter().filter_map(|row| self.read_finding(row).ok()).collect();
        found.truncate(limit);
        let cursor = |s: &Stored| format!("{}.{}.{}", s.tracked.finding.severity.rank(), s.tracked.found_at.0, s.id);
        let next = found.last().filter(|_| more).map(cursor);
        Ok(FindingsPage { items: found.iter().map(|s| card(self, s.id, &s.tracked, now)).collect(), next })
    }

    /// # Errors
    /// [`Refusal::NotFound`], recorded; [`Refusal::Damaged`].
    pub async fn show_finding(&self, grant: Grant<ShowFinding>) -> Result<Disclosed<FindingView>, Refusal> {
        let made = async {
            let stored = self.finding(grant.operation().id).await?.ok_or(Refusal::NotFound)?;
            Ok(self.view_of_finding(stored, grant.caller(), grant.now()))
        };
        match made.await {
            Ok(view) => grant.carry_out(vec![], view).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    fn view_of_finding(&self, stored: Stored, caller: &model::Caller, now: UnixMs) -> FindingView {
        let directory = self.directory();
        let rules = self.company().findings.clone();
        let manages = self.gate().would_admit_system(caller, model::Action::FindingManage);
        let card = card(self, stored.id, &stored.tracked, now);
        let Tracked { finding, opened_at, scan, raised, aside, history, .. } = stored.tracked;
        let mine = [Some(caller.user), caller.on_behalf_of];
        let own = |a: &Aside| mine.contains(&Some(a.by)) || (a.by_for.is_some() && mine.contains(&a.by_for));
        let may_consent = manages && aside.as_ref().is_some_and(|a| !a.in_force && !own(a));
        let name = |id: UserId| name_of(&directory, id);
        let line = |step: Step| StepLine { by: step.by.map(name), to: step.to.map(name), step };
        FindingView {
            takes_two: rules.second_from <= finding.severity,
            card,
            version: stored.version,
            finding,
            opened_at,
            scan,
            raised,
            aside: aside.map(|a| {
                let (by, second) = (name(a.by), a.consented.map(name));
                (a, by, second)
            }),
            history: history.into_iter().map(line).collect(),
            manages,
            may_consent,
            accept_days: rules.accept_days,
        }
    }

    /// # Errors
    /// [`Refusal::Invalid`] for the cursor; [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn list_scans(&self, grant: Grant<ListScans>) -> Result<Disclosed<ScansPage>, Refusal> {
        match self.page_of_scans(grant.operation()).await {
            Ok(page) => grant.carry_out(vec![], page).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn page_of_scans(&self, op: &ListScans) -> Result<ScansPage, Refusal> {
        let limit = op.limit.clamp(1, MOST_LISTED);
        let mut sql = Sql::new(self.db.dialect(), &FINDING_SCAN.select("1 = 1"));
        if let Some(after) = &op.after {
            let (at, id) = after.split_once('.').ok_or_else(bad_cursor)?;
            let at: i64 = at.parse().map_err(|_| bad_cursor())?;
            let id: ScanId = id.parse().map_err(|_| bad_cursor())?;
            sql.push(" AND (at, id) < (").bind(at).push(", ").bind(id).push(")");
        }
        let most = i64::try_from(limit).unwrap_or(50).saturating_add(1);
        sql.push(" ORDER BY at DESC, id DESC LIMIT ").bind(most);
        let rows = self.read(sql.finish()).await?;
        let more = rows.len() > limit;
        let directory = self.directory();
        let mut found: Vec<_> = rows.iter().filter_map(|row| self.read_scan(row).ok()).collect();
        found.truncate(limit);
        let next = found.last().filter(|_| more).map(|s| format!("{}.{}", s.at.0, s.id));
        let view = |s: super::row::StoredScan| {
            let by = name_of(&directory, s.body.by);
            s.view(by)
        };
        Ok(ScansPage { items: found.into_iter().map(view).collect(), next })
    }

    /// # Errors
    /// [`Refusal::AuditUnavailable`].
    pub async fn list_finding_people(
        &self,
        grant: Grant<ListFindingPeople>,
    ) -> Result<Disclosed<Vec<FindingPerson>>, Refusal> {
        let directory = self.directory();
        let person = |id: UserId| FindingPerson { id, name: name_of(&directory, id) };
        let all = self.finding_people(grant.now()).into_iter().map(person).collect();
        grant.carry_out(vec![], all).await
    }

    /// # Errors
    /// [`Refusal::Invalid`] for the weeks; [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn measure_findings(&self, grant: Grant<MeasureFindings>) -> Result<Disclosed<FindingsFigures>, Refusal> {
        match self.figures_of_findings(grant.operation().weeks, grant.now()).await {
            Ok(figures) => grant.carry_out(vec![], figures).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn figures_of_findings(&self, weeks: u32, now: UnixMs) -> Result<FindingsFigures, Refusal> {
        if !(1..=MOST_WEEKS).contains(&weeks) {
            return Err(Refusal::invalid("weeks", "invalid_value", format!("1 to {MOST_WEEKS}")));
        }
        let rows = self.read(Query::new(FINDING.select("1 = 1 ORDER BY id"), vec![])).await?;
        let all: Vec<Stored> = rows.iter().filter_map(|row| self.read_finding(row).ok()).collect();
        let mut figures = FindingsFigures {
            open: [0; 5],
            overdue: 0,
            waits: 0,
            accepted: 0,
            assets: vec![],
            weeks: vec![],
            median_days: [None; 5],
            mended: [0; 5],
        };
        let mut assets: BTreeMap<&str, AssetLine> = BTreeMap::new();
        for t in all.iter().map(|s| &s.tracked) {
            let new = || AssetLine { asset: t.asset.clone(), open: [0; 5], overdue: 0 };
            let asset = assets.entry(&t.asset).or_insert_with(new);
            let overdue = u64::from(t.is_overdue(now));
            figures.overdue += overdue;
            asset.overdue += overdue;
            figures.waits += u64::from(t.waits());
            figures.accepted += u64::from(t.state == State::Accepted);
            if t.state.is_open() {
                let place = usize::try_from(t.finding.severity.rank()).unwrap_or(0);
                for open in [figures.open.get_mut(place), asset.open.get_mut(place)].into_iter().flatten() {
                    *open += 1;
                }
            }
        }
        let spans = all.iter().map(|s| (s.tracked.finding.severity, s.tracked.spans.as_slice()));
        let measured = scan::measure(spans, now, weeks);
        figures.assets = assets.into_values().collect();
        (figures.weeks, figures.median_days, figures.mended) = (measured.weeks, measured.median_days, measured.mended);
        Ok(figures)
    }
}
