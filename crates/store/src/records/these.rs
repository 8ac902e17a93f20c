//! Records by their ids: what a reference, a board or a page's list of recent records shows of them.
//!
//! A record that is not there and one the caller may not see are both left out. The order is that of the ids asked for.

use access::engine::BoundFilter;
use access::path::{Grant, OnRecords, Operation, Refusal, Sealed};
use model::{Action, FieldLevel, FieldName, ObjectName, RecordId, StoredRow};

use super::fetch::broken;
use crate::sql::Sql;
use crate::{Store, row};

/// Most ids of one question.
pub const MOST_IDS: usize = 200;

/// These records, as far as the caller may list them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListThese {
    pub object: ObjectName,
    /// 1 to [`MOST_IDS`]; one given twice counts once.
    pub ids: Vec<RecordId>,
    /// Which fields; `None` for all the caller may see.
    pub fields: Option<Vec<FieldName>>,
}

impl Operation for ListThese {
    const ACTION: Action = Action::List;
}
impl OnRecords for ListThese {
    fn object(&self) -> &ObjectName {
        &self.object
    }
    fn wanted(&self) -> Option<&[FieldName]> {
        self.fields.as_deref()
    }
    /// How many were asked for, not which: those that were shown stand in the event, and the others may not exist.
    fn detail(&self) -> serde_json::Value {
        serde_json::json!({ "by_id": self.ids.len() })
    }
}

impl Store {
    /// The records of these ids that the caller may list.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] for a wrong number of ids and for an `unknown_field`; recorded.
    pub async fn list_these(&self, grant: Grant<ListThese>) -> Result<Sealed<ListThese>, Refusal> {
        match self.these(&grant).await {
            Ok(rows) => Ok(grant.seal(rows)),
            Err(refusal) => Err(grant.refuse(refusal).await),
        }
    }

    async fn these(&self, grant: &Grant<ListThese>) -> Result<Vec<StoredRow>, Refusal> {
        let op = grant.operation();
        let object = grant.object_type()?.clone();
        if !(1..=MOST_IDS).contains(&op.ids.len()) {
            return Err(Refusal::invalid("ids", "invalid_value", format!("give 1 to {MOST_IDS} ids")));
        }
        for name in op.fields.iter().flatten() {
            let hidden = || grant.field_filters(name.as_str(), FieldLevel::Masked).iter().any(BoundFilter::is_never);
            if object.field(name.as_str()).is_none() || hidden() {
                let shown: String = name.as_str().chars().take(64).collect();
                return Err(Refusal::invalid(&shown, "unknown_field", "there is no such field"));
            }
        }
        let filters: Vec<BoundFilter> = grant.filters().into_iter().cloned().collect();
        let mut sql = Sql::new(self.db.dialect(), "SELECT ");
        sql.push(&row::select(&object)).push(row::FROM).push(" WHERE r.object = ").bind(object.name.as_str());
        sql.and_filters(&filters, &object, grant.now());
        sql.push(" AND r.id IN ").bind_list(op.ids.iter().copied());
        let found = self.read(sql.finish()).await?;
        let mut rows = Vec::with_capacity(found.len());
        for r in &found {
            rows.push(row::read(r, &object, self.seals()).map_err(broken)?);
        }
        let place = |row: &StoredRow| op.ids.iter().position(|id| *id == row.id);
        rows.sort_by_key(place);
        self.add_members(&mut rows, grant.now()).await?;
        Ok(rows)
    }
}
