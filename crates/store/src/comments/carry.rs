//! Comments of records that are merged away, and of what belongs to them: they go over to the survivor.

use access::path::{Change, OnRecords, Refusal, Write};
use model::{RecordId, StoredRow};
use serde_json::Value;

use super::Comment;
use crate::Store;
use crate::proof::tables::COMMENT;
use crate::sql::Sql;

impl Store {
    /// What was said about these records and about any of these customers, at most so many.
    pub(crate) async fn comments_about(&self, ids: &[RecordId], most: usize) -> Result<Vec<Comment>, Refusal> {
        let mut sql = Sql::new(self.db.dialect(), &COMMENT.select("record IN "));
        sql.bind_list(ids.iter().copied()).push(" OR customer IN ").bind_list(ids.iter().copied());
        sql.push(" ORDER BY id LIMIT ").bind(i64::try_from(most).unwrap_or(i64::MAX));
        self.comments(sql.finish_point()).await
    }

    /// The statements that take comments over; the event tells of them. `others` are merged into `home`.
    ///
    /// # Errors
    /// [`Refusal::Damaged`] when one does not open: end the act with [`Write::refuse`].
    pub(crate) fn carry_comments<O: OnRecords>(
        &self,
        write: &mut Write<O>,
        comments: Vec<Comment>,
        others: &[StoredRow],
        home: &StoredRow,
    ) -> Result<Vec<Change>, Refusal> {
        // An act may take over from several homes: it is told together.
        let mut told = match write.untell("comment") {
            Some(Value::Array(told)) => told,
            _ => vec![],
        };
        let mut changes = vec![];
        for mut comment in comments {
            let theirs = others.iter().find(|other| other.customer == comment.customer).ok_or(Refusal::Damaged)?;
            comment.body = write.words_under(theirs, comment.place(), &comment.body, home)?;
            comment.customer = home.customer;
            if others.iter().any(|other| other.id == comment.record) {
                comment.record = home.id;
            }
            changes.push(comment.update(self));
            told.push(comment.told(false).1);
        }
        if !told.is_empty() {
            write.tells("comment", Value::from(told));
        }
        Ok(changes)
    }
}
