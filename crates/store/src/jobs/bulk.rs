//! One act on all records that a question finds 批量操作: field values, another owner, a share, deletion.
//!
//! Rule: each record is decided, changed and recorded by itself, by the operation that a person would use for it, as the job's owner
//! with their rights of that moment. Where the job stands is written in the unit of each act: after a crash it goes on behind the last
//! record that was changed, and changes none twice; taken back, it changes none any more. The question is asked anew by each step, in the
//! order of ids, of records that were there when the job began.
//!
//! What is asked and written may be a customer's, and is sealed under a key of the vault; the log is told names of fields, and each
//! act tells itself as ever.

use access::path::{Change, Disclosed, Grant, OnRecords, Operation, Refusal};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use model::record::Grantee;
use model::response::ResponseKind;
use model::{Action, Caller, Clock, Condition, FieldLevel, JobId, ObjectName, RecordId, UnixMs};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use vault::Place;
use zeroize::Zeroizing;

use super::run::Next;
use super::{Asked, Job, JobKind, JobView};
use crate::company::barred;
use crate::records::{
    DeleteRecord, EditRecord, ListRecords, MemberKind, ShareRecord, TransferRecord, TransferTo, parse_values,
};
use crate::{Store, ids};

/// Records of one step, after which the job asks anew whether it may go on.
const STEP: u32 = 50;
/// Records of one job.
pub const MOST_OF_BULK: u64 = 100_000;

/// What is done to each record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "does", rename_all = "snake_case")]
pub enum BulkAct {
    /// These fields get these values.
    Edit {
        fields: Map<String, Value>,
    },
    Transfer {
        to: TransferTo,
        with_related: bool,
    },
    Share {
        kind: MemberKind,
        to: Grantee,
        edit: bool,
        until: Option<UnixMs>,
    },
    Delete {},
}

impl BulkAct {
    pub const fn as_str(&self) -> &'static str {
        match self {
            BulkAct::Edit { .. } => "edit",
            BulkAct::Transfer { .. } => "transfer",
            BulkAct::Share { .. } => "share",
            BulkAct::Delete {} => "delete",
        }
    }
    const fn action(&self) -> Action {
        match self {
            BulkAct::Edit { .. } => Action::Edit,
            BulkAct::Transfer { .. } => Action::Transfer,
            BulkAct::Share { .. } => Action::Share,
            BulkAct::Delete {} => Action::Delete,
        }
    }
}

/// What a job does, as it is sealed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Task {
    filter: Option<Condition>,
    act: BulkAct,
    /// What it is for, where the owner's role asks.
    purpose: Option<String>,
}

fn question(object: &ObjectName, filter: Option<&Condition>) -> ListRecords {
    ListRecords {
        object: object.clone(),
        filter: filter.cloned(),
        search: None,
        sort: None,
        fields: None,
        customer: None,
        limit: STEP,
        cursor: None,
    }
}

/// Do something to all records that a question finds, in the background.
pub struct BeginBulk {
    pub id: JobId,
    pub object: ObjectName,
    pub filter: Option<Condition>,
    pub act: BulkAct,
}

impl BeginBulk {
    pub fn new(object: ObjectName, filter: Option<Condition>, act: BulkAct, at: UnixMs) -> Self {
        Self { id: JobId::new(at, ids::random()), object, filter, act }
    }
}

impl Operation for BeginBulk {
    const ACTION: Action = Action::List;
}
impl OnRecords for BeginBulk {
    fn object(&self) -> &ObjectName {
        &self.object
    }
    fn detail(&self) -> Value {
        let fields = match &self.act {
            // Checked by then: these are names of fields.
            BulkAct::Edit { fields } => fields.keys().collect(),
            _ => vec![],
        };
        json!({
            "act": "job.begin", "kind": "bulk", "does": self.act.as_str(), "fields": fields,
            "filter": self.filter.as_ref().map(Condition::without_values),
            "job_row": { "id": self.id, "version": 1, "ended": false },
        })
    }
    fn refused_detail(&self) -> Value {
        json!({ "act": "job.begin", "kind": "bulk", "does": self.act.as_str() })
    }
}

/// The next records of a job. Each of them is told by the event, for it was found.
struct BulkStep {
    object: ObjectName,
    job: JobId,
}

impl Operation for BulkStep {
    const ACTION: Action = Action::List;
}
impl OnRecords for BulkStep {
    fn object(&self) -> &ObjectName {
        &self.object
    }
    fn detail(&self) -> Value {
        json!({ "act": "job.step", "job": self.job })
    }
}

/// Where in the row of a job what it does is sealed.
const TASK: &str = "task";

fn place(id: JobId, field: &str) -> Place<'_> {
    Place { object: "job", record: RecordId(id.0), field }
}

