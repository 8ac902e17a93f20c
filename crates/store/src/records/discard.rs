//! Discard a record 丢弃, with a reason: a lead that leads nowhere.

use access::path::{Disclosed, Grant, OnRecords, Operation, Refusal};
use model::{Action, ObjectName, RecordId};

use super::numbers::Numbering;
use super::parse::parse_values;
use super::{stages, statements};
use crate::Store;
use crate::automation::{Besides, Left};
use crate::company::barred;

/// Close one record that has such a process, if it still has this version. Needs the right to edit it.
pub struct DiscardRecord {
    pub object: ObjectName,
    pub id: RecordId,
    pub version: i64,
    /// A value of the process' reason field.
    pub reason: String,
}

impl Operation for DiscardRecord {
    const ACTION: Action = Action::Edit;
}
impl OnRecords for DiscardRecord {
    fn object(&self) -> &ObjectName {
        &self.object
    }
    fn record(&self) -> Option<RecordId> {
        Some(self.id)
    }
    fn detail(&self) -> serde_json::Value {
        serde_json::json!({ "act": "discard" })
    }
}

impl Store {
    /// Discards a record.
    ///
    /// # Errors
    /// [`Refusal::Barred`] with `no_process` or `closed`, and as [`Store::edit`]; all recorded.
    pub async fn discard(&self, grant: Grant<DiscardRecord>) -> Result<Disclosed<RecordId>, Refusal> {
        let (grant, row) = self.fetch_for_act(grant).await?;
        let grant = grant.permit(&row).await?;
        let checked = (|| {
            let object = grant.object_type()?.clone();
            let process = object.process().filter(|p| p.discard.is_some());
            let process = process.ok_or_else(|| barred("no_process", "records of this object are not discarded"))?;
            let Some(discard) = &process.discard else { return Err(Refusal::NotFound) };
            if stages::closed(process, &row) {
                return Err(barred("closed", "it was converted or discarded already"));
            }
            let given = serde_json::Map::from_iter([
                (discard.status.to_string(), discard.to.as_str().into()),
                (discard.reason.to_string(), grant.operation().reason.as_str().into()),
            ]);
            let values = parse_values(&object, &given).map_err(Refusal::Invalid)?;
            if values.get(&discard.reason).is_none_or(Option::is_none) {
                return Err(Refusal::invalid(discard.reason.as_str(), "required", "a reason is needed"));
            }
            Ok((object.clone(), values))
        })();
        let (object, values) = match checked {
            Ok(checked) => checked,
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        let (at, version, stored) = (grant.now(), grant.operation().version, row.clone());
        let Besides { planned, beside, after, .. } =
            match self.plan_change(&object, &row, &values, grant.caller(), &std::collections::BTreeSet::new()).await {
                Ok(besides) => besides,
                Err(refusal) => return Err(grant.refuse(refusal).await),
            };
        let mut write = grant.change_giving(row, &values, &beside).await?;
        let mut changes = vec![statements::unless_seen(&stored, version)];
        changes.extend(statements::update(&object, &stored, &write.places, at));
        let mut numbering = Numbering::default();
        let left = [(&planned, Left { object: &object, row: &after, new: false })];
        match self.apply_automations(&left, &mut write, &mut numbering).await {
            Ok(more) => changes.extend(more),
            Err(refusal) => return Err(write.refuse(refusal).await),
        }
        numbering.add_to(&mut write, &mut changes);
        write.commit(changes).await
    }
}
