//! `/records/{object}/{id}/comments`: what people say about a record 评论, and who reads it.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use store::comments::{
    AddComment, CommentView, CommentsPage, DeleteComment, EditComment, ListComments, ListReaders, Reader, StrikeComment,
};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::answer::Answer;
use crate::extract::{Body, CommentPath, IfMatch, Query, RecordPath, SignedInCaller};
use crate::problem::{Outcome, Precondition};
use crate::schema::{Items, Made};
use crate::state::ApiState;

const DEFAULT_LIMIT: usize = 50;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct CommentsQuery {
    /// 1 to 100; 50 if left out.
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<usize>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ReadersQuery {
    /// A part of their name.
    pub like: Option<String>,
}

/// Words about a record.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CommentForm {
    /// Plain text of at most 2,000 characters. A mention stands as `@[id]`, of somebody who may read it.
    #[schema(min_length = 1, max_length = 2000)]
    pub text: String,
}

/// Somebody mentioned, or who may be.
#[derive(Serialize, ToSchema)]
pub struct MentionItem {
    pub user: Uuid,
    pub name: String,
}

/// Somebody who reads what is said about a record.
#[derive(Serialize, ToSchema)]
pub struct ReaderItem {
    pub user: Uuid,
    pub name: String,
    pub department: String,
}

/// A comment.
#[derive(Serialize, ToSchema)]
pub struct CommentItem {
    pub id: Uuid,
    pub author: Uuid,
    pub author_name: String,
    pub at: i64,
    #[schema(required = true)]
    pub edited_at: Option<i64>,
    /// Struck through by its author: it does not hold any more.
    #[schema(required = true)]
    pub struck_at: Option<i64>,
    pub text: String,
    /// Those named in the text by `@[id]`.
    pub mentions: Vec<MentionItem>,
    /// Until when the caller may change or delete it; `null` where they may not.
    #[schema(required = true)]
    pub open_until: Option<i64>,
    pub may_strike: bool,
    /// To be sent in If-Match.
    pub version: i64,
}

impl From<CommentView> for CommentItem {
    fn from(c: CommentView) -> Self {
        Self {
            id: c.id.0,
            author: c.author.0,
            author_name: c.author_name,
            at: c.at.0,
            edited_at: c.edited_at.map(|t| t.0),
            struck_at: c.struck_at.map(|t| t.0),
            text: c.text,
            mentions: c.mentions.into_iter().map(|(user, name)| MentionItem { user: user.0, name }).collect(),
            open_until: c.open_until.map(|t| t.0),
            may_strike: c.may_strike,
            version: c.version,
        }
    }
}

/// A page of comments.
#[derive(Serialize, ToSchema)]
pub struct CommentItems {
    /// Whether the caller may read them: they are as personal as the record's notes. If not, nothing of them is told.
    pub readable: bool,
    pub items: Vec<CommentItem>,
    #[schema(required = true)]
    pub next: Option<String>,
}

