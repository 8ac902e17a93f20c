//! Who saw this customer, or this record of theirs?

use access::path::{Disclosed, Grant, OnSystem, Operation, Refusal};
use model::{Action, RecordId, UnixMs};
use serde::{Deserialize, Serialize};

use super::line::{EVENT, EVENT_COLUMNS, EventRow, TOUCH, TouchLine, TouchRow, open};
use super::{Cursor, Page, Paging, Span, page, settle};
use crate::Store;
use crate::database::Query;
use crate::records::{PartOf, broken};
use crate::sql::Sql;

/// Every event that touched a customer or one record, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WhoSaw {
    /// A customer: the answer is about all that is theirs. Another record: about that one.
    pub id: RecordId,
    /// The customer of a record that has been deleted since; else it is found.
    #[serde(default)]
    pub customer: Option<RecordId>,
    #[serde(default)]
    pub span: Span,
    #[serde(default)]
    pub paging: Paging,
}

impl WhoSaw {
    pub fn new(id: RecordId) -> Self {
        Self { id, customer: None, span: Span::default(), paging: Paging::default() }
    }
}

/// The answer to [`WhoSaw`].
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Seen {
    pub customer: RecordId,
    /// Records that were merged into the one asked about: the answer is about them too.
    pub merged: Vec<RecordId>,
    /// Records that it was part of for a time: looks at those, then, were looks at it too.
    pub part_of: Vec<PartOf>,
    pub page: Page<TouchLine>,
    /// What happened before this moment was dropped when its retention ended, and is not listed.
    pub kept_since: Option<UnixMs>,
}

impl Operation for WhoSaw {
    const ACTION: Action = Action::AuditRead;
}
impl OnSystem for WhoSaw {
    fn detail(&self) -> serde_json::Value {
        serde_json::json!({ "question": "who_saw", "asked": self })
    }
    fn about(&self) -> Option<RecordId> {
        Some(self.customer.unwrap_or(self.id))
    }
}

impl Store {
    /// Answers [`WhoSaw`]. An id that never was gets an empty answer.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] for limit or cursor, [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn who_saw(&self, grant: Grant<WhoSaw>) -> Result<Disclosed<Seen>, Refusal> {
        let answer = self.touches_of(grant.operation(), grant.engine().directory()).await;
        settle(grant, answer).await
    }

    pub(crate) async fn touches_of(
        &self,
        op: &WhoSaw,
        directory: &model::Directory,
    ) -> Result<(Vec<RecordId>, Seen), Refusal> {
        self.ready_to_ask().await?;
        let (limit, cursor) = op.paging.read()?;
        let customer = match op.customer {
            Some(customer) => customer,
            None => self.customer_of(op.id).await?,
        };
        // A record is asked about together with those that were merged into it, and what was its customer's then.
        let customers = self.with_merged(customer).await?;
        let asked = if customer == op.id { customers.clone() } else { self.with_merged(op.id).await? };
        let part_of = self.was_part_of(op.id).await?;
        // A record that is not a customer itself is found under whatever its customer was part of.
        let under = if customer == op.id { customers.clone() } else { self.ever_with(customer).await? };
        // The touches of one customer are found by index; their events are then looked up one by one, whatever the planner
        // thinks of the index by time.
        let mut sql = Sql::new(self.db.dialect(), "SELECT ");
        sql.push(EVENT).push(", ").push(TOUCH);
        sql.push(" FROM touch t CROSS JOIN event e WHERE e.seq = t.seq AND t.customer IN ");
        sql.bind_list(under);
        sql.push(&self.touched_segments().await?);
        let retained_before = self.retained_before().await?;
        self.push_kept(&mut sql, retained_before);
        if customer != op.id {
            sql.push(" AND t.record IN ").bind_list(asked.iter().copied());
        }
        op.span.push(&mut sql);
        if let Some(c) = cursor {
            sql.push(" AND (e.at, e.seq, t.n) < (").bind(c.at).push(", ").bind(c.seq).push(", ").bind(c.n).push(")");
        }
        sql.push(" ORDER BY e.at DESC, e.seq DESC, t.n DESC LIMIT ").bind(limit + 1);
        let mut rows = Vec::new();
        for row in self.read(sql.finish()).await? {
            let event = EventRow::read(&row).map_err(broken)?;
            rows.push((event, TouchRow::read(&row, EVENT_COLUMNS).map_err(broken)?));
        }
        let recorder = self.gate().recorder();
        let at = |(event, touch): &(EventRow, TouchRow)| Cursor { at: event.at.0, seq: event.seq, n: touch.n };
        let page = page(rows, limit, at, |(event, touch)| open(event, recorder).touch(&touch, directory));
        let kept_since = Some(retained_before).filter(|t| t.0 != i64::MIN);
        let merged = asked.into_iter().skip(1).collect();
        Ok((customers, Seen { customer, merged, part_of, page, kept_since }))
    }

    /// Whose a record is; an id that is no record is taken for a customer's.
    pub(crate) async fn customer_of(&self, id: RecordId) -> Result<RecordId, Refusal> {
        let query = Query::point("SELECT customer FROM record WHERE id = ?1", vec![id.into()]);
        let rows = self.read(query).await?;
        rows.first().map_or(Ok(id), |row| row.record(0).map_err(broken))
    }
}
