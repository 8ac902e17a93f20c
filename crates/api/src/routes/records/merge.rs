//! `POST /records/{object}/merge`: several records become one 合并; `…/merge/compare`: what that would do;
//! `…/{id}/merges/{merge}/undo`: it is taken back 撤销合并; `…/{id}/merges/{merge}`: what that would do.

use std::collections::BTreeMap;

use access::path::RecordView;
use axum::extract::State;
use model::{FieldName, ObjectName, RecordId};
use serde::{Deserialize, Serialize};
use store::records::{CompareRecords, CompareUndo, MergeRecords, UndoMerge};
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::{Body, MergePath, ObjectPath, SignedInCaller};
use crate::problem::Outcome;
use crate::schema::Written;
use crate::state::ApiState;

/// Which records, and which of them stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CompareRequest {
    /// The record that stays.
    #[schema(value_type = uuid::Uuid)]
    pub into: RecordId,
    /// The others.
    #[schema(value_type = Vec<uuid::Uuid>, min_items = 1, max_items = 4)]
    pub from: Vec<RecordId>,
}

/// Records of a type that go along.
#[derive(Serialize, ToSchema)]
pub struct GoesAlong {
    #[schema(example = "contact")]
    pub object: String,
    pub count: u64,
}

/// What a merge would do.
#[derive(Serialize, ToSchema)]
pub struct CompareAnswer {
    /// The one that stays first, then the others as asked for.
    #[schema(value_type = Vec<crate::schema::Record>)]
    pub records: Vec<RecordView>,
    /// Fields whose value the caller may choose. Of any other the value of the record that stays is kept, and where it has none
    /// the first of the others' comes in.
    pub choosable: Vec<String>,
    /// What goes along, of the records that the caller may list.
    pub along: Vec<GoesAlong>,
}

/// What a merge of records would do
///
/// A look at each of them. Needs the right to merge each.
#[utoipa::path(
    post, path = "/records/{object}/merge/compare", tag = "records",
    params(("object" = String, Path, example = "customer")),
    request_body = CompareRequest,
    responses((status = 200, description = "the records side by side", body = CompareAnswer)),
    extensions(("x-whosaw-action" = json!("view")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn compare_records(
    State(state): State<ApiState>,
    who: SignedInCaller,
    ObjectPath(object): ObjectPath,
    Body(body): Body<CompareRequest>,
) -> Outcome<Answer<CompareAnswer>> {
    let op = CompareRecords { object, into: body.into, from: body.from };
    let grant = state.store.gate().admit(&who.caller, op).await?;
    let compared = state.store.compare_records(grant).await?;
    let choosable = compared.choosable.iter().map(ToString::to_string).collect();
    let form = |(object, count): (&ObjectName, &u64)| GoesAlong { object: object.to_string(), count: *count };
    let along = compared.along.iter().map(form).collect();
    let shown = compared.sealed.disclose().await?;
    Ok(Answer::with(shown, |records| CompareAnswer { records, choosable, along }))
}

/// A record that is merged into another, as it was read.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MergedPart {
    #[schema(value_type = uuid::Uuid)]
    pub id: RecordId,
    pub version: i64,
}

/// What becomes one.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MergeRequest {
    /// The record that stays.
    #[schema(value_type = uuid::Uuid)]
    pub into: RecordId,
    /// Its version that was read.
    pub version: i64,
    /// The others.
    #[schema(min_items = 1, max_items = 4)]
    pub from: Vec<MergedPart>,
    /// By field: the record whose value it is to have.
    #[schema(value_type = std::collections::BTreeMap<String, uuid::Uuid>, required = false)]
    #[serde(default)]
    pub choose: BTreeMap<FieldName, RecordId>,
    #[schema(example = "同一家客户录入了两次")]
    pub reason: String,
}

