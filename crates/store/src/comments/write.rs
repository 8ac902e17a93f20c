//! Saying something about a record, changing it for a while, striking it through.

use access::path::{Disclosed, Grant, OnRecords, Operation, Refusal};
use model::{Action, CommentId, ObjectName, RecordId, StoredRow, UserId};
use serde_json::{Value, json};

use super::{Comment, EDIT_MINUTES, MOST_CHARACTERS, MOST_MENTIONS, Words, mentioned};
use crate::Store;
use crate::company::barred;
use crate::ids::random;
use crate::notices::{News, NoticeKind, Telling};

/// Say something about a record.
pub struct AddComment {
    pub object: ObjectName,
    pub record: RecordId,
    /// A mention stands as `@[id]`.
    pub text: String,
}

/// Change one's own words, within [`EDIT_MINUTES`].
pub struct EditComment {
    pub object: ObjectName,
    pub record: RecordId,
    pub comment: CommentId,
    pub version: i64,
    pub text: String,
}

/// Take one's own comment away, within [`EDIT_MINUTES`].
pub struct DeleteComment {
    pub object: ObjectName,
    pub record: RecordId,
    pub comment: CommentId,
    pub version: i64,
}

/// Strike one's own comment through. It stays to be read.
pub struct StrikeComment {
    pub object: ObjectName,
    pub record: RecordId,
    pub comment: CommentId,
    pub version: i64,
}

macro_rules! acts {
    ($($name:ident, |$op:ident| $detail:expr;)*) => {$(
        impl Operation for $name {
            const ACTION: Action = Action::Comment;
        }
        impl OnRecords for $name {
            fn object(&self) -> &ObjectName {
                &self.object
            }
            fn record(&self) -> Option<RecordId> {
                Some(self.record)
            }
            fn detail(&self) -> Value {
                let $op = self;
                $detail
            }
        }
    )*};
}
acts! {
    AddComment, |_op| json!({ "act": "comment.add" });
    EditComment, |op| json!({ "act": "comment.edit", "of": op.comment });
    DeleteComment, |op| json!({ "act": "comment.delete", "of": op.comment });
    StrikeComment, |op| json!({ "act": "comment.strike", "of": op.comment });
}

/// What somebody says: lines of text.
fn checked(text: &str) -> Result<String, Refusal> {
    let text = text.replace("\r\n", "\n");
    let text = text.trim();
    if text.is_empty() {
        return Err(Refusal::invalid("text", "required", "words are needed"));
    }
    if text.chars().count() > MOST_CHARACTERS {
        return Err(Refusal::invalid("text", "invalid_value", format!("at most {MOST_CHARACTERS} characters")));
    }
    if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        return Err(Refusal::invalid("text", "invalid_value", "contains a control character"));
    }
    if mentioned(text).len() > MOST_MENTIONS {
        return Err(Refusal::invalid("text", "invalid_value", format!("at most {MOST_MENTIONS} people")));
    }
    Ok(text.to_owned())
}

/// A change of a comment, ready to be written.
struct Drafted {
    comment: Comment,
    changes: Vec<access::path::Change>,
    gone: bool,
    telling: Telling,
}

impl Store {
    /// The row that somebody wants to say something about: they may see it, and comment on it.
    pub(super) async fn row_to_talk_of<O: OnRecords>(&self, grant: Grant<O>) -> Result<(Grant<O>, StoredRow), Refusal> {
        let (grant, row) = self.fetch_for_act(grant).await?;
        if grant.right_on(Action::View, &grant.operation().object().clone(), &row).is_err() {
            return Err(grant.refuse(Refusal::NotFound).await);
        }
        Ok((grant.permit(&row).await?, row))
    }

