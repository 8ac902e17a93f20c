//! How often a person may see masked fields in the clear: 查看明文额度.
//!
//! Rule: every reveal that was carried out in the last 24 hours counts, through whichever node or channel; the log is what is
//! counted. Two at the same moment do not both take the last one: what this process let through counts before its event stands.

use std::collections::HashMap;

use access::path::{Disclosed, Grant, OnSystem, Operation, Refusal};
use model::{Action, Decision, UnixMs, UserId};
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::Store;
use crate::company::{Note, barred, operations};
use crate::sql::Sql;

/// Key of the setting.
pub(crate) const REVEALS: &str = "reveals";
/// Most that a company may allow a day.
const MOST: u32 = 100_000;

/// How often masked fields may be revealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RevealRules {
    /// Reveals of one person in 24 hours; `None` sets no limit.
    pub per_day: Option<u32>,
}

impl Default for RevealRules {
    fn default() -> Self {
        Self { per_day: Some(100) }
    }
}

#[derive(Debug)]
pub struct ChangeRevealRules {
    pub rules: RevealRules,
    pub note: Note,
}

#[derive(Debug)]
pub struct ReadRevealRules;

/// How much is left to the caller.
#[derive(Debug)]
pub struct CountReveals;

operations! {
    ChangeRevealRules: SettingManage, |op| json!({ "act": "reveal_rules.change", "old": op.note.get(), "new": op.rules });
    ReadRevealRules: SettingManage, |_op| json!({ "act": "reveal_rules.read" });
    CountReveals: SelfRead, |_op| json!({ "act": "reveal.count" });
}

/// The answer to [`CountReveals`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RevealsLeft {
    pub per_day: Option<u32>,
    /// `None` where there is no limit.
    pub left: Option<u32>,
}

/// What this process let through in the last 24 hours, oldest first.
#[derive(Debug, Default)]
pub(crate) struct LetThrough(Mutex<HashMap<UserId, Vec<UnixMs>>>);

impl LetThrough {
    /// Takes one of what is left, if any is. `logged` is what the log told before.
    fn take(&self, user: UserId, now: UnixMs, logged: u32, most: u32) -> bool {
        let mut all = self.0.lock();
        let since = now.plus_days(-1);
        all.retain(|_, times| {
            times.retain(|at| *at > since);
            !times.is_empty()
        });
        let mine = all.entry(user).or_default();
        let used = logged.max(u32::try_from(mine.len()).unwrap_or(u32::MAX));
        let free = used < most;
        if free {
            mine.push(now);
        }
        free
    }
}

impl Store {
    /// Takes one reveal of the caller's day.
    ///
    /// # Errors
    /// [`Refusal::Barred`] `reveal_quota`; [`Refusal::StoreUnavailable`].
    pub(super) async fn take_reveal(&self, user: UserId, now: UnixMs) -> Result<(), Refusal> {
        let Some(most) = self.company().reveal_rules.per_day else { return Ok(()) };
        let logged = self.revealed(user, now).await?;
        if self.company.reveals.take(user, now, logged, most) {
            return Ok(());
        }
        Err(barred("reveal_quota", format!("{most} of {most} in 24 hours are used")))
    }

    /// Reveals of the last 24 hours by the log.
    async fn revealed(&self, user: UserId, now: UnixMs) -> Result<u32, Refusal> {
        self.ready_to_ask().await?;
        let mut sql = Sql::new(self.db.dialect(), "SELECT COUNT(*) FROM event e WHERE e.actor = ");
        sql.bind(user).push(" AND e.at > ").bind(now.plus_days(-1));
        sql.push(" AND e.action = ").bind(i64::from(Action::Reveal.code()));
        sql.push(" AND e.decision = ").bind(i64::from(Decision::Allowed.code()));
        Ok(u32::try_from(self.one_number(sql).await?).unwrap_or(u32::MAX))
    }

    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn count_reveals(&self, grant: Grant<CountReveals>) -> Result<Disclosed<RevealsLeft>, Refusal> {
        let per_day = self.company().reveal_rules.per_day;
        let left = match per_day {
            None => None,
            Some(most) => match self.revealed(grant.caller().user, grant.now()).await {
                Ok(used) => Some(most.saturating_sub(used)),
                Err(refusal) => return Err(grant.refuse_system(refusal).await),
            },
        };
        grant.carry_out(vec![], RevealsLeft { per_day, left }).await
    }

    /// # Errors
    /// [`Refusal::AuditUnavailable`].
    pub async fn read_reveal_rules(&self, grant: Grant<ReadRevealRules>) -> Result<Disclosed<RevealRules>, Refusal> {
        let rules = self.company().reveal_rules;
        grant.carry_out(vec![], rules).await
    }

    /// # Errors
    /// [`Refusal::Invalid`], and as every change.
    pub async fn change_reveal_rules(&self, grant: Grant<ChangeRevealRules>) -> Result<Disclosed<()>, Refusal> {
        self.change_company(grant, |grant, draft| {
            let ChangeRevealRules { rules, note } = grant.operation();
            if rules.per_day.is_some_and(|n| !(1..=MOST).contains(&n)) {
                return Err(Refusal::invalid("per_day", "invalid_value", "1 to 100,000 a day"));
            }
            note.set(json!(draft.from.reveal_rules));
            draft.next.reveal_rules = *rules;
            draft.set(REVEALS, rules)
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_one_of_a_day_is_taken_once_and_comes_back_a_day_later() {
        let (through, user, now) = (LetThrough::default(), UserId(uuid::Uuid::nil()), UnixMs(1_000_000_000_000));
        assert!(through.take(user, now, 1, 3), "one in the log");
        assert!(through.take(user, now, 1, 3), "the log may not tell of the one before yet");
        assert!(through.take(user, now, 2, 3) && !through.take(user, now, 2, 3) && !through.take(user, now, 3, 3));
        assert!(through.take(user, now.plus_days(1), 0, 3));
    }
}
