//! Who has what taken from them: for the officers, and for each person what concerns them.

use access::path::{Disclosed, Grant, OnSystem, Operation, Refusal};
use model::response::{Response, ResponseKind};
use model::{Action, ResponseId, UnixMs, UserId};
use serde_json::{Value, json};

use crate::Store;
use crate::audit::name_of;
use crate::company::operations;

/// Past ones in an answer at most.
const MOST_PAST: usize = 500;
/// Officers named to whom something is taken from.
const MOST_NAMED: usize = 5;

/// Responses in force, or those that are over, newest first.
#[derive(Debug, Clone, Copy)]
pub struct ListResponses {
    pub past: bool,
    pub subject: Option<UserId>,
}

/// What is taken from the caller.
#[derive(Debug)]
pub struct ReadOwnResponses;

operations! {
    ListResponses: ResponseTake, |op| json!({ "act": "response.list", "past": op.past, "user": op.subject });
    ReadOwnResponses: SelfRead, |_op| json!({ "act": "response.own" });
}

/// A response as officers see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponseView {
    pub response: Response,
    pub subject_name: String,
    pub by_name: Option<String>,
    pub ended_by_name: Option<String>,
    pub asked_by_name: Option<String>,
    pub decided_by_name: Option<String>,
    pub in_force: bool,
    /// It waits for a second word, and the caller may give it.
    pub may_decide: bool,
    /// It is another's, so the caller may end it or ask that it lasts.
    pub may_change: bool,
}

/// A response as the person sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnResponse {
    pub id: ResponseId,
    pub kind: ResponseKind,
    /// Taken by the house.
    pub automatic: bool,
    pub message: String,
    pub began: UnixMs,
    pub until: Option<UnixMs>,
    pub per_minute: Option<u32>,
}

/// What is taken from the caller, and whom to ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnResponses {
    pub in_force: Vec<OwnResponse>,
    /// Names of security officers; none while nothing is taken.
    pub ask: Vec<String>,
}

impl Store {
    /// # Errors
    /// [`Refusal::AuditUnavailable`].
    pub async fn list_responses(&self, grant: Grant<ListResponses>) -> Result<Disclosed<Vec<ResponseView>>, Refusal> {
        let (op, now, own) = (*grant.operation(), grant.now(), grant.caller().user);
        let directory = grant.engine().directory().clone();
        let company = self.company();
        let mut found: Vec<&Response> = company
            .responses
            .values()
            .filter(|r| r.in_force(now) != op.past && op.subject.is_none_or(|s| s == r.subject))
            .collect();
        // Of past ones by their end, so that the newest stand first whatever they lasted.
        found.sort_by_key(|r| std::cmp::Reverse((r.over_at(now).filter(|_| op.past).unwrap_or(r.began), r.id)));
        found.truncate(if op.past { MOST_PAST } else { usize::MAX });
        let name = |id: UserId| name_of(&directory, id);
        let view = |r: &Response| {
            let lasting = r.lasting.as_ref();
            let another_s = r.subject != own;
            ResponseView {
                subject_name: name(r.subject),
                by_name: r.by.map(name),
                ended_by_name: r.ended.as_ref().map(|e| name(e.by)),
                asked_by_name: lasting.map(|l| name(l.asked_by)),
                decided_by_name: lasting.and_then(|l| l.decided).map(|d| name(d.by)),
                in_force: r.in_force(now),
                may_decide: another_s && r.waits(now) && lasting.is_some_and(|l| l.asked_by != own),
                may_change: another_s && r.in_force(now),
                response: r.clone(),
            }
        };
        let views = found.into_iter().map(view).collect();
        grant.carry_out(vec![], views).await
    }

    /// # Errors
    /// [`Refusal::AuditUnavailable`].
    pub async fn read_own_responses(&self, grant: Grant<ReadOwnResponses>) -> Result<Disclosed<OwnResponses>, Refusal> {
        let (now, own) = (grant.now(), grant.caller().user);
        let company = self.company();
        let mine = company.responses.values().filter(|r| r.subject == own && r.in_force(now));
        let in_force: Vec<OwnResponse> = mine
            .map(|r| OwnResponse {
                id: r.id,
                kind: r.kind,
                automatic: r.by.is_none(),
                message: r.message.clone(),
                began: r.began,
                until: r.until,
                per_minute: r.per_minute,
            })
            .collect();
        let directory = grant.engine().directory().clone();
        let officers = self.officers().into_iter().filter(|o| *o != own && !in_force.is_empty());
        let ask = officers.take(MOST_NAMED).map(|o| name_of(&directory, o)).collect();
        grant.carry_out(vec![], OwnResponses { in_force, ask }).await
    }
}
