//! Long work in the background 后台任务: begun by somebody, carried out in steps, each with their rights of that moment.
//!
//! Rules: a job is its owner's, and nobody else's to see. It does nothing that they could not do themselves at that moment, and each step is
//! recorded like any access of theirs. It ends when they take it back, when the session or token that began it ends, and when their account
//! does. Its row holds ids and numbers, never a value. A job whose process died goes on where it stood.
//!
//! One story. Li presses "look for duplicates" and closes the tab. The job reads the customers that she may list, a hundred at a time, and
//! compares each with what there is; of those that she may not see it keeps only that one is there, in a pool, or somebody's. When she comes
//! back the groups wait for her, and those that she may not see any more are left out.

mod apart;
mod begin;
mod bulk;
pub(crate) mod import;
mod outcome;
mod replay;
mod report;
mod row;
mod run;
mod scan;
mod trial;

use std::collections::BTreeMap;

use model::{JobId, ObjectName, Origin, RecordId, SessionId, TokenId, UnixMs, UserId};
use serde::{Deserialize, Serialize};

pub use apart::KeepApart;
pub use begin::{BeginScan, CancelJob, ListJobs};
pub use bulk::{BeginBulk, BulkAct};
pub use import::{BeginImport, Imported, MOST_IMPORTED, RawRow, ShowImport, Wrong};
pub use outcome::{Outcome, Reason, ShowOutcome};
pub use replay::{BeginReplay, ShowReplay};
pub use scan::{Group, Groups, ShowGroups};
pub use trial::{BeginTrial, ShowTrial};

/// Jobs of one person that have not ended, and jobs of a day.
const MOST_OPEN: usize = 2;
const MOST_A_DAY: usize = 20;
/// Trials are many and short: who writes a rule tries it again and again.
const MOST_TRIALS_A_DAY: usize = 200;
/// How long a job that has ended is kept.
pub(crate) const KEPT_DAYS: i64 = 30;

/// What a job does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum JobKind {
    /// Looks for duplicates 查重.
    Scan,
    /// One act on all records of a question 批量操作.
    Bulk,
    /// Rows from outside 导入.
    Import,
    /// A rule of detection over what was seen 试运行.
    Trial,
    /// An audit report 审计报告.
    Report,
    /// Another policy over what people did 策略回放.
    Replay,
}

impl JobKind {
    pub const fn as_str(self) -> &'static str {
        match self {
            JobKind::Scan => "duplicate_scan",
            JobKind::Bulk => "bulk",
            JobKind::Import => "import",
            JobKind::Trial => "trial",
            JobKind::Report => "report",
            JobKind::Replay => "replay",
        }
    }
    pub(crate) fn parse(text: &str) -> Option<Self> {
        use JobKind::{Bulk, Import, Replay, Report, Scan, Trial};
        [Scan, Bulk, Import, Trial, Report, Replay].into_iter().find(|k| k.as_str() == text)
    }
    /// Tried before something is changed: many and short.
    const fn is_trial(self) -> bool {
        matches!(self, JobKind::Trial | JobKind::Replay)
    }
}

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    Running,
    Done,
    Failed,
    Cancelled,
}

impl JobState {
    pub const fn as_str(self) -> &'static str {
        match self {
            JobState::Running => "running",
            JobState::Done => "done",
            JobState::Failed => "failed",
            JobState::Cancelled => "cancelled",
        }
    }
    pub(crate) fn parse(text: &str) -> Option<Self> {
        [JobState::Running, JobState::Done, JobState::Failed, JobState::Cancelled]
            .into_iter()
            .find(|s| s.as_str() == text)
    }
}

/// A job as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobView {
    pub id: JobId,
    pub kind: JobKind,
    pub object: ObjectName,
    /// Of an act on many records, which: `edit`, `transfer`, `share`, `delete`. Of a trial, the name of the rule, if it was saved. Of
    /// a report, its id.
    pub act: Option<String>,
    pub state: JobState,
    /// Records looked at or tried, or events gone over, of how many.
    pub done: i64,
    pub total: i64,
    pub began_at: UnixMs,
    pub ended_at: Option<UnixMs>,
    /// Groups found so far.
    pub found: usize,
    /// Records that the act was not done to; rows that were not taken.
    pub failed: i64,
    /// Whether there were more than are kept.
    pub cut: bool,
    /// Why it failed: a stable code.
    pub why: Option<String>,
}

/// By what it acts, as it was when it began.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Asked {
    origin: Origin,
    session: Option<SessionId>,
    token: Option<TokenId>,
    token_actions: Option<Vec<model::Action>>,
    on_behalf_of: Option<UserId>,
    mfa: bool,
    /// Of an act on many records, its name.
    #[serde(default)]
    act: Option<String>,
    /// Of an act on many records which they are and what is done, of an import the key of its rows: sealed and in base64, for conditions
    /// and values may be a customer's.
    #[serde(default)]
    task: Option<String>,
}

impl Asked {
    fn of(caller: &model::Caller) -> Self {
        Self {
            origin: caller.origin.clone(),
            session: caller.session,
            token: caller.token,
            token_actions: caller.token_actions.clone(),
            on_behalf_of: caller.on_behalf_of,
            mfa: caller.mfa,
            act: None,
            task: None,
        }
    }
}

/// What a job has so far.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Found {
    /// The last record that was looked at.
    after: Option<RecordId>,
    groups: Vec<Group>,
    cut: bool,
    why: Option<String>,
    /// Records that the act was not done to, with the code of why: the first [`MOST_TOLD`].
    failed: Vec<(RecordId, String)>,
    /// How many there were by code, with those that are not told one by one.
    codes: BTreeMap<String, i64>,
    /// What an import has taken in.
    imported: Imported,
    /// What came of a trial or a replay: sealed, in base64.
    tried: Option<String>,
}

/// Records of which a job says one by one why nothing was done to them.
const MOST_TOLD: usize = 1000;

impl Found {
    fn failures(&self) -> i64 {
        let rejected = i64::try_from(self.imported.rejected).unwrap_or(i64::MAX);
        self.codes.values().sum::<i64>().saturating_add(rejected)
    }
    fn fail(&mut self, id: RecordId, code: String) {
        if self.failed.len() < MOST_TOLD {
            self.failed.push((id, code.clone()));
        } else {
            self.cut = true;
        }
        let count = self.codes.entry(code).or_default();
        *count = count.saturating_add(1);
    }
}

/// A job as stored.
#[derive(Debug, Clone)]
struct Job {
    id: JobId,
    owner: UserId,
    kind: JobKind,
    object: ObjectName,
    asked: Asked,
    state: JobState,
    done: i64,
    total: i64,
    found: Found,
    began_at: UnixMs,
    ended_at: Option<UnixMs>,
    /// When it last told of itself.
    beat_at: UnixMs,
    /// Counts what events tell: 1 when it begins, 2 when it has ended.
    version: i64,
}

impl Job {
    fn view(&self) -> JobView {
        JobView {
            id: self.id,
            kind: self.kind,
            object: self.object.clone(),
            act: self.asked.act.clone(),
            state: self.state,
            done: self.done,
            total: self.total,
            began_at: self.began_at,
            ended_at: self.ended_at,
            found: self.found.groups.len(),
            failed: self.found.failures(),
            cut: self.found.cut,
            why: self.found.why.clone(),
        }
    }
    /// What an event tells of it.
    fn told(&self) -> (&'static str, serde_json::Value) {
        let told = serde_json::json!({ "id": self.id, "version": self.version, "ended": self.ended_at.is_some() });
        ("job_row", told)
    }
}
