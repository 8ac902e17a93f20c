//! What the house does by itself: courses are given to whoever must take them, renewed before they run out, and people are reminded;
//! nobody is held to the date of a course that was withdrawn.
//!
//! Rule: each step is one unit of the row that it is about, so that of two nodes one does it, and a crash repeats nothing.

use std::collections::HashMap;

use access::path::{Change, JournalError, Refusal};
use model::{Action, Channel, Decision, UnixMs, User, UserId};
use serde_json::json;

use super::catalogue::offered;
use super::row::{Given, Taken, told};
use super::rules::learns;
use crate::Store;
use crate::identity::Told;

const DAY_MS: i64 = 86_400_000;
/// A date is taken away; nobody is told.
const DROP: &str = "training.drop";
/// Days before a course runs out from which it is to be taken again.
const RENEWED_BEFORE: i64 = 30;
/// A reminder comes so many days before the date, and the last on the day after it.
const REMINDED_BEFORE: [i64; 3] = [7, 1, -1];

/// What a round did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TrainingRound {
    pub given: u64,
    pub reminded: u64,
    /// Dates of courses that were withdrawn.
    pub dropped: u64,
}

/// What is to be done about somebody's course.
enum Step {
    Give(Given, UnixMs),
    Remind(u8),
}

fn step(taken: Option<&Taken>, now: UnixMs, due_days: u32) -> Option<Step> {
    let Some(taken) = taken else { return Some(Step::Give(Given::Required, now.plus_days(i64::from(due_days)))) };
    if let Some(due) = taken.due_at {
        let passed = REMINDED_BEFORE.iter().filter(|days| now.0 >= due.0 - **days * DAY_MS).count();
        let reached = u8::try_from(passed).unwrap_or(u8::MAX);
        return (reached > taken.body.reminded).then_some(Step::Remind(reached));
    }
    match taken.valid_until {
        None => Some(Step::Give(Given::Required, now.plus_days(i64::from(due_days)))),
        // Due when it runs out; where nobody was told in time, a little later.
        Some(until) if now >= until.plus_days(-RENEWED_BEFORE) => {
            Some(Step::Give(Given::Renewal, until.max(now.plus_days(7))))
        }
        Some(_) => None,
    }
}

impl Store {
    /// Gives courses and reminds. Whatever happens in between, nobody is given or told the same thing twice.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`]: what was done until then is; the rest is by the next round.
    pub async fn train(&self, now: UnixMs) -> Result<TrainingRound, Refusal> {
        let company = self.company();
        let rules = company.training.clone();
        let mut by_user: HashMap<UserId, Vec<Taken>> = HashMap::new();
        for taken in self.taken_by_all().await? {
            by_user.entry(taken.user).or_default().push(taken);
        }
        let mut round = TrainingRound::default();
        let mut people: Vec<&User> = company.users.values().filter(|u| learns(u)).collect();
        people.sort_by_key(|u| u.id);
        let none = vec![];
        let heads = offered(&company.courses);
        for user in people {
            let taken = by_user.get(&user.id).unwrap_or(&none);
            let required: Vec<&str> =
                if rules.on { rules.of(user, &heads).map(|c| c.id.as_str()).collect() } else { vec![] };
            for course in &heads {
                let kept = taken.iter().find(|t| t.course == course.id);
                let due = kept.is_some_and(|t| t.due_at.is_some());
                if !due && !required.contains(&course.id.as_str()) {
                    continue;
                }
                let Some(step) = step(kept, now, rules.due_days) else { continue };
                let mut row = match kept {
                    Some(taken) => taken.clone(),
                    None => self.new_taken(user.id, &course.id, Given::Required, now),
                };
                let gives = match step {
                    Step::Give(why, due) => {
                        row.body.why = why;
                        row.body.reminded = 0;
                        row.body.given_at = Some(now);
                        row.due_at = Some(due);
                        true
                    }
                    Step::Remind(reached) => {
                        row.body.reminded = reached;
                        false
                    }
                };
                let act = if gives { "training.give" } else { "training.remind" };
                let done = u64::from(self.step_taken(row, act, now).await?);
                if gives {
                    round.given += done;
                } else {
                    round.reminded += done;
                }
            }
            let gone = |t: &&Taken| t.due_at.is_some() && !heads.iter().any(|h| h.id == t.course);
            for taken in taken.iter().filter(gone) {
                let mut row = taken.clone();
                row.due_at = None;
                row.body.reminded = 0;
                round.dropped += u64::from(self.step_taken(row, DROP, now).await?);
            }
        }
        Ok(round)
    }

    /// Whether it was done now; not, if another node did so at the same moment.
    async fn step_taken(&self, mut row: Taken, act: &'static str, now: UnixMs) -> Result<bool, Refusal> {
        let user = row.user;
        let mut changes: Vec<Change> = vec![self.put_taken(&mut row)?];
        let mut told: Vec<Told> = vec![told([&row])];
        if act != DROP {
            self.remind(&row, now, [user]).into_parts(&mut told, &mut changes);
        }
        let detail = json!({ "act": act, "user": user, "course": row.course, "due": row.due_at, "why": row.body.why });
        let caller = Self::system_caller(Channel::Job, "training", now);
        let detail = access::path::tell(detail, told);
        match self.gate.note(&caller, Action::TrainingManage, Decision::Allowed, detail, changes).await {
            Ok(_) => Ok(true),
            Err(JournalError::Conflict { .. } | JournalError::Taken { .. }) => Ok(false),
            Err(JournalError::Failed { reason, .. }) => Err(Refusal::StoreUnavailable(reason)),
            Err(JournalError::Unavailable) => Err(Refusal::AuditUnavailable),
        }
    }
}