impl Store {
    /// Begins an act on all records that a question finds; [`Store::run_job`] carries it out.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`] without the right to the act on any record; [`Refusal::Invalid`] for the question, as [`Store::list`],
    /// and for values of an edit; [`Refusal::Barred`] with `too_many_jobs` or `too_many_records`; all recorded.
    pub async fn begin_bulk(&self, grant: Grant<BeginBulk>) -> Result<Disclosed<JobView>, Refusal> {
        let made = async {
            let (op, caller) = (grant.operation(), grant.caller());
            if !grant.has_right(op.act.action(), &op.object) {
                return Err(Refusal::Forbidden { rules: vec![], obligation: None });
            }
            check(&grant)?;
            self.room_for_a_job(JobKind::Bulk, caller.user, grant.now()).await?;
            let total = self.count_of(&grant, &question(&op.object, op.filter.as_ref())).await?;
            if total > MOST_OF_BULK {
                return Err(barred("too_many_records", format!("at most {MOST_OF_BULK}")));
            }
            let task = Task { filter: op.filter.clone(), act: op.act.clone(), purpose: caller.purpose.clone() };
            let asked = Asked {
                act: Some(op.act.as_str().to_owned()),
                task: Some(self.seal_task(op.id, &task)?),
                ..Asked::of(caller)
            };
            let total = i64::try_from(total).unwrap_or(i64::MAX);
            let job = Job::new((op.id, JobKind::Bulk), op.object.clone(), asked, total, (caller.user, grant.now()));
            Ok((self.insert_job(&job)?, job.view()))
        };
        match made.await {
            Ok((insert, view)) => {
                let done = grant.step(model::Decision::Allowed, vec![insert]).await?;
                Ok(done.map(|()| view))
            }
            Err(refusal) => Err(grant.refuse(refusal).await),
        }
    }

    pub(super) fn seal_task<T: Serialize>(&self, id: JobId, task: &T) -> Result<String, Refusal> {
        self.seal_of_job(id, TASK, task)
    }
    pub(super) fn open_task<T: DeserializeOwned>(&self, job: &Job) -> Result<T, Refusal> {
        self.open_of_job(job.id, TASK, job.asked.task.as_deref().ok_or(Refusal::Damaged)?)
    }

    /// Seals what a job does, or what came of it, for its row.
    pub(super) fn seal_of_job<T: Serialize>(&self, id: JobId, field: &str, what: &T) -> Result<String, Refusal> {
        let plain = Zeroizing::new(serde_json::to_vec(what).map_err(|_| Refusal::Damaged)?);
        let sealed = self.identity.job_key.seal(&place(id, field), ids::random(), &plain).map_err(|error| {
            tracing::error!(%error, "what a job does could not be sealed");
            Refusal::Damaged
        })?;
        Ok(BASE64_STANDARD.encode(sealed))
    }

    pub(super) fn open_of_job<T: DeserializeOwned>(&self, id: JobId, field: &str, sealed: &str) -> Result<T, Refusal> {
        let sealed = BASE64_STANDARD.decode(sealed).map_err(|_| Refusal::Damaged)?;
        let plain = self.identity.job_key.open(&place(id, field), &sealed).map_err(|error| {
            tracing::error!(job.id = %id, %error, "what a job does cannot be opened");
            Refusal::Damaged
        })?;
        serde_json::from_slice(&plain).map_err(|_| Refusal::Damaged)
    }

