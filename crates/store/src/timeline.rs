//! The timeline 时间线 of a record: what was said about it, what was done about it, what was asked and decided about it, what was
//! changed in it, newest first.
//!
//! Rule: nothing in it comes by a way of its own. Comments open as comments do, activities (follow-ups, tasks) are a list of theirs
//! under the right to list them, and changes are read from the log: who, when, and the names of those fields that the reader sees;
//! values stand in no log. Each part is recorded as what it is, and only what the page shows.

use std::sync::Arc;

use access::engine::BoundFilter;
use access::path::{Disclosed, Grant, OnRecords, Operation, RecordView, Refusal};
use model::{
    Action, Caller, Decision, Directory, EventId, FieldKind, FieldLevel, FieldName, ObjectName, ObjectType, RecordId,
    StoredRow, UnixMs, UserId,
};
use serde_json::{Value, json};

use crate::audit::line::{EVENT, EVENT_COLUMNS, EventRow, State, TOUCH, TouchRow, open};
use crate::audit::name_of;
use crate::comments::{Comment, CommentView, Place, field_name, reads_words};
use crate::company::Loaded;
use crate::records::broken;
use crate::requests::ApprovalEntry;
use crate::sql::Sql;
use crate::{Store, row};

/// Entries of a page at most.
const MOST: usize = 100;

/// Which kinds of entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts {
    pub comments: bool,
    pub activities: bool,
    pub changes: bool,
    /// Approvals asked for and decided.
    pub approvals: bool,
}

/// A page of a record's timeline.
pub struct ReadTimeline {
    pub object: ObjectName,
    pub record: RecordId,
    pub parts: Parts,
    /// What a page before gave.
    pub after: Option<String>,
    pub limit: usize,
}

/// The records of one object type that are activities about a record.
pub struct ListActivities {
    object: ObjectName,
    of: RecordId,
    /// The reference that names it.
    field: FieldName,
}

impl Operation for ReadTimeline {
    const ACTION: Action = Action::View;
}
impl OnRecords for ReadTimeline {
    fn object(&self) -> &ObjectName {
        &self.object
    }
    fn record(&self) -> Option<RecordId> {
        Some(self.record)
    }
    fn detail(&self) -> Value {
        let Parts { comments, activities, changes, approvals } = self.parts;
        json!({
            "act": "timeline", "comments": comments, "activities": activities, "changes": changes, "approvals": approvals,
        })
    }
}
impl Operation for ListActivities {
    const ACTION: Action = Action::List;
}
impl OnRecords for ListActivities {
    fn object(&self) -> &ObjectName {
        &self.object
    }
    fn detail(&self) -> Value {
        json!({ "act": "timeline", "of": self.of })
    }
}

/// What changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    Created,
    Changed,
    /// Its stage, among others.
    Stage,
    Transferred,
    /// Into a public pool.
    Returned,
    Claimed,
    Shared,
    /// Others became part of it.
    Merged,
    /// They came back, or it came back itself.
    Parted,
}

impl ChangeKind {
    pub const fn as_str(self) -> &'static str {
        match self {
            ChangeKind::Created => "created",
            ChangeKind::Changed => "changed",
            ChangeKind::Stage => "stage",
            ChangeKind::Transferred => "transferred",
            ChangeKind::Returned => "returned",
            ChangeKind::Claimed => "claimed",
            ChangeKind::Shared => "shared",
            ChangeKind::Merged => "merged",
            ChangeKind::Parted => "parted",
        }
    }
}

/// One change of the record, as the log tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeEntry {
    pub event: EventId,
    pub kind: ChangeKind,
    pub by: UserId,
    pub by_name: String,
    /// Fields that were written, of those the reader sees.
    pub fields: Vec<FieldName>,
    /// Whose it is from then on, or with whom it is shared.
    pub to: Option<(UserId, String)>,
    /// The version that a merge gave the record: by it the merge is taken back.
    pub merge: Option<i64>,
    /// What the log still holds of it.
    pub state: State,
}

/// One entry. No `Debug`: it is customer data.
pub enum Entry {
    Comment(Box<CommentView>),
    Change(Box<ChangeEntry>),
    Activity(Box<RecordView>),
    Approval(Box<ApprovalEntry>),
}

