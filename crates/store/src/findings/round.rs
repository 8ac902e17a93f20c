//! What the time does: what is past its date is told once, what was accepted until today is open again.
//!
//! Rule: each is one unit of the row that it is about, so that of two nodes one does it, and a crash repeats nothing.

use access::path::{Change, JournalError, Refusal};
use model::{Action, Channel, Decision, UnixMs};
use scan::track::Passed;
use serde_json::json;

use super::row::{Stored, told};
use crate::identity::Told;
use crate::notices::{News, NoticeKind};
use crate::proof::tables::FINDING;
use crate::{Query, Store};

/// Findings looked at in one round; the rest is by the next one.
const PART: i64 = 500;
const DAY_MS: i64 = 86_400_000;

/// What a round did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FindingRound {
    pub overdue: u64,
    pub expired: u64,
}

impl Store {
    /// Tells what is overdue, and opens again what was accepted until now.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`]: what was done until then is; the rest is by the next round.
    pub async fn pass_findings(&self, now: UnixMs) -> Result<FindingRound, Refusal> {
        let rules = self.company().findings.clone();
        let mut round = FindingRound::default();
        let condition = format!("next_at <= ?1 ORDER BY next_at, id LIMIT {PART}");
        let rows = self.read(Query::new(FINDING.select(&condition), vec![now.into()])).await?;
        // One that was altered beside the program is told by doctor; it stops no other.
        for mut stored in rows.iter().filter_map(|row| self.read_finding(row).ok()) {
            let Some(passed) = stored.tracked.pass(now, &rules) else { continue };
            let done = u64::from(self.keep_passed(&mut stored, passed, now).await?);
            match passed {
                Passed::Overdue => round.overdue += done,
                Passed::Expired => round.expired += done,
            }
        }
        Ok(round)
    }

    /// Whether it was done now; not, if another node did so at the same moment.
    async fn keep_passed(&self, stored: &mut Stored, passed: Passed, now: UnixMs) -> Result<bool, Refusal> {
        let mut changes: Vec<Change> = vec![self.put_finding(stored)?];
        let mut tells: Vec<Told> = vec![told([&*stored])];
        let (act, kind) = match passed {
            Passed::Overdue => ("finding.overdue", NoticeKind::FindingOverdue),
            Passed::Expired => ("finding.expire", NoticeKind::FindingBack),
        };
        let news = News::of(kind, now);
        let telling = match stored.tracked.owner {
            Some(owner) => self.tell(&news.about(stored.id.as_bytes()).once_for(stored.version), [owner]),
            // What is nobody's is told to all who manage findings, all of a day as one.
            None => self.tell(&news.once_for(now.0 / DAY_MS), self.finding_people(now)),
        };
        telling.into_parts(&mut tells, &mut changes);
        let detail = access::path::tell(json!({ "act": act, "finding": stored.id }), tells);
        let caller = Self::system_caller(Channel::Job, "findings", now);
        match self.gate.note(&caller, Action::FindingManage, Decision::Allowed, detail, changes).await {
            Ok(_) => Ok(true),
            Err(JournalError::Conflict { .. } | JournalError::Taken { .. }) => Ok(false),
            Err(JournalError::Failed { reason, .. }) => Err(Refusal::StoreUnavailable(reason)),
            Err(JournalError::Unavailable) => Err(Refusal::AuditUnavailable),
        }
    }
}
