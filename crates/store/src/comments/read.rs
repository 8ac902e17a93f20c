//! What people said about a record, and who reads it.

use access::path::{Disclosed, Grant, OnRecords, Operation, Refusal};
use model::{Action, CommentId, ObjectName, RecordId, StoredRow, UnixMs, UserId, UserKind, UserStatus};
use serde_json::{Value, json};

use super::{Comment, EDIT_MINUTES, Words, field_name, reads_words};
use crate::Store;
use crate::audit::name_of;
use crate::explain::Circumstances;
use crate::proof::tables::COMMENT;
use crate::sql::Sql;

/// Comments of one page at most.
const MOST: usize = 100;
/// People offered at once.
const OFFERED: usize = 50;

/// What was said about a record, newest first.
pub struct ListComments {
    pub object: ObjectName,
    pub record: RecordId,
    /// What a page before gave.
    pub after: Option<String>,
    pub limit: usize,
}

/// Who reads what the caller would say about a record: people who may be mentioned.
pub struct ListReaders {
    pub object: ObjectName,
    pub record: RecordId,
    /// A part of their name; empty for anybody. Not recorded.
    pub like: String,
}

impl Operation for ListComments {
    const ACTION: Action = Action::View;
}
impl OnRecords for ListComments {
    fn object(&self) -> &ObjectName {
        &self.object
    }
    fn record(&self) -> Option<RecordId> {
        Some(self.record)
    }
    fn detail(&self) -> Value {
        json!({ "act": "comment.list" })
    }
}
impl Operation for ListReaders {
    const ACTION: Action = Action::Comment;
}
impl OnRecords for ListReaders {
    fn object(&self) -> &ObjectName {
        &self.object
    }
    fn record(&self) -> Option<RecordId> {
        Some(self.record)
    }
    fn detail(&self) -> Value {
        json!({ "act": "comment.readers" })
    }
}

/// Where a page of something in time ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) at: UnixMs,
    pub(crate) id: [u8; 16],
}

impl Place {
    pub(crate) fn read(text: &str) -> Result<Self, Refusal> {
        let bad = || Refusal::invalid("cursor", "invalid_value", "not a place in this list");
        let (at, id) = text.split_once('.').ok_or_else(bad)?;
        let id: CommentId = id.parse().map_err(|_| bad())?;
        Ok(Self { at: UnixMs(at.parse().map_err(|_| bad())?), id: *id.as_bytes() })
    }
}
impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.at.0, CommentId::from_bytes(self.id))
    }
}

/// A comment as somebody reads it who may. No `Debug`: it is customer data.
#[derive(Clone)]
pub struct CommentView {
    pub id: CommentId,
    pub author: UserId,
    pub author_name: String,
    pub at: UnixMs,
    pub edited_at: Option<UnixMs>,
    pub struck_at: Option<UnixMs>,
    pub text: String,
    /// Names of those mentioned, by id.
    pub mentions: Vec<(UserId, String)>,
    /// Until when the caller may change or delete it; `None` where they may not.
    pub open_until: Option<UnixMs>,
    /// Whether the caller may strike it through.
    pub may_strike: bool,
    pub version: i64,
}

/// A page of them.
#[derive(Clone)]
pub struct CommentsPage {
    /// Whether the caller may read what is said about the record; if not, nothing of it is told.
    pub readable: bool,
    pub comments: Vec<CommentView>,
    pub next: Option<String>,
}

/// Sealed comments of a record, with where the next page begins.
pub(crate) struct CommentsOf {
    pub(crate) found: Vec<Comment>,
    pub(crate) next: Option<Place>,
}

/// One who reads comments on a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader {
    pub user: UserId,
    pub name: String,
    pub department: String,
}

impl Comment {
    pub(crate) fn when(&self) -> Place {
        Place { at: self.at, id: *self.id.as_bytes() }
    }
    /// What is opened, and where.
    pub(crate) fn sealed(&self) -> (RecordId, Vec<u8>) {
        (self.place(), self.body.clone())
    }

    /// With its opened words.
    pub(crate) fn view(
        self,
        words: &[u8],
        directory: &model::Directory,
        user: UserId,
        now: UnixMs,
    ) -> Result<CommentView, Refusal> {
        let words: Words = serde_json::from_slice(words).map_err(|_| Refusal::Damaged)?;
        let own = self.author == user && self.struck_at.is_none();
        let until = self.at.plus_seconds(EDIT_MINUTES * 60);
        let mentions = super::mentioned(&words.text).into_iter().map(|u| (u, name_of(directory, u))).collect();
        Ok(CommentView {
            id: self.id,
            author: self.author,
            author_name: name_of(directory, self.author),
            at: self.at,
            edited_at: self.edited_at,
            struck_at: self.struck_at,
            text: words.text,
            mentions,
            open_until: (own && now <= until).then_some(until),
            may_strike: own,
            version: self.version,
        })
    }
}

