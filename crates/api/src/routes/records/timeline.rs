//! `GET /records/{object}/{id}/timeline`: what was said about a record, done about it, asked and decided about it, and changed in it.

use access::path::RecordView;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use store::timeline::{Entry, Parts, ReadTimeline, Timeline};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::comments::CommentItem;
use crate::answer::Answer;
use crate::extract::{Query, RecordPath, SignedInCaller};
use crate::problem::{Code, Outcome, Problem};
use crate::schema::Record;
use crate::state::ApiState;

const DEFAULT_LIMIT: usize = 20;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct TimelineQuery {
    /// `comments`, `activities` (follow-ups, tasks), `changes`, `approvals`, with commas between; all of them if left out.
    #[param(example = "comments,activities")]
    pub parts: Option<String>,
    /// 1 to 100; 20 if left out.
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<usize>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
}

/// A change of the record, as the log tells it. The values are in no log.
#[derive(Serialize, ToSchema)]
pub struct ChangeItem {
    pub event: Uuid,
    /// `created`, `changed`, `stage`, `transferred`, `returned`, `claimed`, `shared`, `merged` or `parted` (a merge was taken back).
    #[schema(example = "changed")]
    pub kind: &'static str,
    pub by: Uuid,
    pub by_name: String,
    /// Fields that were written, of those the caller sees.
    pub fields: Vec<String>,
    #[schema(required = true)]
    pub to: Option<Uuid>,
    #[schema(required = true)]
    pub to_name: Option<String>,
    /// Of a merge: the version that it gave the record, by which it is taken back.
    #[schema(required = true)]
    pub merge: Option<i64>,
    /// `whole`, `erased`, `dropped` or `altered`: what the log still holds of it.
    #[schema(value_type = String, example = "whole")]
    pub state: store::audit::State,
}

/// An approval of the record that was asked for or decided.
#[derive(Serialize, ToSchema)]
pub struct ApprovalItem {
    pub request: Uuid,
    /// `asked`, `consented`, `refused` or `lapsed`.
    #[schema(example = "asked")]
    pub kind: &'static str,
    /// Who asked or decided; nobody lets a request lapse.
    #[schema(required = true)]
    pub by: Option<Uuid>,
    #[schema(required = true)]
    pub by_name: Option<String>,
    /// The step that was decided, from 1.
    pub step: usize,
    pub steps: usize,
    /// Where the request stands by now: `waiting`, `approved`, `refused`, `withdrawn` or `lapsed`.
    #[schema(example = "approved")]
    pub state: &'static str,
    /// Reason or comment; `null` where the caller may not read it.
    #[schema(required = true)]
    pub words: Option<String>,
}

/// One entry: a comment, an activity, a change or an approval.
#[derive(Serialize, ToSchema)]
pub struct TimelineItem {
    pub at: i64,
    #[schema(required = true)]
    pub comment: Option<CommentItem>,
    #[schema(required = true, value_type = Option<Record>)]
    pub activity: Option<RecordView>,
    #[schema(required = true)]
    pub change: Option<ChangeItem>,
    #[schema(required = true)]
    pub approval: Option<ApprovalItem>,
}

/// A page of entries.
#[derive(Serialize, ToSchema)]
pub struct TimelineItems {
    /// Whether the caller may read comments on this record.
    pub readable: bool,
    pub items: Vec<TimelineItem>,
    #[schema(required = true)]
    pub next: Option<String>,
}

fn parts(text: Option<&str>) -> Outcome<Parts> {
    let all = |on| Parts { comments: on, activities: on, changes: on, approvals: on };
    let Some(text) = text else { return Ok(all(true)) };
    let mut parts = all(false);
    for part in text.split(',') {
        match part.trim() {
            "comments" => parts.comments = true,
            "activities" => parts.activities = true,
            "changes" => parts.changes = true,
            "approvals" => parts.approvals = true,
            _ => {
                let reason = "expected `comments`, `activities`, `changes`, `approvals`";
                return Err(Problem::new(Code::InvalidValues).item("/parts", "invalid_value", reason));
            }
        }
    }
    Ok(parts)
}

fn item((at, entry): (model::UnixMs, Entry)) -> TimelineItem {
    let empty = TimelineItem { at: at.0, comment: None, activity: None, change: None, approval: None };
    match entry {
        Entry::Comment(comment) => TimelineItem { comment: Some((*comment).into()), ..empty },
        Entry::Activity(record) => TimelineItem { activity: Some(*record), ..empty },
        Entry::Approval(approval) => {
            let approval = *approval;
            let (by, by_name) = approval.by.map(|(id, name)| (id.0, name)).unzip();
            let approval = ApprovalItem {
                request: approval.request.0,
                kind: approval.kind.as_str(),
                by,
                by_name,
                step: approval.step,
                steps: approval.steps,
                state: approval.state.as_str(),
                words: approval.words,
            };
            TimelineItem { approval: Some(approval), ..empty }
        }
        Entry::Change(change) => {
            let (to, to_name) = change.to.map(|(id, name)| (id.0, name)).unzip();
            let change = ChangeItem {
                event: change.event.0,
                kind: change.kind.as_str(),
                by: change.by.0,
                by_name: change.by_name,
                fields: change.fields.iter().map(ToString::to_string).collect(),
                to,
                to_name,
                merge: change.merge,
                state: change.state,
            };
            TimelineItem { change: Some(change), ..empty }
        }
    }
}

/// What was said about a record, done about it, asked and decided about it, and changed in it
///
/// Newest first. Each part comes by its own right and is recorded as what it is: comments as a view, activities as lists of theirs.
/// Approvals are there for who may view the record, with what people wrote for who asked, who decided, and who may edit or approve it.
#[utoipa::path(
    get, path = "/records/{object}/{id}/timeline", tag = "records",
    params(("object" = String, Path, example = "customer"), ("id" = Uuid, Path), TimelineQuery),
    responses((status = 200, description = "a page", body = TimelineItems)),
    extensions(("x-whosaw-action" = json!("view")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn read_timeline(
    State(state): State<ApiState>,
    who: SignedInCaller,
    RecordPath { object, id }: RecordPath,
    Query(query): Query<TimelineQuery>,
) -> Outcome<Answer<TimelineItems>> {
    let op = ReadTimeline {
        object,
        record: id,
        parts: parts(query.parts.as_deref())?,
        after: query.cursor,
        limit: query.limit.unwrap_or(DEFAULT_LIMIT),
    };
    let activities = state.store.admit_activities(&who.caller, &op).await?;
    let grant = state.store.gate().admit(&who.caller, op).await?;
    let items = |t: Timeline| TimelineItems {
        readable: t.readable,
        items: t.entries.into_iter().map(item).collect(),
        next: t.next,
    };
    Ok(Answer::with(state.store.timeline(grant, activities).await?, items))
}
