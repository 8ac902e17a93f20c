//! The verdict: given once, with the figures it was given by.

use access::path::{Change, Disclosed, Grant, Refusal};
use model::case::Severity;
use model::{CaseId, LeaverId};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::figures::BACK;
use super::row::{Judged, Leaver, LeaverState, LeaverVerdict, told};
use super::words;
use crate::cases::OpenCase;
use crate::company::{Note, barred};
use crate::identity::Told;
use crate::proof::tables::ALERT;
use crate::{Query, Store};

/// The case that a verdict opens.
#[derive(Debug, Clone)]
pub struct CaseToOpen {
    /// What it is about, without a name.
    pub title: String,
    pub severity: Severity,
}

/// Give the verdict.
#[derive(Debug)]
pub struct JudgeLeaver {
    pub id: LeaverId,
    pub verdict: LeaverVerdict,
    pub reason: String,
    /// How far back the figures go that it was given by: 30 or 90 days.
    pub days: u32,
    /// The case about the person that is there already.
    pub case: Option<CaseId>,
    /// Or the one to open.
    pub open: Option<CaseToOpen>,
    pub note: Note,
}

/// # Errors
/// [`Refusal::Invalid`] for other days than are looked back.
pub(super) fn check_days(days: u32) -> Result<(), Refusal> {
    if BACK.contains(&days) {
        return Ok(());
    }
    Err(Refusal::invalid("days", "invalid_value", "30 or 90"))
}

impl Store {
    /// Gives the verdict. A case is opened by an act of its own, by whose duty it is to handle cases.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], also about oneself; [`Refusal::Invalid`] for the reason, the days and the case; [`Refusal::Barred`]
    /// `leaver_judged` where a verdict stands, `leaver_over`; what opening a case says; [`Refusal::Conflict`]; recorded.
    pub async fn judge_leaver(&self, grant: Grant<JudgeLeaver>) -> Result<Disclosed<Option<CaseId>>, Refusal> {
        match self.draft_verdict(&grant).await {
            Ok((case, told, changes)) => grant.carry_out_telling(told, changes, case).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    #[allow(clippy::type_complexity, reason = "three parts of one answer")]
    async fn draft_verdict(
        &self,
        grant: &Grant<JudgeLeaver>,
    ) -> Result<(Option<CaseId>, Vec<Told>, Vec<Change>), Refusal> {
        let (op, now) = (grant.operation(), grant.now());
        let mut leaver = self.leaver_for(op.id, grant.caller()).await?;
        match leaver.state {
            LeaverState::Open => {}
            LeaverState::Judged => return Err(barred("leaver_judged", "a verdict was given")),
            LeaverState::Closed | LeaverState::Withdrawn => return Err(barred("leaver_over", "it is over")),
        }
        let reason = words("reason", &op.reason)?;
        check_days(op.days)?;
        let figures = self.figures_of(&leaver, op.days, now).await?;
        let head = match self.signed_head().await {
            Ok(head) => Some(head),
            Err(Refusal::Barred { .. }) => None,
            Err(refusal) => return Err(refusal),
        };
        // Last: what is refused above opens no case. One that is open when the rest fails is named the next time.
        let case = self.case_of_verdict(grant, &leaver).await?;
        let body = serde_json::to_vec(&figures).map_err(|_| Refusal::Damaged)?;
        let sha256 = hex::encode(Sha256::digest(&body));
        op.note.set(json!({ "case": case, "sha256": sha256, "until": figures.until }));
        let by = grant.caller().user;
        leaver.state = LeaverState::Judged;
        leaver.body.judged = Some(Judged { by, at: now, verdict: op.verdict, reason, case, figures, head, sha256 });
        let change = self.put_leaver(&mut leaver)?;
        Ok((case, vec![told(&leaver)], vec![change]))
    }

    async fn case_of_verdict(&self, grant: &Grant<JudgeLeaver>, leaver: &Leaver) -> Result<Option<CaseId>, Refusal> {
        let op = grant.operation();
        let wrong = |field: &str, reason: &str| Err(Refusal::invalid(field, "invalid_value", reason));
        match (op.verdict, op.case, &op.open) {
            (LeaverVerdict::NothingUnusual | LeaverVerdict::Explained, None, None) => Ok(None),
            (LeaverVerdict::NothingUnusual | LeaverVerdict::Explained, ..) => wrong("case", "no case goes with it"),
            (LeaverVerdict::Case, Some(id), None) => {
                let about = self.case_is_about(id, leaver.subject, grant.caller()).await?;
                let reason = "there is no such case about this person";
                if about { Ok(Some(id)) } else { Err(Refusal::invalid("case", "no_such_case", reason)) }
            }
            (LeaverVerdict::Case, None, Some(wanted)) => {
                let loose = "subject = ?1 AND case_id IS NULL AND state <> 'closed' ORDER BY last_at DESC LIMIT 50";
                let alerts = self.alerts(Query::new(ALERT.select(loose), vec![leaver.subject.into()])).await?;
                let opened = OpenCase {
                    subject: Some(leaver.subject),
                    title: wanted.title.clone(),
                    severity: wanted.severity,
                    events: vec![],
                    alerts: alerts.iter().map(|a| a.id).collect(),
                };
                let opened = self.gate().admit_system(grant.caller(), opened).await?;
                Ok(Some(self.open_case(opened).await?.into_inner()))
            }
            (LeaverVerdict::Case, Some(_), Some(_)) => wrong("case", "name one or open one, not both"),
            (LeaverVerdict::Case, None, None) => {
                Err(Refusal::invalid("case", "required", "name the case about this person, or open one"))
            }
        }
    }
}
