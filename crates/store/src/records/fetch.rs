//! Fetching single rows for acts on them. Stays inside the crate: rows leave it only sealed.

use access::engine::BoundFilter;
use access::path::{Grant, OnRecords, Refusal};
use model::{Action, ObjectName, ObjectType, RecordId, StoredRow, UnixMs};

use crate::sql::Sql;
use crate::{Store, row};

impl Store {
    /// One row by id, if all of `filters` hold for it, with its members.
    pub(crate) async fn fetch<'a>(
        &self,
        object: &ObjectType,
        id: RecordId,
        filters: impl IntoIterator<Item = &'a BoundFilter>,
        now: UnixMs,
    ) -> Result<Option<StoredRow>, Refusal> {
        let mut sql = Sql::new(self.db.dialect(), "SELECT ");
        sql.push(&row::select(object)).push(row::FROM).push(" WHERE r.id = ").bind(id);
        sql.push(" AND r.object = ").bind(object.name.as_str());
        sql.and_filters(filters, object, now);
        let found = self.read(sql.finish_point()).await?;
        let Some(first) = found.first() else { return Ok(None) };
        let mut rows = vec![row::read(first, object, self.seals()).map_err(broken)?];
        self.add_members(&mut rows, now).await?;
        Ok(rows.pop())
    }

    pub(crate) async fn add_members(&self, rows: &mut [StoredRow], now: UnixMs) -> Result<(), Refusal> {
        for part in rows.chunks_mut(500) {
            let ids: Vec<RecordId> = part.iter().map(|r| r.id).collect();
            let members = self.read(row::members_query(self.db.dialect(), &ids, now)).await?;
            row::add_members(part, &members, self.seals()).map_err(broken)?;
        }
        Ok(())
    }

    /// The row an act names, for a caller who may view it or do the act on it. What is not there for the caller is
    /// refused as not found, and recorded.
    pub(crate) async fn fetch_for_act<O: OnRecords>(&self, grant: Grant<O>) -> Result<(Grant<O>, StoredRow), Refusal> {
        let (object, Some(id)) = (grant.object_type().cloned(), grant.operation().record()) else {
            return Err(grant.refuse(Refusal::NotFound).await);
        };
        let object = match object {
            Ok(object) => object,
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        // Reached by the act's own filter, else by the right to view: then the act is refused on a known record.
        let act: Vec<BoundFilter> = grant.filters().into_iter().cloned().collect();
        let view = grant.filters_for(Action::View, &object.name);
        for filters in [act, view] {
            match self.fetch(&object, id, &filters, grant.now()).await {
                Ok(Some(row)) => return Ok((grant, row)),
                Ok(None) => {}
                Err(refusal) => return Err(grant.refuse(refusal).await),
            }
        }
        Err(grant.refuse(Refusal::NotFound).await)
    }

    /// The customer a new record refers to, with its wrapped key, if the caller may act on that customer.
    pub(crate) async fn customer_key<O: OnRecords>(
        &self,
        grant: &Grant<O>,
        customer_object: &ObjectName,
        id: RecordId,
        action: Action,
    ) -> Result<Option<StoredRow>, Refusal> {
        let Some(object) = grant.engine().compiled().object(customer_object).cloned() else { return Ok(None) };
        let filters = grant.filters_for(action, customer_object);
        self.fetch(&object, id, &filters, grant.now()).await
    }
}

/// A row that cannot be read is damage, never an empty answer.
pub(crate) fn broken(error: crate::DatabaseError) -> Refusal {
    tracing::error!(%error, "a stored row cannot be read");
    Refusal::Damaged
}
