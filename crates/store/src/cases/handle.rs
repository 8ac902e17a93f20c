//! Acts on a case: checked by the state machine, kept with their event in one unit.

use access::path::{Change, Disclosed, Grant, Refusal};
use model::case::{Act, MeasureKind};
use model::{CaseId, EventId, InquiryId, UserId};

use super::inquiry::{InquiryState, StoredInquiry};
use super::row::Also;
use super::{Stored, refusal_of, told_inquiry};
use crate::Store;
use crate::identity::{Forget, Told, end_sessions_of};
use crate::ids::random;
use crate::notices::{News, NoticeKind, Telling};

/// Act on a case as it was read.
#[derive(Debug)]
pub struct HandleCase {
    pub id: CaseId,
    pub version: i64,
    /// The id of a question is given here: any will do.
    pub act: Act,
    /// With a question: which of the cited events the subject is shown.
    pub shown: Vec<EventId>,
}

/// A unit in the making.
#[derive(Default)]
struct Drafted {
    told: Vec<Told>,
    changes: Vec<Change>,
    forget: Vec<Forget>,
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
                let Drafted { told, changes, forget } = drafted;
                self.end_telling(grant, told, changes, forget, version).await
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
            _ => {}
        }
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
                drafted.told.push(told_inquiry(inquiry.id, inquiry.version));
                let news = News::of(NoticeKind::CaseQuestion, now).about(question.as_bytes());
                telling = telling.and(self.tell(&news, [stored.case.subject]));
            }
            Act::Unask { question } => {
                let mut inquiry = self.inquiry(*question).await?.ok_or(Refusal::Damaged)?;
                inquiry.state = InquiryState::Withdrawn;
                drafted.changes.push(self.update_inquiry(&mut inquiry)?);
                drafted.told.push(told_inquiry(inquiry.id, inquiry.version));
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
        let cited: Vec<EventId> = cited.iter().map(|c| c.id).collect();
        also.cited = &cited;
        drafted.changes.push(self.update_case(&mut stored)?);
        drafted.told.push(stored.told(&also)?);
        telling.into_parts(&mut drafted.told, &mut drafted.changes);
        Ok((stored.version, drafted))
    }

    /// Somebody who is given a case handles cases.
    fn check_handler(&self, to: UserId, now: model::UnixMs) -> Result<(), Refusal> {
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
        now: model::UnixMs,
        to: impl IntoIterator<Item = UserId>,
    ) -> Telling {
        let may = self.told_of_case(stored, now);
        let news = News::of(kind, now).about(stored.id.as_bytes()).by(by).once_for(stored.version);
        self.tell(&news, to.into_iter().filter(|u| may.contains(u)))
    }
}
