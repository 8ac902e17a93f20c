//! The programme with its calendar.

use std::collections::HashSet;

use access::path::{Disclosed, Grant, Refusal};
use govern::programme::{Cycle, Slot, SlotState, Span, calendar};
use model::{Directory, UnixMs, UserId};

use super::registry::{ACTIVITIES, Activity};
use super::rules::{Entry, Kept, Programme};
use crate::Store;
use crate::audit::name_of;

/// Ask for the programme.
#[derive(Debug)]
pub struct ReadProgramme;

/// Somebody's word on why something was skipped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExcuseView {
    pub first: String,
    pub reason: String,
    pub by_name: String,
    pub at: UnixMs,
}

/// An activity, as the company does it, and how its cycles went.
#[derive(Debug, Clone)]
pub struct ActivityView {
    pub activity: &'static Activity,
    pub entry: Entry,
    pub since: UnixMs,
    pub owner_name: Option<String>,
    /// Newest first; none while it is off.
    pub slots: Vec<Slot>,
    pub excuses: Vec<ExcuseView>,
}

/// All of it.
#[derive(Debug, Clone)]
pub struct ProgrammeView {
    pub activities: Vec<ActivityView>,
    /// Who can be named.
    pub people: Vec<(UserId, String)>,
}

/// Cycles that are shown.
const fn most(cycle: Cycle) -> usize {
    match cycle {
        Cycle::Day => 31,
        Cycle::Week => 13,
        Cycle::Month => 12,
        Cycle::Quarter => 8,
        Cycle::Year => 5,
    }
}

impl Store {
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`]; recorded.
    pub async fn read_programme(&self, grant: Grant<ReadProgramme>) -> Result<Disclosed<ProgrammeView>, Refusal> {
        let engine = grant.engine().clone();
        match self.programme(engine.directory(), grant.now()).await {
            Ok(view) => grant.carry_out(vec![], view).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    pub(crate) async fn programme(&self, directory: &Directory, now: UnixMs) -> Result<ProgrammeView, Refusal> {
        self.ready_to_ask().await?;
        let programme = self.company().programme.clone();
        let began = self.log_began_at(now).await?;
        let mut activities = vec![];
        for activity in ACTIVITIES {
            let Some(kept) = programme.of(activity.id, began) else { continue };
            activities.push(self.activity_view(activity, kept, &programme, (began, now), directory).await?);
        }
        let company = self.company();
        let at_work = |u: &&model::User| u.kind == model::UserKind::Person && u.status == model::UserStatus::Active;
        let mut people: Vec<_> = company.users.values().filter(at_work).map(|u| (u.id, u.name.clone())).collect();
        people.sort_by(|a, b| (&a.1, a.0).cmp(&(&b.1, b.0)));
        Ok(ProgrammeView { activities, people })
    }

    async fn activity_view(
        &self,
        activity: &'static Activity,
        Kept { entry, since }: Kept,
        programme: &Programme,
        (began, now): Span,
        directory: &Directory,
    ) -> Result<ActivityView, Refusal> {
        let since = since.max(began);
        let slots =
            if entry.on { self.slots_of(activity, entry.cycle, (since, now), directory).await? } else { vec![] };
        let excuse = |e: &super::rules::Excuse| ExcuseView {
            first: e.first.clone(),
            reason: e.reason.clone(),
            by_name: name_of(directory, e.by),
            at: e.at,
        };
        let excuses = programme.excuses.iter().filter(|e| e.activity == activity.id).map(excuse).collect();
        let owner_name = entry.owner.map(|id| name_of(directory, id));
        Ok(ActivityView { activity, entry, since, owner_name, slots, excuses })
    }

    async fn slots_of(
        &self,
        activity: &'static Activity,
        cycle: Cycle,
        (since, now): Span,
        directory: &Directory,
    ) -> Result<Vec<Slot>, Refusal> {
        let (zone, _) = self.time_zone();
        let most = most(cycle);
        let bare = calendar(cycle, (since, now), &zone, &[], |_| true, most);
        let Some(from) = bare.last().map(|s| s.from) else { return Ok(vec![]) };
        let done = self.done_of(activity, (from, UnixMs(now.0.saturating_add(1))), directory).await?;
        let slots = calendar(cycle, (since, now), &zone, &done, |_| true, most);
        let mut off: HashSet<Span> = HashSet::new();
        for slot in slots.iter().filter(|s| s.state == SlotState::Skipped) {
            if !self.was_at_work((slot.from, slot.until)).await? {
                off.insert((slot.from, slot.until));
            }
        }
        Ok(calendar(cycle, (since, now), &zone, &done, |span| !off.contains(&span), most))
    }
}
