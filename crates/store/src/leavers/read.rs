//! Leavers as officers see them: a list, and one page with figures, what is still theirs, and the verdict.

use access::path::{Disclosed, Grant, Refusal};
use model::{Action, LeaverId, UnixMs, UserId};

use super::figures::{Figure, LeaverFigures};
use super::is_oneself;
use super::judge::check_days;
use super::row::{Ended, Judged, Leaver, LeaverState, LeaverVerdict};
use super::standing::{Standing, Unmet, unmet};
use crate::Store;
use crate::audit::name_of;

/// Most in one answer.
const MOST_LISTED: usize = 200;
/// The last day is near from so many days before it.
const NEAR_DAYS: i64 = 7;

#[derive(Debug)]
pub struct ListLeavers;

#[derive(Debug)]
pub struct ShowLeaver {
    pub id: LeaverId,
    /// How far is looked back from the notice: 30 or 90 days.
    pub days: u32,
}

/// A leaver in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeaverCard {
    pub id: LeaverId,
    pub user: UserId,
    pub name: String,
    pub department: Option<String>,
    pub state: LeaverState,
    /// Days of the company's calendar.
    pub notice_on: String,
    pub last_on: String,
    /// When the last day is over.
    pub last_at: UnixMs,
    /// The last day is near, or over, and it is not closed.
    pub near: bool,
    pub overdue: bool,
    pub verdict: Option<LeaverVerdict>,
    /// `None`: the house, when a handover began.
    pub by: Option<String>,
    pub began_at: UnixMs,
}

/// The verdict as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerdictView {
    pub judged: Judged,
    pub by: String,
    /// The figures' JSON, of which the event tells the SHA-256.
    pub text: String,
}

/// One leaver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeaverView {
    pub card: LeaverCard,
    pub reason: String,
    pub figures: LeaverFigures,
    pub standing: Standing,
    pub unmet: Vec<Unmet>,
    pub verdict: Option<VerdictView>,
    pub ended: Option<(Ended, String)>,
    /// Whether the reader may act on it.
    pub manages: bool,
}

impl Store {
    fn leaver_card(&self, leaver: &Leaver, now: UnixMs) -> LeaverCard {
        let directory = self.directory();
        let department = directory.user(leaver.subject).map(|u| u.department);
        let department = department.and_then(|id| directory.departments.get(&id)).map(|d| d.name.clone());
        let watched = leaver.state.is_watched();
        LeaverCard {
            id: leaver.id,
            user: leaver.subject,
            name: name_of(&directory, leaver.subject),
            department,
            state: leaver.state,
            notice_on: leaver.body.notice_on.clone(),
            last_on: leaver.body.last_on.clone(),
            last_at: leaver.last_at,
            near: watched && now >= leaver.last_at.plus_days(-NEAR_DAYS),
            overdue: watched && now >= leaver.last_at,
            verdict: leaver.body.judged.as_ref().map(|j| j.verdict),
            by: leaver.body.by.map(|id| name_of(&directory, id)),
            began_at: leaver.began_at,
        }
    }

    /// Those who leave, whose last day comes first, then those who left, newest first; at most 200. Oneself is not among them.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn list_leavers(&self, grant: Grant<ListLeavers>) -> Result<Disclosed<Vec<LeaverCard>>, Refusal> {
        let now = grant.now();
        let all = async {
            // However many left since, who leaves is among them.
            let watched = "CASE WHEN state IN ('open', 'judged') THEN 0 ELSE 1 END";
            let condition = format!("1 = 1 ORDER BY {watched}, began_at DESC, id DESC LIMIT {MOST_LISTED}");
            let mut all = self.leavers_where(&condition, vec![]).await?;
            all.retain(|leaver| !is_oneself(grant.caller(), leaver.subject));
            all.sort_by_key(|l| if l.state.is_watched() { (0, l.last_at.0) } else { (1, -l.began_at.0) });
            Ok(all.iter().map(|leaver| self.leaver_card(leaver, now)).collect())
        };
        match all.await {
            Ok(all) => grant.carry_out(vec![], all).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// # Errors
    /// [`Refusal::NotFound`], also of oneself; [`Refusal::Invalid`] for the days; [`Refusal::StoreUnavailable`],
    /// [`Refusal::AuditUnavailable`]; recorded.
    pub async fn show_leaver(&self, grant: Grant<ShowLeaver>) -> Result<Disclosed<LeaverView>, Refusal> {
        match self.view_of_leaver(&grant).await {
            Ok(view) => grant.carry_out(vec![], view).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn view_of_leaver(&self, grant: &Grant<ShowLeaver>) -> Result<LeaverView, Refusal> {
        let (ShowLeaver { id, days }, now) = (grant.operation(), grant.now());
        check_days(*days)?;
        let leaver = self.leaver_for(*id, grant.caller()).await?;
        let mut figures = self.figures_of(&leaver, *days, now).await?;
        if grant.has_duty(Action::AlertRead) {
            let line = self.about_leaver(&figures, leaver.subject, Figure::Alerts).await?;
            figures.lines.push(line);
        }
        // Of one's own manager one knows no case.
        if grant.has_duty(Action::CaseRead) && self.may_know_cases_of(leaver.subject, grant.caller()) {
            let line = self.about_leaver(&figures, leaver.subject, Figure::Cases).await?;
            figures.lines.push(line);
        }
        let standing = self.standing_of(&leaver, now).await?;
        let directory = self.directory();
        let verdict = match &leaver.body.judged {
            None => None,
            Some(judged) => Some(VerdictView {
                judged: judged.clone(),
                by: name_of(&directory, judged.by),
                text: serde_json::to_string(&judged.figures).map_err(|_| Refusal::Damaged)?,
            }),
        };
        Ok(LeaverView {
            card: self.leaver_card(&leaver, now),
            reason: leaver.body.reason.clone(),
            unmet: unmet(&leaver, &standing),
            figures,
            standing,
            verdict,
            ended: leaver.body.ended.clone().map(|ended| {
                let by = name_of(&directory, ended.by);
                (ended, by)
            }),
            manages: grant.has_duty(Action::LeaverManage),
        })
    }
}
