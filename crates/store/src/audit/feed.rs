//! The feed: every event that passes a filter, newest first.

use access::path::{Disclosed, Grant, OnSystem, Operation, Refusal};
use model::{Action, RecordId};
use serde::{Deserialize, Serialize};

use super::line::{EVENT, EventLine, EventRow, open};
use super::{Cursor, EventFilter, Page, Paging, Span, page, settle};
use crate::Store;
use crate::records::broken;
use crate::sql::Sql;

/// Events that pass a filter. Which customers an event touched is another question: [`super::ShowEvent`].
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Feed {
    pub filter: EventFilter,
    pub span: Span,
    pub paging: Paging,
}

impl Operation for Feed {
    const ACTION: Action = Action::AuditRead;
}
impl OnSystem for Feed {
    fn detail(&self) -> serde_json::Value {
        serde_json::json!({ "question": "feed", "asked": self })
    }
}

impl Store {
    /// Answers [`Feed`].
    ///
    /// # Errors
    /// As [`Store::who_saw`].
    pub async fn feed(&self, grant: Grant<Feed>) -> Result<Disclosed<Page<EventLine>>, Refusal> {
        let answer = self.events_passing(&grant).await;
        settle(grant, answer).await
    }

    async fn events_passing(&self, grant: &Grant<Feed>) -> Result<(Vec<RecordId>, Page<EventLine>), Refusal> {
        self.ready_to_ask().await?;
        let op = grant.operation();
        let (limit, cursor) = op.paging.read()?;
        op.filter.check()?;
        let mut sql = Sql::new(self.db.dialect(), "SELECT ");
        sql.push(EVENT).push(" FROM event e WHERE TRUE");
        op.filter.push(&mut sql);
        op.span.push(&mut sql);
        if let Some(c) = cursor {
            sql.push(" AND (e.at, e.seq) < (").bind(c.at).push(", ").bind(c.seq).push(")");
        }
        sql.push(" ORDER BY e.at DESC, e.seq DESC LIMIT ").bind(limit + 1);
        let rows = self.read(sql.finish()).await?;
        let rows = rows.iter().map(EventRow::read).collect::<Result<Vec<_>, _>>().map_err(broken)?;
        let recorder = self.gate().recorder();
        let directory = grant.engine().directory();
        let at = |row: &EventRow| Cursor { at: row.at.0, seq: row.seq, n: 0 };
        Ok((vec![], page(rows, limit, at, |row| open(row, recorder).line(directory))))
    }
}
