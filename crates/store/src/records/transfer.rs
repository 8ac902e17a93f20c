//! Give a record to another owner, or into the public pool.

use std::sync::Arc;

use access::path::{Change, Disclosed, Grant, OnRecords, Operation, Refusal};
use model::{Action, ObjectName, ObjectType, RecordId, StoredRow, UserId};

use super::fetch::broken;
use super::statements;
use crate::sql::Sql;
use crate::{Store, row};

/// To whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TransferTo {
    User(UserId),
    /// 公海
    Pool,
}

/// Transfer one record.
pub struct TransferRecord {
    pub object: ObjectName,
    pub id: RecordId,
    pub version: i64,
    pub to: TransferTo,
    /// Also the records of the same customer that have the same owner.
    pub with_related: bool,
}

impl Operation for TransferRecord {
    const ACTION: Action = Action::Transfer;
}
impl OnRecords for TransferRecord {
    fn object(&self) -> &ObjectName {
        &self.object
    }
    fn record(&self) -> Option<RecordId> {
        Some(self.id)
    }
    fn detail(&self) -> serde_json::Value {
        let to = match self.to {
            TransferTo::User(u) => serde_json::json!({ "user": u }),
            TransferTo::Pool => serde_json::json!("pool"),
        };
        serde_json::json!({ "to": to, "with_related": self.with_related })
    }
}

impl Store {
    /// Transfers a record. Shares the former owner gave end with it: they never reach further than their giver.
    ///
    /// # Errors
    /// As [`Store::edit`]; `invalid_value` for a user who is not there or not active.
    pub async fn transfer(&self, grant: Grant<TransferRecord>) -> Result<Disclosed<RecordId>, Refusal> {
        let (grant, row) = self.fetch_for_act(grant).await?;
        let checked = grant.object_type().cloned().and_then(|object| match grant.operation().to {
            TransferTo::User(user) => Ok((Some(user), Some(self.active_owner(&grant, user)?), false)),
            TransferTo::Pool if object.has_pool => Ok((None, row.department, true)),
            TransferTo::Pool => Err(Refusal::invalid("to", "invalid_value", "this object has no pool")),
        });
        let (owner, department, pool) = match checked {
            Ok(to) => to,
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        let (at, version, related) = (grant.now(), grant.operation().version, grant.operation().with_related);
        let others = match (row.owner, related && !pool) {
            (Some(former), true) => self.related_of(&grant, &row, former).await,
            _ => Ok(vec![]),
        };
        let (others, object) = match others.and_then(|others| Ok((others, grant.object_type()?.clone()))) {
            Ok(found) => found,
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        let mut write = grant.act_on(&row).await?;
        let to = statements::NewOwner { owner, department, pool, at };
        let seals = self.seals();
        write.gives(row.id, row.version.saturating_add(1));
        let mut changes =
            vec![statements::unless_seen(&row, version), statements::hand_over(&object, &row, &to, seals)];
        if let Some(former) = row.owner {
            write.tells("shares_of", serde_json::json!(former));
            changes.push(Change::new(
                "DELETE FROM member WHERE record = ?1 AND kind = 'share' AND granted_by = ?2",
                vec![row.id.into(), former.into()],
            ));
            if related && !pool {
                for (object, other) in &others {
                    write.gives(other.id, other.version.saturating_add(1));
                    changes.push(statements::hand_over(object, other, &to, seals));
                }
                // One that came to the former owner meanwhile: the whole is tried again by whoever asked.
                let left = "UPDATE record SET version = version WHERE customer = ?1 AND owner = ?2 AND id <> ?3";
                let params = vec![row.customer.into(), former.into(), row.id.into()];
                if owner != Some(former) {
                    changes.push(Change::new(left, params).expecting(0));
                }
            }
        }
        write.commit(changes).await
    }

    /// The former owner's other records of the row's customer, of every object type.
    async fn related_of(
        &self,
        grant: &Grant<TransferRecord>,
        row: &StoredRow,
        former: UserId,
    ) -> Result<Vec<(Arc<ObjectType>, StoredRow)>, Refusal> {
        let mut found = vec![];
        for object in grant.engine().compiled().objects() {
            let mut sql = Sql::new(self.db.dialect(), "SELECT ");
            sql.push(&row::select(object)).push(row::FROM).push(" WHERE r.customer = ").bind(row.customer);
            sql.push(" AND r.object = ").bind(object.name.as_str()).push(" AND r.owner = ").bind(former);
            sql.push(" AND r.id <> ").bind(row.id);
            for other in self.read(sql.finish()).await? {
                found.push((object.clone(), row::read(&other, object, self.seals()).map_err(broken)?));
            }
        }
        Ok(found)
    }
}
