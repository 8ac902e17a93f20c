//! Acts on a finding: checked by the pure state machine, kept with their event in one unit.

use access::path::{Change, Disclosed, Grant, Refusal};
use model::{FindingId, UnixMs, UserId};
use scan::track::{Act, Barred, Who};

use super::row::told;
use crate::Store;
use crate::company::barred;
use crate::identity::Told;
use crate::notices::{News, NoticeKind};

/// Act on a finding as it was read.
#[derive(Debug)]
pub struct ActOnFinding {
    pub id: FindingId,
    pub version: i64,
    pub act: Act,
}

impl ActOnFinding {
    pub(super) fn to(&self) -> Option<UserId> {
        match &self.act {
            Act::Assign { to, .. } => *to,
            _ => None,
        }
    }
    pub(super) fn until(&self) -> Option<UnixMs> {
        match &self.act {
            Act::Assign { due, .. } => *due,
            Act::Accept { until, .. } => Some(*until),
            _ => None,
        }
    }
    pub(super) fn agrees(&self) -> Option<bool> {
        match &self.act {
            Act::Consent { agree } => Some(*agree),
            _ => None,
        }
    }
}

/// What is not taken, as a refusal.
fn refusal_of(error: Barred) -> Refusal {
    let code = error.code();
    match error {
        Barred::Field(field, reason) => Refusal::invalid(field, "invalid_value", reason),
        Barred::NotOpen => barred(code, "it is closed or set aside"),
        Barred::IsOpen => barred(code, "it is open"),
        Barred::Waits => barred(code, "somebody asked that it be set aside, and a second person has not agreed yet"),
        Barred::NothingWaits => barred(code, "nothing waits for a second word"),
        Barred::OwnWord => barred(code, "whoever asked or claimed is not the second person"),
        Barred::NotFixed => barred(code, "nobody claimed that it is fixed"),
        Barred::ByScans => barred(code, "a scan found it, and the next scan verifies it"),
    }
}

impl Store {
    /// Does it; gives the version it has then.
    ///
    /// # Errors
    /// [`Refusal::NotFound`]; [`Refusal::Conflict`] for one that was changed since; [`Refusal::Barred`] and [`Refusal::Invalid`] by the state
    /// machine; recorded.
    pub async fn act_on_finding(&self, grant: Grant<ActOnFinding>) -> Result<Disclosed<i64>, Refusal> {
        match self.draft_finding(&grant).await {
            Ok((version, told, changes)) => grant.carry_out_telling(told, changes, version).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn draft_finding(&self, grant: &Grant<ActOnFinding>) -> Result<(i64, Vec<Told>, Vec<Change>), Refusal> {
        let (op, now) = (grant.operation(), grant.now());
        let who = Who { user: grant.caller().user, acts_for: grant.caller().on_behalf_of };
        let mut stored = self.finding(op.id).await?.ok_or(Refusal::NotFound)?;
        if stored.version != op.version {
            return Err(Refusal::Conflict);
        }
        let people = self.finding_people(now);
        if op.to().is_some_and(|to| !people.contains(&to)) {
            return Err(Refusal::invalid("user", "cannot_own_finding", "this person does not manage vulnerabilities"));
        }
        let rules = self.company().findings.clone();
        let owner = stored.tracked.owner;
        stored.tracked.act(&who, &op.act, now, &rules).map_err(refusal_of)?;
        let mut changes = vec![self.put_finding(&mut stored)?];
        let mut tells = vec![told([&stored])];
        let news = |kind| News::of(kind, now).about(op.id.as_bytes()).by(who.user).once_for(stored.version);
        let telling = match &op.act {
            Act::Assign { to: Some(to), .. } if owner != Some(*to) => {
                self.tell(&news(NoticeKind::FindingAssigned), [*to])
            }
            Act::Accept { .. } | Act::FalsePositive { .. } if stored.tracked.waits() => {
                self.tell(&news(NoticeKind::FindingConsent), people)
            }
            Act::Reopen { .. } => self.tell(&news(NoticeKind::FindingBack), owner),
            _ => crate::notices::Telling::default(),
        };
        telling.into_parts(&mut tells, &mut changes);
        Ok((stored.version, tells, changes))
    }
}
