//! Acts on a case: checked by the state machine, kept with their event in one unit.

use access::path::{Change, Disclosed, Grant, Refusal};
use model::case::{Act, MeasureKind};
use model::response::ResponseKind;
use model::{Action, CaseId, EventId, InquiryId, ResponseId, UnixMs, UserId};
use serde_json::json;

use super::inquiry::{InquiryState, StoredInquiry};
use super::row::Also;
use super::{Stored, refusal_of};
use crate::Store;
use crate::identity::{Forget, Told, end_sessions_of};
use crate::ids::random;
use crate::notices::{News, NoticeKind, Telling};
use crate::responses::Wish;

/// Act on a case as it was read.
#[derive(Debug)]
pub struct HandleCase {
    pub id: CaseId,
    pub version: i64,
    /// The id of a question is given here: any will do.
    pub act: Act,
    /// With a question: which of the cited events the subject is shown.
    pub shown: Vec<EventId>,
    /// With a measure that takes something from the subject.
    pub take: TakeWith,
}

/// How something is taken from a case's subject.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TakeWith {
    /// Of a throttle.
    pub per_minute: Option<u32>,
    /// What the subject reads besides the sentence for its kind.
    pub message: String,
}

/// A unit in the making.
#[derive(Default)]
struct Drafted {
    told: Vec<Told>,
    changes: Vec<Change>,
    forget: Vec<Forget>,
    /// What is taken from the subject in the same unit.
    take: Option<Wish>,
}

/// Minutes until then, the last one whole.
fn minutes_until(until: UnixMs, now: UnixMs) -> u32 {
    u32::try_from((until.0 - now.0).saturating_add(59_999) / 60_000).unwrap_or(u32::MAX)
}

