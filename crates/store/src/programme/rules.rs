//! What the company says of its programme: how often, by whom, how, and why something was skipped.

use access::path::{Disclosed, Grant, Refusal};
use govern::programme::Cycle;
use model::{UnixMs, UserId, UserStatus};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::registry::{ACTIVITIES, activity};
use crate::Store;
use crate::company::Note;

/// Key of the setting.
pub(crate) const PROGRAMME: &str = "programme";
/// Characters of a scope or a method.
const MOST_TEXT: usize = 500;
/// Words on what was skipped that are kept.
const MOST_EXCUSES: usize = 500;

/// One activity as the company does it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    pub activity: String,
    pub on: bool,
    pub cycle: Cycle,
    pub owner: Option<UserId>,
    /// What it covers, in the company's words.
    pub scope: String,
    /// How it is done, in the company's words.
    pub method: String,
}

/// An entry, and since when it is asked for like that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Kept {
    pub(crate) entry: Entry,
    pub(crate) since: UnixMs,
}

/// Why something was skipped, in somebody's words. It does not make it done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Excuse {
    pub(crate) activity: String,
    /// The first day of the cycle.
    pub(crate) first: String,
    pub(crate) reason: String,
    pub(crate) by: UserId,
    pub(crate) at: UnixMs,
}

/// The programme.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Programme {
    pub(crate) entries: Vec<Kept>,
    pub(crate) excuses: Vec<Excuse>,
}

impl Programme {
    /// The activity as it is done; as it ships, where the company has not said. `began` is when the company did.
    pub(crate) fn of(&self, id: &str, began: UnixMs) -> Option<Kept> {
        let shipped = || {
            let a = activity(id)?;
            let entry = Entry {
                activity: a.id.to_owned(),
                on: true,
                cycle: a.cycle,
                owner: None,
                scope: String::new(),
                method: String::new(),
            };
            Some(Kept { entry, since: began })
        };
        self.entries.iter().find(|k| k.entry.activity == id).cloned().or_else(shipped)
    }
}

#[derive(Debug)]
pub struct ChangeProgramme {
    pub entries: Vec<Entry>,
    pub note: Note,
}

/// Say why something was skipped.
#[derive(Debug)]
pub struct ExcuseSkip {
    pub activity: String,
    /// The first day of the cycle, `YYYY-MM-DD`.
    pub first: String,
    pub reason: String,
}

fn fits(text: &str) -> bool {
    text.chars().count() <= MOST_TEXT && !text.chars().any(|c| c.is_control() && c != '\n')
}

impl Store {
    fn check_entries(&self, entries: &[Entry]) -> Result<(), Refusal> {
        let wrong = |n: usize, field: &str, code: &'static str, reason: &str| {
            Err(Refusal::invalid(&format!("entries.{n}.{field}"), code, reason))
        };
        if entries.len() > ACTIVITIES.len() {
            return Err(Refusal::invalid("entries", "too_many", "each activity once"));
        }
        let company = self.company();
        let active = |id| company.users.get(&id).is_some_and(|u| u.status == UserStatus::Active);
        for (n, entry) in entries.iter().enumerate() {
            if activity(&entry.activity).is_none() {
                return wrong(n, "activity", "unknown_activity", "there is no such activity");
            }
            if entries.iter().take(n).any(|other| other.activity == entry.activity) {
                return wrong(n, "activity", "duplicate", "this activity stands here twice");
            }
            if entry.owner.is_some_and(|id| !active(id)) {
                return wrong(n, "owner", "unknown_user", "somebody with an active account");
            }
            for (field, text) in [("scope", &entry.scope), ("method", &entry.method)] {
                if !fits(text) {
                    return wrong(n, field, "invalid_value", "at most 500 characters");
                }
            }
        }
        Ok(())
    }

    /// # Errors
    /// [`Refusal::Invalid`] with the field, and as every change.
    pub async fn change_programme(&self, grant: Grant<ChangeProgramme>) -> Result<Disclosed<()>, Refusal> {
        self.change_company(grant, |grant, draft| {
            let ChangeProgramme { entries, note } = grant.operation();
            self.check_entries(entries)?;
            let was = &draft.from.programme;
            note.set(json!(was.entries.iter().map(|k| &k.entry).collect::<Vec<_>>()));
            let keep = |entry: &Entry| {
                let before = was.entries.iter().find(|k| k.entry.activity == entry.activity);
                let shipped = activity(&entry.activity).map(|a| (true, a.cycle));
                let like = before.map(|k| (k.entry.on, k.entry.cycle)).or(shipped);
                let same = like == Some((entry.on, entry.cycle));
                // What is asked for anew is asked for from now on; nothing is skipped that was not asked for.
                let since = match (same, before) {
                    (true, Some(kept)) => kept.since,
                    (true, None) => UnixMs(0),
                    (false, _) => grant.now(),
                };
                Kept { entry: entry.clone(), since }
            };
            let next = Programme { entries: entries.iter().map(keep).collect(), excuses: was.excuses.clone() };
            draft.set(PROGRAMME, &next)?;
            draft.next.programme = next.into();
            Ok(())
        })
        .await
    }

    /// # Errors
    /// [`Refusal::Invalid`] with the field; [`Refusal::Barred`] `too_many_excuses`; and as every change.
    pub async fn excuse_skip(&self, grant: Grant<ExcuseSkip>) -> Result<Disclosed<()>, Refusal> {
        self.change_company(grant, |grant, draft| {
            let op = grant.operation();
            let known = activity(&op.activity);
            let Some(known) = known else {
                return Err(Refusal::invalid("activity", "unknown_activity", "there is no such activity"));
            };
            let reason = op.reason.trim();
            if reason.is_empty() || !fits(reason) {
                return Err(Refusal::invalid("reason", "invalid_value", "1 to 500 characters"));
            }
            let (zone, _) = self.time_zone();
            let kept = draft.from.programme.of(known.id, UnixMs(0)).ok_or(Refusal::Damaged)?;
            let cycle = kept.entry.cycle;
            let day = op.first.parse::<jiff::civil::Date>().ok().filter(|day| cycle.first(*day) == Some(*day));
            let over = day.and_then(|day| cycle.span(day, &zone)).is_some_and(|(_, until)| until <= grant.now());
            if !over {
                return Err(Refusal::invalid("first", "invalid_value", "the first day of a cycle that is over"));
            }
            let mut next = Programme::clone(&draft.from.programme);
            next.excuses.retain(|e| !(e.activity == known.id && e.first == op.first));
            if next.excuses.len() >= MOST_EXCUSES {
                next.excuses.remove(0);
            }
            next.excuses.push(Excuse {
                activity: known.id.to_owned(),
                first: op.first.clone(),
                reason: reason.to_owned(),
                by: grant.caller().user,
                at: grant.now(),
            });
            draft.set(PROGRAMME, &next)?;
            draft.next.programme = next.into();
            Ok(())
        })
        .await
    }
}
