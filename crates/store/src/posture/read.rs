//! How the instance stands, and how that went.

use access::path::{Disclosed, Grant, Refusal};
use govern::posture::{Check, Score, Seen, checks};
use model::{Directory, RecordId, UnixMs, UserId, UserKind, UserStatus};

use super::row::{Care, Run};
use super::{ListPostureOwners, ListPostureRuns, MOST_RUNS, ReadPosture};
use crate::Store;
use crate::audit::name_of;

/// A past look, as a list has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunCard {
    pub id: RecordId,
    pub at: UnixMs,
    /// `None` where the house looked by itself.
    pub by: Option<UserId>,
    pub by_name: Option<String>,
    pub score: Score,
    /// Of what each check saw, as the log has it.
    pub sha256: String,
}

/// What is put up with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaiverView {
    pub by: UserId,
    pub by_name: String,
    pub at: UnixMs,
    pub until: UnixMs,
    pub reason: String,
    pub second_name: Option<String>,
    /// `waiting`, `in_force` or `over`.
    pub state: &'static str,
}

/// A check, what it saw at the newest look, and who sees to it.
#[derive(Debug, Clone)]
pub struct CheckView {
    pub check: &'static Check,
    /// `None` where nobody looked yet, or the program has learnt it since.
    pub seen: Option<Seen>,
    pub owner: Option<UserId>,
    pub owner_name: Option<String>,
    pub due_at: Option<UnixMs>,
    pub waiver: Option<WaiverView>,
}

/// How the instance stands.
#[derive(Debug, Clone)]
pub struct PostureView {
    /// The newest look.
    pub run: Option<RunCard>,
    pub checks: Vec<CheckView>,
}

/// Somebody who can be named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostureOwner {
    pub id: UserId,
    pub name: String,
}

impl RunCard {
    pub(super) fn of(run: Run) -> Self {
        let Run { id, at, head } = run;
        Self {
            id: RecordId::from_bytes(id),
            at,
            by: head.by,
            by_name: head.by_name,
            score: head.score,
            sha256: head.sha256,
        }
    }
}

fn view(
    check: &'static Check,
    seen: Option<Seen>,
    care: Option<&Care>,
    directory: &Directory,
    now: UnixMs,
) -> CheckView {
    let kept = care.map(|c| &c.kept);
    let owner = kept.and_then(|k| k.owner);
    let waiver = kept.and_then(|k| k.waiver.as_ref()).map(|w| WaiverView {
        by: w.by,
        by_name: name_of(directory, w.by),
        at: w.at,
        until: w.until,
        reason: w.reason.clone(),
        second_name: w.second.map(|id| name_of(directory, id)),
        state: w.state(now),
    });
    CheckView {
        check,
        seen,
        owner,
        owner_name: owner.map(|id| name_of(directory, id)),
        due_at: kept.and_then(|k| k.due_at),
        waiver,
    }
}

impl Store {
    /// The newest look and all checks, without asking whether somebody may see them.
    pub(crate) async fn posture(&self, directory: &Directory, now: UnixMs) -> Result<PostureView, Refusal> {
        let (run, mut seen) = self.newest_posture_run().await?.map_or((None, vec![]), |(run, seen)| (Some(run), seen));
        let care = self.all_care().await?;
        let one = |check: &'static Check| {
            let at = seen.iter().position(|(id, _)| id == check.id);
            let seen = at.map(|n| seen.swap_remove(n).1);
            view(check, seen, care.iter().find(|c| c.name == check.id), directory, now)
        };
        let checks = checks().map(one).collect();
        Ok(PostureView { run: run.map(RunCard::of), checks })
    }

    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`]; [`Refusal::Damaged`] where the newest look was altered.
    pub async fn read_posture(&self, grant: Grant<ReadPosture>) -> Result<Disclosed<PostureView>, Refusal> {
        let engine = grant.engine().clone();
        match self.posture(engine.directory(), grant.now()).await {
            Ok(view) => grant.carry_out(vec![], view).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// # Errors
    /// [`Refusal::Invalid`] for the length; as [`Store::read_posture`].
    pub async fn list_posture_runs(&self, grant: Grant<ListPostureRuns>) -> Result<Disclosed<Vec<RunCard>>, Refusal> {
        let limit = grant.operation().limit;
        let listed = async {
            if !(1..=MOST_RUNS).contains(&limit) {
                return Err(Refusal::invalid("limit", "invalid_value", format!("1 to {MOST_RUNS}")));
            }
            Ok(self.posture_runs(limit).await?.into_iter().map(RunCard::of).collect())
        };
        match listed.await {
            Ok(runs) => grant.carry_out(vec![], runs).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// # Errors
    /// [`Refusal::AuditUnavailable`].
    pub async fn list_posture_owners(
        &self,
        grant: Grant<ListPostureOwners>,
    ) -> Result<Disclosed<Vec<PostureOwner>>, Refusal> {
        let company = self.company();
        let people = company.users.values().filter(|u| u.kind == UserKind::Person && u.status == UserStatus::Active);
        let mut people: Vec<PostureOwner> = people.map(|u| PostureOwner { id: u.id, name: u.name.clone() }).collect();
        people.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        grant.carry_out(vec![], people).await
    }
}
