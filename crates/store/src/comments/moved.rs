//! Comments that go along when their record becomes part of another.

use access::path::{Change, Grant, OnRecords, Refusal};
use model::StoredRow;
use serde_json::Value;

use crate::Store;
use crate::identity::Told;
use crate::proof::tables::COMMENT;
use crate::{Query, sql};

impl Store {
    /// Puts the comments of one record to another, which may be another customer's: the words are sealed anew under that one's key.
    /// The statements MUST stand before those that take the old record away, and the unit's event MUST tell what is given besides.
    ///
    /// # Errors
    /// [`Refusal::Damaged`] when words do not open; [`Refusal::NotFound`] once either customer is erased.
    pub async fn move_comments<O: OnRecords>(
        &self,
        grant: &Grant<O>,
        from: &StoredRow,
        to: &StoredRow,
    ) -> Result<(Vec<Change>, Option<Told>), Refusal> {
        let mut sql = sql::Sql::new(self.db.dialect(), &COMMENT.select("record = "));
        sql.bind(from.id).push(" ORDER BY id");
        let query: Query = sql.finish();
        let (mut changes, mut told) = (vec![], vec![]);
        for mut comment in self.comments(query).await? {
            let words = grant.words_to_change(from, comment.place(), &comment.body)?;
            comment.body = grant.seal_words(to, comment.place(), &words)?;
            (comment.record, comment.customer) = (to.id, to.customer);
            changes.push(comment.update(self));
            told.push(comment.told(false).1);
        }
        let told = (!told.is_empty()).then_some(("comment", Value::from(told)));
        Ok((changes, told))
    }
}
