//! What rules did, one row each time: shown to who makes rules, and the outbox of what systems outside are still to be told.
//!
//! Rule: a row holds names and ids. Each change of one is told by an event with its version; rows that are over go after thirty days, told
//! by number.

use access::path::{Change, Disclosed, Grant, OnSystem, Operation, Param, Refusal};
use model::{Action, FieldName, ObjectName, RecordId, RunId, UnixMs, UserId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::company::{barred, operations};
use crate::proof::tables::AUTOMATION_RUN;
use crate::records::broken;
use crate::{Query, Row, Store};

/// Rows shown.
const SHOWN: usize = 200;
/// Days that rows stay which are over.
pub(super) const KEPT_DAYS: i64 = 30;

/// Where a row stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RunState {
    /// Nothing is left to do.
    Done,
    /// A system outside is to be told.
    Waiting,
    /// It was told.
    Delivered,
    /// It could not be told, and is not tried any more.
    Dead,
}

impl RunState {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            RunState::Done => "done",
            RunState::Waiting => "waiting",
            RunState::Delivered => "delivered",
            RunState::Dead => "dead",
        }
    }
}

/// What a rule did, and what became of the telling.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Body {
    pub(crate) set: Vec<FieldName>,
    /// `{object, record, owner}` of each task.
    pub(crate) tasks: Vec<Value>,
    /// `set`, `task`, `webhook`: what could not be done.
    pub(crate) skipped: Vec<String>,
    pub(crate) hook: Option<String>,
    /// Whether the record was new.
    pub(crate) new: bool,
    pub(crate) changed: Vec<FieldName>,
    /// Whose act it was; nobody's, of a rule about a date.
    pub(crate) by: Option<UserId>,
    /// How many people were given a notice.
    #[serde(default)]
    pub(crate) told: usize,
    pub(crate) attempts: u32,
    pub(crate) last: Option<Last>,
}

/// The last attempt to tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Last {
    pub(crate) at: UnixMs,
    /// What was answered: an HTTP status.
    pub(crate) status: Option<u16>,
    /// Why there was no answer, by one word.
    pub(crate) error: Option<String>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) id: RunId,
    pub(crate) rule: String,
    pub(crate) object: ObjectName,
    pub(crate) record: RecordId,
    pub(crate) at: UnixMs,
    /// Of a rule about a date: the day it was done for, once for each.
    pub(crate) day: Option<i64>,
    pub(crate) state: RunState,
    pub(crate) next_at: Option<UnixMs>,
    pub(crate) body: Body,
    pub(crate) version: i64,
}

impl Run {
    /// What an event tells of it.
    pub(crate) fn told(&self) -> Value {
        json!({ "id": self.id, "version": self.version, "record": self.record })
    }
}

/// What rules did lately.
#[derive(Debug)]
pub struct ListRuns {
    /// Of one rule, or of all.
    pub rule: Option<String>,
    /// Only what could not be told.
    pub dead: bool,
}

/// Try once more to tell a system outside.
#[derive(Debug)]
pub struct RetryRun {
    pub id: RunId,
}

operations! {
    ListRuns: ObjectManage, |op| json!({ "act": "automation.runs", "rule": op.rule, "dead": op.dead });
    RetryRun: ObjectManage, |op| json!({ "act": "automation.retry", "run": op.id });
}

/// A row as it is shown: names and ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunView {
    pub id: RunId,
    pub rule: String,
    pub object: ObjectName,
    pub record: RecordId,
    pub at: UnixMs,
    /// `done`, `waiting`, `delivered`, `dead`.
    pub state: &'static str,
    pub next_at: Option<UnixMs>,
    pub set: Vec<FieldName>,
    pub tasks: usize,
    pub skipped: Vec<String>,
    pub hook: Option<String>,
    pub by: Option<UserId>,
    /// How many people were given a notice.
    pub told: usize,
    pub attempts: u32,
    pub status: Option<u16>,
    pub error: Option<String>,
    pub last_at: Option<UnixMs>,
}

impl From<Run> for RunView {
    fn from(run: Run) -> Self {
        let last = run.body.last;
        Self {
            id: run.id,
            rule: run.rule,
            object: run.object,
            record: run.record,
            at: run.at,
            state: run.state.as_str(),
            next_at: run.next_at,
            set: run.body.set,
            tasks: run.body.tasks.len(),
            skipped: run.body.skipped,
            hook: run.body.hook,
            by: run.body.by,
            told: run.body.told,
            attempts: run.body.attempts,
            status: last.as_ref().and_then(|l| l.status),
            error: last.as_ref().and_then(|l| l.error.clone()),
            last_at: last.map(|l| l.at),
        }
    }
}

