//! Looking: by somebody, or by the house once a day; what is bad that was not is told to whoever sees to it.

use std::collections::BTreeSet;

use access::path::{Change, Disclosed, Grant, JournalError, Refusal};
use govern::posture::{Seen, State, look};
use govern::{Period, Unit};
use model::{Action, Channel, Decision, RecordId, UnixMs, UserId};
use serde_json::json;

use super::RunPosture;
use super::gather::Machine;
use super::read::RunCard;
use super::row::Run;
use crate::Store;
use crate::audit::name_of;
use crate::identity::Told;
use crate::ids::random;
use crate::notices::{News, NoticeKind};

/// What a round did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PostureRound {
    pub looked: bool,
    /// Checks that are bad and were not.
    pub worse: usize,
}

impl Store {
    /// What each check sees now.
    async fn look_now(&self, machine: Machine, now: UnixMs) -> Result<Vec<(String, Seen)>, Refusal> {
        let facts = self.posture_facts(machine, now).await?;
        Ok(look(&facts).into_iter().map(|(check, seen)| (check.id.to_owned(), seen)).collect())
    }

    /// Tells who sees to each check that is bad now and was not: because it got worse, or because what was put up with is over.
    async fn tell_worse(
        &self,
        seen: &[(String, Seen)],
        now: UnixMs,
        told: &mut Vec<Told>,
        changes: &mut Vec<Change>,
    ) -> Result<usize, Refusal> {
        let before = self.newest_posture_run().await?;
        let care = self.all_care().await?;
        let was_bad: BTreeSet<&str> = before
            .iter()
            .flat_map(|(_, seen)| seen)
            .filter(|(_, s)| s.state == State::Bad)
            .map(|(id, _)| id.as_str())
            .collect();
        let since = before.as_ref().map_or(now, |(run, _)| run.at);
        let mut worse = 0;
        let mut to: BTreeSet<UserId> = BTreeSet::new();
        for (id, _) in seen.iter().filter(|(_, s)| s.state == State::Bad) {
            let kept = care.iter().find(|c| c.name == *id).map(|c| &c.kept);
            let waiver = kept.and_then(|k| k.waiver.as_ref());
            let lapsed = waiver.is_some_and(|w| w.state(now) == "over" && w.until > since);
            // What is put up with is no news; the first look of all is told as a whole.
            if (was_bad.contains(id.as_str()) && !lapsed) || waiver.is_some_and(|w| w.state(now) == "in_force") {
                continue;
            }
            worse += 1;
            match kept.and_then(|k| k.owner) {
                Some(owner) => drop(to.insert(owner)),
                None => to.extend(self.holders_of(Action::PostureManage, now)),
            }
        }
        if worse > 0 {
            let news = News::of(NoticeKind::Posture, now).once_for(now.0);
            self.tell(&news, to).into_parts(told, changes);
        }
        Ok(worse)
    }

    /// Looks, and keeps what was seen.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`], [`Refusal::Damaged`]; recorded.
    pub async fn run_posture(&self, grant: Grant<RunPosture>, machine: Machine) -> Result<Disclosed<RunCard>, Refusal> {
        let (now, by) = (grant.now(), grant.caller().user);
        let name = name_of(grant.engine().directory(), by);
        let made = async {
            let seen = self.look_now(machine, now).await?;
            let id = random();
            let (insert, run, head) = self.insert_posture_run((id, now), Some((by, name)), &seen)?;
            let (mut told, mut changes) = (vec![run], vec![insert]);
            self.tell_worse(&seen, now, &mut told, &mut changes).await?;
            Ok((told, changes, RunCard::of(Run { id, at: now, head })))
        };
        match made.await {
            Ok((told, changes, card)) => grant.carry_out_telling(told, changes, card).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// Whether the look of the company's day was not taken yet.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`].
    pub async fn posture_due(&self, now: UnixMs) -> Result<bool, Refusal> {
        let (zone, _) = self.time_zone();
        let Some(day) = Period::now(Unit::Day, now, &zone) else { return Ok(false) };
        Ok(!self.has_posture_run(self.posture_of_day_id(&day.first.to_string())).await?)
    }

    /// The look of the company's day, if it was not taken yet. By whichever node: its id follows from the day.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`]: the next round goes on.
    pub async fn posture_of_day(&self, machine: Machine, now: UnixMs) -> Result<PostureRound, Refusal> {
        let (zone, _) = self.time_zone();
        let Some(day) = Period::now(Unit::Day, now, &zone) else { return Ok(PostureRound::default()) };
        let day = day.first.to_string();
        let id = self.posture_of_day_id(&day);
        if self.has_posture_run(id).await? {
            return Ok(PostureRound::default());
        }
        let seen = self.look_now(machine, now).await?;
        let (insert, run, _) = self.insert_posture_run((id, now), None, &seen)?;
        let (mut told, mut changes) = (vec![run], vec![insert]);
        let worse = self.tell_worse(&seen, now, &mut told, &mut changes).await?;
        let caller = Self::system_caller(Channel::Job, "posture", now);
        let detail =
            access::path::tell(json!({ "act": "posture.run", "day": day, "run": RecordId::from_bytes(id) }), told);
        match self.gate.note(&caller, Action::PostureManage, Decision::Allowed, detail, changes).await {
            Ok(_) => Ok(PostureRound { looked: true, worse }),
            Err(JournalError::Unavailable) => Err(Refusal::AuditUnavailable),
            // Another node was first: its row is there.
            Err(error) => match self.has_posture_run(id).await? {
                true => Ok(PostureRound::default()),
                false => Err(Refusal::StoreUnavailable(error.to_string())),
            },
        }
    }
}
