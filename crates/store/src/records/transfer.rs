//! Give a record to another owner, or into the public pool.

use access::path::{Change, Disclosed, Grant, OnRecords, Operation, Param, Refusal};
use model::{Action, ObjectName, RecordId, UserId};

use crate::Store;

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
        let write = grant.act_on(&row).await?;
        let to: [Param; 4] = [owner.into(), department.into(), pool.into(), at.into()];
        let mut params = vec![row.id.into(), version.into()];
        params.extend(to.clone());
        let mut changes = vec![
            Change::new(
                "UPDATE record SET owner = ?3, department = ?4, pool = ?5, updated_at = ?6, version = version + 1 \
                 WHERE id = ?1 AND version = ?2",
                params,
            )
            .expecting(1),
        ];
        if let Some(former) = row.owner {
            changes.push(Change::new(
                "DELETE FROM member WHERE record = ?1 AND kind = 'share' AND granted_by = ?2",
                vec![row.id.into(), former.into()],
            ));
            if related && !pool {
                let mut params: Vec<Param> = vec![row.customer.into(), former.into(), row.id.into()];
                params.extend(to);
                changes.push(Change::new(
                    "UPDATE record SET owner = ?4, department = ?5, pool = ?6, updated_at = ?7, version = version + 1 \
                     WHERE customer = ?1 AND owner = ?2 AND id <> ?3",
                    params,
                ));
            }
        }
        write.commit(changes).await
    }
}