impl Store {
    fn run_params(&self, run: &Run) -> Result<Vec<Param>, Refusal> {
        let mut params: Vec<Param> = vec![
            run.id.into(),
            run.rule.as_str().into(),
            run.object.as_str().into(),
            run.record.into(),
            run.at.into(),
            run.day.into(),
            run.state.as_str().into(),
            run.next_at.into(),
            serde_json::to_string(&run.body).map_err(|_| Refusal::Damaged)?.into(),
            run.version.into(),
        ];
        params.push(self.seals().row(AUTOMATION_RUN.name, &params).to_vec().into());
        Ok(params)
    }

    pub(super) fn insert_run(&self, run: &Run) -> Result<Change, Refusal> {
        let sql = "INSERT INTO automation_run (id, rule, object, record, at, day, state, next_at, body, version, seal) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
        Ok(Change::new(sql, self.run_params(run)?))
    }

    /// The statement that keeps a changed row, if nobody changed it meanwhile. `run` has its old version, and the next one
    /// afterwards.
    pub(super) fn update_run(&self, run: &mut Run) -> Result<Change, Refusal> {
        run.version = run.version.saturating_add(1);
        let mut params = self.run_params(run)?;
        params.push(run.version.saturating_sub(1).into());
        let sql = "UPDATE automation_run SET rule = ?2, object = ?3, record = ?4, at = ?5, day = ?6, state = ?7, \
                   next_at = ?8, body = ?9, version = ?10, seal = ?11 WHERE id = ?1 AND version = ?12";
        Ok(Change::new(sql, params).expecting(1))
    }

    /// Reads a row of `AUTOMATION_RUN.select`.
    fn read_run(&self, row: &Row) -> Result<Run, Refusal> {
        if !AUTOMATION_RUN.is_sealed(self.seals(), row) {
            tracing::error!("what a rule did was altered beside the program; nobody is told by it");
            return Err(Refusal::Damaged);
        }
        let json = |text: &str| serde_json::from_str(text).map_err(|_| Refusal::Damaged);
        let read = || {
            Ok::<_, crate::DatabaseError>((
                RunId::from_bytes(row.id(0)?),
                row.text(1)?.to_owned(),
                row.text(2)?,
                RecordId::from_bytes(row.id(3)?),
                row.time(4)?,
                row.opt_int(5)?,
                row.text(6)?,
                row.opt_time(7)?,
                row.text(8)?,
                row.int(9)?,
            ))
        };
        let (id, rule, object, record, at, day, state, next_at, body, version) = read().map_err(broken)?;
        Ok(Run {
            id,
            rule,
            object: object.parse().map_err(|_| Refusal::Damaged)?,
            record,
            at,
            day,
            state: serde_json::from_value(state.into()).map_err(|_| Refusal::Damaged)?,
            next_at,
            body: json(body).and_then(|v: Value| serde_json::from_value(v).map_err(|_| Refusal::Damaged))?,
            version,
        })
    }

    /// Rows by a condition; one that was altered beside the program is left out.
    pub(super) async fn runs(&self, condition: &str, params: Vec<Param>) -> Result<Vec<Run>, Refusal> {
        let rows = self.read(Query::new(AUTOMATION_RUN.select(condition), params)).await?;
        Ok(rows.iter().filter_map(|row| self.read_run(row).ok()).collect())
    }

    /// Newest first, at most 200.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn list_runs(&self, grant: Grant<ListRuns>) -> Result<Disclosed<Vec<RunView>>, Refusal> {
        let op = grant.operation();
        let (mut condition, mut params) = ("TRUE".to_owned(), vec![]);
        if let Some(rule) = &op.rule {
            params.push(rule.as_str().into());
            condition = "rule = ?1".to_owned();
        }
        if op.dead {
            condition.push_str(" AND state = 'dead'");
        }
        condition.push_str(&format!(" ORDER BY at DESC, id DESC LIMIT {SHOWN}"));
        match self.runs(&condition, params).await {
            Ok(runs) => {
                // Ids of records are told, though nothing of them.
                let about: std::collections::BTreeSet<RecordId> = runs.iter().map(|r| r.record).collect();
                grant.tell(about.into_iter().collect(), runs.into_iter().map(RunView::from).collect()).await
            }
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// Has a system told once more that could not be told.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Barred`] `not_dead`; recorded.
    pub async fn retry_run(&self, grant: Grant<RetryRun>) -> Result<Disclosed<()>, Refusal> {
        let (id, now) = (grant.operation().id, grant.now());
        let drafted = async {
            let mut run = self.runs("id = ?1", vec![id.into()]).await?.pop().ok_or(Refusal::NotFound)?;
            if run.state != RunState::Dead {
                return Err(barred("not_dead", "it is tried still, or was told"));
            }
            run.state = RunState::Waiting;
            run.next_at = Some(now);
            run.body.attempts = 0;
            let change = self.update_run(&mut run)?;
            Ok((change, run.told()))
        };
        match drafted.await {
            Ok((change, told)) => grant.carry_out_telling(vec![("runs", json!([told]))], vec![change], ()).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }
}
