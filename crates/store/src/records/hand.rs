//! A record changes hands: transferred, returned to a pool, claimed from it, recycled. One way for all.
//!
//! Rule: what belongs to the customer goes along. What its former owner had of it waits without an owner while it is in a
//! pool, and is the claimer's afterwards. Shares that the former owner gave end: they never reach further than their giver.

use std::sync::Arc;

use access::path::{Change, Disclosed, Grant, OnRecords, Refusal};
use model::process::PoolFields;
use model::{FieldName, ObjectType, RecordId, StoredRow, UnixMs, UserId, Value};

use super::fetch::broken;
use super::statements::{self, NewOwner};
use crate::notices::{News, NoticeKind, Telling};
use crate::sql::Sql;
use crate::{Store, row};

/// Whose other records of the same customer go along.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Along {
    Nobody,
    /// Those of the record's owner so far.
    Owner,
    /// Those that have no owner.
    Unowned,
}

/// A change of hands, decided and not yet made.
pub(super) struct Hand {
    pub row: StoredRow,
    pub to: NewOwner,
    pub along: Along,
    /// Conditions and statements of the act itself, first in the unit.
    pub first: Vec<Change>,
    pub tells: Vec<(&'static str, serde_json::Value)>,
}

/// What the house keeps of a record's way through pools.
pub(crate) struct Kept<'a>(pub Option<&'a PoolFields>);

impl Kept<'_> {
    fn all(&self, of: impl Fn(&PoolFields) -> Vec<(&FieldName, Option<Value>)>) -> Vec<(FieldName, Option<Value>)> {
        let Some(fields) = self.0 else { return vec![] };
        of(fields).into_iter().map(|(name, value)| (name.clone(), value)).collect()
    }
    pub fn claimed(&self, pool: &str, by: UserId, at: UnixMs) -> Vec<(FieldName, Option<Value>)> {
        self.all(|f| {
            vec![
                (&f.name, Some(Value::Text(pool.to_owned()))),
                (&f.since, None),
                (&f.owned, Some(Value::Int(at.0))),
                (&f.claimed_by, Some(Value::User(by))),
                (&f.reason, None),
            ]
        })
    }
    /// Given to somebody by somebody else, out of a pool or not.
    pub fn given(&self, from_pool: bool, at: UnixMs) -> Vec<(FieldName, Option<Value>)> {
        self.all(|f| {
            let mut kept = vec![(&f.owned, Some(Value::Int(at.0)))];
            if from_pool {
                kept.extend([(&f.since, None), (&f.claimed_by, None), (&f.reason, None)]);
            }
            kept
        })
    }
    pub fn returned(
        &self,
        pool: Option<&str>,
        former: Option<UserId>,
        reason: Option<&str>,
        at: UnixMs,
    ) -> Vec<(FieldName, Option<Value>)> {
        let text = |t: Option<&str>| t.map(|t| Value::Text(t.to_owned()));
        self.all(|f| {
            vec![
                (&f.name, text(pool)),
                (&f.since, Some(Value::Int(at.0))),
                (&f.former, former.map(Value::User)),
                (&f.reason, text(reason)),
            ]
        })
    }
}

impl Store {
    /// Makes a change of hands durable with its event.
    pub(super) async fn hand<O: OnRecords>(&self, grant: Grant<O>, hand: Hand) -> Result<Disclosed<RecordId>, Refusal> {
        let Hand { row, to, along, first, tells } = hand;
        let former = row.owner;
        let others = match along {
            Along::Nobody => Ok(vec![]),
            Along::Owner if former.is_none() => Ok(vec![]),
            Along::Owner => self.related_of(&grant, &row, former).await,
            Along::Unowned => self.related_of(&grant, &row, None).await,
        };
        let (others, object) = match others.and_then(|others| Ok((others, grant.object_type()?.clone()))) {
            Ok(found) => found,
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        let mut write = grant.act_on(&row).await?;
        let seals = self.seals();
        write.gives(row.id, row.version.saturating_add(1));
        tells.into_iter().for_each(|(name, value)| write.tells(name, value));
        let mut changes = first;
        changes.push(statements::hand_over(&object, &row, &to, seals));
        if let Some(former) = former {
            write.tells("shares_of", serde_json::json!(former));
            changes.push(Change::new(
                "DELETE FROM member WHERE record = ?1 AND kind = 'share' AND granted_by = ?2",
                vec![row.id.into(), former.into()],
            ));
        }
        // Only the record itself waits in a pool; what goes along has an owner or none.
        let at = write.grant().now();
        let to = NewOwner { pool: false, kept: vec![], ..to };
        for (object, other) in &others {
            write.gives(other.id, other.version.saturating_add(1));
            changes.push(statements::hand_over(object, other, &to, seals));
        }
        if let (Along::Owner, Some(former)) = (along, former)
            && to.owner != Some(former)
        {
            // One that came to the former owner meanwhile: the whole is tried again by whoever asked.
            let left = "UPDATE record SET version = version WHERE customer = ?1 AND owner = ?2 AND id <> ?3";
            let params = vec![row.customer.into(), former.into(), row.id.into()];
            changes.push(Change::new(left, params).expecting(0));
        }
        self.tell_of_hand(write.grant().caller().user, &object, (&row, to.owner), at)
            .into_write(&mut write, &mut changes);
        write.commit(changes).await
    }

    /// Who is told of it: its new owner, or the former one if it waits in a pool now.
    fn tell_of_hand(
        &self,
        by: UserId,
        object: &ObjectType,
        (row, owner): (&StoredRow, Option<UserId>),
        at: UnixMs,
    ) -> Telling {
        let kind = if owner.is_some() { NoticeKind::Assigned } else { NoticeKind::Returned };
        self.tell(&News::of(kind, at).on(&object.name, row.id).by(by), owner.or(row.owner))
    }

    /// The other records of the row's customer that one person owns, or nobody, of every object type.
    async fn related_of<O: OnRecords>(
        &self,
        grant: &Grant<O>,
        row: &StoredRow,
        owner: Option<UserId>,
    ) -> Result<Vec<(Arc<ObjectType>, StoredRow)>, Refusal> {
        let mut found = vec![];
        for object in grant.engine().compiled().objects() {
            let mut sql = Sql::new(self.db.dialect(), "SELECT ");
            sql.push(&row::select(object)).push(row::FROM).push(" WHERE r.customer = ").bind(row.customer);
            sql.push(" AND r.object = ").bind(object.name.as_str()).push(" AND r.id <> ").bind(row.id);
            match owner {
                Some(owner) => sql.push(" AND r.owner = ").bind(owner),
                None => sql.push(" AND r.owner IS NULL"),
            };
            for other in self.read(sql.finish()).await? {
                found.push((object.clone(), row::read(&other, object, self.seals()).map_err(broken)?));
            }
        }
        Ok(found)
    }
}