/// A page of entries with their moments.
pub struct Timeline {
    /// Whether the caller may read what is said about the record.
    pub readable: bool,
    pub entries: Vec<(UnixMs, Entry)>,
    pub next: Option<String>,
}

/// The reference by which records of `other` are about one of `object`.
fn naming<'o>(other: &'o ObjectType, object: &ObjectName) -> Option<&'o FieldName> {
    let names = |f: &&model::FieldDef| {
        f.slot.is_some() && matches!(&f.kind, FieldKind::Reference { object: target } if target == object)
    };
    let mut naming = other.fields.iter().filter(names);
    let first = naming.clone().find(|f| other.customer_field.as_ref() == Some(&f.name));
    first.or_else(|| naming.next()).map(|f| &f.name)
}

/// Object types whose records are something done about others: tasks, and what keeps a record from its pool.
fn is_activity(company: &Loaded, object: &ObjectType) -> bool {
    let done = object.process().and_then(|p| p.done.as_ref()).is_some_and(|d| d.amount.is_none());
    let works = |pool: &model::Pool| pool.recycle.as_ref().and_then(|r| r.activity.as_ref()) == Some(&object.name);
    done || object.name.as_str() == "follow_up" || company.pools.iter().any(works)
}

/// Entries found and not opened yet.
enum Found {
    Comment(Comment),
    Change(ChangeEntry),
    Activity(usize, StoredRow),
    Approval(ApprovalEntry),
}

impl Store {
    /// What must be asked besides, for the activities on a page: one admitted operation for each object type of which the caller may
    /// list anything at all.
    ///
    /// # Errors
    /// [`Refusal::AuditUnavailable`].
    pub async fn admit_activities(
        &self,
        caller: &Caller,
        op: &ReadTimeline,
    ) -> Result<Vec<Grant<ListActivities>>, Refusal> {
        let company = self.company();
        let mut grants = vec![];
        if !op.parts.activities {
            return Ok(grants);
        }
        for (_, other) in company.objects.values().filter(|(_, o)| is_activity(&company, o) && o.name != op.object) {
            let Some(field) = naming(other, &op.object) else { continue };
            if self.gate.would_admit(caller, Action::List, &other.name, std::slice::from_ref(field)).is_err() {
                continue;
            }
            let asked = ListActivities { object: other.name.clone(), of: op.record, field: field.clone() };
            match self.gate.admit(caller, asked).await {
                Ok(grant) => grants.push(grant),
                Err(Refusal::AuditUnavailable) => return Err(Refusal::AuditUnavailable),
                // The policy changed in between.
                Err(_) => {}
            }
        }
        Ok(grants)
    }

