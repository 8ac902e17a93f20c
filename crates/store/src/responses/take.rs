//! Taking by hand, ending early, and making last: the acts of security officers.

use access::path::{Disclosed, Grant, OnSystem, Operation, Refusal};
use model::response::{Consent, Ended, Lasting, MOST_MINUTES, MOST_PER_MINUTE, Response, ResponseKind};
use model::{Action, Caller, ResponseId, UnixMs, UserId, UserKind};
use serde_json::{Value, json};

use super::{check_text, is_last_holder};
use crate::Store;
use crate::company::{Draft, Loaded, Note, barred, check_about, operations};
use crate::identity::{Forget, end_all};
use crate::ids::random;
use crate::notices::{News, NoticeKind};

/// Takes something from somebody for a time.
#[derive(Debug)]
pub struct TakeResponse {
    pub subject: UserId,
    pub kind: ResponseKind,
    /// 1 to [`MOST_MINUTES`].
    pub minutes: u32,
    /// Of a throttle.
    pub per_minute: Option<u32>,
    /// For the file.
    pub reason: String,
    /// What the person reads besides the sentence for its kind; may be empty.
    pub message: String,
    pub note: Note,
}

/// What is to be taken, by hand, under an id of its own.
pub(crate) struct Wish {
    pub(crate) id: ResponseId,
    pub(crate) subject: UserId,
    pub(crate) kind: ResponseKind,
    pub(crate) minutes: u32,
    pub(crate) per_minute: Option<u32>,
    pub(crate) reason: String,
    pub(crate) message: String,
}

/// Ends one before its time.
#[derive(Debug)]
pub struct EndResponse {
    pub id: ResponseId,
    pub reason: String,
    pub note: Note,
}

/// Asks that one lasts until it is ended; a second officer decides.
#[derive(Debug)]
pub struct LastResponse {
    pub id: ResponseId,
    pub reason: String,
    pub note: Note,
}

/// The second word on one that shall last.
#[derive(Debug)]
pub struct DecideLasting {
    pub id: ResponseId,
    pub consent: bool,
    pub note: Note,
}

operations! {
    TakeResponse: ResponseTake, |op| json!({
        "act": "response.take", "user": op.subject, "kinds": [op.kind], "minutes": op.minutes, "per_minute": op.per_minute,
        "reason": op.reason, "response": op.note.get(),
    });
    EndResponse: ResponseTake, |op| json!({
        "act": "response.end", "response": op.id, "reason": op.reason, "of": op.note.get(),
    });
    LastResponse: ResponseTake, |op| json!({
        "act": "response.last", "response": op.id, "reason": op.reason, "of": op.note.get(),
    });
    DecideLasting: ResponseTake, |op| json!({
        "act": "response.decide", "response": op.id, "consent": op.consent, "of": op.note.get(),
    });
}

fn own() -> Refusal {
    barred("own_response", "nobody decides what is taken from themselves")
}

/// One in force that is not the caller's own.
fn another_s<O: OnSystem>(grant: &Grant<O>, company: &Loaded, id: ResponseId) -> Result<Response, Refusal> {
    let response = company.responses.get(&id).ok_or(Refusal::NotFound)?.clone();
    let caller = grant.caller();
    if caller.user == response.subject || caller.on_behalf_of == Some(response.subject) {
        return Err(own());
    }
    check_about(company, caller.user, company.users.get(&response.subject).ok_or(Refusal::NotFound)?)?;
    if !response.in_force(grant.now()) {
        return Err(barred("response_over", "it has ended"));
    }
    Ok(response)
}

fn who_and_what(response: &Response) -> Value {
    json!({ "user": response.subject, "kind": response.kind })
}

impl Store {
    /// Takes something from somebody; gives the response's id.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for nobody active; [`Refusal::Invalid`] for words and numbers; [`Refusal::Barred`] `own_response`,
    /// `response_in_force`, `last_holder`, `separate_duty`, `system_account`; as every change of the company.
    pub async fn take_response(&self, grant: Grant<TakeResponse>) -> Result<Disclosed<ResponseId>, Refusal> {
        let store = self.clone();
        self.change_company(grant, move |grant, draft| {
            let op = grant.operation();
            let id = ResponseId::new(grant.now(), random());
            let wish = Wish {
                id,
                subject: op.subject,
                kind: op.kind,
                minutes: op.minutes,
                per_minute: op.per_minute,
                reason: op.reason.clone(),
                message: op.message.clone(),
            };
            store.take_by_hand(draft, grant.caller(), wish, grant.now())?;
            op.note.set(json!(id));
            Ok(id)
        })
        .await
    }

