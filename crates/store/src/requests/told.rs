//! Approvals of a record as its timeline tells them: asked, consented, refused, lapsed.
//!
//! Rule: they are there for who may view the record, as in [`LookAtApproval`](super::LookAtApproval); what people wrote only for who
//! asked, who decided, and who may edit or approve the record. Requests for access are not among them: who asks to see a record
//! tells that to those who may share it, and to nobody else.

use access::path::{Grant, OnRecords, Refusal};
use model::{Action, RequestId, StoredRow, UnixMs, UserId};

use super::list::{Shown, shown};
use super::{Request, State};
use crate::Store;
use crate::audit::name_of;
use crate::comments::Place;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApprovalKind {
    Asked,
    Consented,
    Refused,
    /// Nobody decided in time.
    Lapsed,
}

impl ApprovalKind {
    pub const fn as_str(self) -> &'static str {
        match self {
            ApprovalKind::Asked => "asked",
            ApprovalKind::Consented => "consented",
            ApprovalKind::Refused => "refused",
            ApprovalKind::Lapsed => "lapsed",
        }
    }
}

/// One of them. No `Debug`: people wrote the words.
#[derive(Clone)]
pub struct ApprovalEntry {
    pub request: RequestId,
    pub kind: ApprovalKind,
    /// Who asked or decided; nobody lets a request lapse.
    pub by: Option<(UserId, String)>,
    /// The step that was decided, from 1, of how many.
    pub step: usize,
    pub steps: usize,
    /// Where the request stands by now.
    pub state: Shown,
    /// Reason or comment; `None` where the reader may not read it.
    pub words: Option<String>,
}

impl ApprovalEntry {
    /// Tells it from the others of its request.
    pub(crate) fn key(&self) -> [u8; 16] {
        let mut key = *self.request.as_bytes();
        let n = match self.kind {
            ApprovalKind::Asked => 0,
            ApprovalKind::Lapsed => u8::MAX,
            ApprovalKind::Consented | ApprovalKind::Refused => {
                // Two of one step are told apart by who decided.
                let who = self.by.as_ref().map_or(0, |(who, _)| who.as_bytes().iter().fold(0, |a: u8, b| a ^ b));
                who | 1
            }
        };
        if let Some(last) = key.last_mut() {
            *last ^= n;
        }
        key
    }
}

impl Store {
    /// Whether the caller may read what people wrote in a request about the record.
    pub(super) fn reads_request<O: OnRecords>(grant: &Grant<O>, row: &StoredRow, request: &Request) -> bool {
        let (user, object) = (grant.caller().user, grant.operation().object());
        request.requester == user
            || !request.decided_by(user).is_empty()
            || grant.right_on(Action::Edit, object, row).is_ok()
            || grant.right_on(Action::Approve, object, row).is_ok()
    }

    /// What was asked and decided about the record, newest first.
    pub(crate) async fn approvals_of<O: OnRecords>(
        &self,
        grant: &Grant<O>,
        row: &StoredRow,
        after: Option<Place>,
        limit: usize,
    ) -> Result<Vec<(Place, ApprovalEntry)>, Refusal> {
        let (directory, now) = (grant.engine().directory(), grant.now());
        let all = self
            .requests("record = ?1 AND subject = 'record' ORDER BY created_at DESC, id LIMIT 50", vec![row.id.into()])
            .await?;
        let mut told: Vec<(UnixMs, ApprovalEntry)> = vec![];
        for request in &all {
            let reads = Self::reads_request(grant, row, request);
            let words = |text: Option<&String>| text.filter(|_| reads).cloned();
            let who = |user: UserId| Some((user, name_of(directory, user)));
            let (state, steps) = (shown(request, now), request.body.steps.len());
            let one =
                |kind, by, step, words| ApprovalEntry { request: request.id, kind, by, step, steps, state, words };
            let asked = one(ApprovalKind::Asked, who(request.requester), 0, words(Some(&request.words.reason)));
            told.push((request.made_at, asked));
            for (n, d) in request.body.decisions.iter().enumerate() {
                let kind = if d.consent { ApprovalKind::Consented } else { ApprovalKind::Refused };
                told.push((d.at, one(kind, who(d.by), d.step.saturating_add(1), words(request.words.comments.get(n)))));
            }
            if let (State::Waiting, Some(at)) = (request.state, request.lapses_at.filter(|_| request.has_lapsed(now))) {
                told.push((at, one(ApprovalKind::Lapsed, None, 0, None)));
            }
        }
        let mut told: Vec<(Place, ApprovalEntry)> =
            told.into_iter().map(|(at, entry)| (Place { at, id: entry.key() }, entry)).collect();
        told.retain(|(place, _)| after.is_none_or(|after| *place < after));
        told.sort_by_key(|(place, _)| std::cmp::Reverse(*place));
        told.truncate(limit);
        Ok(told)
    }
}
