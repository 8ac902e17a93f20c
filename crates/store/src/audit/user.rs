//! What did this user do, and whose data did they touch?

use access::path::{Disclosed, Grant, OnSystem, Operation, Refusal};
use model::{Action, RecordId, UnixMs, UserId};
use serde::{Deserialize, Serialize};

use super::line::{EVENT, EventLine, EventRow, name, open};
use super::{Cursor, Page, Paging, Span, page, settle};
use crate::Store;
use crate::records::broken;
use crate::sql::Sql;

/// Customers listed in the summary, those touched most often first.
const LISTED_CUSTOMERS: i64 = 200;

/// What a user did, or had done for them, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UserActivity {
    pub user: UserId,
    #[serde(default)]
    pub span: Span,
    #[serde(default)]
    pub paging: Paging,
}

impl UserActivity {
    pub fn new(user: UserId) -> Self {
        Self { user, span: Span::default(), paging: Paging::default() }
    }
}

impl Operation for UserActivity {
    const ACTION: Action = Action::AuditRead;
}
impl OnSystem for UserActivity {
    fn detail(&self) -> serde_json::Value {
        serde_json::json!({ "question": "did", "asked": self })
    }
}

/// How often one customer was touched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CustomerCount {
    pub customer: RecordId,
    /// Events that touched them.
    pub events: i64,
    pub last: UnixMs,
}

/// The answer to [`UserActivity`].
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Did {
    pub user: UserId,
    pub user_name: String,
    /// Over the whole span, not this page.
    pub events: i64,
    /// Distinct customers touched in the span, erased ones included.
    pub distinct_customers: i64,
    /// The 200 touched most often; on the first page only.
    pub customers: Vec<CustomerCount>,
    pub page: Page<EventLine>,
}

/// The user's events as `e`: those they did, then those done for them. Two index ranges.
pub(super) fn push_events(sql: &mut Sql, columns: &str, user: UserId, more: &dyn Fn(&mut Sql)) {
    for (n, column) in ["e.actor", "e.on_behalf_of"].into_iter().enumerate() {
        sql.push(if n == 0 { "SELECT * FROM (SELECT " } else { " UNION ALL SELECT * FROM (SELECT " });
        sql.push(columns).push(" FROM event e WHERE ").push(column).push(" = ").bind(user);
        if n > 0 {
            // Someone who acts on their own behalf counts once.
            sql.push(" AND e.actor <> ").bind(user);
        }
        more(sql);
        sql.push(if n == 0 { ") AS own" } else { ") AS for_them" });
    }
}

impl Store {
    /// Answers [`UserActivity`]. The customers it names are touches of the question's own event.
    ///
    /// # Errors
    /// As [`Store::who_saw`].
    pub async fn did(&self, grant: Grant<UserActivity>) -> Result<Disclosed<Did>, Refusal> {
        let answer = self.done_by(&grant).await;
        settle(grant, answer).await
    }

    async fn done_by(&self, grant: &Grant<UserActivity>) -> Result<(Vec<RecordId>, Did), Refusal> {
        self.ready_to_ask().await?;
        let op = grant.operation();
        let (limit, cursor) = op.paging.read()?;
        let dialect = self.db.dialect();

        let mut sql = Sql::new(dialect, "SELECT * FROM (");
        push_events(&mut sql, EVENT, op.user, &|sql| {
            op.span.push(sql);
            if let Some(c) = cursor {
                sql.push(" AND (e.at, e.seq) < (").bind(c.at).push(", ").bind(c.seq).push(")");
            }
            sql.push(" ORDER BY e.at DESC, e.seq DESC LIMIT ").bind(limit + 1);
        });
        sql.push(") AS e ORDER BY e.at DESC, e.seq DESC LIMIT ").bind(limit + 1);
        let rows = self.read(sql.finish()).await?;
        let rows = rows.iter().map(EventRow::read).collect::<Result<Vec<_>, _>>().map_err(broken)?;

        let mut count = Sql::new(dialect, "SELECT COUNT(*) FROM (");
        push_events(&mut count, "e.seq", op.user, &|sql| op.span.push(sql));
        count.push(") AS e");
        let events = self.one_number(count).await?;

        let retained_before = self.retained_before().await?;
        let mut distinct = Sql::new(dialect, "SELECT COUNT(DISTINCT t.customer) FROM (");
        push_events(&mut distinct, "e.seq, e.at, e.action, e.decision", op.user, &|sql| op.span.push(sql));
        distinct.push(") AS e JOIN touch t ON t.seq = e.seq WHERE TRUE");
        self.push_kept(&mut distinct, retained_before);
        let distinct_customers = self.one_number(distinct).await?;

        let mut customers = Vec::new();
        if cursor.is_none() {
            let mut sql = Sql::new(dialect, "SELECT t.customer, COUNT(DISTINCT e.seq) AS events, MAX(e.at) FROM (");
            push_events(&mut sql, "e.seq, e.at, e.action, e.decision", op.user, &|sql| op.span.push(sql));
            sql.push(") AS e JOIN touch t ON t.seq = e.seq WHERE TRUE");
            self.push_kept(&mut sql, retained_before);
            sql.push(" GROUP BY t.customer ORDER BY events DESC, t.customer LIMIT ").bind(LISTED_CUSTOMERS);
            for row in self.read(sql.finish()).await? {
                let read = || Ok(CustomerCount { customer: row.record(0)?, events: row.int(1)?, last: row.time(2)? });
                customers.push(read().map_err(broken)?);
            }
        }

        let recorder = self.gate().recorder();
        let directory = grant.engine().directory();
        let at = |row: &EventRow| Cursor { at: row.at.0, seq: row.seq, n: 0 };
        let did = Did {
            user: op.user,
            user_name: name(directory, op.user),
            events,
            distinct_customers,
            page: page(rows, limit, at, |row| open(row, recorder).line(directory)),
            customers,
        };
        Ok((did.customers.iter().map(|c| c.customer).collect(), did))
    }

    pub(crate) async fn one_number(&self, sql: Sql) -> Result<i64, Refusal> {
        let rows = self.read(sql.finish()).await?;
        rows.first().map_or(Ok(0), |row| row.opt_int(0).map(|n| n.unwrap_or(0)).map_err(broken))
    }
}
