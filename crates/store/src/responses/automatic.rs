//! What the house takes by itself: by the company's rules, within a circuit breaker.
//!
//! Rule: what has been taken within the hour is read from the company's picture, and the change is made against that picture by
//! compare-and-swap. So the breaker holds over restarts and over nodes that act at the same moment.

use std::sync::Arc;

use access::path::{JournalError, Refusal, tell};
use model::response::{Breaker, Cause, Plan, Response, Standing, Trigger, plan};
use model::{Action, Channel, Decision, ResponseId, UnixMs, UserKind, UserStatus};
use serde_json::json;

use super::is_last_holder;
use super::take::minutes_after;
use crate::Store;
use crate::company::{Draft, Loaded, SYSTEM};
use crate::ids::random;
use crate::notices::{News, NoticeKind};

/// How often a change is drafted anew because another came first.
const ATTEMPTS: usize = 5;

/// What the house did about a trigger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Responded {
    /// These were taken.
    Took(Vec<ResponseId>),
    /// No rule is set off, or all that they take is taken already.
    Nothing,
    /// It was held back, recorded, and the officers were told.
    HeldBack(Breaker),
}

impl Store {
    /// Takes what the company's rules say about an alert, at the moment it opens or grows. Asked again it takes nothing twice.
    ///
    /// # Errors
    /// [`Refusal::AuditUnavailable`] or [`Refusal::StoreUnavailable`]: nothing was taken; ask again. [`Refusal::Conflict`] when
    /// other changes came first again and again.
    pub async fn respond(&self, trigger: &Trigger, at: UnixMs) -> Result<Responded, Refusal> {
        let (store, trigger) = (self.clone(), trigger.clone());
        // What is durable must be in force, also when whoever asked has gone.
        tokio::spawn(async move { store.respond_now(&trigger, at).await })
            .await
            .unwrap_or(Err(Refusal::AuditUnavailable))
    }

    async fn respond_now(&self, trigger: &Trigger, at: UnixMs) -> Result<Responded, Refusal> {
        let _one_at_a_time = self.company.admin.clone().lock_owned().await;
        for _ in 0..ATTEMPTS {
            // The picture of this moment: another node may have taken something.
            self.refresh().await.map_err(|e| Refusal::StoreUnavailable(e.to_string()))?;
            let company = self.company();
            let responded = match self.plan_for(&company, trigger, at) {
                Plan::Nothing => return Ok(Responded::Nothing),
                Plan::Open(breaker) => self.hold_back(&company, trigger, breaker, at).await,
                Plan::Take(rules) => {
                    let taken = rules.into_iter().map(|rule| Response {
                        id: ResponseId::new(at, random()),
                        subject: trigger.subject,
                        kind: rule.response,
                        reason: trigger.rule.clone(),
                        message: String::new(),
                        by: None,
                        cause: Some(Cause { rule: trigger.rule.clone(), alert: trigger.alert }),
                        began: at,
                        until: Some(minutes_after(at, rule.minutes)),
                        per_minute: rule.per_minute,
                        ended: None,
                        lasting: None,
                    });
                    self.take_by_rule(company, trigger, taken.collect(), at).await
                }
            };
            match responded {
                Ok(responded) => return Ok(responded),
                Err(Refused::Journal(JournalError::Conflict { .. })) => {}
                Err(Refused::Journal(_)) => return Err(Refusal::AuditUnavailable),
                Err(Refused::Draft(refusal)) => return Err(refusal),
            }
        }
        Err(Refusal::Conflict)
    }

    fn plan_for(&self, company: &Loaded, trigger: &Trigger, at: UnixMs) -> Plan {
        let subject = company.users.get(&trigger.subject).filter(|u| u.status == UserStatus::Active);
        // The house itself, somebody unknown, somebody who left: there is nothing to take.
        let Some(subject) = subject.filter(|u| u.id != SYSTEM) else { return Plan::Nothing };
        let responses: Vec<Response> = company.responses.values().cloned().collect();
        let active = |u: &&model::User| u.status == UserStatus::Active && u.kind == UserKind::Person;
        let standing = Standing {
            now: at,
            responses: &responses,
            active: company.users.values().filter(active).count(),
            last_holder: is_last_holder(company, subject.id, at),
        };
        plan(&company.response_rules, trigger, &standing)
    }

    async fn take_by_rule(
        &self,
        company: Arc<Loaded>,
        trigger: &Trigger,
        taken: Vec<Response>,
        at: UnixMs,
    ) -> Result<Responded, Refused> {
        let mut draft = Draft::new(company, self.seals().clone());
        let ids: Vec<ResponseId> = taken.iter().map(|r| r.id).collect();
        let detail = json!({
            "act": "response.run", "user": trigger.subject, "rule": trigger.rule, "alert": trigger.alert, "responses": ids,
            "kinds": taken.iter().map(|r| r.kind).collect::<Vec<_>>(), "until": taken.iter().map(|r| r.until).collect::<Vec<_>>(),
        });
        for response in taken {
            self.begin(&mut draft, response, at).map_err(Refused::Draft)?;
        }
        let told = draft.seal(at);
        let caller = Self::system_caller(Channel::Job, "response", at);
        let detail = tell(detail, [told].into_iter().chain(std::mem::take(&mut draft.told)));
        self.gate.note(&caller, Action::ResponseRun, Decision::Allowed, detail, draft.changes).await?;
        self.install(draft.next);
        self.identity.forget(&draft.forget);
        Ok(Responded::Took(ids))
    }

    /// Records that nothing was taken, and tells the officers: once an hour for each reason.
    async fn hold_back(
        &self,
        company: &Loaded,
        trigger: &Trigger,
        breaker: Breaker,
        at: UnixMs,
    ) -> Result<Responded, Refused> {
        let hour = at.0.div_euclid(3_600_000);
        let about = if breaker == Breaker::LastHolder { [1; 16] } else { [2; 16] };
        let news = News::of(NoticeKind::BreakerOpen, at).about(&about).once_for(hour);
        let telling = self.tell(&news, self.officers().into_iter().filter(|o| *o != trigger.subject));
        let people = company.users.values().filter(|u| u.status == UserStatus::Active).count();
        let detail = json!({
            "act": "response.breaker", "user": trigger.subject, "rule": trigger.rule, "alert": trigger.alert,
            "breaker": breaker, "people": people,
        });
        let (mut told, mut changes) = (vec![], vec![]);
        telling.into_parts(&mut told, &mut changes);
        let caller = Self::system_caller(Channel::Job, "response", at);
        self.gate.note(&caller, Action::ResponseRun, Decision::Allowed, tell(detail, told), changes).await?;
        tracing::warn!(user.id = %trigger.subject, ?breaker, "an automatic response was held back");
        Ok(Responded::HeldBack(breaker))
    }
}

/// Why a unit was not made.
enum Refused {
    Journal(JournalError),
    Draft(Refusal),
}

impl From<JournalError> for Refused {
    fn from(error: JournalError) -> Self {
        Refused::Journal(error)
    }
}