/// Merge records into one of them
///
/// In one act: fields as chosen, everything that hangs on the others goes to the one that stays, and the ids of the others lead
/// to it from then on (410 `merged`). For 30 days it can be taken back. Needs the right to merge each of them.
#[utoipa::path(
    post, path = "/records/{object}/merge", tag = "records",
    params(("object" = String, Path, example = "customer")),
    request_body = MergeRequest,
    responses((status = 200, description = "the record that stays", body = Written, headers(("ETag" = String)))),
    extensions(("x-whosaw-action" = json!("merge")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn merge_records(
    State(state): State<ApiState>,
    who: SignedInCaller,
    ObjectPath(object): ObjectPath,
    Body(body): Body<MergeRequest>,
) -> Outcome<Answer<Written>> {
    let MergeRequest { into, version, from, choose, reason } = body;
    let from = from.into_iter().map(|p| (p.id, p.version)).collect();
    let op = MergeRecords { object, into, version, from, choose, reason };
    let grant = state.store.gate().admit(&who.caller, op).await?;
    let done = state.store.merge(grant).await?;
    let version = version.saturating_add(1);
    Ok(Answer::with(done, |id| Written { id: id.to_string(), version }).version(version))
}

/// What taking a merge back would do.
#[derive(Serialize, ToSchema)]
pub struct CompareUndoAnswer {
    /// The record that stayed, as it is, then the others as they come back.
    #[schema(value_type = Vec<crate::schema::Record>)]
    pub records: Vec<RecordView>,
    /// When it was merged.
    pub at: i64,
    pub by: uuid::Uuid,
    pub by_name: String,
    /// Until when it can be taken back.
    pub until: i64,
    /// Fields of the record that stayed that get back what they were, of those the caller sees.
    pub back: Vec<String>,
    /// Fields that the merge changed and that were changed since: they stay as they are.
    pub stays: Vec<String>,
    /// What goes back with the others, of the records that the caller may list.
    pub along: Vec<GoesAlong>,
}

/// What taking a merge back would do
///
/// A look at each of the records. `merge` is the version that the merge gave the record that stayed; the timeline tells it. Needs the
/// right to merge each.
#[utoipa::path(
    get, path = "/records/{object}/{id}/merges/{merge}", tag = "records",
    params(("object" = String, Path, example = "customer"), ("id" = uuid::Uuid, Path), ("merge" = i64, Path, example = 2)),
    responses((status = 200, description = "the records as they would be", body = CompareUndoAnswer)),
    extensions(("x-whosaw-action" = json!("view")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn compare_undo(
    State(state): State<ApiState>,
    who: SignedInCaller,
    MergePath { record, merge }: MergePath,
) -> Outcome<Answer<CompareUndoAnswer>> {
    let op = CompareUndo { object: record.object, into: record.id, merge };
    let grant = state.store.gate().admit(&who.caller, op).await?;
    let told = state.store.compare_undo(grant).await?;
    let names = |all: &[FieldName]| all.iter().map(ToString::to_string).collect();
    let (back, stays) = (names(&told.back), names(&told.stays));
    let form = |(object, count): (&ObjectName, &u64)| GoesAlong { object: object.to_string(), count: *count };
    let along = told.along.iter().map(form).collect();
    let (at, by, by_name, until) = (told.at.0, told.by.0, told.by_name, told.until.0);
    let shown = told.sealed.disclose().await?;
    Ok(Answer::with(shown, |records| CompareUndoAnswer { records, at, by, by_name, until, back, stays, along }))
}

/// Why a merge is taken back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UndoMergeRequest {
    /// The version of the record that stayed, as it was read.
    pub version: i64,
    #[schema(example = "是两家公司")]
    pub reason: String,
}

/// What was taken back.
#[derive(Serialize, ToSchema)]
pub struct UndoMergeAnswer {
    pub id: uuid::Uuid,
    pub version: i64,
    /// The records that are there again.
    pub records: Vec<uuid::Uuid>,
    /// Fields that got back what they were.
    pub back: Vec<String>,
    /// Fields that were changed since the merge, and stayed.
    pub stays: Vec<String>,
}

/// Take a merge back
///
/// Within 30 days, the newest merge of a record first. The others come back with what hung on them; the record that stayed gets back
/// what the merge had changed, but for fields that were changed since. What came since stays with it. Needs the right to merge each.
#[utoipa::path(
    post, path = "/records/{object}/{id}/merges/{merge}/undo", tag = "records",
    params(("object" = String, Path, example = "customer"), ("id" = uuid::Uuid, Path), ("merge" = i64, Path, example = 2)),
    request_body = UndoMergeRequest,
    responses((status = 200, description = "the records that are there again", body = UndoMergeAnswer, headers(("ETag" = String)))),
    extensions(("x-whosaw-action" = json!("merge")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn undo_merge(
    State(state): State<ApiState>,
    who: SignedInCaller,
    MergePath { record, merge }: MergePath,
    Body(body): Body<UndoMergeRequest>,
) -> Outcome<Answer<UndoMergeAnswer>> {
    let UndoMergeRequest { version, reason } = body;
    let op = UndoMerge { object: record.object, into: record.id, merge, version, reason };
    let grant = state.store.gate().admit(&who.caller, op).await?;
    let done = state.store.undo_merge(grant).await?;
    let version = done.get().version;
    let names = |all: Vec<FieldName>| all.iter().map(ToString::to_string).collect();
    let answer = |done: store::records::UndoneMerge| UndoMergeAnswer {
        id: done.into.0,
        version: done.version,
        records: done.records.iter().map(|r| r.0).collect(),
        back: names(done.back),
        stays: names(done.stays),
    };
    Ok(Answer::with(done, answer).version(version))
}