/// What was said about a record
///
/// Newest first. It is recorded as a view that shows the field `comments`.
#[utoipa::path(
    get, path = "/records/{object}/{id}/comments", tag = "records",
    params(("object" = String, Path, example = "customer"), ("id" = Uuid, Path), CommentsQuery),
    responses((status = 200, description = "a page", body = CommentItems)),
    extensions(("x-whosaw-action" = json!("view")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_comments(
    State(state): State<ApiState>,
    who: SignedInCaller,
    RecordPath { object, id }: RecordPath,
    Query(query): Query<CommentsQuery>,
) -> Outcome<Answer<CommentItems>> {
    let op = ListComments { object, record: id, after: query.cursor, limit: query.limit.unwrap_or(DEFAULT_LIMIT) };
    let grant = state.store.gate().admit(&who.caller, op).await?;
    let items = |page: CommentsPage| CommentItems {
        readable: page.readable,
        items: page.comments.into_iter().map(CommentItem::from).collect(),
        next: page.next,
    };
    Ok(Answer::with(state.store.list_comments(grant).await?, items))
}

/// Say something about a record
///
/// Whoever is mentioned is told, and so is the record's owner.
#[utoipa::path(
    post, path = "/records/{object}/{id}/comments", tag = "records",
    params(("object" = String, Path, example = "customer"), ("id" = Uuid, Path)),
    request_body = CommentForm,
    responses((status = 201, description = "said", body = Made, headers(("Location" = String)))),
    extensions(("x-whosaw-action" = json!("comment")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn add_comment(
    State(state): State<ApiState>,
    who: SignedInCaller,
    RecordPath { object, id }: RecordPath,
    Body(body): Body<CommentForm>,
) -> Outcome<Answer<Made>> {
    let place = format!("/api/v1/records/{object}/{id}/comments");
    let grant = state.store.gate().admit(&who.caller, AddComment { object, record: id, text: body.text }).await?;
    let made = state.store.add_comment(grant).await?;
    let location = format!("{place}/{}", made.get());
    Ok(Answer::with(made, |id| Made { id: id.to_string() }).created(location))
}

/// Who reads what one says about a record
///
/// Those who may be mentioned, at most 50 by name: people who may see the record and what is personal in it at this moment.
#[utoipa::path(
    get, path = "/records/{object}/{id}/readers", tag = "records",
    params(("object" = String, Path, example = "customer"), ("id" = Uuid, Path), ReadersQuery),
    responses((status = 200, description = "people", body = Items<ReaderItem>)),
    extensions(("x-whosaw-action" = json!("comment")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_readers(
    State(state): State<ApiState>,
    who: SignedInCaller,
    RecordPath { object, id }: RecordPath,
    Query(query): Query<ReadersQuery>,
) -> Outcome<Answer<Items<ReaderItem>>> {
    let op = ListReaders { object, record: id, like: query.like.unwrap_or_default() };
    let grant = state.store.gate().admit(&who.caller, op).await?;
    let item = |r: Reader| ReaderItem { user: r.user.0, name: r.name, department: r.department };
    Ok(Answer::with(state.store.list_readers(grant).await?, |all| Items { items: all.into_iter().map(item).collect() }))
}

/// Change one's own words, within 15 minutes
#[utoipa::path(
    put, path = "/records/{object}/{id}/comments/{comment}", tag = "records",
    params(
        ("object" = String, Path, example = "customer"), ("id" = Uuid, Path), ("comment" = Uuid, Path),
        ("If-Match" = String, Header, description = "the ETag of the version that was read", example = "\"1\""),
    ),
    request_body = CommentForm,
    responses((status = 204, description = "changed")),
    extensions(("x-whosaw-action" = json!("comment")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn edit_comment(
    State(state): State<ApiState>,
    who: SignedInCaller,
    CommentPath { record: RecordPath { object, id }, comment }: CommentPath,
    IfMatch(version): IfMatch,
    Body(body): Body<CommentForm>,
) -> Outcome<Answer<()>> {
    let op = EditComment { object, record: id, comment, version, text: body.text };
    let grant = state.store.gate().admit(&who.caller, op).await?;
    Ok(Answer::done(&state.store.edit_comment(grant).await.map_err(|r| Precondition::IfMatch.answer(r))?))
}

/// Take one's own comment away, within 15 minutes
#[utoipa::path(
    delete, path = "/records/{object}/{id}/comments/{comment}", tag = "records",
    params(
        ("object" = String, Path, example = "customer"), ("id" = Uuid, Path), ("comment" = Uuid, Path),
        ("If-Match" = String, Header, description = "the ETag of the version that was read", example = "\"1\""),
    ),
    responses((status = 204, description = "gone")),
    extensions(("x-whosaw-action" = json!("comment")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn delete_comment(
    State(state): State<ApiState>,
    who: SignedInCaller,
    CommentPath { record: RecordPath { object, id }, comment }: CommentPath,
    IfMatch(version): IfMatch,
) -> Outcome<Answer<()>> {
    let op = DeleteComment { object, record: id, comment, version };
    let grant = state.store.gate().admit(&who.caller, op).await?;
    Ok(Answer::done(&state.store.delete_comment(grant).await.map_err(|r| Precondition::IfMatch.answer(r))?))
}

/// Strike one's own comment through
///
/// It stays to be read, with when it was struck.
#[utoipa::path(
    post, path = "/records/{object}/{id}/comments/{comment}/strike", tag = "records",
    params(
        ("object" = String, Path, example = "customer"), ("id" = Uuid, Path), ("comment" = Uuid, Path),
        ("If-Match" = String, Header, description = "the ETag of the version that was read", example = "\"1\""),
    ),
    responses((status = 204, description = "struck through")),
    extensions(("x-whosaw-action" = json!("comment")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn strike_comment(
    State(state): State<ApiState>,
    who: SignedInCaller,
    CommentPath { record: RecordPath { object, id }, comment }: CommentPath,
    IfMatch(version): IfMatch,
) -> Outcome<Answer<()>> {
    let op = StrikeComment { object, record: id, comment, version };
    let grant = state.store.gate().admit(&who.caller, op).await?;
    Ok(Answer::done(&state.store.strike_comment(grant).await.map_err(|r| Precondition::IfMatch.answer(r))?))
}
