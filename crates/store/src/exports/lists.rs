//! Exports past and under way: one's own, and for auditors everybody's.

use access::path::{Disclosed, Grant, OnSystem, Operation, Param, Refusal};
use model::{Action, JobId, UnixMs, UserId};
use serde_json::{Value, json};

use super::file::{ExportFile, ExportState};
use crate::Store;
use crate::company::operations;

/// Most exports of a page.
const MOST: u32 = 100;

/// One's own exports, newest first.
#[derive(Debug)]
pub struct ListExports {
    /// Those asked for before this one.
    pub before: Option<JobId>,
    /// 1 to 100.
    pub limit: u32,
}

/// Everybody's exports, newest first.
#[derive(Debug)]
pub struct AuditExports {
    pub before: Option<JobId>,
    pub limit: u32,
    pub user: Option<UserId>,
    pub state: Option<ExportState>,
}

operations! {
    ListExports: SelfRead, |op| json!({ "act": "export.list", "before": op.before });
    AuditExports: AuditRead, |op| json!({ "act": "export.audit", "before": op.before, "user": op.user, "state": op.state });
}

/// A page of exports.
#[derive(Debug)]
pub struct ExportPage {
    pub items: Vec<ExportFile>,
    /// Whether there are older ones.
    pub more: bool,
}

/// How far an own export is: numbers, and nothing of what is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub state: ExportState,
    pub rows: u64,
    pub at_most: u64,
    pub bytes: u64,
    pub expires_at: Option<UnixMs>,
}

impl Store {
    /// # Errors
    /// [`Refusal::Invalid`] for the limit, recorded; [`Refusal::AuditUnavailable`].
    pub async fn list_exports(&self, grant: Grant<ListExports>) -> Result<Disclosed<ExportPage>, Refusal> {
        let ListExports { before, limit } = *grant.operation();
        let found = self.export_page(before, limit, Some(grant.caller().user), None, grant.now()).await;
        match found {
            Ok(page) => grant.carry_out(vec![], page).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// # Errors
    /// As [`Store::list_exports`].
    pub async fn audit_exports(&self, grant: Grant<AuditExports>) -> Result<Disclosed<ExportPage>, Refusal> {
        let AuditExports { before, limit, user, state } = *grant.operation();
        match self.export_page(before, limit, user, state, grant.now()).await {
            Ok(page) => grant.carry_out(vec![], page).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn export_page(
        &self,
        before: Option<JobId>,
        limit: u32,
        user: Option<UserId>,
        state: Option<ExportState>,
        now: UnixMs,
    ) -> Result<ExportPage, Refusal> {
        if !(1..=MOST).contains(&limit) {
            return Err(Refusal::invalid("limit", "invalid_value", format!("a page has 1 to {MOST} exports")));
        }
        let mut params: Vec<Param> = vec![(i64::from(limit) + 1).into()];
        let mut conditions = vec!["TRUE".to_owned()];
        let mut also = |sql: &str, param: Param| {
            params.push(param);
            conditions.push(format!("{sql} ?{}", params.len()));
        };
        if let Some(id) = before {
            also("id <", id.into());
        }
        if let Some(user) = user {
            also("actor =", user.into());
        }
        if let Some(state) = state {
            // What a request tells is kept as waiting.
            let kept = match state {
                ExportState::Approved | ExportState::Rejected => ExportState::Waiting,
                state => state,
            };
            also("state =", kept.as_str().into());
        }
        let condition = format!("{} ORDER BY id DESC LIMIT ?1", conditions.join(" AND "));
        let mut items = self.files(&condition, params).await?;
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = items.len() > limit;
        items.truncate(limit);
        let mut decided = Vec::with_capacity(items.len());
        for file in items {
            decided.push(self.as_decided(file, now).await?);
        }
        Ok(ExportPage { items: decided, more })
    }

    /// How far somebody's own export is.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when it is not theirs. Not recorded.
    pub async fn export_progress(&self, user: UserId, id: JobId, now: UnixMs) -> Result<Progress, Refusal> {
        let ExportFile { state, rows, at_most, bytes, expires_at, .. } =
            self.as_decided(self.own_file(user, id).await?, now).await?;
        Ok(Progress { state, rows, at_most, bytes, expires_at })
    }
}