impl Store {
    /// Whether somebody may read what is said about a row now.
    pub(super) fn reads<O: OnRecords>(&self, grant: &Grant<O>, user: UserId, row: &StoredRow) -> bool {
        let engine = grant.engine();
        let Ok(object) = grant.object_type() else { return false };
        let known = engine.directory().user(user);
        if known.is_none_or(|u| u.kind != UserKind::Person || u.status != UserStatus::Active) {
            return false;
        }
        let ctx = self.hypothetical(engine, user, &Circumstances::default(), grant.now());
        engine.rights(user, &object.name).is_ok_and(|rights| {
            rights.filter(Action::View).decide(&ctx, row).allowed && reads_words(object, &rights.levels(&ctx, row))
        })
    }

    /// The comments on a record, newest first, still sealed.
    pub(crate) async fn comments_of(
        &self,
        record: RecordId,
        after: Option<Place>,
        limit: usize,
    ) -> Result<CommentsOf, Refusal> {
        let mut sql = Sql::new(self.db.dialect(), &COMMENT.select("record = "));
        sql.bind(record);
        if let Some(after) = after {
            sql.push(" AND (at, id) < (").bind(after.at).push(", ").bind(after.id.to_vec()).push(")");
        }
        sql.push(" ORDER BY at DESC, id DESC LIMIT ").bind(i64::try_from(limit).unwrap_or(50).saturating_add(1));
        let mut found = self.comments(sql.finish()).await?;
        let next = (found.len() > limit).then(|| {
            found.truncate(limit);
            found.last().map(Comment::when)
        });
        Ok(CommentsOf { found, next: next.flatten() })
    }

    /// What was said about a record.
    ///
    /// # Errors
    /// [`Refusal::NotFound`]; [`Refusal::Invalid`] for the cursor; [`Refusal::Damaged`]; all recorded.
    pub async fn list_comments(&self, grant: Grant<ListComments>) -> Result<Disclosed<CommentsPage>, Refusal> {
        let (grant, row) = self.fetch_for_act(grant).await?;
        let grant = grant.permit(&row).await?;
        let readable = match grant.object_type() {
            Ok(object) => reads_words(object, &grant.levels_on(&row)),
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        if !readable {
            return grant.answer_about(&row, CommentsPage { readable, comments: vec![], next: None }).await;
        }
        let found = async {
            let op = grant.operation();
            let after = op.after.as_deref().map(Place::read).transpose()?;
            Ok((field_name()?, self.comments_of(row.id, after, op.limit.clamp(1, MOST)).await?))
        };
        let (name, CommentsOf { found, next }) = match found.await {
            Ok(found) => found,
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        let sealed: Vec<(RecordId, Vec<u8>)> = found.iter().map(Comment::sealed).collect();
        let (directory, user, now) = (grant.engine().directory().clone(), grant.caller().user, grant.now());
        let build = |words: Vec<zeroize::Zeroizing<Vec<u8>>>| {
            let views = found.into_iter().zip(words).map(|(c, words)| c.view(&words, &directory, user, now));
            let comments = views.collect::<Result<_, _>>()?;
            Ok(CommentsPage { readable, comments, next: next.map(|p| p.to_string()) })
        };
        grant.disclose_words(&row, &name, &sealed, build).await
    }

    /// Who reads what the caller would say: at most 50, by name.
    ///
    /// # Errors
    /// As [`Store::add_comment`].
    pub async fn list_readers(&self, grant: Grant<ListReaders>) -> Result<Disclosed<Vec<Reader>>, Refusal> {
        let (grant, row) = self.row_to_talk_of(grant).await?;
        let directory = grant.engine().directory().clone();
        let like = grant.operation().like.trim().to_lowercase();
        // Of a company of thousands, few reach a record: only their rights are worked out.
        let asked = grant.engine().might(Action::View, &grant.operation().object, &row);
        let mut people: Vec<&model::User> = asked.iter().filter_map(|u| directory.user(*u)).collect();
        people.retain(|u| u.id != grant.caller().user && (like.is_empty() || u.name.to_lowercase().contains(&like)));
        people.sort_by(|a, b| a.name.cmp(&b.name).then(a.id.cmp(&b.id)));
        let readers = people.into_iter().filter(|u| self.reads(&grant, u.id, &row)).take(OFFERED).map(|u| Reader {
            user: u.id,
            name: u.name.clone(),
            department: directory.departments.get(&u.department).map(|d| d.name.clone()).unwrap_or_default(),
        });
        let readers: Vec<Reader> = readers.collect();
        grant.answer_about(&row, readers).await
    }
}
