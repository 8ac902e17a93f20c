//! 待我审批 and 我的申请: what waits for the caller's word, and what they asked for themselves.
//!
//! Rule: the inbox holds what the caller may decide at this moment and nothing else; a request about a record is there only for
//! those who may do to the record what a consent takes. Of their own request for a record they do not know, the caller sees
//! what they would see if there were none.

use access::path::{Disclosed, Grant, OnSystem, Operation, Refusal};
use model::approval::{By, Wanted, seats_of};
use model::{Action, Directory, RequestId, UnixMs, UserId};
use serde_json::{Value, json};

use super::decide::present_seats;
use super::{Request, State};
use crate::Store;
use crate::audit::name_of;
use crate::company::operations;

/// Requests that are looked through for those one may decide.
const LOOKED_THROUGH: usize = 2000;

#[derive(Debug)]
pub struct ListOwnRequests;

/// What waits for the caller's word.
#[derive(Debug)]
pub struct ListInbox;

/// How much does.
#[derive(Debug)]
pub struct CountInbox;

operations! {
    ListOwnRequests: SelfRead, |_op| json!({ "act": "request.list" });
    ListInbox: SelfRead, |_op| json!({ "act": "request.inbox" });
    CountInbox: SelfRead, |_op| json!({ "act": "request.count" });
}

/// Where a request stands, as it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    Waiting,
    Approved,
    Refused,
    Withdrawn,
    Lapsed,
    Used,
}

impl Shown {
    pub const fn as_str(self) -> &'static str {
        match self {
            Shown::Waiting => "waiting",
            Shown::Approved => "approved",
            Shown::Refused => "refused",
            Shown::Withdrawn => "withdrawn",
            Shown::Lapsed => "lapsed",
            Shown::Used => "used",
        }
    }
}

/// A word that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionView {
    pub by: UserId,
    pub by_name: String,
    /// By what they could.
    pub how: Option<By>,
    pub step: usize,
    pub consent: bool,
    pub comment: String,
    pub at: UnixMs,
}

/// A request as somebody sees it who may.
#[derive(Debug, Clone, PartialEq)]
pub struct RequestView {
    pub id: RequestId,
    pub requester: UserId,
    pub requester_name: String,
    pub wanted: Wanted,
    pub reason: String,
    pub more: Option<Value>,
    pub state: Shown,
    pub made_at: UnixMs,
    pub lapses_at: Option<UnixMs>,
    /// When the access it gave ends.
    pub until: Option<UnixMs>,
    /// Steps done, of how many.
    pub step: usize,
    pub steps: usize,
    pub decisions: Vec<DecisionView>,
    /// By what the caller may decide.
    pub may: Option<By>,
    /// To be sent with the decision.
    pub version: Option<i64>,
}

pub(super) fn shown(request: &Request, now: UnixMs) -> Shown {
    match request.state {
        State::Waiting if request.has_lapsed(now) => Shown::Lapsed,
        State::Waiting => Shown::Waiting,
        State::Approved if matches!(request.body.wanted, Wanted::Export { .. }) && request.has_lapsed(now) => {
            Shown::Lapsed
        }
        State::Approved => Shown::Approved,
        State::Refused => Shown::Refused,
        State::Withdrawn => Shown::Withdrawn,
        State::Used => Shown::Used,
    }
}

pub(super) fn view(directory: &Directory, request: Request, now: UnixMs) -> RequestView {
    let comments = request.words.comments.iter().map(String::as_str).chain(std::iter::repeat(""));
    let decisions = request.body.decisions.iter().zip(comments).map(|(d, comment)| DecisionView {
        by: d.by,
        by_name: name_of(directory, d.by),
        how: d.seats.iter().map(|(_, by)| *by).min(),
        step: d.step,
        consent: d.consent,
        comment: comment.to_owned(),
        at: d.at,
    });
    RequestView {
        id: request.id,
        requester: request.requester,
        requester_name: name_of(directory, request.requester),
        state: shown(&request, now),
        made_at: request.made_at,
        lapses_at: request.lapses_at,
        until: request.until,
        step: request.body.step,
        steps: request.body.steps.len(),
        decisions: decisions.collect(),
        may: None,
        version: None,
        reason: request.words.reason.clone(),
        more: request.words.more.clone(),
        wanted: request.body.wanted,
    }
}

