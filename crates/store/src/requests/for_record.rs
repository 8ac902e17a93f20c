//! 记录审批: submitting a record, and what a decision does to it.
//!
//! Rule: the record's status is written by the act that changes it and in its unit: submitting makes it wait, the last consent
//! approves it, a refusal or a withdrawal gives it back. Who decides needs the right to approve the record; a flow gives none.

use std::sync::Arc;

use access::path::{Change, Changed, Disclosed, Grant, OnRecords, Operation, Refusal};
use model::approval::{By, Wanted};
use model::process::Standing;
use model::{Action, Caller, Directory, ObjectName, ObjectType, RecordId, StoredRow, UnixMs, UserId};
use serde_json::json;

use super::decide::seats_at;
use super::list::{RequestView, view};
use super::row::{check_words, new_request};
use super::{MOST_WAITING, Request};
use crate::Store;
use crate::audit::name_of;
use crate::automation::{Happened, Left};
use crate::company::{Loaded, barred};
use crate::identity::Told;
use crate::records::{NewOwner, Numbering, approval, hand_over, statements};

/// Submit one record for approval 提交审批, if it still has this version. Needs the right to edit it.
pub struct SubmitRecord {
    pub object: ObjectName,
    pub id: RecordId,
    pub version: i64,
    pub reason: String,
}

impl Operation for SubmitRecord {
    const ACTION: Action = Action::Edit;
}
impl OnRecords for SubmitRecord {
    fn object(&self) -> &ObjectName {
        &self.object
    }
    fn record(&self) -> Option<RecordId> {
        Some(self.id)
    }
    fn keeps(&self) -> bool {
        true
    }
    fn detail(&self) -> serde_json::Value {
        json!({ "act": "approval.submit" })
    }
}

/// What a decision or a withdrawal does to the record it is about.
pub(super) struct Stood {
    pub(super) changes: Vec<Change>,
    /// What the event MUST tell.
    pub(super) told: Vec<Told>,
    /// What rules make of it.
    pub(super) made: Vec<(Changed, String)>,
    /// The turn to number tasks of rules: once it is given up, another's number at that moment is met as a conflict.
    #[allow(dead_code, reason = "held for its turn")]
    pub(super) numbering: Numbering,
}

/// How a record's approval stands and what came before.
pub struct LookAtApproval {
    pub object: ObjectName,
    pub id: RecordId,
}

impl Operation for LookAtApproval {
    const ACTION: Action = Action::View;
}
impl OnRecords for LookAtApproval {
    fn object(&self) -> &ObjectName {
        &self.object
    }
    fn record(&self) -> Option<RecordId> {
        Some(self.id)
    }
    fn detail(&self) -> serde_json::Value {
        json!({ "act": "approval.look" })
    }
}

/// How a record's approval stands, for who may view the record.
#[derive(Debug, Clone, PartialEq)]
pub struct ApprovalView {
    pub standing: Standing,
    /// Whether it needs an approval as it stands.
    pub needed: bool,
    /// Whether the caller may submit it now.
    pub may_submit: bool,
    /// Whose word is asked for now.
    pub waits_for: Vec<(UserId, String)>,
    /// Newest first; of the one that waits, by what the caller may decide. What people wrote is there for who asked, who decided, and who may edit or approve the record.
    pub requests: Vec<RequestView>,
}

/// People who may give a word that the request's present step asks for.
fn asked_now(
    company: &Loaded,
    directory: &Directory,
    request: &Request,
    row: &StoredRow,
    now: UnixMs,
) -> Vec<(UserId, By)> {
    let seats = seats_at(company, directory, request, (request.body.step, Some(row)), now);
    seats.into_iter().flat_map(|s| s.may).collect()
}

impl Store {
    /// The request that a record waits for.
    pub(crate) async fn waiting_for(&self, record: RecordId, now: UnixMs) -> Result<Option<Request>, Refusal> {
        let condition = "record = ?1 AND subject = 'record' AND state = 'waiting' ORDER BY created_at DESC, id LIMIT 5";
        let found = self.requests(condition, vec![record.into()]).await?;
        Ok(found.into_iter().find(|r| r.waits(now)))
    }

