//! "Not a duplicate" 不是重复: remembered for the company, by who might have merged the two.

use access::path::{Change, Disclosed, Grant, OnRecords, Operation, Param, Refusal};
use model::{Action, ObjectName, RecordId};
use serde_json::json;

use crate::Store;
use crate::proof::tables::APART;

/// Two records are not the same, whatever they have in common.
pub struct KeepApart {
    pub object: ObjectName,
    pub one: RecordId,
    pub other: RecordId,
}

impl Operation for KeepApart {
    const ACTION: Action = Action::Merge;
}
impl OnRecords for KeepApart {
    fn object(&self) -> &ObjectName {
        &self.object
    }
    fn record(&self) -> Option<RecordId> {
        Some(self.one)
    }
    fn detail(&self) -> serde_json::Value {
        json!({ "act": "merge.apart", "other": self.other })
    }
    fn refused_detail(&self) -> serde_json::Value {
        json!({ "act": "merge.apart" })
    }
}

/// A pair in its own order.
pub(super) fn pair(one: RecordId, other: RecordId) -> (RecordId, RecordId) {
    if one < other { (one, other) } else { (other, one) }
}

impl Store {
    /// Remembers that two records are not the same. A second time changes nothing.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::ForbiddenOnRecord`] for either; [`Refusal::Invalid`] for one record twice; recorded.
    pub async fn keep_apart(&self, grant: Grant<KeepApart>) -> Result<Disclosed<()>, Refusal> {
        let (grant, row) = self.fetch_for_act(grant).await?;
        let mut grant = grant.permit(&row).await?;
        let found = async {
            let (op, object) = (grant.operation(), grant.object_type()?.clone());
            if op.one == op.other {
                return Err(Refusal::invalid("ids", "invalid_value", "name two records"));
            }
            let view = grant.filters_for(Action::View, &object.name);
            self.fetch(&object, op.other, &view, grant.now()).await?.ok_or(Refusal::NotFound)
        };
        let other = match found.await {
            Ok(other) => other,
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        grant = grant.permit(&other).await?;
        let (a, b) = pair(row.id, other.id);
        let mut params: Vec<Param> = vec![a.into(), b.into(), grant.caller().user.into(), grant.now().into()];
        params.push(self.seals().row(APART.name, &params).to_vec().into());
        let insert =
            "INSERT INTO apart (one, other, author, at, seal) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING";
        let mut write = grant.act_on(&row).await?;
        write.about(other.id, other.customer);
        Ok(write.commit(vec![Change::new(insert, params)]).await?.map(|_| ()))
    }
}
