//! What a case does with the alerts it came of: closing it closes them with what it turned out to be, reopening it opens them again.
//!
//! Rule: it is one unit with the act on the case, and only what that case closed is opened by it. An alert that somebody closed before
//! keeps what they said of it; one that a later alert about the same has taken the place of stays closed.

use access::path::{Change, Refusal};
use model::case::{FromAlert, Verdict};
use model::{AlertId, AlertState, CaseId, Feedback, Severity, UnixMs, UserId};
use serde_json::Value;

use super::{Alert, Handled};
use crate::Store;

/// An alert that a case came of, as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertOfCase {
    pub id: AlertId,
    pub rule: String,
    pub title_zh: String,
    pub title_en: String,
    pub severity: Severity,
    pub state: AlertState,
    pub feedback: Option<Feedback>,
    /// Whether reopening the case would open it: the case closed it.
    pub closed_by_case: bool,
}

impl Alert {
    fn was_closed_by(&self, case: CaseId) -> bool {
        self.state == AlertState::Closed && self.body.handled.last().is_some_and(|h| h.case == Some(case))
    }

    fn settle(&mut self, case: CaseId, feedback: Option<Feedback>, by: UserId, at: UnixMs) {
        self.state = if feedback.is_some() { AlertState::Closed } else { AlertState::Open };
        self.body.feedback = feedback;
        self.body.snoozed_until = None;
        let (state, case) = (self.state, Some(case));
        self.body.handled.push(Handled { by, at, state, until: None, feedback, note: None, case });
    }
}

impl Store {
    async fn alerts_in(&self, case: CaseId, from: &[FromAlert]) -> Result<Vec<Alert>, Refusal> {
        let ids: Vec<AlertId> = from.iter().map(|f| f.alert).collect();
        if ids.is_empty() {
            return Ok(vec![]);
        }
        let mut alerts = self.alerts_of(&ids).await?;
        alerts.retain(|a| a.case == Some(case));
        Ok(alerts)
    }

    /// The alerts of a case as they stand.
    pub(crate) async fn alerts_of_case(&self, case: CaseId, from: &[FromAlert]) -> Result<Vec<AlertOfCase>, Refusal> {
        let alerts = self.alerts_in(case, from).await?;
        let of = |a: Alert| AlertOfCase {
            closed_by_case: a.was_closed_by(case),
            id: a.id,
            rule: a.rule,
            title_zh: a.body.title_zh,
            title_en: a.body.title_en,
            severity: a.severity,
            state: a.state,
            feedback: a.body.feedback,
        };
        Ok(alerts.into_iter().map(of).collect())
    }

    /// The statements that close a case's open alerts by its verdict, or without one open again what it closed; and what their event
    /// MUST tell under `alerts`.
    pub(crate) async fn settle_alerts(
        &self,
        (case, from): (CaseId, &[FromAlert]),
        verdict: Option<Verdict>,
        (by, at): (UserId, UnixMs),
    ) -> Result<(Vec<Change>, Vec<Value>), Refusal> {
        let (mut changes, mut told) = (vec![], vec![]);
        for mut alert in self.alerts_in(case, from).await? {
            let settles = match verdict {
                Some(_) => alert.state != AlertState::Closed,
                None => alert.was_closed_by(case) && !self.has_successor(&alert).await?,
            };
            if settles {
                alert.settle(case, verdict.map(Verdict::feedback), by, at);
                changes.push(self.update_alert(&mut alert)?);
                told.push(alert.told());
            }
        }
        Ok((changes, told))
    }
}
