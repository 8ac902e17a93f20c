//! What ties a person to customers: an open deal or task, a recent follow-up, the customer's own row and shares, an approved request, a
//! handover under way. One query for a page of a list, asked only for customers that nothing else explains.
//!
//! It reads ids and columns that stand in the clear, and gives no value of anybody. Like counts it sees no seals: a task written beside the
//! program explains a look until doctor finds the task, and lets nobody look.

use std::sync::Arc;

use access::engine::predicate_of;
use access::path::{AskTies, Tie, Ties, TiesError};
use model::{DepartmentId, Explanation, RecordId, UnixMs, UserId};

use crate::database::{Database, DatabaseError, Row};
use crate::sql::Sql;

/// Customers of one query: both databases take many times as many values.
const AT_ONCE: usize = 500;
const DAY_MS: i64 = 86_400_000;

/// Ties as the database knows them.
pub(crate) struct StoredTies(pub(crate) Arc<dyn Database>);

#[async_trait::async_trait]
impl Ties for StoredTies {
    async fn ties(&self, ask: AskTies<'_>) -> Result<Vec<(RecordId, Tie)>, TiesError> {
        let mut found = vec![];
        for customers in ask.customers.chunks(AT_ONCE) {
            let rows = self.0.read(query(self.0.dialect(), &ask, customers)).await;
            for row in rows.map_err(|e| failed(&e))? {
                found.extend(read(&row).map_err(|e| failed(&e))?);
            }
        }
        Ok(found)
    }
}

fn failed(error: &DatabaseError) -> TiesError {
    tracing::error!(%error, "what explains an access could not be asked");
    TiesError(error.to_string())
}

/// Columns: customer, kind or reason, and of the customer's own row object, owner, department, pool.
fn query(dialect: crate::Dialect, ask: &AskTies<'_>, customers: &[RecordId]) -> crate::Query {
    let mut sql = Sql::new(dialect, "SELECT r.id, 'home', r.object, r.owner, r.department, r.pool FROM record r");
    sql.push(" WHERE r.id IN ").bind_list(customers.iter().copied());
    if ask.rules.counts(Explanation::CoOwner) || ask.rules.counts(Explanation::Share) {
        sql.push(" UNION ALL SELECT m.record, m.kind, NULL, NULL, NULL, 0 FROM member m WHERE m.record IN ");
        sql.bind_list(customers.iter().copied()).push(" AND ");
        taking_part(&mut sql, ask);
    }
    for link in ask.rules.counted_links() {
        // A template whose object type or field is gone explains nothing more.
        let Some(object) = ask.engine.compiled().object(&link.object) else { continue };
        let only = match link.only.as_ref().map(|only| predicate_of(only, object)).transpose() {
            Ok(only) => only,
            Err(_) => continue,
        };
        sql.push(" UNION SELECT r.customer, '").push(link.reason.as_str()).push("', NULL, NULL, NULL, 0 FROM record r");
        sql.push(" WHERE r.object = ").bind(link.object.as_str()).push(" AND r.customer IN ");
        sql.bind_list(customers.iter().copied()).push(" AND (r.owner = ").bind(ask.who.id);
        sql.push(" OR EXISTS (SELECT 1 FROM member m WHERE m.record = r.id AND m.kind = 'collaborator' AND ");
        taking_part(&mut sql, ask);
        // What they made themselves just now explains nothing.
        sql.push(")) AND NOT (r.created_by = ").bind(ask.who.id);
        sql.push(" AND r.created_at > ").bind(UnixMs(ask.now.0.saturating_sub(ask.rules.weak_ms()))).push(")");
        if let Some(days) = link.days {
            let since = ask.now.0.saturating_sub(i64::from(days).saturating_mul(DAY_MS));
            sql.push(" AND r.updated_at >= ").bind(UnixMs(since));
        }
        if let Some(only) = only {
            sql.push(" AND (").predicate(&only, object, ask.now).push(")");
        }
    }
    if ask.rules.counts(Explanation::ApprovedRequest) {
        sql.push(" UNION SELECT r.customer, 'approved_request', NULL, NULL, NULL, 0 FROM request q");
        sql.push(" JOIN record r ON r.id = q.record WHERE q.requester = ").bind(ask.who.id);
        sql.push(" AND q.state = 'approved' AND q.until > ").bind(ask.now).push(" AND r.customer IN ");
        sql.bind_list(customers.iter().copied());
    }
    if ask.rules.counts(Explanation::Handover) {
        sql.push(" UNION SELECT r.id, 'handover', NULL, NULL, NULL, 0 FROM handover h");
        sql.push(" JOIN record r ON r.owner = h.leaver WHERE h.ended_at IS NULL AND (h.actor = ").bind(ask.who.id);
        sql.push(" OR h.plan LIKE ").bind(format!("%{}%", ask.who.id)).push(") AND r.id IN ");
        sql.bind_list(customers.iter().copied());
    }
    sql.finish_point()
}

/// The condition that a row of the member table as `m` is to who asks, is in force, and was given by somebody else.
fn taking_part(sql: &mut Sql, ask: &AskTies<'_>) {
    sql.push("((m.grantee_kind = 'user' AND m.grantee = ").bind(ask.who.id.to_string());
    sql.push(") OR (m.grantee_kind = 'department' AND m.grantee IN ");
    sql.bind_list(ask.departments.iter().map(ToString::to_string));
    sql.push(") OR (m.grantee_kind = 'role' AND m.grantee IN ");
    sql.bind_list(ask.who.roles.iter().map(ToString::to_string));
    sql.push(")) AND (m.expires_at IS NULL OR m.expires_at > ").bind(ask.now).push(")");
    sql.push(" AND m.granted_by <> ").bind(ask.who.id);
}

fn read(row: &Row) -> Result<Option<(RecordId, Tie)>, DatabaseError> {
    let customer = row.record(0)?;
    let reason = match row.text(1)? {
        "home" => {
            let object =
                row.text(2)?.parse().map_err(|_| DatabaseError::Unexpected { column: 2, expected: "a name" })?;
            let owner = row.opt_id(3)?.map(UserId::from_bytes);
            let department = row.opt_id(4)?.map(DepartmentId::from_bytes);
            return Ok(Some((customer, Tie::Home { object, owner, department, pool: row.bool(5)? })));
        }
        "collaborator" => Explanation::CoOwner,
        "viewer" | "share" => Explanation::Share,
        word => match Explanation::ALL.into_iter().find(|reason| reason.as_str() == word) {
            Some(reason) => reason,
            None => return Ok(None),
        },
    };
    Ok(Some((customer, Tie::Reason(reason))))
}
