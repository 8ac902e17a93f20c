//! Comments 评论: what people say to each other about a record, with mentions of those who are to read it.
//!
//! Rules.
//! - A comment is the customer's data like a long text of theirs: sealed under their key, erased with it, and as personal. Whoever
//!   sees the record's own notes masked, or not at all, reads no comment (`reads_words`).
//! - Reading is a view that names the field `comments`; writing needs `comment` and `view` on the record.
//! - Whoever is mentioned, or told, may read it at that moment. Who may is told to whoever writes: they must know who reads what they
//!   write. Nobody else can be mentioned, and an id that is nobody's is answered alike.
//! - For [`EDIT_MINUTES`] its author may change or delete it. Afterwards it stands: it can be struck through, and shows who did so.

mod carry;
mod read;
mod row;
mod write;

use model::{CommentId, FieldDef, FieldKind, FieldLevel, FieldName, ObjectType, RecordId, Sensitivity, UnixMs, UserId};
use serde::{Deserialize, Serialize};

pub(crate) use read::Place;
pub use read::{CommentView, CommentsPage, ListComments, ListReaders, Reader};
pub use write::{AddComment, DeleteComment, EditComment, StrikeComment};

/// Longest comment, in characters.
pub const MOST_CHARACTERS: usize = 2000;
/// People mentioned in one.
pub const MOST_MENTIONS: usize = 20;
/// How long its author may change or delete a comment.
pub const EDIT_MINUTES: i64 = 15;

/// The words of a comment, as they are sealed.
#[derive(Serialize, Deserialize)]
struct Words {
    /// A mention stands as `@[id]`.
    text: String,
}

/// A comment as stored.
#[derive(Debug, Clone)]
pub(crate) struct Comment {
    id: CommentId,
    object: String,
    record: RecordId,
    customer: RecordId,
    author: UserId,
    at: UnixMs,
    edited_at: Option<UnixMs>,
    struck_at: Option<UnixMs>,
    struck_by: Option<UserId>,
    body: Vec<u8>,
    version: i64,
}

/// The name under which events and the audit know comments.
pub(crate) fn field_name() -> Result<FieldName, access::path::Refusal> {
    "comments".parse().map_err(|_| access::path::Refusal::Damaged)
}

/// Whether these levels of a record's fields let its comments be read: as its personal notes, or where it has none, as all that is
/// personal in it.
pub(crate) fn reads_words(object: &ObjectType, levels: &[FieldLevel]) -> bool {
    let personal = |f: &FieldDef| f.class == Sensitivity::Personal;
    let notes = object.fields.iter().any(|f| personal(f) && f.kind == FieldKind::LongText);
    let counts = |f: &FieldDef| personal(f) && (!notes || f.kind == FieldKind::LongText);
    levels.len() == object.fields.len()
        && object.fields.iter().zip(levels).all(|(f, level)| !counts(f) || *level >= FieldLevel::ReadOnly)
}

/// The people mentioned in a text, each once, in order.
fn mentioned(text: &str) -> Vec<UserId> {
    let mut found = vec![];
    for part in text.split("@[").skip(1) {
        let Some((id, _)) = part.split_once(']') else { continue };
        if let Ok(id) = id.parse::<UserId>()
            && !found.contains(&id)
        {
            found.push(id);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mentions_are_ids_in_brackets_and_nothing_else() {
        let id = UserId::new(UnixMs(1_700_000_000_000), [1; 10]);
        assert_eq!(mentioned(&format!("@[{id}] 请看 @[{id}]，@王 a@[b] @[")), vec![id]);
        assert_eq!(mentioned("x@y.z"), vec![]);
    }

    #[test]
    fn comments_are_as_personal_as_the_notes() {
        let object = model::defaults::customer();
        let with = |notes, name| -> Vec<FieldLevel> {
            let level = |f: &FieldDef| match f.name.as_str() {
                "notes" => notes,
                "name" => name,
                _ => FieldLevel::Hidden,
            };
            object.fields.iter().map(level).collect()
        };
        assert!(reads_words(&object, &with(FieldLevel::ReadOnly, FieldLevel::Masked)));
        assert!(!reads_words(&object, &with(FieldLevel::Masked, FieldLevel::Editable)));
        assert!(!reads_words(&object, &[]));
    }
}