    /// Drafts what somebody takes from somebody else.
    ///
    /// # Errors
    /// As [`Store::take_response`].
    pub(crate) fn take_by_hand(
        &self,
        draft: &mut Draft,
        caller: &Caller,
        wish: Wish,
        now: UnixMs,
    ) -> Result<(), Refusal> {
        let Wish { id, subject, kind, minutes, per_minute, reason, message } = wish;
        let account = draft.from.users.get(&subject).ok_or(Refusal::NotFound)?.clone();
        check_about(&draft.from, caller.user, &account)?;
        if [Some(caller.user), caller.on_behalf_of].contains(&Some(subject)) {
            return Err(own());
        }
        let (reason, message) = (check_text("reason", &reason, 1)?, check_text("message", &message, 0)?);
        if !(1..=MOST_MINUTES).contains(&minutes) {
            return Err(Refusal::invalid("minutes", "invalid_value", "1 minute to 30 days"));
        }
        let counts = kind == ResponseKind::Throttle;
        if counts != per_minute.is_some() || per_minute.is_some_and(|n| !(1..=MOST_PER_MINUTE).contains(&n)) {
            return Err(Refusal::invalid("per_minute", "invalid_value", "a throttle allows 1 to 600 reads a minute"));
        }
        let same = |r: &&Response| r.subject == subject && r.kind == kind && r.in_force(now);
        if draft.from.responses.values().any(|r| same(&r)) {
            return Err(barred("response_in_force", "this is taken from them already; end it first to take it anew"));
        }
        if kind == ResponseKind::Suspend && is_last_holder(&draft.from, subject, now) {
            return Err(barred("last_holder", "the last active holder of an administrative duty keeps the way in"));
        }
        let response = Response {
            id,
            subject,
            kind,
            reason,
            message,
            by: Some(caller.user),
            cause: None,
            began: now,
            until: Some(minutes_after(now, minutes)),
            per_minute,
            ended: None,
            lasting: None,
        };
        self.begin(draft, response, now)
    }

    /// Drafts a response with what it ends and who is told of it.
    pub(super) fn begin(&self, draft: &mut Draft, response: Response, now: UnixMs) -> Result<(), Refusal> {
        if response.kind == ResponseKind::Suspend {
            draft.changes.extend(end_all(response.subject, now));
            draft.forget.push(Forget::User(response.subject));
        }
        // Without its author: who did it is the officers' to say.
        let news = News::of(NoticeKind::Restricted, now).about(response.id.as_bytes());
        draft.tell(self.tell(&news, [response.subject]));
        draft.put_response(response, now)
    }

    /// Ends a response before its time.
    ///
    /// # Errors
    /// [`Refusal::NotFound`]; [`Refusal::Invalid`] without a reason; [`Refusal::Barred`] `own_response`, `response_over`; as every
    /// change of the company.
    pub async fn end_response(&self, grant: Grant<EndResponse>) -> Result<Disclosed<()>, Refusal> {
        self.change_company(grant, |grant, draft| {
            let (op, now) = (grant.operation(), grant.now());
            let reason = check_text("reason", &op.reason, 1)?;
            let mut response = another_s(grant, &draft.from, op.id)?;
            op.note.set(who_and_what(&response));
            response.ended = Some(Ended { at: now, by: grant.caller().user, reason });
            draft.put_response(response, now)
        })
        .await
    }

    /// Asks that a response lasts until it is ended. It changes nothing before a second officer agrees.
    ///
    /// # Errors
    /// As [`Store::end_response`]; [`Refusal::Barred`] `response_waits` when that was asked already, `response_lasts` when it has
    /// no end.
    pub async fn last_response(&self, grant: Grant<LastResponse>) -> Result<Disclosed<()>, Refusal> {
        let store = self.clone();
        self.change_company(grant, move |grant, draft| {
            let (op, now, by) = (grant.operation(), grant.now(), grant.caller().user);
            let reason = check_text("reason", &op.reason, 1)?;
            let mut response = another_s(grant, &draft.from, op.id)?;
            if response.until.is_none() {
                return Err(barred("response_lasts", "it has no end already"));
            }
            if response.waits(now) {
                return Err(barred("response_waits", "it waits for a second officer already"));
            }
            op.note.set(who_and_what(&response));
            response.lasting = Some(Lasting { asked_by: by, asked_at: now, reason, decided: None });
            let news = News::of(NoticeKind::ResponseWaits, now).about(op.id.as_bytes()).by(by);
            let others = store.officers().into_iter().filter(|o| *o != response.subject);
            draft.tell(store.tell(&news, others));
            draft.put_response(response, now)
        })
        .await
    }

    /// The second officer's word: with a consent it lasts until it is ended.
    ///
    /// # Errors
    /// [`Refusal::NotFound`]; [`Refusal::Barred`] `response_over`, `own_response`, `four_eyes` for who asked and for programs,
    /// `last_holder`, `nothing_waits`; as every change of the company.
    pub async fn decide_lasting(&self, grant: Grant<DecideLasting>) -> Result<Disclosed<()>, Refusal> {
        self.change_company(grant, |grant, draft| {
            let (op, now, caller) = (grant.operation(), grant.now(), grant.caller());
            let mut response = another_s(grant, &draft.from, op.id)?;
            let waits = response.waits(now);
            let Some(lasting) = response.lasting.as_mut().filter(|_| waits) else {
                return Err(barred("nothing_waits", "nobody asked that it lasts"));
            };
            let program = draft.from.users.get(&caller.user).is_none_or(|u| u.kind != UserKind::Person);
            if program || [Some(caller.user), caller.on_behalf_of].contains(&Some(lasting.asked_by)) {
                return Err(barred("four_eyes", "the second word is another person's"));
            }
            lasting.decided = Some(Consent { by: caller.user, at: now, consent: op.consent });
            if op.consent {
                response.until = None;
                if response.kind == ResponseKind::Suspend && is_last_holder(&draft.from, response.subject, now) {
                    return Err(barred("last_holder", "the last active holder of a duty keeps the way in"));
                }
            }
            op.note.set(who_and_what(&response));
            draft.put_response(response, now)
        })
        .await
    }
}

pub(super) fn minutes_after(now: UnixMs, minutes: u32) -> UnixMs {
    now.plus_ms(i64::from(minutes).saturating_mul(60_000))
}
