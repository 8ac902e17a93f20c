//! Telling systems outside: what is due, and what became of each attempt.
//!
//! Rule: the message is made of the row alone, so that every attempt sends the same one under the same id; it names the rule, the record
//! and fields, and holds no value. Each attempt is an event, for something left the house: the record's id.

use access::path::{Changed, JournalError, Refusal};
use model::{Action, Channel, RunId, UnixMs};
use serde_json::json;

use super::runs::{KEPT_DAYS, Last, RunState};
use crate::Store;

/// After so many seconds each further attempt; when they are used up nobody is told any more.
const WAITS: [i64; 8] = [30, 120, 600, 1_800, 7_200, 18_000, 36_000, 86_400];
/// Messages of one endpoint in a round, and of all: one that hangs holds up no other for long.
const ROUND_OF_ONE: usize = 4;
const ROUND: usize = 40;

/// How long to wait after so many attempts that failed; `None` when they are used up. Mail waits alike.
pub(crate) fn wait_after(attempts: u32) -> Option<i64> {
    usize::try_from(attempts).ok().and_then(|n| WAITS.get(n)).copied()
}

/// A message that is due.
#[derive(Clone)]
pub struct Delivery {
    pub id: RunId,
    pub hook: String,
    pub url: String,
    /// The bytes of the endpoint's secret.
    pub secret: zeroize::Zeroizing<Vec<u8>>,
    pub body: String,
    /// Whether its host may lie inside.
    pub inside: bool,
}

/// What became of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    pub status: Option<u16>,
    /// One word: `inside`, `resolve`, `connect`, `tls`, `timeout`, `protocol`.
    pub error: Option<&'static str>,
}

impl Attempt {
    fn is_done(&self) -> bool {
        self.status.is_some_and(|s| (200..300).contains(&s))
    }
}

/// Where a message stands after an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Delivered,
    Later,
    Dead,
}

impl Store {
    /// What is due, oldest first. Messages to an endpoint that is not there any more, or off, are given up.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn due_deliveries(&self, now: UnixMs) -> Result<Vec<Delivery>, Refusal> {
        let company = self.company();
        let due =
            self.runs("state = 'waiting' AND next_at <= ?1 ORDER BY next_at, id LIMIT 400", vec![now.into()]).await?;
        let mut found: Vec<Delivery> = vec![];
        for run in due {
            let Some(name) = run.body.hook.clone() else { continue };
            if found.len() >= ROUND || found.iter().filter(|d| d.hook == name).count() >= ROUND_OF_ONE {
                continue;
            }
            let hook = company.hooks.hooks.iter().find(|h| h.hook.name == name && h.hook.on);
            let Some(hook) = hook else {
                self.give_up(run.id, now).await?;
                continue;
            };
            let message = json!({
                "type": if run.body.new { "record.created" } else { "record.changed" },
                "timestamp": run.at.to_rfc3339(),
                "data": {
                    "rule": run.rule, "object": run.object, "record": run.record, "fields": run.body.changed,
                    "by": run.body.by, "tasks": run.body.tasks,
                },
            });
            // Told where it is opened: one endpoint's damage holds up no other.
            let Ok(secret) = self.open_secret(hook) else { continue };
            found.push(Delivery {
                id: run.id,
                hook: name,
                url: hook.hook.url.clone(),
                secret,
                body: message.to_string(),
                inside: company.hooks.lists(&hook.hook.url),
            });
        }
        Ok(found)
    }

    async fn give_up(&self, id: RunId, now: UnixMs) -> Result<(), Refusal> {
        self.close_attempt(id, Attempt { status: None, error: Some("off") }, true, now).await.map(|_| ())
    }

    /// Records an attempt.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`]: the attempt is not kept, and will be made again.
    pub async fn attempted(&self, id: RunId, attempt: Attempt, now: UnixMs) -> Result<Fate, Refusal> {
        self.close_attempt(id, attempt, false, now).await
    }

    async fn close_attempt(&self, id: RunId, attempt: Attempt, last: bool, now: UnixMs) -> Result<Fate, Refusal> {
        let Some(mut run) = self.runs("id = ?1", vec![id.into()]).await?.pop() else { return Ok(Fate::Dead) };
        if run.state != RunState::Waiting {
            return Ok(Fate::Delivered);
        }
        let wait = wait_after(run.body.attempts).filter(|_| !last);
        let fate = match (attempt.is_done(), wait) {
            (true, _) => Fate::Delivered,
            (false, Some(_)) => Fate::Later,
            (false, None) => Fate::Dead,
        };
        run.body.attempts = run.body.attempts.saturating_add(1);
        run.body.last = Some(Last { at: now, status: attempt.status, error: attempt.error.map(str::to_owned) });
        (run.state, run.next_at) = match fate {
            Fate::Delivered => (RunState::Delivered, None),
            Fate::Later => (RunState::Waiting, wait.map(|seconds| now.plus_seconds(seconds))),
            Fate::Dead => (RunState::Dead, None),
        };
        let change = self.update_run(&mut run)?;
        let detail = json!({
            "act": "webhook.attempt", "rule": run.rule, "webhook": run.body.hook, "status": attempt.status,
            "error": attempt.error, "state": run.state, "runs": [run.told()],
        });
        let touched = [Changed { record: run.record, customer: self.customer_of(run.record).await?, version: 0 }];
        let caller = Self::system_caller(Channel::Job, "webhook", now);
        let rule = format!("automation.{}", run.rule);
        let noted = self
            .gate
            .note_on_all(&caller, (Action::AutomationRun, &run.object), detail, (&rule, &touched), vec![change])
            .await;
        match noted {
            Ok(()) => Ok(fate),
            // Another node was first.
            Err(JournalError::Conflict { .. }) => Ok(Fate::Delivered),
            Err(JournalError::Failed { reason, .. }) => Err(Refusal::StoreUnavailable(reason)),
            Err(_) => Err(Refusal::AuditUnavailable),
        }
    }

    /// Clears rows away that were over thirty days ago; gives how many. What is still waited for stays.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn sweep_runs(&self, now: UnixMs) -> Result<u64, Refusal> {
        let before = now.plus_days(-KEPT_DAYS);
        let over = self.runs("state <> 'waiting' AND at < ?1 ORDER BY at, id LIMIT 1000", vec![before.into()]).await?;
        if over.is_empty() {
            return Ok(0);
        }
        let gone: Vec<RunId> = over.iter().map(|r| r.id).collect();
        let changes = gone
            .iter()
            .map(|id| access::path::Change::new("DELETE FROM automation_run WHERE id = ?1", vec![(*id).into()]))
            .collect();
        let detail = json!({ "act": "automation.sweep", "runs_gone": gone });
        let caller = Self::system_caller(Channel::Job, "sweep", now);
        let noted = self.gate.note(&caller, Action::AutomationRun, model::Decision::Allowed, detail, changes).await;
        noted.map_err(|_| Refusal::AuditUnavailable)?;
        Ok(u64::try_from(gone.len()).unwrap_or(u64::MAX))
    }
}
