//! Give a record to another owner, or back into a public pool.

use access::path::{Disclosed, Grant, OnRecords, Operation, Refusal};
use model::{Action, ObjectName, ObjectType, RecordId, StoredRow, UserId};
use serde::{Deserialize, Serialize};

use super::hand::{Along, Hand, Kept};
use super::statements::{self, NewOwner};
use crate::Store;
use crate::company::barred;

/// To whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TransferTo {
    User(UserId),
    /// 公海
    Pool(Return),
}

/// Which pool, and why.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Return {
    /// By name; without one, where the record came from, else the owner's first pool.
    pub pool: Option<String>,
    /// One of the pool's reasons.
    pub reason: Option<String>,
}

/// Transfer one record.
pub struct TransferRecord {
    pub object: ObjectName,
    pub id: RecordId,
    pub version: i64,
    pub to: TransferTo,
    /// Also the records of the same customer that have the same owner. They always go with a return.
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
        match &self.to {
            TransferTo::User(u) => serde_json::json!({ "to": { "user": u }, "with_related": self.with_related }),
            TransferTo::Pool(back) => {
                serde_json::json!({ "to": "pool", "pool": back.pool, "return_reason": back.reason })
            }
        }
    }
    /// A reason that is none of the pool's may be anything.
    fn refused_detail(&self) -> serde_json::Value {
        match &self.to {
            TransferTo::User(_) => self.detail(),
            TransferTo::Pool(_) => serde_json::json!({ "to": "pool" }),
        }
    }
}

impl Store {
    /// Transfers a record. Shares the former owner gave end with it: they never reach further than their giver.
    ///
    /// # Errors
    /// As [`Store::edit`]; `invalid_value` for a user who is not there or not active, `pool_reason_needed`, `approval_waits`,
    /// `pool_holding_limit`.
    pub async fn transfer(&self, grant: Grant<TransferRecord>) -> Result<Disclosed<RecordId>, Refusal> {
        let (grant, row) = self.fetch_for_act(grant).await?;
        let object = match grant.object_type() {
            Ok(object) => object.clone(),
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        let grant = grant.permit(&row).await?;
        if let Err(refusal) = self.unless_waiting(&object, &row, grant.now()).await {
            return Err(grant.refuse(refusal).await);
        }
        let op = grant.operation();
        let (at, along) = (grant.now(), if op.with_related { Along::Owner } else { Along::Nobody });
        let kept = Kept(object.process().and_then(|p| p.pool.as_ref()));
        let checked = match &op.to {
            TransferTo::User(user) => self.active_owner(&grant, *user).map(|department| {
                let kept = kept.given(row.pool, at);
                let to = NewOwner { owner: Some(*user), department: Some(department), pool: false, at, kept };
                (to, if row.pool { Along::Unowned } else { along }, vec![])
            }),
            TransferTo::Pool(back) => self.checked_return(&object, &row, back).map(|(pool, reason)| {
                let kept = kept.returned(pool.as_deref(), row.owner, reason.as_deref(), at);
                let to = NewOwner { owner: None, department: row.department, pool: true, at, kept };
                (to, Along::Owner, vec![("returned_to", serde_json::json!(pool))])
            }),
        };
        let mut first = vec![statements::unless_seen(&row, op.version)];
        let receiver = match &op.to {
            TransferTo::User(user) if row.owner != Some(*user) => Some(*user),
            _ => None,
        };
        let checked = match (checked, receiver) {
            (Ok(decided), Some(user)) => self.room_to_hold(&object, user, Some(&row), at).await.map(|guards| {
                first.extend(guards);
                decided
            }),
            (checked, _) => checked,
        };
        match checked {
            Ok((to, along, tells)) => self.hand(grant, Hand { row, to, along, first, tells }).await,
            Err(refusal) => Err(grant.refuse(refusal).await),
        }
    }

    /// The pool that a record goes back to, and the reason, if the object's pools ask for one.
    fn checked_return(
        &self,
        object: &ObjectType,
        row: &StoredRow,
        back: &Return,
    ) -> Result<(Option<String>, Option<String>), Refusal> {
        if !object.has_pool {
            return Err(Refusal::invalid("to", "invalid_value", "this object has no pool"));
        }
        let company = self.company();
        let pool =
            match &back.pool {
                Some(name) => Some(company.pool(&object.name, name).ok_or_else(|| {
                    Refusal::invalid("pool", "invalid_value", "there is no such pool of this object")
                })?),
                None => company.pool_to_return_to(object, row),
            };
        let Some(pool) = pool else {
            return match back.reason {
                None => Ok((None, None)),
                Some(_) => Err(Refusal::invalid("reason", "invalid_value", "without pools there are no reasons")),
            };
        };
        let known = |reason: &String| pool.reasons.iter().any(|r| r.value == *reason);
        match &back.reason {
            Some(reason) if known(reason) => Ok((Some(pool.name.clone()), Some(reason.clone()))),
            None if pool.reasons.is_empty() => Ok((Some(pool.name.clone()), None)),
            None => Err(barred("pool_reason_needed", "this pool asks for a reason of return")),
            Some(_) => Err(Refusal::invalid("reason", "not_an_option", "this is none of the pool's reasons")),
        }
    }
}
