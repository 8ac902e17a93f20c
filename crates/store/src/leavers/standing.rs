//! What is still the leaver's, in numbers: the handover, and what ends with it.

use access::path::Refusal;
use model::policy::{Effect, Principals};
use model::{UnixMs, UserKind, UserStatus};

use super::row::{Leaver, LeaverState};
use crate::Store;

/// What stands in the way of closing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unmet {
    /// No verdict stands.
    Verdict,
    /// The account is not disabled.
    Account,
    /// Records are still theirs, or a handover is under way.
    Handover,
}

impl Unmet {
    /// The code of the refusal.
    pub const fn code(self) -> &'static str {
        match self {
            Unmet::Verdict => "leaver_unjudged",
            Unmet::Account => "leaver_account_active",
            Unmet::Handover => "leaver_not_handed_over",
        }
    }
    pub(super) const fn reason(self) -> &'static str {
        match self {
            Unmet::Verdict => "no verdict was given yet",
            Unmet::Account => "the account is not disabled",
            Unmet::Handover => "records are still theirs, or a handover is under way",
        }
    }
}

/// What is still the leaver's.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    pub account_active: bool,
    /// `none`, `running`, `done`, `left` where records were left over, or its outcome is unknown.
    pub handover: &'static str,
    /// Records they own.
    pub owned: i64,
    /// Shares they gave and hold.
    pub shares_given: i64,
    pub shares_held: i64,
    pub sessions: i64,
    pub tokens: i64,
    /// Rights for a time that are in force.
    pub grants: i64,
    /// People who report to them, and programs they answer for.
    pub reports: i64,
    pub services: i64,
    /// Pools that name them.
    pub pools: i64,
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

impl Store {
    pub(super) async fn standing_of(&self, leaver: &Leaver, now: UnixMs) -> Result<Standing, Refusal> {
        let estate = self.estate_of(leaver.subject, now).await?;
        let company = self.company();
        let handover = match estate.handovers.first() {
            None => "none",
            Some(h) if h.ended_at.is_none() => "running",
            Some(h) if h.left == Some(0) => "done",
            Some(_) => "left",
        };
        let own = Principals::User(leaver.subject);
        let grants = company.policy.policy.rows.iter().filter(|row| {
            row.who == own && row.effect == Effect::Permit && row.valid_until.is_none_or(|until| until > now)
        });
        let kind = |id: &model::UserId| company.users.get(id).map(|u| u.kind);
        let people = estate.reports.iter().filter(|id| kind(id) == Some(UserKind::Person)).count();
        Ok(Standing {
            account_active: company.users.get(&leaver.subject).is_some_and(|u| u.status == UserStatus::Active),
            handover,
            owned: estate.owned.iter().map(|(_, n)| n).sum(),
            shares_given: estate.shares_given,
            shares_held: estate.shares_held,
            sessions: estate.sessions,
            tokens: estate.tokens,
            grants: count(grants.count()),
            reports: count(people),
            services: count(estate.reports.len().saturating_sub(people)),
            pools: count(estate.pools.len()),
        })
    }
}

/// What stands in the way of closing; nothing of what is over.
pub(super) fn unmet(leaver: &Leaver, standing: &Standing) -> Vec<Unmet> {
    let mut all = vec![];
    if !leaver.state.is_watched() {
        return all;
    }
    if leaver.state == LeaverState::Open {
        all.push(Unmet::Verdict);
    }
    if standing.account_active {
        all.push(Unmet::Account);
    }
    if standing.owned > 0 || standing.handover == "running" {
        all.push(Unmet::Handover);
    }
    all
}
