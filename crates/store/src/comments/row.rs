//! Comments as rows: sealed whole, their words under the customer's key.

use access::path::{Change, Param, Refusal};
use model::{CommentId, RecordId, UserId};
use serde_json::json;

use super::Comment;
use crate::database::{DatabaseError, Row};
use crate::identity::Told;
use crate::proof::tables::COMMENT;
use crate::records::broken;
use crate::{Query, Store};

impl Comment {
    pub(crate) fn id(&self) -> CommentId {
        self.id
    }
    /// What it is about.
    pub(crate) fn record(&self) -> RecordId {
        self.record
    }

    /// Its words' place under the customer's key.
    pub(super) fn place(&self) -> RecordId {
        RecordId(self.id.0)
    }

    fn params(&self, store: &Store) -> Vec<Param> {
        let mut params: Vec<Param> = vec![
            self.id.as_bytes().to_vec().into(),
            self.object.as_str().into(),
            self.record.into(),
            self.customer.into(),
            self.author.into(),
            self.at.into(),
            self.edited_at.into(),
            self.struck_at.into(),
            self.struck_by.into(),
            self.body.clone().into(),
            self.version.into(),
        ];
        params.push(store.seals().row(COMMENT.name, &params).to_vec().into());
        params
    }

    pub(super) fn insert(&self, store: &Store) -> Vec<Change> {
        // Not to a record that was deleted, or erased with its key, in the same moment.
        let there = "UPDATE record SET version = version WHERE id = ?1 AND customer = ?2";
        let there = Change::new(there, vec![self.record.into(), self.customer.into()]).expecting(1);
        let sql = "INSERT INTO comment (id, object, record, customer, author, at, edited_at, struck_at, struck_by, body, version, \
                   seal) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
        vec![there, Change::new(sql, self.params(store))]
    }

    /// Held words are not destroyed by changing them either: a hold placed meanwhile fails the unit.
    pub(super) fn unless_held(&self) -> Change {
        let sql = "UPDATE record SET version = version WHERE id = ?1 \
                   AND NOT EXISTS (SELECT 1 FROM legal_hold h WHERE h.customer = ?2 AND h.released_at IS NULL)";
        Change::new(sql, vec![self.record.into(), self.customer.into()]).expecting(1)
    }

    /// In place of what was read; `self` has its old version, and the next one afterwards.
    pub(super) fn update(&mut self, store: &Store) -> Change {
        let before = self.version;
        self.version = before.saturating_add(1);
        let mut params = self.params(store);
        params.push(before.into());
        let sql = "UPDATE comment SET object = ?2, record = ?3, customer = ?4, author = ?5, at = ?6, edited_at = ?7, \
                   struck_at = ?8, struck_by = ?9, body = ?10, version = ?11, seal = ?12 WHERE id = ?1 AND version = ?13";
        Change::new(sql, params).expecting(1)
    }

    pub(super) fn delete(&self) -> Change {
        let sql = "DELETE FROM comment WHERE id = ?1 AND version = ?2";
        Change::new(sql, vec![self.id.as_bytes().to_vec().into(), self.version.into()]).expecting(1)
    }

    /// What an event tells of it: the version it has from then on, `null` once it is gone.
    pub(super) fn told(&self, gone: bool) -> Told {
        let version = (!gone).then_some(self.version);
        ("comment", json!({ "id": self.id, "record": self.record, "version": version }))
    }

    pub(super) fn read(row: &Row) -> Result<Self, DatabaseError> {
        Ok(Self {
            id: CommentId::from_bytes(row.id(0)?),
            object: row.text(1)?.to_owned(),
            record: row.record(2)?,
            customer: row.record(3)?,
            author: row.user(4)?,
            at: row.time(5)?,
            edited_at: row.opt_time(6)?,
            struck_at: row.opt_time(7)?,
            struck_by: row.opt_id(8)?.map(UserId::from_bytes),
            body: row.bytes(9)?.to_vec(),
            version: row.int(10)?,
        })
    }
}

impl Store {
    /// Comments by a query of `COMMENT.select`; one that was altered beside the program is as if it were not there.
    pub(crate) async fn comments(&self, query: Query) -> Result<Vec<Comment>, Refusal> {
        let mut found = vec![];
        for row in self.read(query).await? {
            if COMMENT.is_sealed(self.seals(), &row) {
                found.push(Comment::read(&row).map_err(broken)?);
            } else {
                tracing::error!("a comment was altered beside the program; it is as if it were not there");
            }
        }
        Ok(found)
    }

    /// A comment on this very record.
    pub(super) async fn comment_on(&self, id: CommentId, record: RecordId) -> Result<Comment, Refusal> {
        let params = vec![id.as_bytes().to_vec().into(), record.into()];
        let query = Query::point(COMMENT.select("id = ?1 AND record = ?2"), params);
        self.comments(query).await?.pop().ok_or(Refusal::NotFound)
    }
}