impl Store {
    /// Does it; gives the version the case has then.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for a case that is not there or is about the caller or their manager; [`Refusal::Conflict`] for one that
    /// was changed since; [`Refusal::Barred`] and [`Refusal::Invalid`] by the state machine; recorded.
    pub async fn handle_case(&self, grant: Grant<HandleCase>) -> Result<Disclosed<i64>, Refusal> {
        match self.draft_act(&grant).await {
            Ok((version, drafted)) => {
                let Drafted { told, changes, forget, take } = drafted;
                let Some(wish) = take else { return self.end_telling(grant, told, changes, forget, version).await };
                // A response is a change of the company: both are one unit, or neither.
                let store = self.clone();
                self.change_company(grant, move |grant, draft| {
                    store.take_by_hand(draft, grant.caller(), wish, grant.now()).map_err(in_a_case)?;
                    draft.changes.extend(changes);
                    draft.told.extend(told);
                    draft.forget.extend(forget);
                    Ok(version)
                })
                .await
            }
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn draft_act(&self, grant: &Grant<HandleCase>) -> Result<(i64, Drafted), Refusal> {
        let (op, now, by) = (grant.operation(), grant.now(), grant.caller().user);
        let mut stored = self.case_for(op.id, grant.caller()).await?;
        if stored.version != op.version {
            return Err(Refusal::Conflict);
        }
        let mut drafted = Drafted::default();
        let mut telling = Telling::default();
        let mut also = Also::default();
        let mut act = op.act.clone();
        let question = stored.case.question;
        let mut cited = vec![];
        match &mut act {
            Act::Assign { to } => self.check_handler(*to, now)?,
            Act::Cite { events } => {
                cited = self.citable(stored.case.subject, events).await?;
                *events = cited.iter().map(|c| c.id).collect();
                if events.is_empty() {
                    return Err(Refusal::invalid("events", "required", "name at least one event"));
                }
            }
            Act::Ask { question, .. } => {
                *question = InquiryId::new(now, random());
                if let Some(n) = op.shown.iter().position(|e| !stored.case.evidence.contains(e)) {
                    let reason = "the case cites no such event";
                    return Err(Refusal::invalid(&format!("events.{n}"), "no_such_event", reason));
                }
            }
            Act::Unask { question: named } => *named = question.unwrap_or(*named),
            Act::Measure { until: Some(until), .. } if *until <= now => {
                return Err(Refusal::invalid("until", "invalid_value", "the end lies in the past"));
            }
            Act::Measure { kind, text, until, response } => {
                *response = None;
                drafted.take = match kind.response() {
                    Some(kind) => Some(self.wish_of(grant, stored.case.subject, kind, text, *until)?),
                    None if op.take != TakeWith::default() => {
                        let reason = "only what is taken from somebody has these";
                        return Err(Refusal::invalid("kind", "invalid_value", reason));
                    }
                    None => None,
                };
                *response = drafted.take.as_ref().map(|w| w.id);
            }
            _ => {}
        }
        let was_closed = stored.case.is_closed();
        let field = if matches!(act, Act::Assign { .. }) { "user" } else { "case" };
        self.on_ground(now, |ground| stored.case.act(by, act.clone(), ground))
            .map_err(|error| refusal_of(error, field))?;
        let first = cited.iter().map(|c| c.at).chain(stored.case.first_event_at).min();
        stored.case.first_event_at = first;

        match &act {
            Act::Ask { question, text } => {
                let inquiry = StoredInquiry::new(
                    *question,
                    stored.case.subject,
                    Some(stored.id),
                    by,
                    text.clone(),
                    op.shown.clone(),
                    now,
                );
                drafted.changes.push(self.insert_inquiry(&inquiry)?);
                drafted.told.push(inquiry.told()?);
                let news = News::of(NoticeKind::CaseQuestion, now).about(question.as_bytes());
                telling = telling.and(self.tell(&news, [stored.case.subject]));
            }
            Act::Unask { question } => {
                let mut inquiry = self.inquiry(*question).await?.ok_or(Refusal::Damaged)?;
                inquiry.state = InquiryState::Withdrawn;
                drafted.changes.push(self.update_inquiry(&mut inquiry)?);
                drafted.told.push(inquiry.told()?);
            }
            Act::Assign { to } => {
                telling = telling.and(self.tell_case(NoticeKind::CaseAssigned, &stored, by, now, [*to]))
            }
            Act::Propose { .. } if stored.case.waits_for_consent() => {
                let to: Vec<UserId> = self.told_of_case(&stored, now);
                telling = telling.and(self.tell_case(NoticeKind::CaseConsent, &stored, by, now, to));
            }
            Act::Cite { .. } => {
                drafted.changes.extend(cited.iter().map(|c| self.hold_event(stored.id, c.id, now)));
            }
            Act::Measure { kind: MeasureKind::EndSessions, .. } => {
                drafted.changes.extend(end_sessions_of(stored.case.subject, now));
                drafted.forget.push(Forget::User(stored.case.subject));
                also.sessions_of = Some(stored.case.subject);
            }
            _ => {}
        }
        if was_closed != stored.case.is_closed() {
            let verdict = stored.case.closing.as_ref().map(|c| c.verdict);
            let of = (stored.id, stored.case.alerts.as_slice());
            let (changes, alerts) = self.settle_alerts(of, verdict, (by, now)).await?;
            drafted.changes.extend(changes);
            if !alerts.is_empty() {
                drafted.told.push(("alerts", alerts.into()));
            }
        }
        if let Some(wish) = &drafted.take {
            drafted.told.push(("taken", json!({ "response": wish.id, "user": wish.subject, "kind": wish.kind })));
        }
        let cited: Vec<EventId> = cited.iter().map(|c| c.id).collect();
        also.cited = &cited;
        drafted.changes.push(self.update_case(&mut stored)?);
        drafted.told.push(stored.told(&also)?);
        telling.into_parts(&mut drafted.told, &mut drafted.changes);
        Ok((stored.version, drafted))
    }

    /// What a measure takes from the subject. It is a duty of its own, and ends within what one officer may take.
    fn wish_of(
        &self,
        grant: &Grant<HandleCase>,
        subject: UserId,
        kind: ResponseKind,
        text: &str,
        until: Option<UnixMs>,
    ) -> Result<Wish, Refusal> {
        if !self.gate.would_admit_system(grant.caller(), Action::ResponseTake) {
            return Err(Refusal::Forbidden { rules: vec![], obligation: None });
        }
        let until = until.ok_or_else(|| Refusal::invalid("until", "required", "say until when"))?;
        let take = grant.operation().take.clone();
        Ok(Wish {
            id: ResponseId::new(grant.now(), random()),
            subject,
            kind,
            minutes: minutes_until(until, grant.now()),
            per_minute: take.per_minute,
            reason: text.to_owned(),
            message: take.message,
        })
    }

    /// Somebody who is given a case handles cases.
    fn check_handler(&self, to: UserId, now: UnixMs) -> Result<(), Refusal> {
        if self.case_handlers(now).contains(&to) {
            return Ok(());
        }
        Err(Refusal::invalid("user", "cannot_handle_case", "this person cannot handle this case"))
    }

    /// News of a case, for those who may know of it.
    pub(super) fn tell_case(
        &self,
        kind: NoticeKind,
        stored: &Stored,
        by: UserId,
        now: UnixMs,
        to: impl IntoIterator<Item = UserId>,
    ) -> Telling {
        let may = self.told_of_case(stored, now);
        let news = News::of(kind, now).about(stored.id.as_bytes()).by(by).once_for(stored.version);
        self.tell(&news, to.into_iter().filter(|u| may.contains(u)))
    }
}

/// A refusal of a response, at the fields of the case's form.
fn in_a_case(refusal: Refusal) -> Refusal {
    let Refusal::Invalid(mut problems) = refusal else { return refusal };
    for problem in &mut problems {
        let field = match problem.field.as_str() {
            "reason" => "text",
            "minutes" => "until",
            _ => continue,
        };
        problem.field = field.to_owned();
    }
    Refusal::Invalid(problems)
}