/// The requester's own view. Where a refusal must not be told, neither is any step before the consent.
fn own_view(directory: &Directory, request: Request, now: UnixMs) -> RequestView {
    let silent = request.is_silent() && request.state != State::Approved;
    let mut view = view(directory, request, now);
    if silent {
        view.state = match view.state {
            Shown::Refused if view.lapses_at.is_some_and(|at| now >= at) => Shown::Lapsed,
            Shown::Refused => Shown::Waiting,
            other => other,
        };
        view.decisions.clear();
        view.step = 0;
    }
    view
}

impl Store {
    /// The caller's own requests, newest first.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn list_own_requests(
        &self,
        grant: Grant<ListOwnRequests>,
    ) -> Result<Disclosed<Vec<RequestView>>, Refusal> {
        let now = grant.now();
        match self.requests_of(grant.caller().user).await {
            Ok(own) => {
                let directory = grant.engine().directory().clone();
                let views = own.into_iter().map(|r| own_view(&directory, r, now)).collect();
                grant.carry_out(vec![], views).await
            }
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// What waits for the caller's word, oldest first.
    ///
    /// # Errors
    /// As [`Store::list_own_requests`].
    pub async fn list_inbox(&self, grant: Grant<ListInbox>) -> Result<Disclosed<Vec<RequestView>>, Refusal> {
        let now = grant.now();
        match self.inbox(&grant).await {
            Ok(waiting) => {
                let directory = grant.engine().directory().clone();
                let one = |(request, by): (Request, By)| {
                    let version = request.version;
                    RequestView { may: Some(by), version: Some(version), ..view(&directory, request, now) }
                };
                let views: Vec<RequestView> = waiting.into_iter().map(one).collect();
                let mut about: Vec<_> = views.iter().filter_map(|v| v.wanted.record()).collect();
                about.sort();
                about.dedup();
                grant.tell(about, views).await
            }
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// # Errors
    /// As [`Store::list_own_requests`].
    pub async fn count_inbox(&self, grant: Grant<CountInbox>) -> Result<Disclosed<u64>, Refusal> {
        match self.inbox(&grant).await {
            Ok(waiting) => {
                let n = u64::try_from(waiting.len()).unwrap_or(u64::MAX);
                grant.carry_out(vec![], n).await
            }
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    pub(crate) async fn inbox<O: Operation>(&self, grant: &Grant<O>) -> Result<Vec<(Request, By)>, Refusal> {
        let (user, now, company) = (grant.caller().user, grant.now(), self.company());
        let condition = format!(
            "state = 'waiting' AND (lapses_at IS NULL OR lapses_at > ?1) AND requester <> ?2 \
             ORDER BY created_at, id LIMIT {LOOKED_THROUGH}"
        );
        let waiting = self.requests(&condition, vec![now.into(), user.into()]).await?;
        let about = self.records_asked_about(grant, &waiting.iter().collect::<Vec<_>>()).await?;
        let directory = grant.engine().directory().clone();
        let mine = waiting.into_iter().filter_map(|request| {
            let row = request.record().and_then(|id| about.get(&id)).map(|(_, row)| row);
            if super::decide::right_needed(&request.body.wanted).is_some() && row.is_none() {
                return None;
            }
            let seats = present_seats(&company, &directory, &request, row, now);
            let by = seats_of(&seats, user).into_iter().map(|(_, by)| by).min()?;
            // Who has given their word waits with the others.
            let step = request.body.step;
            let said = request.body.decisions.iter().any(|d| d.step == step && d.by == user);
            (!said).then_some((request, by))
        });
        Ok(mine.collect())
    }
}