    /// A page of a record's timeline. `activities` are from [`Store::admit_activities`], of the same question.
    ///
    /// # Errors
    /// [`Refusal::NotFound`]; [`Refusal::Invalid`] for the cursor; [`Refusal::Damaged`]; all recorded.
    pub async fn timeline(
        &self,
        grant: Grant<ReadTimeline>,
        activities: Vec<Grant<ListActivities>>,
    ) -> Result<Disclosed<Timeline>, Refusal> {
        let (grant, record) = self.fetch_for_act(grant).await?;
        let grant = grant.permit(&record).await?;
        let found = async {
            let object = grant.object_type()?.clone();
            let readable = reads_words(&object, &grant.levels_on(&record));
            let found = self.page_of_timeline(&grant, &record, &object, readable, &activities).await?;
            Ok((readable, field_name()?, found))
        };
        let (readable, name, (found, next)) = match found.await {
            Ok(found) => found,
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        // Each list is released with its own event, in pages of what is shown; then the record's own part.
        let mut rows: Vec<Vec<StoredRow>> = activities.iter().map(|_| vec![]).collect();
        let mut own: Vec<(UnixMs, Found)> = vec![];
        for (place, one) in found {
            match one {
                Found::Activity(n, row) => rows.get_mut(n).into_iter().for_each(|list| list.push(row.clone())),
                one => own.push((place.at, one)),
            }
        }
        let mut entries: Vec<(UnixMs, Entry)> = vec![];
        for (asked, rows) in activities.into_iter().zip(rows) {
            let views = asked.seal(rows).disclose().await?.into_inner();
            entries.extend(views.into_iter().map(|v| (v.created_at, Entry::Activity(Box::new(v)))));
        }
        let sealed = own.iter().filter_map(|(_, f)| if let Found::Comment(c) = f { Some(c.sealed()) } else { None });
        let sealed: Vec<(RecordId, Vec<u8>)> = sealed.collect();
        let (directory, user, now) = (grant.engine().directory().clone(), grant.caller().user, grant.now());
        let build = |words: Vec<zeroize::Zeroizing<Vec<u8>>>| {
            let mut words = words.into_iter();
            for (at, one) in own {
                let entry = match one {
                    Found::Comment(comment) => match words.next() {
                        Some(words) => Entry::Comment(Box::new(comment.view(&words, &directory, user, now)?)),
                        None => continue,
                    },
                    Found::Change(change) => Entry::Change(Box::new(change)),
                    Found::Approval(approval) => Entry::Approval(Box::new(approval)),
                    Found::Activity(..) => continue,
                };
                entries.push((at, entry));
            }
            entries.sort_by_key(|(at, entry)| std::cmp::Reverse((*at, id_of(entry))));
            Ok(Timeline { readable, entries, next: next.map(|p| p.to_string()) })
        };
        grant.disclose_words(&record, &name, &sealed, build).await
    }

    async fn page_of_timeline(
        &self,
        grant: &Grant<ReadTimeline>,
        record: &StoredRow,
        object: &Arc<ObjectType>,
        readable: bool,
        activities: &[Grant<ListActivities>],
    ) -> Result<(Vec<(Place, Found)>, Option<Place>), Refusal> {
        let op = grant.operation();
        let after = op.after.as_deref().map(Place::read).transpose()?;
        let limit = op.limit.clamp(1, MOST);
        let mut all: Vec<(Place, Found)> = vec![];
        if op.parts.comments && readable {
            let comments = self.comments_of(record.id, after, limit.saturating_add(1)).await?;
            all.extend(comments.found.into_iter().map(|c| (c.when(), Found::Comment(c))));
        }
        // Where a page of the log had nothing to tell, the next begins there.
        let mut told_to = None;
        if op.parts.changes {
            let (changes, last) = self.changes_of(grant, record, object, after, limit.saturating_add(1)).await?;
            told_to = last;
            all.extend(changes.into_iter().map(|(place, change)| (place, Found::Change(change))));
        }
        if op.parts.approvals {
            let approvals = self.approvals_of(grant, record, after, limit.saturating_add(1)).await?;
            all.extend(approvals.into_iter().map(|(place, approval)| (place, Found::Approval(approval))));
        }
        for (n, asked) in activities.iter().enumerate() {
            let rows = self.activities(asked, after, limit.saturating_add(1)).await?;
            let place = |r: &StoredRow| Place { at: r.created_at, id: *r.id.as_bytes() };
            all.extend(rows.into_iter().map(|r| (place(&r), Found::Activity(n, r))));
        }
        all.sort_by_key(|(place, _)| std::cmp::Reverse(*place));
        // What the log was not read up to may have something in between.
        if let Some(last) = told_to {
            all.retain(|(place, _)| *place >= last);
        }
        let more = all.len() > limit;
        all.truncate(limit);
        let next = if more { all.last().map(|(place, _)| *place) } else { told_to };
        Ok((all, next))
    }

    /// Activities about the record, newest first.
    async fn activities(
        &self,
        asked: &Grant<ListActivities>,
        after: Option<Place>,
        limit: usize,
    ) -> Result<Vec<StoredRow>, Refusal> {
        let op = asked.operation();
        let object = asked.object_type()?.clone();
        let slot = object.field(op.field.as_str()).and_then(|f| f.slot).ok_or(Refusal::Damaged)?;
        let filters: Vec<BoundFilter> = asked.filters().into_iter().cloned().collect();
        // Who may not read the reference learns of nothing by it.
        let by_field = asked.field_filters(op.field.as_str(), FieldLevel::ReadOnly);
        let mut sql = Sql::new(self.db.dialect(), "SELECT ");
        sql.push(&row::select(&object)).push(row::FROM).push(" WHERE r.object = ").bind(object.name.as_str());
        if object.customer_field.as_ref() == Some(&op.field) {
            sql.push(" AND r.customer = ").bind(op.of);
        } else {
            sql.push(" AND r.").push(&slot.column()).push(" = ").bind(op.of.to_string());
        }
        sql.and_filters(&filters, &object, asked.now()).and_filters(&by_field, &object, asked.now());
        if let Some(after) = after {
            sql.push(" AND (r.created_at, r.id) < (").bind(after.at).push(", ").bind(after.id.to_vec()).push(")");
        }
        sql.push(" ORDER BY r.created_at DESC, r.id DESC LIMIT ").bind(i64::try_from(limit).unwrap_or(50));
        let mut rows = vec![];
        for found in self.read(sql.finish()).await? {
            rows.push(row::read(&found, &object, self.seals()).map_err(broken)?);
        }
        self.add_members(&mut rows, asked.now()).await?;
        Ok(rows)
    }

    /// Changes of the record, from the log, newest first; and where it was read up to, if there is more.
    async fn changes_of(
        &self,
        grant: &Grant<ReadTimeline>,
        record: &StoredRow,
        object: &ObjectType,
        after: Option<Place>,
        limit: usize,
    ) -> Result<(Vec<(Place, ChangeEntry)>, Option<Place>), Refusal> {
        const TOLD: [Action; 9] = [
            Action::Create,
            Action::Import,
            Action::Edit,
            Action::Merge,
            Action::Transfer,
            Action::Handover,
            Action::Claim,
            Action::Share,
            Action::RequestDecide,
        ];
        self.ready_to_ask().await?;
        let levels = grant.levels_on(record);
        let seen: Vec<&FieldName> =
            object.fields.iter().zip(levels).filter(|(_, l)| *l > FieldLevel::Hidden).map(|(f, _)| &f.name).collect();
        // What belonged to a customer that was merged into this one was touched under that one; so was what came back from one.
        let customers = self.ever_with(record.customer).await?;
        let mut sql = Sql::new(self.db.dialect(), "SELECT ");
        sql.push(EVENT).push(", ").push(TOUCH);
        sql.push(" FROM touch t CROSS JOIN event e WHERE e.seq = t.seq AND t.customer IN ").bind_list(customers);
        sql.push(&self.touched_segments().await?);
        self.push_kept(&mut sql, self.retained_before().await?);
        sql.push(" AND t.record = ").bind(record.id);
        sql.push(" AND e.decision = ").bind(i64::from(Decision::Allowed.code()));
        sql.push(" AND e.action IN ").bind_list(TOLD.iter().map(|a| i64::from(a.code())));
        if let Some(after) = after {
            sql.push(" AND (e.at, e.id) < (").bind(after.at).push(", ").bind(after.id.to_vec()).push(")");
        }
        sql.push(" ORDER BY e.at DESC, e.id DESC LIMIT ").bind(i64::try_from(limit).unwrap_or(50));
        let found = self.read(sql.finish()).await?;
        let mut changes = vec![];
        let mut last = None;
        for row in &found {
            let event = EventRow::read(row).map_err(broken)?;
            let touch = TouchRow::read(row, EVENT_COLUMNS).map_err(broken)?;
            let place = Place { at: event.at, id: *event.id.as_bytes() };
            last = Some(place);
            if let Some(change) = self.told_change(event, &touch, grant.engine().directory(), object, &seen) {
                changes.push((place, change));
            }
        }
        Ok((changes, last.filter(|_| found.len() >= limit)))
    }

    fn told_change(
        &self,
        event: EventRow,
        touch: &TouchRow,
        directory: &Directory,
        object: &ObjectType,
        seen: &[&FieldName],
    ) -> Option<ChangeEntry> {
        let recorder = self.gate().recorder();
        let (id, action, by) = (event.id, event.action()?, event.actor);
        let body = event.body.as_deref().and_then(|sealed| recorder.open_body(id, sealed).ok());
        let line = open(event, recorder).touch(touch, directory);
        // What the columns alone say is not believed.
        let whole = line.touch_state == State::Whole;
        let detail = body.filter(|_| whole).and_then(|b| b.actor.get("detail").cloned()).unwrap_or(Value::Null);
        let written = line.shown;
        let fields: Vec<FieldName> = written.iter().filter(|f| seen.contains(f)).cloned().collect();
        let stage = object.process().and_then(|p| p.pipeline.as_ref()).map(|p| &p.stage);
        let (kind, to) = match action {
            Action::Create | Action::Import if touch_made(&detail, touch.record) => (ChangeKind::Created, None),
            Action::Create if !whole => (ChangeKind::Created, None),
            // Told as what it is, by the request that it made.
            Action::Edit if detail.get("act").and_then(Value::as_str) == Some("approval.submit") => return None,
            Action::Merge if whole && joins(&detail, touch.record) => (ChangeKind::Merged, None),
            Action::Merge if whole && parts(&detail, touch.record) => (ChangeKind::Parted, None),
            Action::Create | Action::Edit | Action::Import | Action::Merge => {
                // Of fields that are not the reader's to see, not even that they changed.
                if fields.is_empty() && whole {
                    return None;
                }
                let moved = stage.is_some_and(|stage| fields.contains(stage));
                (if moved { ChangeKind::Stage } else { ChangeKind::Changed }, None)
            }
            Action::Transfer | Action::Handover => {
                let to = given_to(&detail, touch.record);
                (if to.is_none() && whole { ChangeKind::Returned } else { ChangeKind::Transferred }, to)
            }
            Action::Claim => (ChangeKind::Claimed, Some(by)),
            Action::Share | Action::RequestDecide => {
                detail.get("member")?;
                let to = detail.get("to").and_then(|to| to.get("user")).and_then(user);
                (ChangeKind::Shared, to)
            }
            _ => return None,
        };
        Some(ChangeEntry {
            event: id,
            kind,
            by,
            by_name: name_of(directory, by),
            fields,
            to: to.map(|user| (user, name_of(directory, user))),
            merge: (kind == ChangeKind::Merged).then(|| detail.get("kept").and_then(Value::as_i64)).flatten(),
            state: line.touch_state,
        })
    }
}

fn id_of(entry: &Entry) -> [u8; 16] {
    match entry {
        Entry::Comment(c) => *c.id.as_bytes(),
        Entry::Change(c) => *c.event.as_bytes(),
        Entry::Activity(r) => *r.id.as_bytes(),
        Entry::Approval(a) => a.key(),
    }
}

fn user(value: &Value) -> Option<UserId> {
    value.as_str()?.parse().ok()
}

/// Whether the act made others part of the record.
fn joins(detail: &Value, record: RecordId) -> bool {
    detail.get("act").and_then(Value::as_str) == Some("merge")
        && detail.get("into").is_some_and(|into| is(into, record))
}

/// Whether the act took such a merge back.
fn parts(detail: &Value, record: RecordId) -> bool {
    let mut of = detail.get("from").and_then(Value::as_array).into_iter().flatten().chain(detail.get("into"));
    detail.get("act").and_then(Value::as_str) == Some("merge.undo") && of.any(|one| is(one, record))
}

fn is(value: &Value, record: RecordId) -> bool {
    value.as_str().is_some_and(|text| text.parse() == Ok(record))
}

/// Whether the act gave the record its first version.
fn touch_made(detail: &Value, record: RecordId) -> bool {
    match detail.get("versions") {
        Some(Value::Object(versions)) => versions.get(&record.to_string()).and_then(Value::as_i64) == Some(1),
        // An import tells versions by runs; it makes records or fills them.
        Some(Value::Array(_)) => true,
        _ => false,
    }
}

/// Who has the record after a transfer, or a handover of many; nobody where it went to a pool.
fn given_to(detail: &Value, record: RecordId) -> Option<UserId> {
    let to = detail.get("to")?;
    let to = match to.as_array() {
        None => to,
        Some(all) => {
            let record = Value::from(record.to_string());
            let has = |one: &&Value| one.get("records").and_then(Value::as_array).is_some_and(|r| r.contains(&record));
            all.iter().find(has)?.get("to")?
        }
    };
    to.get("user").and_then(user)
}
