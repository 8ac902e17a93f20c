//! Statements that came, with what became of them.

use access::path::{Disclosed, Grant, Refusal};
use model::{StatementId, UnixMs};

use super::statement_row::StatementOutcome;
use crate::Store;
use crate::audit::name_of;

/// Longest page.
const MOST_LISTED: usize = 200;

#[derive(Debug)]
pub struct ListStatements {
    pub outcome: Option<StatementOutcome>,
    pub course: Option<String>,
    pub limit: usize,
    pub after: Option<String>,
}

/// A statement, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementView {
    pub id: StatementId,
    pub outcome: StatementOutcome,
    /// When it came.
    pub at: UnixMs,
    pub course: Option<String>,
    /// Of whom it is, where that is known.
    pub name: Option<String>,
    /// As the statement names them.
    pub actor: Option<String>,
    pub verb: Option<String>,
    pub activity: Option<String>,
    pub percent: Option<u32>,
    pub said_at: Option<UnixMs>,
    pub until: Option<UnixMs>,
    pub reason: Option<String>,
    pub digest: String,
    pub file: Option<String>,
    pub by_name: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StatementsPage {
    pub items: Vec<StatementView>,
    pub next: Option<String>,
}

impl Store {
    /// # Errors
    /// [`Refusal::Invalid`] for the cursor; [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn list_statements(&self, grant: Grant<ListStatements>) -> Result<Disclosed<StatementsPage>, Refusal> {
        match self.page_of_statements(grant.operation()).await {
            Ok(page) => grant.carry_out(vec![], page).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn page_of_statements(&self, op: &ListStatements) -> Result<StatementsPage, Refusal> {
        let bad = || Refusal::invalid("cursor", "invalid_value", "not a place in this list");
        let after = match &op.after {
            None => None,
            Some(cursor) => {
                let (at, id) = cursor.split_once('.').ok_or_else(bad)?;
                let at = UnixMs(at.parse().map_err(|_| bad())?);
                Some((at, id.parse::<StatementId>().map_err(|_| bad())?))
            }
        };
        let limit = op.limit.clamp(1, MOST_LISTED);
        let (found, more) = self.statements_page(op.outcome, op.course.as_deref(), after, limit).await?;
        let next = found.last().filter(|_| more).map(|k| format!("{}.{}", k.at.0, k.id));
        let directory = self.directory();
        let view = |k: super::statement_row::Kept| {
            let by_name = name_of(&directory, k.body.by);
            let b = k.body;
            StatementView {
                id: k.id,
                outcome: k.outcome,
                at: k.at,
                course: k.course,
                name: k.user.map(|id| name_of(&directory, id)),
                actor: b.actor,
                verb: b.verb,
                activity: b.activity,
                percent: b.percent,
                said_at: b.said_at,
                until: b.until,
                reason: b.reason,
                digest: b.digest,
                file: b.file,
                by_name,
            }
        };
        Ok(StatementsPage { items: found.into_iter().map(view).collect(), next })
    }
}