    /// Submits a record; gives its id.
    ///
    /// # Errors
    /// [`Refusal::Barred`] with `no_process`, `approval_waits`, `approval_not_needed`, `approval_nobody` where a step of the
    /// flow has nobody who may approve it, `too_many_requests`; and as [`Store::edit`]; all recorded.
    pub async fn submit_record(&self, grant: Grant<SubmitRecord>) -> Result<Disclosed<RecordId>, Refusal> {
        let (grant, row) = self.fetch_for_act(grant).await?;
        let grant = grant.permit(&row).await?;
        let (object, values, request, insert) = match self.draft_submission(&grant, &row).await {
            Ok(drafted) => drafted,
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        let (at, version, stored) = (grant.now(), grant.operation().version, row.clone());
        let after = approval::after(&object, &row, &values);
        let happened = Happened { object: &object, before: Some(&row), after: &after, values: &values };
        let mut planned = self.plan_automations(&happened, grant.caller());
        planned.leave_out();
        let mut write = grant.change(row, &values).await?;
        let (name, value) = request.told();
        write.tells(name, value);
        write.tells("flow", json!(request.body.flow));
        let mut changes = vec![statements::unless_seen(&stored, version)];
        changes.extend(statements::update(&object, &stored, &write.places, at));
        changes.push(insert);
        let mut numbering = Numbering::default();
        let left = [(&planned, Left { object: &object, row: &after, new: false })];
        match self.apply_automations(&left, &mut write, &mut numbering).await {
            Ok(more) => changes.extend(more),
            Err(refusal) => return Err(write.refuse(refusal).await),
        }
        numbering.add_to(&mut write, &mut changes);
        write.commit(changes).await
    }

    async fn draft_submission(
        &self,
        grant: &Grant<SubmitRecord>,
        row: &StoredRow,
    ) -> Result<(Arc<ObjectType>, access::path::Values, Request, Change), Refusal> {
        let (op, now, user, object) =
            (grant.operation(), grant.now(), grant.caller().user, grant.object_type()?.clone());
        let none = || barred("no_process", "records of this object are not approved");
        let process = approval::of(&object).ok_or_else(none)?;
        let reason = check_words("reason", &op.reason, 1)?;
        match self.standing(&object, row, now).await? {
            Standing::Waiting => return Err(approval::waits()),
            Standing::Approved => return Err(barred("approval_not_needed", "it is approved as it stands")),
            Standing::Draft | Standing::Refused => {}
        }
        if !approval::is_needed(process, &object, row) {
            return Err(barred("approval_not_needed", "it needs no approval as it stands"));
        }
        self.check_files_to_submit(grant, &object, row).await?;
        let own = self.requests_of(user).await?;
        if own.iter().filter(|r| r.seems_to_wait(now)).count() >= MOST_WAITING {
            return Err(barred("too_many_requests", format!("{MOST_WAITING} requests are waiting already")));
        }
        let company = self.company();
        let wanted = Wanted::Record { object: object.name.clone(), record: row.id };
        let request = new_request(&company, user, wanted, (reason, true), Some((&object, row)), now);
        // Said now, rather than found out when it has lapsed.
        let directory = grant.engine().directory().clone();
        for step in 0..request.body.steps.len() {
            let seats = seats_at(&company, &directory, &request, (step, Some(row)), now);
            let able = |seat: &model::approval::Seat| {
                seat.may.iter().any(|(who, _)| grant.might(*who, Action::Approve, &object.name, row))
            };
            if !seats.iter().any(able) {
                return Err(barred("approval_nobody", format!("nobody of step {} may approve it", step + 1)));
            }
        }
        let insert = self.insert_request(&request)?;
        let values = approval::kept(process, Standing::Waiting);
        Ok((object.clone(), values, request, insert))
    }

    /// Puts a record where a decision or a withdrawal leaves it, with the rules that this sets off. Nothing where its type has no
    /// approval any more.
    pub(super) async fn stand_record(
        &self,
        object: &ObjectType,
        row: &StoredRow,
        standing: Standing,
        caller: &Caller,
    ) -> Result<Option<Stood>, Refusal> {
        let Some(process) = approval::of(object) else { return Ok(None) };
        if approval::stored(process, row) != Standing::Waiting {
            return Err(Refusal::Conflict);
        }
        let values = approval::kept(process, standing);
        let to = NewOwner {
            owner: row.owner,
            department: row.department,
            pool: row.pool,
            at: caller.at,
            kept: values.clone().into_iter().collect(),
        };
        let after = approval::after(object, row, &values);
        let happened = Happened { object, before: Some(row), after: &after, values: &values };
        let mut planned = self.plan_automations(&happened, caller);
        // Who decides changes nothing else of the record, nor does a rule in their act.
        planned.leave_out();
        let mut numbering = Numbering::default();
        let left = [(&planned, Left { object, row: &after, new: false })];
        let done = self.carry_out_rules(&left, caller, &mut numbering).await?;
        let mut versions = serde_json::Map::from_iter([(row.id.to_string(), json!(row.version.saturating_add(1)))]);
        versions.extend(done.made.iter().map(|(made, _)| (made.record.to_string(), json!(made.version))));
        let mut told = vec![("versions", versions.into()), ("approval", json!(standing))];
        if !done.told.is_empty() {
            told.push(("automations", done.told.into()));
            told.push(("runs", done.runs.into()));
        }
        told.extend(numbering.told());
        let mut changes = std::mem::take(&mut numbering.changes);
        changes.extend([hand_over(object, row, &to, self.seals())]);
        changes.extend(done.changes);
        done.telling.into_parts(&mut told, &mut changes);
        Ok(Some(Stood { changes, told, made: done.made, numbering }))
    }

    /// The record a request is about, whoever asks: for the house's own acts on it.
    pub(super) async fn record_of(
        &self,
        request: &Request,
        now: UnixMs,
    ) -> Result<Option<(Arc<ObjectType>, StoredRow)>, Refusal> {
        let company = self.company();
        let object = company.objects.get(request.body.wanted.object()).map(|(_, o)| o.clone());
        let (Some(object), Some(record)) = (object, request.record()) else { return Ok(None) };
        let found = self.fetch(&object, record, [], now).await?;
        Ok(found.map(|row| (object, row)))
    }

    /// How a record's approval stands, and all that was decided about it.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Barred`] `no_process`, [`Refusal::StoreUnavailable`]; recorded.
    pub async fn look_at_approval(&self, grant: Grant<LookAtApproval>) -> Result<Disclosed<ApprovalView>, Refusal> {
        let (grant, row) = self.fetch_for_act(grant).await?;
        let grant = grant.permit(&row).await?;
        match self.approval_view(&grant, &row).await {
            Ok(view) => grant.answer_about(&row, view).await,
            Err(refusal) => Err(grant.refuse(refusal).await),
        }
    }

    async fn approval_view(&self, grant: &Grant<LookAtApproval>, row: &StoredRow) -> Result<ApprovalView, Refusal> {
        let (object, now, user) = (grant.object_type()?.clone(), grant.now(), grant.caller().user);
        let none = || barred("no_process", "records of this object are not approved");
        let process = approval::of(&object).ok_or_else(none)?;
        let directory = grant.engine().directory().clone();
        let all = self
            .requests("record = ?1 AND subject = 'record' ORDER BY created_at DESC, id LIMIT 50", vec![row.id.into()])
            .await?;
        let standing = self.standing(&object, row, now).await?;
        let company = self.company();
        let waiting = all.iter().find(|r| r.waits(now)).map(|r| r.id);
        let asked: Vec<(UserId, By)> = all
            .iter()
            .find(|r| r.waits(now))
            .map(|request| asked_now(&company, &directory, request, row, now))
            .unwrap_or_default()
            .into_iter()
            .filter(|(who, _)| grant.might(*who, Action::Approve, &object.name, row))
            .collect();
        let edits = grant.right_on(Action::Edit, &object.name, row).is_ok();
        let approves = grant.right_on(Action::Approve, &object.name, row).is_ok();
        let shown = |request: Request| {
            let (part, version) = (request.decided_by(user), request.version);
            let said = part.contains(&request.body.step);
            let reads = Self::reads_request(grant, row, &request);
            let may = asked.iter().filter(|(who, _)| *who == user && approves && !said).map(|(_, by)| *by).min();
            let may = may.filter(|_| waiting == Some(request.id));
            let mut view = RequestView { may, version: may.map(|_| version), ..view(&directory, request, now) };
            if !reads {
                view.reason.clear();
                view.decisions.iter_mut().for_each(|d| d.comment.clear());
            }
            view
        };
        let mut waits_for: Vec<UserId> = asked.iter().map(|(who, _)| *who).collect();
        waits_for.sort();
        waits_for.dedup();
        let needed = approval::is_needed(process, &object, row);
        Ok(ApprovalView {
            standing,
            needed,
            may_submit: edits && needed && matches!(standing, Standing::Draft | Standing::Refused),
            waits_for: waits_for.into_iter().map(|who| (who, name_of(&directory, who))).collect(),
            requests: all.into_iter().map(shown).collect(),
        })
    }
}