    /// Acts on the next records.
    pub(super) async fn bulk_step(&self, caller: &Caller, job: &mut Job, clock: &dyn Clock) -> Result<Next, Refusal> {
        let task: Task = self.open_task(job)?;
        let caller = Caller { purpose: task.purpose.clone(), ..caller.clone() };
        let grant = self.gate.admit(&caller, BulkStep { object: job.object.clone(), job: job.id }).await?;
        let asked = question(&job.object, task.filter.as_ref());
        let rows = match self.walk(&grant, &asked, (job.found.after, job.began_at)).await {
            Ok(rows) => rows,
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        grant.answer_about_all(&rows, ()).await?;
        let last = rows.len() < usize::try_from(STEP).unwrap_or(usize::MAX);
        // `job.beat_at` is what its row says, throughout.
        for row in &rows {
            let caller = Caller { at: clock.now(), ..caller.clone() };
            let mut ahead = job.clone();
            ahead.pass(row.id, caller.at);
            let stand = self.update_job(&ahead, job.beat_at)?;
            match self.act_once(&caller, &job.object, &task.act, (row.id, row.version), stand).await {
                // A crash here loses nothing: act and place are one unit.
                Ok(()) => *job = ahead,
                Err(refusal @ (Refusal::StoreUnavailable(_) | Refusal::AuditUnavailable)) => return Err(refusal),
                Err(Refusal::Conflict) if !self.stands(job).await? => return Ok(Next::Gone),
                // What stands against all of them ends the job.
                Err(refusal) if is_general(&refusal) => return Err(refusal),
                Err(refusal) => {
                    let was = job.beat_at;
                    job.pass(row.id, caller.at);
                    job.beat_at = was;
                    job.found.fail(row.id, code_of(&refusal).to_owned());
                }
            }
        }
        // Refusals are kept at last: after a crash they are met again.
        let was = job.beat_at;
        job.beat_at = UnixMs(clock.now().0.max(was.0.saturating_add(1)));
        self.keep_job(job, (was, last)).await
    }

    async fn act_once(
        &self,
        caller: &Caller,
        object: &ObjectName,
        act: &BulkAct,
        (id, version): (RecordId, i64),
        stand: Change,
    ) -> Result<(), Refusal> {
        let (gate, object, stand) = (&self.gate, object.clone(), vec![stand]);
        match act {
            BulkAct::Edit { fields } => {
                let op = EditRecord { object, id, version, values: fields.clone() };
                self.edit(gate.admit(caller, op).await?.along(stand)).await.map(|_| ())
            }
            BulkAct::Transfer { to, with_related } => {
                let op = TransferRecord { object, id, version, to: to.clone(), with_related: *with_related };
                self.transfer(gate.admit(caller, op).await?.along(stand)).await.map(|_| ())
            }
            BulkAct::Share { kind, to, edit, until } => {
                let op = ShareRecord { object, id, kind: *kind, to: to.clone(), edit: *edit, until: *until };
                self.share(gate.admit(caller, op).await?.along(stand)).await.map(|_| ())
            }
            BulkAct::Delete {} => {
                let op = DeleteRecord { object, id, version };
                self.delete(gate.admit(caller, op).await?.along(stand)).await.map(|_| ())
            }
        }
    }

    /// Whether the job's row is as it was left: neither taken back nor carried out by somebody else.
    pub(super) async fn stands(&self, job: &Job) -> Result<bool, Refusal> {
        let found =
            self.jobs("id = ?1 AND state = 'running' AND beat_at = ?2", vec![job.id.into(), job.beat_at.into()]);
        Ok(!found.await?.is_empty())
    }
}

impl Job {
    /// One more record was tried.
    fn pass(&mut self, id: RecordId, at: UnixMs) {
        self.done = self.done.saturating_add(1);
        self.total = self.total.max(self.done);
        self.found.after = Some(id);
        self.beat_at = UnixMs(at.0.max(self.beat_at.0.saturating_add(1)));
    }
}

/// What would be wrong with every record is said now. Fields are answered by the levels that the caller has, as ever.
fn check(grant: &Grant<BeginBulk>) -> Result<(), Refusal> {
    let BulkAct::Edit { fields } = &grant.operation().act else { return Ok(()) };
    let object = grant.object_type()?;
    let values = parse_values(object, fields).map_err(Refusal::Invalid)?;
    if values.is_empty() {
        return Err(Refusal::invalid("fields", "required", "name at least one field"));
    }
    for name in values.keys() {
        match grant.best_level(&object.name, name) {
            FieldLevel::Editable => {}
            FieldLevel::Hidden => {
                return Err(Refusal::invalid(name.as_str(), "unknown_field", "there is no such field"));
            }
            _ => return Err(Refusal::invalid(name.as_str(), "not_editable", "this field cannot be changed")),
        }
    }
    Ok(())
}

/// Whether every other record would meet the same.
fn is_general(refusal: &Refusal) -> bool {
    use access::engine::Obligation;
    let now = |o: &Option<Obligation>| {
        matches!(
            o,
            Some(
                Obligation::RateLimited { .. }
                    | Obligation::Restricted { .. }
                    | Obligation::OfficeHours
                    | Obligation::StepUp
            )
        )
    };
    match refusal {
        Refusal::Forbidden { .. } => true,
        Refusal::ForbiddenOnRecord { obligation, .. } => now(obligation),
        _ => false,
    }
}

/// Why something was not done: the code that the API answers with.
pub(super) fn code_of(refusal: &Refusal) -> &'static str {
    use access::engine::Obligation;
    let obliged = |obligation: &Option<Obligation>, otherwise| match obligation {
        None => otherwise,
        Some(Obligation::StepUp) => "step_up_needed",
        Some(Obligation::GivePurpose) => "purpose_needed",
        Some(Obligation::SayWhy) => "purpose_required",
        Some(Obligation::OfficeHours) => "outside_office_hours",
        Some(Obligation::Network) => "network_not_allowed",
        Some(Obligation::Training) => "training_needed",
        Some(Obligation::Channel) => "channel_not_allowed",
        Some(Obligation::RateLimited { .. }) => "rate_limited",
        Some(Obligation::AskApproval { .. }) => "approval_asked",
        Some(Obligation::Restricted { response, .. }) => match response {
            ResponseKind::Throttle => "throttled",
            ResponseKind::StepUp => "step_up_needed",
            ResponseKind::Suspend => "account_suspended",
            ResponseKind::NoExport => "export_suspended",
        },
    };
    match refusal {
        Refusal::Forbidden { obligation, .. } => obliged(obligation, "forbidden"),
        Refusal::ForbiddenOnRecord { obligation, .. } => obliged(obligation, "forbidden_on_record"),
        Refusal::NotFound => "not_found",
        Refusal::Invalid(problems) => problems.first().map_or("invalid_values", |p| p.code),
        Refusal::Conflict => "version_conflict",
        Refusal::Taken { .. } => "taken",
        Refusal::Barred { code, .. } => code,
        Refusal::TooMany { .. } => "too_many_rows",
        Refusal::AuditUnavailable => "audit_unavailable",
        Refusal::StoreUnavailable(_) => "store_unavailable",
        Refusal::Damaged => "damaged",
    }
}