    async fn write_comment<O: OnRecords>(
        &self,
        grant: Grant<O>,
        row: StoredRow,
        drafted: Result<Drafted, Refusal>,
    ) -> Result<Disclosed<CommentId>, Refusal> {
        let Drafted { comment, mut changes, gone, telling } = match drafted {
            Ok(drafted) => drafted,
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        let mut write = grant.act_on(&row).await?;
        let (name, value) = comment.told(gone);
        write.tells(name, value);
        telling.into_write(&mut write, &mut changes);
        Ok(write.commit(changes).await?.map(|_| comment.id))
    }

    /// Says something about a record.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] for the text, `cannot_mention` for somebody who may not read it; [`Refusal::NotFound`],
    /// [`Refusal::ForbiddenOnRecord`]; [`Refusal::Conflict`] when the record was deleted meanwhile; all recorded.
    pub async fn add_comment(&self, grant: Grant<AddComment>) -> Result<Disclosed<CommentId>, Refusal> {
        let (grant, row) = self.row_to_talk_of(grant).await?;
        let drafted = self.draft_comment(&grant, &row).await;
        self.write_comment(grant, row, drafted).await
    }

    async fn draft_comment(&self, grant: &Grant<AddComment>, row: &StoredRow) -> Result<Drafted, Refusal> {
        let (op, by, now) = (grant.operation(), grant.caller().user, grant.now());
        let text = checked(&op.text)?;
        let mentions = self.who_is_mentioned(grant, row, &text, &[])?;
        let id = CommentId::new(now, random());
        let words = serde_json::to_vec(&Words { text }).map(zeroize::Zeroizing::new).map_err(|_| Refusal::Damaged)?;
        let comment = Comment {
            id,
            object: op.object.to_string(),
            record: row.id,
            customer: row.customer,
            author: by,
            at: now,
            edited_at: None,
            struck_at: None,
            struck_by: None,
            body: grant.seal_words(row, RecordId(id.0), &words)?,
            version: 1,
        };
        let news = |kind| News::of(kind, now).on(&op.object, row.id).by(by);
        let mut telling = self.tell(&news(NoticeKind::Mentioned).about(id.as_bytes()), mentions.iter().copied());
        // Its owner is told once a day, if they may read it and were not mentioned.
        let owner = row.owner.filter(|o| !mentions.contains(o) && self.reads(grant, *o, row));
        let (_, day) = self.gate.settings().calendar.day(now);
        telling = telling.and(self.tell(&news(NoticeKind::Commented).once_for(day), owner));
        Ok(Drafted { changes: comment.insert(self), comment, gone: false, telling })
    }

    /// Those mentioned in a text and not `before`; each may read it now.
    fn who_is_mentioned<O: OnRecords>(
        &self,
        grant: &Grant<O>,
        row: &StoredRow,
        text: &str,
        before: &[UserId],
    ) -> Result<Vec<UserId>, Refusal> {
        let new: Vec<UserId> = mentioned(text).into_iter().filter(|u| !before.contains(u)).collect();
        if new.iter().any(|user| !self.reads(grant, *user, row)) {
            return Err(Refusal::invalid("text", "cannot_mention", "somebody mentioned may not read this"));
        }
        Ok(new)
    }

    /// One's own comment that may still be changed.
    async fn own_comment<O: OnRecords>(
        &self,
        grant: &Grant<O>,
        record: RecordId,
        (id, version): (CommentId, i64),
        open: bool,
    ) -> Result<Comment, Refusal> {
        let comment = self.comment_on(id, record).await?;
        if comment.author != grant.caller().user {
            return Err(barred("comment_of_another", "a comment is its author's to change"));
        }
        if comment.version != version {
            return Err(Refusal::Conflict);
        }
        if comment.struck_at.is_some() || (open && grant.now() > comment.at.plus_seconds(EDIT_MINUTES * 60)) {
            return Err(barred("comment_stands", format!("it may be changed for {EDIT_MINUTES} minutes")));
        }
        if open && self.is_held(comment.customer).await? {
            return Err(barred("legal_hold", "a legal hold stands on this customer's data"));
        }
        Ok(comment)
    }

    /// Changes one's own words.
    ///
    /// # Errors
    /// As [`Store::add_comment`]; [`Refusal::Barred`] `comment_of_another`, or `comment_stands` when its time is over or it was
    /// struck through; [`Refusal::Conflict`] when it has another version.
    pub async fn edit_comment(&self, grant: Grant<EditComment>) -> Result<Disclosed<CommentId>, Refusal> {
        let (grant, row) = self.row_to_talk_of(grant).await?;
        let drafted = async {
            let op = grant.operation();
            let text = checked(&op.text)?;
            let mut comment = self.own_comment(&grant, row.id, (op.comment, op.version), true).await?;
            let before = grant.words_to_change(&row, comment.place(), &comment.body)?;
            let before: Words = serde_json::from_slice(&before).map_err(|_| Refusal::Damaged)?;
            let new = self.who_is_mentioned(&grant, &row, &text, &mentioned(&before.text))?;
            let words =
                serde_json::to_vec(&Words { text }).map(zeroize::Zeroizing::new).map_err(|_| Refusal::Damaged)?;
            comment.body = grant.seal_words(&row, comment.place(), &words)?;
            comment.edited_at = Some(grant.now());
            let news = News::of(NoticeKind::Mentioned, grant.now()).on(&op.object, row.id).by(comment.author);
            let telling = self.tell(&news.about(comment.id.as_bytes()), new);
            Ok(Drafted { changes: vec![comment.unless_held(), comment.update(self)], comment, gone: false, telling })
        };
        let drafted = drafted.await;
        self.write_comment(grant, row, drafted).await
    }

    /// Takes one's own comment away.
    ///
    /// # Errors
    /// As [`Store::edit_comment`].
    pub async fn delete_comment(&self, grant: Grant<DeleteComment>) -> Result<Disclosed<CommentId>, Refusal> {
        let (grant, row) = self.row_to_talk_of(grant).await?;
        let op = grant.operation();
        let found = self.own_comment(&grant, row.id, (op.comment, op.version), true).await;
        let drafted = found.map(|comment| Drafted {
            changes: vec![comment.unless_held(), comment.delete()],
            comment,
            gone: true,
            telling: Telling::default(),
        });
        self.write_comment(grant, row, drafted).await
    }

    /// Strikes one's own comment through.
    ///
    /// # Errors
    /// As [`Store::edit_comment`], at any time.
    pub async fn strike_comment(&self, grant: Grant<StrikeComment>) -> Result<Disclosed<CommentId>, Refusal> {
        let (grant, row) = self.row_to_talk_of(grant).await?;
        let op = grant.operation();
        let found = self.own_comment(&grant, row.id, (op.comment, op.version), false).await;
        let drafted = found.map(|mut comment| {
            (comment.struck_at, comment.struck_by) = (Some(grant.now()), Some(grant.caller().user));
            let changes = vec![comment.update(self)];
            Drafted { changes, comment, gone: false, telling: Telling::default() }
        });
        self.write_comment(grant, row, drafted).await
    }
}
