//! Who looked at this record? Asked by those who answer for it: its owner, their managers.
//!
//! Rule: it tells less than an auditor is told. Operations on records only, so that nobody learns from it that an auditor or a
//! legal hold is concerned with their customer; no address of a colleague; and of fields only those the caller sees themselves.

use access::path::{Disclosed, Grant, OnRecords, Operation, Refusal};
use model::action::On;
use model::{Action, EventId, FieldLevel, FieldName, ObjectName, RecordId, StoredRow, UnixMs, UserId};
use serde::Serialize;

use super::line::{EVENT, EVENT_COLUMNS, EventRow, State, TOUCH, TouchRow, open};
use super::{Cursor, Page, Paging, page};
use crate::Store;
use crate::records::broken;
use crate::sql::Sql;

/// Who looked at one record, newest first.
#[derive(Debug, Clone)]
pub struct WhoLooked {
    pub object: ObjectName,
    pub id: RecordId,
    pub paging: Paging,
}

impl Operation for WhoLooked {
    const ACTION: Action = Action::WhoLooked;
}
impl OnRecords for WhoLooked {
    fn object(&self) -> &ObjectName {
        &self.object
    }
    fn record(&self) -> Option<RecordId> {
        Some(self.id)
    }
    fn detail(&self) -> serde_json::Value {
        serde_json::json!({ "question": "who_looked" })
    }
}

/// One access to the record.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Look {
    pub event: EventId,
    pub at: UnixMs,
    pub user: UserId,
    pub user_name: String,
    pub on_behalf_of: Option<UserId>,
    pub channel: String,
    pub action: String,
    pub decision: String,
    /// Fields shown in the clear, of those the asker sees.
    pub shown: Vec<FieldName>,
    /// Fields shown masked, of those the asker sees.
    pub masked: Vec<FieldName>,
    /// Whether the row is as it was recorded.
    pub state: State,
}

impl Store {
    /// Answers [`WhoLooked`]. Recorded with the record it was about.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::ForbiddenOnRecord`], [`Refusal::Invalid`] for limit or cursor; all recorded.
    pub async fn who_looked(&self, grant: Grant<WhoLooked>) -> Result<Disclosed<Page<Look>>, Refusal> {
        let (grant, row) = self.fetch_for_act(grant).await?;
        let grant = grant.permit(&row).await?;
        match self.looks(&grant, &row).await {
            Ok(found) => grant.answer_about(&row, found).await,
            Err(refusal) => Err(grant.refuse(refusal).await),
        }
    }

    async fn looks(&self, grant: &Grant<WhoLooked>, record: &StoredRow) -> Result<Page<Look>, Refusal> {
        let (limit, cursor) = grant.operation().paging.read()?;
        let object = grant.object_type()?;
        let levels = grant.levels_on(record);
        let visible: Vec<&FieldName> =
            object.fields.iter().zip(levels).filter(|(_, l)| *l > FieldLevel::Hidden).map(|(f, _)| &f.name).collect();
        self.ready_to_ask().await?;
        // Those that were merged into it are it, by now.
        let customers = self.ever_with(record.customer).await?;
        let records = self.with_merged(record.id).await?;
        let mut sql = Sql::new(self.db.dialect(), "SELECT ");
        sql.push(EVENT).push(", ").push(TOUCH);
        sql.push(" FROM touch t CROSS JOIN event e WHERE e.seq = t.seq AND t.customer IN ").bind_list(customers);
        sql.push(&self.touched_segments().await?);
        self.push_kept(&mut sql, self.retained_before().await?);
        sql.push(" AND t.record IN ").bind_list(records);
        let codes = Action::ALL.iter().filter(|a| a.on() == On::Record).map(|a| i64::from(a.code()));
        sql.push(" AND e.action IN ").bind_list(codes);
        if let Some(c) = cursor {
            sql.push(" AND (e.at, e.seq, t.n) < (").bind(c.at).push(", ").bind(c.seq).push(", ").bind(c.n).push(")");
        }
        sql.push(" ORDER BY e.at DESC, e.seq DESC, t.n DESC LIMIT ").bind(limit + 1);
        let mut rows = Vec::new();
        for row in self.read(sql.finish()).await? {
            let event = EventRow::read(&row).map_err(broken)?;
            rows.push((event, TouchRow::read(&row, EVENT_COLUMNS).map_err(broken)?));
        }
        // What is said about a record is no field of it; whoever may ask this may know that it was read.
        let said = crate::comments::field_name().ok();
        let recorder = self.gate().recorder();
        let directory = grant.engine().directory();
        let at = |(event, touch): &(EventRow, TouchRow)| Cursor { at: event.at.0, seq: event.seq, n: touch.n };
        Ok(page(rows, limit, at, |(event, touch)| {
            let line = open(event, recorder).touch(&touch, directory);
            // Who sees the record sees that it carries files, and that something was said.
            let known = |all: Vec<FieldName>| {
                let beside = |f: &FieldName| f.as_str() == crate::attachments::NAME || said.as_ref() == Some(f);
                all.into_iter().filter(|f| visible.contains(&f) || beside(f)).collect()
            };
            Look {
                event: line.event.event,
                at: line.event.at,
                user: line.event.user,
                user_name: line.event.user_name,
                on_behalf_of: line.event.on_behalf_of,
                channel: line.event.channel,
                action: line.event.action,
                decision: line.event.decision,
                shown: known(line.shown),
                masked: known(line.masked),
                state: line.touch_state,
            }
        }))
    }
}
